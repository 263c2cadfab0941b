"""Beats and bars as a person wants them instead of those that were heard."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.grid_edit import (
    DoubleTempo,
    GridEdit,
    HalveTempo,
    MarkDownbeat,
    Pin,
    PinBeats,
    SetTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.pulse import require_period
from licklab.domain.recall import Recall
from licklab.errors import GridError


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
) -> BeatGrid:
    """Continue beats that a person mended into what has been heard since.

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
    BeatGrid
        The same beats, and those before and behind that the recording reaches to now.
    """
    beats = grid.beats
    if len(beats) < 2 or (recall.start_sec >= heard_from_sec and recall.end_sec <= heard_to_sec):
        return grid
    times = recall.follow(_period_sec(grid), [one.time_sec for one in beats])
    before = [t for t in times if t < min(heard_from_sec, beats[0].time_sec)]
    behind = [t for t in times if t > max(heard_to_sec, beats[-1].time_sec)]
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


def _times(grid: BeatGrid) -> list[float]:
    return [one.time_sec for one in grid.beats]


def _period_sec(grid: BeatGrid) -> float:
    return float(np.median(np.diff(_times(grid))))


def _nearest(times_sec: Sequence[float], time_sec: float) -> int:
    return int(np.argmin(np.abs(np.asarray(times_sec) - time_sec)))


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
    times = [one.time_sec for one in kept]
    sure = [one.confidence for one in kept]
    anchor = {_nearest(times, anchor_sec): 1}
    counted = count_beats(times, sure, grid.time_signature, anchor, {})
    return _with_bar_one(counted, _bar_one_sec(grid))


def _kept_parity(grid: BeatGrid, anchor_sec: float) -> int:
    """Tell whether the even or the odd beats keep the downbeats."""
    if grid.time_signature.beats_per_bar % 2:  # each keeps every other downbeat
        return _nearest(_times(grid), anchor_sec) % 2
    on_even, on_odd = (sum(one.is_downbeat for one in grid.beats[i::2]) for i in (0, 1))
    return int(on_odd > on_even)


def _first_downbeat_sec(grid: BeatGrid) -> float:
    return grid.downbeats[0].time_sec if grid.downbeats else grid.beats[0].time_sec


def _shift(grid: BeatGrid, by_beats: float, recall: Recall) -> BeatGrid:
    whole, half = divmod(by_beats, 1)
    moved = _shift_half(grid, recall) if half else grid
    return _shift_whole(moved, int(whole), _bar_one_sec(grid)) if whole or half else moved


def _shift_half(grid: BeatGrid, recall: Recall) -> BeatGrid:
    """Move each beat half way to the next, and keep its number."""
    beats = grid.beats
    times = _times(grid)
    between = [(before + after) / 2 for before, after in pairwise(times)]
    last_sec = times[-1] + (times[-1] - times[-2]) / 2
    moved = [*between, last_sec] if last_sec <= recall.end_sec else between
    return BeatGrid(
        tuple(
            Beat(time_sec, one.bar, one.position_in_bar, one.confidence)
            for time_sec, one in zip(moved, beats, strict=False)
        ),
        grid.time_signature,
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
    later = grid.beats[place].position_in_bar - 1
    earlier = later - grid.time_signature.beats_per_bar
    if later == 0:
        return grid
    shift = later if later <= -earlier else earlier
    try:
        return _shift_whole(grid, shift, _bar_one_sec(grid))
    except GridError:  # fewer beats than a bar has
        counted = count_beats(
            _times(grid), [b.confidence for b in grid.beats], grid.time_signature, {place: 1}, {}
        )
        return _with_bar_one(counted, time_sec)


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
    places = {_nearest(times_sec, one.time_sec): one for one in pins}
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
    return counted if bars else _with_bar_one(counted, _bar_one_sec(grid))


def _vote(times_sec: Sequence[float], grid: BeatGrid) -> int | None:
    """Find the first beat of a bar, so that most old downbeats are downbeats again."""
    per_bar = grid.time_signature.beats_per_bar
    downbeats = [one.time_sec for one in grid.downbeats]
    if not downbeats:
        return None
    votes = np.zeros(per_bar, dtype=int)
    nearest = np.searchsorted((np.asarray(times_sec[1:]) + times_sec[:-1]) / 2, downbeats)
    np.add.at(votes, nearest % per_bar, 1)
    return int(np.argmax(votes))
