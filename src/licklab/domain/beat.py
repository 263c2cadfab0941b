"""Beats and bars: where the pulse of a recording falls."""

import re
from dataclasses import dataclass, field

import numpy as np

from licklab.errors import MeterError

# Counted by the dotted quarter, in threes of the eighth.
_COMPOUND = frozenset({(6, 8), (9, 8), (12, 8)})
_MOST_BEATS = 12
_UNITS = (2, 4, 8)


@dataclass(frozen=True, slots=True)
class TimeSignature:
    """A time signature, such as 4/4.

    Attributes
    ----------
    numerator, denominator : int
        As written. 6/8, 9/8 and 12/8 are compound: their beat is the dotted quarter.

    Raises
    ------
    MeterError
        If no such signature can be written.
    """

    numerator: int = 4
    denominator: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.numerator <= _MOST_BEATS or self.denominator not in _UNITS:
            raise MeterError(
                f"want a time signature such as 4/4, 3/4, 5/4, 6/8 or 12/8, got {self}"
            )

    @classmethod
    def parse(cls, text: str) -> "TimeSignature":
        """Read ``4/4``.

        Parameters
        ----------
        text : str
            Two whole numbers with a stroke.

        Returns
        -------
        TimeSignature
            That it says.

        Raises
        ------
        MeterError
            If it says none.
        """
        match = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", text)
        if match is None:
            raise MeterError(
                f"want a time signature such as 4/4, 3/4, 5/4, 6/8 or 12/8, got {text!r}"
            )
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def is_compound(self) -> bool:
        """Whether the beat divides in three."""
        return (self.numerator, self.denominator) in _COMPOUND

    @property
    def beats_per_bar(self) -> int:
        """Beats that are counted in a bar: 4 in 4/4 and in 12/8, 2 in 6/8."""
        return self.numerator // 3 if self.is_compound else self.numerator


@dataclass(frozen=True, slots=True)
class Beat:
    """One beat.

    Attributes
    ----------
    time_sec : float, seconds of the original file
        When it falls.
    bar : int
        Number of its bar; 1 is the first whole bar, 0 the pickup before it.
    position_in_bar : int
        From 1, the downbeat.
    confidence : float, 0 to 1
        How sure the listener is that a beat is there.
    """

    time_sec: float
    bar: int
    position_in_bar: int
    confidence: float = 1.0

    @property
    def is_downbeat(self) -> bool:
        """Whether a bar begins with it."""
        return self.position_in_bar == 1


@dataclass(frozen=True, slots=True)
class TempoPoint:
    """The tempo from some time on.

    Attributes
    ----------
    time_sec : float, seconds of the original file
        From when.
    tempo_bpm : float
        Beats a minute.
    """

    time_sec: float
    tempo_bpm: float


@dataclass(frozen=True, slots=True)
class BeatGrid:
    """The beats of a recording and how they are counted.

    Attributes
    ----------
    beats : tuple of Beat
        In order; none where no pulse was heard.
    time_signature : TimeSignature
        Of most of the recording.
    """

    beats: tuple[Beat, ...] = ()
    time_signature: TimeSignature = field(default_factory=TimeSignature)

    @property
    def tempo_bpm(self) -> float | None:
        """Tempo of most beats; None with fewer than two beats."""
        if len(self.beats) < 2:
            return None
        return 60.0 / float(np.median(np.diff([one.time_sec for one in self.beats])))

    @property
    def downbeats(self) -> tuple[Beat, ...]:
        """Beats that begin a bar."""
        return tuple(one for one in self.beats if one.is_downbeat)

    def tempo_curve(self) -> tuple[TempoPoint, ...]:
        """Tell the tempo of every bar.

        Returns
        -------
        tuple of TempoPoint
            One for each downbeat that another beat follows: the mean over its bar.
        """
        points = []
        for i, beat in enumerate(self.beats):
            if not beat.is_downbeat:
                continue
            end = i + 1
            while end < len(self.beats) - 1 and not self.beats[end].is_downbeat:
                end += 1
            if end < len(self.beats):
                length_sec = self.beats[end].time_sec - beat.time_sec
                points.append(TempoPoint(beat.time_sec, 60.0 * (end - i) / length_sec))
        return tuple(points)
