"""The bodies of requests around practice."""

import re
import uuid
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    MOST_NEW_A_DAY,
    MOST_PASSES,
    TEMPO_RANGE_BPM,
    KeyOrder,
    PracticeSource,
)
from licklab.errors import PracticeError
from licklab.practice.key_orders import N_KEYS
from licklab.service.api.edits import Text
from licklab.service.practice_wishes import NewSession, ScheduleWish, WantedKey

_LONGEST_KEY = 20
_TONIC = re.compile(r"[A-Ga-g][b#♭♯]?")
_LONGEST_ZONE = 64
_DAY_SEC = 86_400
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _in_utc(moment: datetime) -> datetime:
    if not _FIRST_YEAR < moment.year < _LAST_YEAR:
        raise ValueError(f"a time between {_FIRST_YEAR} and {_LAST_YEAR}")
    return moment.astimezone(UTC)


_Tempo = Annotated[
    float, Field(ge=TEMPO_RANGE_BPM[0], le=TEMPO_RANGE_BPM[1], allow_inf_nan=False, examples=[112])
]
_KeyText = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=_LONGEST_KEY,
        description="Such as `Bb:major`; of a tonic alone the mode is that of the lick.",
        examples=["Bb:major"],
    ),
]
Zone = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=_LONGEST_ZONE,
        description="IANA name of a time zone; that of the settings when left out.",
        examples=["Europe/Vienna"],
    ),
]
"""Name of a time zone."""


class SessionIn(BaseModel):
    """What was played."""

    model_config = ConfigDict(extra="forbid")

    lick_id: uuid.UUID
    key: _KeyText | None = None
    semitones: int | None = Field(
        None, ge=-11, le=11, description="From the recording, instead of a key."
    )
    tempo_bpm: _Tempo | None = None
    tempo_share: float | None = Field(
        None,
        ge=0.1,
        le=2,
        allow_inf_nan=False,
        description="Of the recording's, instead of a tempo.",
    )
    is_clean: bool | None = Field(
        None, description="Whether it went without a slip; the accuracy tells when left out."
    )
    accuracy: float | None = Field(
        None, ge=0, le=1, allow_inf_nan=False, description="Share of the notes that were right."
    )
    passes: int = Field(1, ge=1, le=MOST_PASSES, description="How often it was played.")
    duration_sec: float | None = Field(None, ge=0, le=_DAY_SEC, allow_inf_nan=False)
    source: PracticeSource = PracticeSource.BY_HAND
    played_at: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = Field(
        None, description="With its offset; now when left out."
    )
    time_zone: Zone | None = None
    id: uuid.UUID | None = Field(
        None, description="Of your own making: what is sent twice with it is logged once."
    )

    def session(self) -> NewSession:
        """Give what was played.

        Returns
        -------
        NewSession
            Of the use case.

        Raises
        ------
        InputError
            If the key cannot be, or key or tempo are said twice or not at all.
        """
        if (self.key is None) == (self.semitones is None):
            given = "both" if self.key is not None else "none of them"
            raise PracticeError(f"want key or semitones, got {given}")
        if (self.tempo_bpm is None) == (self.tempo_share is None):
            given = "both" if self.tempo_bpm is not None else "none of them"
            raise PracticeError(f"want tempo_bpm or tempo_share, got {given}")
        return NewSession(
            lick_id=self.lick_id,
            key=read_key(self.key) if self.key else WantedKey(semitones=self.semitones or 0),
            tempo_bpm=self.tempo_bpm,
            is_clean=self.is_clean,
            accuracy=self.accuracy,
            passes=self.passes,
            duration_sec=self.duration_sec,
            source=self.source,
            played_at=self.played_at,
            time_zone=self.time_zone,
            id=self.id,
            tempo_share=self.tempo_share,
        )


class ScheduleIn(BaseModel):
    """A lick that is to be learned, and how; what is left out stays, or is usual."""

    model_config = ConfigDict(extra="forbid")

    lick_id: uuid.UUID
    keys: list[_KeyText] | None = Field(
        None, min_length=1, max_length=N_KEYS, description="These keys, in this order."
    )
    order: KeyOrder | None = Field(
        None, description="Of all keys; that of the settings when left out."
    )
    n_keys: int | None = Field(None, ge=1, le=N_KEYS, description="The first so many of them.")
    target_bpm: _Tempo | None = Field(
        None, description="At which it is mastered; the recording's when left out."
    )

    def wish(self) -> ScheduleWish:
        """Give how it is to be learned.

        Returns
        -------
        ScheduleWish
            Of the use case.

        Raises
        ------
        InputError
            If a key cannot be.
        """
        keys = None if self.keys is None else [read_key(one) for one in self.keys]
        return ScheduleWish(keys, self.order, self.n_keys, self.target_bpm)


class SettingsIn(BaseModel):
    """What is different about the settings."""

    model_config = ConfigDict(extra="forbid")

    time_zone: Zone | None = None
    new_keys_a_day: int | None = Field(None, ge=0, le=MOST_NEW_A_DAY)
    order: KeyOrder | None = None


def read_key(text: str) -> WantedKey:
    """Read a key.

    Parameters
    ----------
    text : str
        With its mode, or without.

    Returns
    -------
    WantedKey
        Of the use cases.

    Raises
    ------
    KeyNameError
        If it is none.
    """
    return WantedKey(Key.parse(text), has_mode=_TONIC.fullmatch(text.strip()) is None)


SESSION = TypeAdapter(SessionIn)
SCHEDULE = TypeAdapter(ScheduleIn)
SETTINGS = TypeAdapter(SettingsIn)
