"""What somebody says of practice: keys, sessions, what to learn, what to see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from licklab.domain.key import Key
from licklab.domain.practice_log import KeyOrder, PracticeSession, PracticeSource, plain_key
from licklab.errors import PracticeError


@dataclass(frozen=True, slots=True)
class WantedKey:
    """A key of a lick, however it is said.

    Attributes
    ----------
    tonic : Key or None
        The key; None where it is said by its distance.
    has_mode : bool
        Whether its mode was said; if not, it is the lick's.
    semitones : int
        From the recording, without a tonic.
    """

    tonic: Key | None = None
    has_mode: bool = True
    semitones: int = 0

    def of(self, home: Key) -> Key:
        """Give the key.

        Parameters
        ----------
        home : Key
            Of the recording.

        Returns
        -------
        Key
            Spelled as players do.

        Raises
        ------
        PracticeError
            If the lick is not played in keys of that mode.
        """
        if self.tonic is None:
            return Key.of_pitch_class(home.pitch_class + self.semitones, home.mode)
        if self.has_mode and self.tonic.mode is not home.mode:
            raise PracticeError(
                f"want a {home.mode} key, as the lick's own {home}, got {self.tonic}"
            )
        return plain_key(replace(self.tonic, mode=home.mode))


@dataclass(frozen=True, slots=True)
class NewSession:
    """What somebody says that was played.

    Attributes
    ----------
    lick_id : UUID
        The lick.
    key : WantedKey
        In which key.
    tempo_bpm : float or None
        How fast.
    is_clean : bool or None
        As the player says; None when only the accuracy tells.
    accuracy : float or None, 0 to 1
        As it was measured.
    passes : int
        How often.
    duration_sec : float or None
        How long it took.
    source : PracticeSource
        Who says so.
    played_at : datetime or None, UTC
        When; None for now.
    time_zone : str or None
        Where; None for the zone of the settings.
    id : UUID or None
        That makes it the same when it is sent twice; None for a new one.
    tempo_share : float or None
        Of the recording's tempo, where the tempo itself is None.
    """

    lick_id: uuid.UUID
    key: WantedKey
    tempo_bpm: float | None
    is_clean: bool | None = None
    accuracy: float | None = None
    passes: int = 1
    duration_sec: float | None = None
    source: PracticeSource = PracticeSource.BY_HAND
    played_at: datetime | None = None
    time_zone: str | None = None
    id: uuid.UUID | None = None
    tempo_share: float | None = None

    def tempo_at(self, original_bpm: float | None) -> float:
        """Tell how fast it was.

        Parameters
        ----------
        original_bpm : float or None
            Tempo of the recording.

        Returns
        -------
        float, beats a minute
            As it was said, or its share of the recording's.

        Raises
        ------
        PracticeError
            If only a share is said, and the recording has no tempo.
        """
        if self.tempo_bpm is not None:
            return self.tempo_bpm
        if original_bpm is None or self.tempo_share is None:
            raise PracticeError("want tempo_bpm for a lick whose recording has no tempo, got none")
        return self.tempo_share * original_bpm


@dataclass(frozen=True, slots=True)
class ScheduleWish:
    """How a lick is to be learned; what is None is as it was, or usual.

    Attributes
    ----------
    keys : sequence of WantedKey or None
        These, in this order.
    order : KeyOrder or None
        Of the keys when they are not listed.
    n_keys : int or None
        So many of them.
    target_bpm : float or None
        Tempo at which it is mastered.
    """

    keys: Sequence[WantedKey] | None = None
    order: KeyOrder | None = None
    n_keys: int | None = None
    target_bpm: float | None = None

    @property
    def is_of_keys(self) -> bool:
        """Whether it says anything of the keys."""
        return any(one is not None for one in (self.keys, self.order, self.n_keys))


@dataclass(frozen=True, slots=True)
class WantedSessions:
    """Which sessions somebody wants to see.

    Attributes
    ----------
    lick_id : UUID or None
        Only of this lick.
    key : Key or None
        Only in this key.
    from_day, to_day : date or None
        Only on these days, both included.
    """

    lick_id: uuid.UUID | None = None
    key: Key | None = None
    from_day: date | None = None
    to_day: date | None = None


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Some sessions, the latest first; `next` is None on the last page."""

    sessions: tuple[PracticeSession, ...]
    next: str | None
