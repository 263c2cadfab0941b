"""Beats and bars as a person wants them instead of those that were heard."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.grid_edit import (
    DoubleTempo,
    GridEdit,
    HalveTempo,
    MarkDownbeat,
    MoveBeat,
    Pin,
    PinBeats,
    SetTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.pulse import FASTEST_BPM, require_period
from licklab.domain.recall import Recall
from licklab.errors import GridError

# Times are written in microseconds.
_ROUNDING_SEC = 1e-6


def change_grid(grid: BeatGrid, edit: GridEdit, recall: Recall) -> BeatGrid:
    """Change beats and bars.

    Bar 1 stays where it is, or as near as the new bars allow; so do the other downbeats.

    Parameters
    ----------
    grid : BeatGrid
        As it is.
    edit : GridEdit
        What a person says.
    recall : Recall
        For those edits that look for beats.

    Returns
    -------
    BeatGrid
        As it is wanted.

    Raises
    ------
    GridError
        If it cannot be so: times outside what was heard, no beats to change, no such tempo.
    """
    match edit:
        case SetTempo(tempo_bpm):
            return _renew(grid, recall.follow(60.0 / tempo_bpm, ()), ())
        case DoubleTempo():
            return _double(_require_beats(grid), recall.end_sec)
        case HalveTempo():
            return _halve(_require_beats(grid))
        case ShiftBeats(beats):
            return _shift(_require_beats(grid), beats, recall)
        case MarkDownbeat(time_sec):
            _require_inside((time_sec,), recall)
            return _mark_downbeat(_require_beats(grid), time_sec)
        case MoveBeat(from_sec, to_sec):
            _require_inside((from_sec, to_sec), recall)
            return _move_beat(_require_beats(grid), from_sec, to_sec)
        case SetTimeSignature(time_signature):
            return _recount(_require_beats(grid), time_signature)
        case TapBeats(taps_sec):
            period_sec = float(np.median(np.diff(taps_sec)))
            return _pin(grid, [Pin(one) for one in taps_sec], period_sec, recall)
        case PinBeats(pins):
            period_sec = _period_sec(_require_beats(grid))
            return _pin(grid, pins, period_sec, recall)


def extend_grid(
    grid: BeatGrid, heard_from_sec: float, heard_to_sec: float, recall: Recall
) -> BeatGrid | None:
    """Fit beats that a person mended to what has been heard since.

    Parameters
    ----------
    grid : BeatGrid
        As it was mended.
    heard_from_sec, heard_to_sec : float, seconds of the original file
        What was heard then.
    recall : Recall
        What is heard now.

    Returns
    -------
    BeatGrid or None
        The same beats as far as they are in what is heard now, and where that reaches further
        those that continue them; None where nothing is heard now of what was heard then.
    """
    leads, trails = recall.start_sec < heard_from_sec, recall.end_sec > heard_to_sec
    # An end that is the same limits nothing: its last beat may lie a little behind it.
    from_sec = recall.start_sec if recall.start_sec > heard_from_sec else -math.inf
    to_sec = recall.end_sec if recall.end_sec < heard_to_sec else math.inf
    beats = [one for one in grid.beats if from_sec <= one.time_sec <= to_sec]
    if recall.start_sec >= heard_to_sec or recall.end_sec <= heard_from_sec or len(beats) < 2:
        return None
    if not leads and not trails:
        return grid if len(beats) == len(grid.beats) else replace(grid, beats=tuple(beats))
    times = recall.follow(_period_sec(grid), [one.time_sec for one in beats])
    before = [t for t in times if leads and t < beats[0].time_sec]
    behind = [t for t in times if trails and t > beats[-1].time_sec]
    n_before = len(before)
    return count_beats(
        [*before, *(one.time_sec for one in beats), *behind],
        [1.0] * n_before + [one.confidence for one in beats] + [1.0] * len(behind),
        grid.time_signature,
        {n_before + i: one.position_in_bar for i, one in enumerate(beats)},
        {n_before + i: one.bar for i, one in enumerate(beats)},
    )


def _require_beats(grid: BeatGrid) -> BeatGrid:
    if len(grid.beats) < 2:
        raise GridError(
            "want a recording with beats to change, got one without: tap some, or set its tempo"
        )
    return grid


def _require_inside(times_sec: Sequence[float], recall: Recall) -> None:
    for time_sec in times_sec:
        if not recall.start_sec <= time_sec <= recall.end_sec:
            raise GridError(
                f"want times inside what was heard, {recall.start_sec:.2f} to "
                f"{recall.end_sec:.2f} s; got {time_sec:.2f} s"
            )


def _require_apart(times_sec: Sequence[float]) -> None:
    least_sec = 60.0 / FASTEST_BPM
    for before, after in pairwise(times_sec):
        if after - before < least_sec - _ROUNDING_SEC:
            raise GridError(
                f"want beats {least_sec:g} s apart or more ({FASTEST_BPM:g} bpm), got "
                f"{before:.3f} and {after:.3f} s"
            )


def _times(grid: BeatGrid) -> list[float]:
    return [one.time_sec for one in grid.beats]


def _period_sec(grid: BeatGrid) -> float:
    return float(np.median(np.diff(_times(grid))))


def _nearest(times_sec: Sequence[float], time_sec: float) -> int:
    return int(np.argmin(np.abs(np.asarray(times_sec) - time_sec)))


def _nearest_of_all(times_sec: Sequence[float], wanted_sec: Sequence[float]) -> list[int]:
    times = np.asarray(times_sec)
    found: list[int] = np.searchsorted((times[1:] + times[:-1]) / 2, wanted_sec).tolist()
    return found


def _bar_one_sec(grid: BeatGrid) -> float | None:
    return next((one.time_sec for one in grid.downbeats if one.bar == 1), None)


def _with_bar_one(counted: BeatGrid, time_sec: float | None) -> BeatGrid:
    """Count the bars so that bar 1 begins with the downbeat nearest to a time."""
    downbeats = counted.downbeats
    if time_sec is None or not downbeats:
        return counted
    # Of two that are as near the later one: bar 1 is whole.
    one = min(reversed(downbeats), key=lambda beat: abs(beat.time_sec - time_sec))
    offset = 1 - one.bar
    return BeatGrid(
        tuple(
            Beat(b.time_sec, b.bar + offset, b.position_in_bar, b.confidence) for b in counted.beats
        ),
        counted.time_signature,
    )


def _double(grid: BeatGrid, end_sec: float) -> BeatGrid:
    require_period(_period_sec(grid) / 2)
    times: list[float] = []
    sure: list[float] = []
    positions: dict[int, int] = {}
    beats = grid.beats
    last = beats[-1]
    behind_sec = last.time_sec + (last.time_sec - beats[-2].time_sec) / 2
    ends = [*(one.time_sec for one in beats[1:]), 2 * behind_sec - last.time_sec]
    for beat, next_sec in zip(beats, ends, strict=True):
        if beat.is_downbeat:
            positions[len(times)] = 1
        times += [beat.time_sec, (beat.time_sec + next_sec) / 2]
        sure += [beat.confidence, beat.confidence]
    if behind_sec > end_sec:
        del times[-1], sure[-1]
    return _with_bar_one(
        count_beats(times, sure, grid.time_signature, positions or _continue_half(grid), {}),
        _bar_one_sec(grid),
    )


def _continue_half(grid: BeatGrid) -> dict[int, int]:
    return {0: (2 * (grid.beats[0].position_in_bar - 1)) % grid.time_signature.beats_per_bar + 1}


def _halve(grid: BeatGrid) -> BeatGrid:
    require_period(_period_sec(grid) * 2)
    beats, anchor_sec = grid.beats, _anchor_sec(grid)
    kept = beats[_kept_parity(grid, anchor_sec) :: 2]
    if len(kept) < 2:
        raise GridError(f"want four beats or more to halve, got {len(beats)}")
    times = [one.time_sec for one in kept]
    sure = [one.confidence for one in kept]
    starts = [i for i, one in enumerate(kept) if one.is_downbeat]
    positions = _join_bars(starts, _nearest(times, anchor_sec), grid.time_signature.beats_per_bar)
    counted = count_beats(times, sure, grid.time_signature, positions, {})
    return _with_bar_one(counted, _bar_one_sec(grid))


def _join_bars(starts: Sequence[int], anchor: int, per_bar: int) -> dict[int, int]:
    """Make one bar of two, and let a short one stay short.

    A bar line behind a bar that is not half as long as usual is kept.
    """
    usual = per_bar if per_bar % 2 else per_bar // 2
    rows: list[list[int]] = []
    for start in starts:
        if rows and (start - rows[-1][-1]) % usual == 0:
            rows[-1].append(start)
        else:
            rows.append([start])
    positions = {anchor: 1}
    for row in rows:
        first = anchor if anchor in row else row[0]
        positions |= {start: 1 for start in row if (start - first) % per_bar == 0}
    return positions


def _kept_parity(grid: BeatGrid, anchor_sec: float) -> int:
    """Tell whether the even or the odd beats keep the downbeats."""
    if grid.time_signature.beats_per_bar % 2:  # each keeps every other downbeat
        return _nearest(_times(grid), anchor_sec) % 2
    on_even, on_odd = (sum(one.is_downbeat for one in grid.beats[i::2]) for i in (0, 1))
    return int(on_odd > on_even)


def _first_downbeat_sec(grid: BeatGrid) -> float:
    return grid.downbeats[0].time_sec if grid.downbeats else grid.beats[0].time_sec


def _shift(grid: BeatGrid, by_beats: float, recall: Recall) -> BeatGrid:
    half, whole = math.modf(by_beats)
    moved = _shift_half(grid, recall, later=half > 0) if half else grid
    return _shift_whole(moved, int(whole), _bar_one_sec(grid)) if whole else moved


def _shift_half(grid: BeatGrid, recall: Recall, *, later: bool) -> BeatGrid:
    """Move each beat half way to the next, or to the one before, and keep its number."""
    beats, times = grid.beats, _times(grid)
    first_sec = times[0] - (times[1] - times[0]) / 2
    last_sec = times[-1] + (times[-1] - times[-2]) / 2
    moved = [(before + after) / 2 for before, after in pairwise(times)]
    # A pulse that reaches to the ends of the recording does so again.
    leads = not later or times[0] - recall.start_sec < times[1] - times[0]
    trails = later or recall.end_sec - times[-1] < times[-1] - times[-2]
    has_first = leads and first_sec >= recall.start_sec
    if has_first:
        moved.insert(0, first_sec)
    if trails and last_sec <= recall.end_sec:
        moved.append(last_sec)
    # The first beat between two has the number of the earlier or of the later one.
    offset = (0 if later else 1) - has_first
    numbered = {i: beats[i + offset] for i in range(len(moved)) if 0 <= i + offset < len(beats)}
    sure = [beats[min(max(0, i + offset), len(beats) - 1)].confidence for i in range(len(moved))]
    return count_beats(
        moved,
        sure,
        grid.time_signature,
        {i: one.position_in_bar for i, one in numbered.items()},
        {i: one.bar for i, one in numbered.items()},
    )


def _shift_whole(grid: BeatGrid, by_beats: int, bar_one_sec: float | None) -> BeatGrid:
    """Give each beat the number of another one; bars of another length move along."""
    beats = grid.beats
    positions = {
        i + by_beats: one.position_in_bar
        for i, one in enumerate(beats)
        if 0 <= i + by_beats < len(beats)
    }
    if not positions:
        raise GridError(f"want a shift by fewer beats than there are, got {by_beats:g}")
    counted = count_beats(
        _times(grid), [one.confidence for one in beats], grid.time_signature, positions, {}
    )
    return _with_bar_one(counted, bar_one_sec)


def _mark_downbeat(grid: BeatGrid, time_sec: float) -> BeatGrid:
    place = _nearest(_times(grid), time_sec)
    if grid.beats[place].is_downbeat:
        return grid
    # Not the number of the beat: a bar may have a beat too many or too few.
    shifts = [place - i for i, one in enumerate(grid.beats) if one.is_downbeat]
    if shifts:
        return _shift_whole(grid, min(shifts, key=abs), _bar_one_sec(grid))
    counted = count_beats(
        _times(grid), [b.confidence for b in grid.beats], grid.time_signature, {place: 1}, {}
    )
    return _with_bar_one(counted, time_sec)


def _move_beat(grid: BeatGrid, from_sec: float, to_sec: float) -> BeatGrid:
    beats = list(grid.beats)
    place = _nearest(_times(grid), from_sec)
    # A person vouches for it.
    beats[place] = replace(beats[place], time_sec=to_sec, confidence=1.0)
    _require_apart([one.time_sec for one in beats[max(0, place - 1) : place + 2]])
    return replace(grid, beats=tuple(beats))


def _recount(grid: BeatGrid, time_signature: TimeSignature) -> BeatGrid:
    place = _nearest(_times(grid), _anchor_sec(grid))
    counted = count_beats(
        _times(grid), [b.confidence for b in grid.beats], time_signature, {place: 1}, {}
    )
    return _with_bar_one(counted, _bar_one_sec(grid))


def _anchor_sec(grid: BeatGrid) -> float:
    bar_one_sec = _bar_one_sec(grid)
    return _first_downbeat_sec(grid) if bar_one_sec is None else bar_one_sec


def _pin(grid: BeatGrid, pins: Sequence[Pin], period_sec: float, recall: Recall) -> BeatGrid:
    require_period(period_sec)
    per_bar = grid.time_signature.beats_per_bar
    times_sec = [one.time_sec for one in pins]
    _require_inside(times_sec, recall)
    _require_apart(times_sec)
    for one in pins:
        if one.position_in_bar is not None and not 1 <= one.position_in_bar <= per_bar:
            raise GridError(
                f"want a position of 1 to {per_bar} in a bar of {grid.time_signature}, "
                f"got {one.position_in_bar}"
            )
    return _renew(grid, recall.follow(period_sec, times_sec), pins)


def _renew(grid: BeatGrid, times_sec: Sequence[float], pins: Sequence[Pin]) -> BeatGrid:
    """Count new beats so that what was a downbeat, or is pinned as one, is one."""
    if len(times_sec) < 2:
        raise GridError(f"want two beats or more in what was heard, got {len(times_sec)}")
    nearest = _nearest_of_all(times_sec, [one.time_sec for one in pins])
    places = dict(zip(nearest, pins, strict=True))
    old_sec, old_sure = _times(grid), [one.confidence for one in grid.beats]
    # A person vouches for a pulse where none was heard.
    sure = np.interp(times_sec, old_sec, old_sure) if old_sec else np.ones(len(times_sec))
    sure[list(places)] = 1.0
    positions = {i: one.position for i, one in places.items() if one.position is not None}
    bars = {i: one.bar for i, one in places.items() if one.bar is not None}
    if not positions:
        phase = _vote(times_sec, grid)
        positions = {phase if phase is not None else min(places, default=0): 1}
    counted = count_beats(times_sec, sure.tolist(), grid.time_signature, positions, bars)
    if not bars:
        return _with_bar_one(counted, _bar_one_sec(grid))
    _require_rising(counted)
    return counted


def _require_rising(grid: BeatGrid) -> None:
    for before, after in pairwise(grid.beats):
        if (after.bar, after.position_in_bar) <= (before.bar, before.position_in_bar):
            raise GridError(
                f"want bars in order, got beat {after.position_in_bar} of bar {after.bar} at "
                f"{after.time_sec:.2f} s behind beat {before.position_in_bar} of bar {before.bar}"
            )


def _vote(times_sec: Sequence[float], grid: BeatGrid) -> int | None:
    """Find the first beat of a bar, so that most old downbeats are downbeats again."""
    per_bar = grid.time_signature.beats_per_bar
    downbeats = [one.time_sec for one in grid.downbeats]
    if not downbeats:
        return None
    votes = np.zeros(per_bar, dtype=int)
    np.add.at(votes, np.array(_nearest_of_all(times_sec, downbeats)) % per_bar, 1)
    return int(np.argmax(votes))
