"""Practice as the API gives it: settings, sessions, licks."""

import uuid
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from licklab.domain.practice_log import (
    KeyOrder,
    PracticeSession,
    PracticeSettings,
    PracticeSource,
    PractisedLick,
)
from licklab.service.api.schemas import Moment
from licklab.service.practice_wishes import SessionPage

_DIGITS = 4
_EXAMPLE_LICK: dict[str, Any] = {
    "id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
    "name": "Turnaround",
    "is_there": True,
    "is_scheduled": True,
    "job_id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "job_title": "Third Shelf Blues",
    "bars": [11, 12],
    "home_key": "F:major",
    "keys": ["F:major", "Bb:major", "Eb:major"],
    "order": "fourths",
    "original_bpm": 140.0,
    "target_bpm": 140.0,
}


class SettingsOut(BaseModel):
    """What the player wishes."""

    time_zone: str = Field(description="Zone in which days are counted when none is said.")
    new_keys_a_day: int
    order: KeyOrder = Field(description="Of the keys of licks that are put on the schedule.")

    @classmethod
    def from_settings(cls, settings: PracticeSettings) -> "SettingsOut":
        """Show settings.

        Parameters
        ----------
        settings : PracticeSettings
            The settings.

        Returns
        -------
        SettingsOut
            The same as JSON.
        """
        return cls(
            time_zone=settings.time_zone,
            new_keys_a_day=settings.new_keys_a_day,
            order=settings.order,
        )


class SessionOut(BaseModel):
    """What was played."""

    id: uuid.UUID
    lick_id: uuid.UUID
    lick_name: str = Field(description="As it was called then.")
    key: str
    played_at: Moment
    time_zone: str
    day: date = Field(description="The day that it was there.")
    tempo_bpm: float
    tempo_share: float | None = Field(description="Of the recording's tempo.")
    is_clean: bool
    accuracy: float | None
    passes: int
    duration_sec: float | None
    source: PracticeSource

    @classmethod
    def from_session(cls, played: PracticeSession) -> "SessionOut":
        """Show a session.

        Parameters
        ----------
        played : PracticeSession
            The session.

        Returns
        -------
        SessionOut
            The same as JSON.
        """
        return cls(
            id=played.id,
            lick_id=played.lick_id,
            lick_name=played.lick_name,
            key=str(played.key),
            played_at=played.played_at,
            time_zone=played.time_zone,
            day=played.day,
            tempo_bpm=played.tempo_bpm,
            tempo_share=rounded(played.share),
            is_clean=played.is_clean,
            accuracy=played.accuracy,
            passes=played.passes,
            duration_sec=played.duration_sec,
            source=played.source,
        )


class SessionList(BaseModel):
    """Some sessions, the latest first."""

    items: list[SessionOut]
    next: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")

    @classmethod
    def from_page(cls, page: SessionPage) -> "SessionList":
        """Show a page.

        Parameters
        ----------
        page : SessionPage
            The sessions.

        Returns
        -------
        SessionList
            The same as JSON.
        """
        return cls(items=[SessionOut.from_session(one) for one in page.sessions], next=page.next)


class PractisedLickOut(BaseModel):
    """A lick that is practised."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE_LICK})

    id: uuid.UUID
    name: str = Field(description="As it is called now, or was when it was last there.")
    is_there: bool = Field(description="False when the lick or its solo was deleted.")
    is_scheduled: bool
    job_id: uuid.UUID | None
    job_title: str
    bars: list[int] = Field(description="First and last bar in the solo; empty without bars.")
    home_key: str = Field(description="Of the recording.")
    keys: list[str] = Field(description="Those to learn, in their order.")
    order: KeyOrder
    original_bpm: float | None
    target_bpm: float | None = Field(description="At which it is mastered.")

    @classmethod
    def from_lick(cls, lick: PractisedLick, *, is_there: bool) -> "PractisedLickOut":
        """Show a lick.

        Parameters
        ----------
        lick : PractisedLick
            The lick.
        is_there : bool
            Whether it can be looked at.

        Returns
        -------
        PractisedLickOut
            The same as JSON.
        """
        return cls(
            id=lick.id,
            name=lick.name,
            is_there=is_there,
            is_scheduled=lick.is_scheduled,
            job_id=lick.job_id,
            job_title=lick.job_title,
            bars=list(lick.bars),
            home_key=str(lick.home_key),
            keys=[str(key) for key in lick.keys],
            order=lick.order,
            original_bpm=rounded(lick.original_bpm),
            target_bpm=rounded(lick.target_bpm),
        )


class BroughtOut(BaseModel):
    """What a log that was brought has changed."""

    sessions: int = Field(description="That were not here before.")
    known_sessions: int = Field(description="That were, and are as they were.")
    licks: int
    known_licks: int


def rounded(value: float | None) -> float | None:
    """Round a number for reading.

    Parameters
    ----------
    value : float or None
        The number.

    Returns
    -------
    float or None
        With four digits; None as it is.
    """
    return None if value is None else round(value, _DIGITS)
