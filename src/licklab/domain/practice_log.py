"""What was practised: sessions, the licks they are of, and what the player wishes.

The log is the truth. When a key of a lick comes back follows from it (`licklab.practice`), so that
the same log gives the same schedule anywhere.
"""

import math
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from licklab.domain.key import Key
from licklab.domain.time_zone import day_in, find_zone
from licklab.errors import PracticeError

TEMPO_RANGE_BPM = (10.0, 1000.0)
"""No metronome clicks outside of it."""
MOST_PASSES = 10_000
"""Of a session: a lick of two seconds, over and over for five hours."""
LONGEST_NAME = 200
"""As of a lick's name."""
MOST_NEW_A_DAY = 12
"""All keys of a lick at once; more is no schedule."""

# Python's calendar ends with the year 9999 and a card may come back months after its session.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_DAY_SEC = 86_400.0


class PracticeSource(StrEnum):
    """Who says how it went."""

    BY_HAND = "by_hand"
    LADDER = "ladder"
    ATTEMPT = "attempt"


class KeyOrder(StrEnum):
    """In which order the keys of a lick are learned."""

    FOURTHS = "fourths"
    SEMITONES = "semitones"
    WHOLE_TONES = "whole_tones"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class PracticeSession:
    """A lick, played in one key at one tempo for a while.

    Attributes
    ----------
    id : UUID
        Its own: a session that is brought twice is one.
    lick_id : UUID
        The lick, which may be gone by now.
    lick_name : str
        As it was called then.
    key : Key
        In which it was played.
    played_at : datetime, UTC
        When.
    time_zone : str
        IANA name of the zone that the player was in; it says which day it was there.
    tempo_bpm : float
        Of the last passes.
    original_bpm : float or None
        Of the recording; None where it has no pulse.
    is_clean : bool
        Whether it went without a slip.
    accuracy : float or None, 0 to 1
        Share of the notes that were right; None where nobody counted.
    passes : int
        How often it was played.
    duration_sec : float or None
        How long it took.
    source : PracticeSource
        Who says so.

    Raises
    ------
    PracticeError
        If a value cannot be.
    """

    id: uuid.UUID
    lick_id: uuid.UUID
    lick_name: str
    key: Key
    played_at: datetime
    time_zone: str
    tempo_bpm: float
    original_bpm: float | None = None
    is_clean: bool = True
    accuracy: float | None = None
    passes: int = 1
    duration_sec: float | None = None
    source: PracticeSource = PracticeSource.BY_HAND

    def __post_init__(self) -> None:
        check_name(self.lick_name)
        check_moment(self.played_at)
        find_zone(self.time_zone)
        check_tempo(self.tempo_bpm)
        if self.original_bpm is not None:
            check_tempo(self.original_bpm)
        if self.accuracy is not None and not 0 <= self.accuracy <= 1:
            raise PracticeError(f"want an accuracy from 0 to 1, got {self.accuracy}")
        if not 1 <= self.passes <= MOST_PASSES:
            raise PracticeError(f"want 1 to {MOST_PASSES} passes, got {self.passes}")
        if self.duration_sec is not None and not 0 <= self.duration_sec <= _DAY_SEC:
            raise PracticeError(f"want a duration of at most a day, got {self.duration_sec} s")

    @property
    def day(self) -> date:
        """The day it was where the player was."""
        return day_in(self.played_at, find_zone(self.time_zone))

    @property
    def share(self) -> float | None:
        """Its tempo as a share of the recording's."""
        return None if self.original_bpm is None else self.tempo_bpm / self.original_bpm


