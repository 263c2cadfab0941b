"""The bars of a page: every beat that notes may fall into, with its place in quarters.

In: the beats as heard or mended, and the time that the notes take. Out: a gapless row of beats,
carried on before the first and after the last as far as there are notes, filled where the pulse
stopped, and grouped in whole bars but for a pickup.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from licklab.domain.beat import BeatGrid, TimeSignature

# Where no pulse was heard, bars have to be of some length.
_FREE_BPM = 120.0
# A beat this much longer than its neighbours is several: the pulse was lost on the way.
_LOST_BEATS = 1.7
_NEIGHBOURS = 8
# Beats that a bar may have when counted wrongly; longer ones are cut.
_MOST_BEATS = 7
# A first note so little before a beat, in beats, belongs to it.
_EARLY_BEATS = 0.3


@dataclass(frozen=True, slots=True)
class FrameBar:
    """One bar of a page.

    Attributes
    ----------
    number : int
        As the beats count it.
    signature : TimeSignature
        Of this bar.
    first_beat, n_beats : int
        Its beats in the frame.
    start_quarter, length_quarter : Fraction
        From the beginning of the frame; its length.
    """

    number: int
    signature: TimeSignature
    first_beat: int
    n_beats: int
    start_quarter: Fraction
    length_quarter: Fraction


@dataclass(frozen=True, slots=True)
class Frame:
    """The bars and beats of a page.

    Attributes
    ----------
    beat_secs : tuple of float, seconds of the original file
        When the beats fall, and where the last one ends.
    quarters_a_beat : Fraction
        1 in 4/4, 3/2 in compound metres.
    bars : tuple of FrameBar
        In order.
    is_free : bool
        Whether no pulse was heard: the bars are arbitrary.
    """

    beat_secs: tuple[float, ...]
    quarters_a_beat: Fraction
    bars: tuple[FrameBar, ...]
    is_free: bool = False

    @property
    def is_compound(self) -> bool:
        """Whether beats divide in three."""
        return self.quarters_a_beat.denominator == 2 and self.quarters_a_beat > 1

    def beat_at(self, time_sec: float) -> float:
        """Tell where in the beats a moment is.

        Parameters
        ----------
        time_sec : float, seconds of the original file
            The moment.

        Returns
        -------
        float, beats
            From the first beat of the frame.
        """
        secs = self.beat_secs
        at = min(max(bisect_right(secs, time_sec) - 1, 0), len(secs) - 2)
        return at + (time_sec - secs[at]) / (secs[at + 1] - secs[at])

    def sec_at(self, beat: float) -> float:
        """Tell when a place in the beats is played.

        Parameters
        ----------
        beat : float, beats
            From the first beat of the frame.

        Returns
        -------
        float, seconds of the original file
            The moment.
        """
        at = min(max(int(beat), 0), len(self.beat_secs) - 2)
        begin, end = self.beat_secs[at], self.beat_secs[at + 1]
        return begin + (beat - at) * (end - begin)

    def bar_of(self, beat: int) -> int:
        """Find the bar of a beat.

        Parameters
        ----------
        beat : int
            In the frame.

        Returns
        -------
        int
            Index of its bar.
        """
        return max(bisect_right(self.bars, beat, key=lambda bar: bar.first_beat) - 1, 0)


@dataclass(slots=True)
class _Counted:
    time_sec: float
    bar: int
    position: int


def frame_bars(grid: BeatGrid, first_sec: float, last_sec: float) -> Frame:
    """Lay out the bars that a stretch of music needs.

    Parameters
    ----------
    grid : BeatGrid
        The beats.
    first_sec, last_sec : float, seconds of the original file
        Onsets of the first and of the last note.

    Returns
    -------
    Frame
        From the bar of the first note to the end of the bar of the last.
    """
    counted, is_free = _count(grid, first_sec)
    per_bar = grid.time_signature.beats_per_bar
    _fill_gaps(counted, per_bar)
    _carry_on(counted, per_bar, first_sec, last_sec)
    return _cut(counted, grid.time_signature, first_sec, last_sec, is_free=is_free)


def _count(grid: BeatGrid, first_sec: float) -> tuple[list[_Counted], bool]:
    if len(grid.beats) >= 2:
        return [_Counted(one.time_sec, one.bar, one.position_in_bar) for one in grid.beats], False
    length = 60.0 / _FREE_BPM
    start = grid.beats[0].time_sec if grid.beats else first_sec
    return [_Counted(start, 1, 1), _Counted(start + length, 1, 2)], True


def _fill_gaps(counted: list[_Counted], per_bar: int) -> None:
    lengths = np.diff([one.time_sec for one in counted])
    filled = [counted[0]]
    for i, length in enumerate(lengths):
        near = lengths[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1]
        usual = float(np.median(near))
        if length > _LOST_BEATS * usual:
            n_parts = round(length / usual)
            begin = counted[i]
            for k in range(1, n_parts):
                before = filled[-1]
                place = _after(before, per_bar)
                filled.append(_Counted(begin.time_sec + length * k / n_parts, *place))
        filled.append(counted[i + 1])
    counted[:] = filled


def _after(one: _Counted, per_bar: int) -> tuple[int, int]:
    if one.position < per_bar:
        return one.bar, one.position + 1
    return one.bar + 1, 1


def _carry_on(counted: list[_Counted], per_bar: int, first_sec: float, last_sec: float) -> None:
    times = [one.time_sec for one in counted]
    head = float(np.median(np.diff(times[: _NEIGHBOURS + 1])))
    tail = float(np.median(np.diff(times[-_NEIGHBOURS - 1 :])))
    before: list[_Counted] = []
    first = counted[0]
    while first.time_sec - _EARLY_BEATS * head > first_sec:
        place = (first.bar, first.position - 1) if first.position > 1 else (first.bar - 1, per_bar)
        first = _Counted(first.time_sec - head, *place)
        before.append(first)
    counted[:0] = reversed(before)
    # A beat more than the notes need, so that an early note still finds the one it belongs to, and
    # to the end of the bar.
    while counted[-1].time_sec < last_sec + 2 * tail or counted[-1].position != 1:
        last = counted[-1]
        counted.append(_Counted(last.time_sec + tail, *_after(last, per_bar)))


def _cut(
    counted: Sequence[_Counted],
    signature: TimeSignature,
    first_sec: float,
    last_sec: float,
    *,
    is_free: bool,
) -> Frame:
    starts = [i for i, one in enumerate(counted) if one.position == 1 or i == 0]
    starts = _cut_long(starts, len(counted))
    begin = 0
    last = len(starts) - 2
    times = [one.time_sec for one in counted]
    early = _EARLY_BEATS * float(np.median(np.diff(times)))
    while begin < last and times[starts[begin + 1]] - early <= first_sec:
        begin += 1
    while last > begin and times[starts[last]] - early > last_sec:
        last -= 1
    quarters = Fraction(4, signature.denominator) * (3 if signature.is_compound else 1)
    bars, at = [], Fraction(0)
    for k in range(begin, last + 1):
        n_beats = starts[k + 1] - starts[k]
        is_pickup = k == 0 and n_beats < signature.beats_per_bar
        own = signature if is_pickup else _signature_of(n_beats, signature)
        length = n_beats * quarters
        bars.append(
            FrameBar(counted[starts[k]].bar, own, starts[k] - starts[begin], n_beats, at, length)
        )
        at += length
    return Frame(tuple(times[starts[begin] : starts[last + 1] + 1]), quarters, tuple(bars), is_free)


def _cut_long(starts: list[int], n_beats: int) -> list[int]:
    cut = []
    for begin, end in zip(starts, [*starts[1:], n_beats - 1], strict=True):
        cut += list(range(begin, end, _MOST_BEATS)) or [begin]
    if cut[-1] != n_beats - 1:
        cut.append(n_beats - 1)
    return cut


def _signature_of(n_beats: int, signature: TimeSignature) -> TimeSignature:
    if n_beats == signature.beats_per_bar:
        return signature
    if signature.is_compound:
        # 3/8 is one dotted quarter, 15/8 cannot be written: bars are cut before.
        return TimeSignature(min(3 * n_beats, 12), 8)
    return TimeSignature(n_beats, signature.denominator)
