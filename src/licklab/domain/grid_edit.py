"""What a person may say about beats and bars."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from licklab.domain.beat import TimeSignature
from licklab.domain.pulse import FASTEST_BPM, SLOWEST_BPM
from licklab.errors import GridError


@dataclass(frozen=True, slots=True)
class SetTempo:
    """The pulse has this tempo.

    Attributes
    ----------
    tempo_bpm : float, 30 to 400
        Beats a minute.

    Raises
    ------
    GridError
        If nobody counts so slowly or so fast.
    """

    tempo_bpm: float

    def __post_init__(self) -> None:
        if not SLOWEST_BPM <= self.tempo_bpm <= FASTEST_BPM:
            raise GridError(
                f"want a tempo of {SLOWEST_BPM:g} to {FASTEST_BPM:g} bpm, got {self.tempo_bpm:g}"
            )


@dataclass(frozen=True, slots=True)
class DoubleTempo:
    """There are two beats where one was counted."""


@dataclass(frozen=True, slots=True)
class HalveTempo:
    """There is one beat where two were counted."""


@dataclass(frozen=True, slots=True)
class ShiftBeats:
    """The bars begin earlier or later.

    Attributes
    ----------
    beats : float
        Later by so many beats, earlier when negative; a multiple of a half, not 0.

    Raises
    ------
    GridError
        If it is none.
    """

    beats: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.beats) or self.beats == 0 or (2 * self.beats) % 1:
            raise GridError(f"want a shift by half beats, such as 0.5 or -1; got {self.beats:g}")


@dataclass(frozen=True, slots=True)
class MarkDownbeat:
    """A bar begins here.

    Attributes
    ----------
    time_sec : float, seconds of the original file
        On or near the beat.
    """

    time_sec: float

    def __post_init__(self) -> None:
        require_time(self.time_sec)


@dataclass(frozen=True, slots=True)
class MoveBeat:
    """One beat falls elsewhere; it keeps its number, and all others stay.

    Attributes
    ----------
    from_sec : float, seconds of the original file
        On or near the beat.
    to_sec : float, seconds of the original file
        Where it falls, between its neighbours.
    """

    from_sec: float
    to_sec: float

    def __post_init__(self) -> None:
        require_time(self.from_sec)
        require_time(self.to_sec)


@dataclass(frozen=True, slots=True)
class SetTimeSignature:
    """Bars are counted so.

    Attributes
    ----------
    time_signature : TimeSignature
        Of the whole recording.
    """

    time_signature: TimeSignature


@dataclass(frozen=True, slots=True)
class TapBeats:
    """These are beats that follow one another.

    Attributes
    ----------
    taps_sec : tuple of float, seconds of the original file
        At least two, in order.

    Raises
    ------
    GridError
        If they are fewer, out of order, or no times.
    """

    taps_sec: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.taps_sec) < 2:
            raise GridError(f"want two taps or more, got {len(self.taps_sec)}")
        _require_order(self.taps_sec)


@dataclass(frozen=True, slots=True)
class Pin:
    """A beat that is known.

    Attributes
    ----------
    time_sec : float, seconds of the original file
        When it falls.
    bar : int or None
        Number of its bar; None leaves it to the others.
    position_in_bar : int or None
        From 1, the downbeat; None is the downbeat where the bar is given, else left to the others.
    """

    time_sec: float
    bar: int | None = None
    position_in_bar: int | None = None

    def __post_init__(self) -> None:
        require_time(self.time_sec)

    @property
    def position(self) -> int | None:
        """Where in its bar it falls, as far as that is said."""
        if self.position_in_bar is None and self.bar is not None:
            return 1
        return self.position_in_bar


@dataclass(frozen=True, slots=True)
class PinBeats:
    """Beats fall here.

    Attributes
    ----------
    pins : tuple of Pin
        At least one, in order.

    Raises
    ------
    GridError
        If there are none, or they are out of order.
    """

    pins: tuple[Pin, ...]

    def __post_init__(self) -> None:
        if not self.pins:
            raise GridError("want one pin or more, got none")
        _require_order([one.time_sec for one in self.pins])


GridEdit: TypeAlias = (
    SetTempo
    | DoubleTempo
    | HalveTempo
    | ShiftBeats
    | MarkDownbeat
    | MoveBeat
    | SetTimeSignature
    | TapBeats
    | PinBeats
)
"""One thing that a person says about beats and bars."""


def require_time(time_sec: float) -> None:
    """Make sure that a number is a time.

    Parameters
    ----------
    time_sec : float, seconds of the original file
        The number.

    Raises
    ------
    GridError
        If it is below 0 or not finite.
    """
    if not (math.isfinite(time_sec) and time_sec >= 0):
        raise GridError(f"want a time in seconds, 0 or more; got {time_sec}")


def _require_order(times_sec: tuple[float, ...] | list[float]) -> None:
    for time_sec in times_sec:
        require_time(time_sec)
    for before, after in pairwise(times_sec):
        if after <= before:
            raise GridError(f"want times in order, got {after:g} s behind {before:g} s")