@dataclass(frozen=True, slots=True)
class PractisedLick:
    """A lick that is on the schedule, or was practised without being on it.

    Attributes
    ----------
    id : UUID
        Of the lick.
    name : str
        What it is called.
    home_key : Key
        Of the recording.
    keys : tuple of Key
        Those to learn, in their order, each once; none when it is not on the schedule.
    order : KeyOrder
        What the order of the keys follows.
    added_at : datetime, UTC
        Since when it is known here.
    original_bpm : float or None
        Tempo of the recording.
    target_bpm : float or None
        Tempo at which the lick is mastered; None where no tempo is known.
    job_id : UUID or None
        Of its solo.
    job_title : str
        Of its solo.
    bars : tuple of int
        First and last bar in the solo; empty where there are no bars.

    Raises
    ------
    PracticeError
        If a value cannot be.
    """

    id: uuid.UUID
    name: str
    home_key: Key
    keys: tuple[Key, ...]
    order: KeyOrder
    added_at: datetime
    original_bpm: float | None = None
    target_bpm: float | None = None
    job_id: uuid.UUID | None = None
    job_title: str = ""
    bars: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name)
        check_name(self.job_title, may_be_empty=True)
        check_moment(self.added_at)
        for tempo_bpm in (self.original_bpm, self.target_bpm):
            if tempo_bpm is not None:
                check_tempo(tempo_bpm)
        if len(set(self.keys)) != len(self.keys):
            raise PracticeError(f"want each key once, got {', '.join(map(str, self.keys))}")

    @property
    def is_scheduled(self) -> bool:
        """Whether it is on the schedule."""
        return bool(self.keys)


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """What the player wishes.

    Attributes
    ----------
    time_zone : str
        IANA name of the zone that days are counted in when nothing else is said.
    new_keys_a_day : int
        How many keys are begun on a day; 0 begins none.
    order : KeyOrder
        Of the keys of licks that are put on the schedule.

    Raises
    ------
    PracticeError
        If a value cannot be.
    """

    time_zone: str = "UTC"
    # Two: one that is easy beside the recording's key and one that is not; more come back
    # sooner than they are learned.
    new_keys_a_day: int = 2
    order: KeyOrder = KeyOrder.FOURTHS

    def __post_init__(self) -> None:
        find_zone(self.time_zone)
        if not 0 <= self.new_keys_a_day <= MOST_NEW_A_DAY:
            raise PracticeError(
                f"want 0 to {MOST_NEW_A_DAY} new keys a day, got {self.new_keys_a_day}"
            )


@dataclass(frozen=True, slots=True)
class PracticeLog:
    """All that a player can take away.

    Attributes
    ----------
    licks : tuple of PractisedLick
        In the order in which they came.
    sessions : tuple of PracticeSession
        In the order in which they were played.
    settings : PracticeSettings or None
        None in a table of sessions alone.
    """

    licks: tuple[PractisedLick, ...] = ()
    sessions: tuple[PracticeSession, ...] = ()
    settings: PracticeSettings | None = None


def plain_key(key: Key) -> Key:
    """Spell a key as it is spelled here always: C sharp major is D flat major.

    Parameters
    ----------
    key : Key
        In any spelling.

    Returns
    -------
    Key
        Of the same pitch and mode.
    """
    return Key.of_pitch_class(key.pitch_class, key.mode)


def check_moment(moment: datetime) -> None:
    """Refuse a moment that is no moment of practice.

    Parameters
    ----------
    moment : datetime
        In UTC.

    Raises
    ------
    PracticeError
        If it is in another zone, or centuries away.
    """
    if moment.utcoffset() != timedelta(0) or moment.tzinfo is not UTC:
        raise PracticeError(f"want a time in UTC, got {moment.isoformat()}")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise PracticeError(
            f"want a time between {_FIRST_YEAR} and {_LAST_YEAR}, got {moment.isoformat()}"
        )


def check_tempo(tempo_bpm: float) -> None:
    """Refuse what is no tempo.

    Parameters
    ----------
    tempo_bpm : float
        Beats a minute.

    Raises
    ------
    PracticeError
        If nobody can play at it.
    """
    least, most = TEMPO_RANGE_BPM
    if not (math.isfinite(tempo_bpm) and least <= tempo_bpm <= most):
        raise PracticeError(f"want a tempo from {least:g} to {most:g} bpm, got {tempo_bpm}")


def check_name(name: str, *, may_be_empty: bool = False) -> None:
    """Refuse what cannot be shown as a name.

    Parameters
    ----------
    name : str
        Of a lick or a solo.
    may_be_empty : bool, optional
        Whether it may say nothing.

    Raises
    ------
    PracticeError
        If it is empty, too long, or has control characters.
    """
    if not name and not may_be_empty:
        raise PracticeError("want a name of the lick, got an empty one")
    if len(name) > LONGEST_NAME:
        raise PracticeError(f"want a name of at most {LONGEST_NAME} characters, got {len(name)}")
    for sign in name:
        if ord(sign) < ord(" ") or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff":
            raise PracticeError(f"want a name without control characters, got U+{ord(sign):04X}")
