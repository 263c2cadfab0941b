"""Where in the bars a moment falls."""

from bisect import bisect_right

from licklab.domain.beat import BeatGrid

# A thousandth of a beat is 1 ms at 60 bpm, finer than any onset is known.
_STEPS = 1000


def place_on_grid(onset_sec: float, grid: BeatGrid) -> tuple[int, float] | None:
    """Tell the bar and the beat of a moment.

    Parameters
    ----------
    onset_sec : float, seconds of the original file
        The moment.
    grid : BeatGrid
        The beats.

    Returns
    -------
    bar : int
        Number of its bar.
    beat : float
        Its place in the bar in thousandths of a beat: 1 is the downbeat, 2.5 half way from the
        second beat to the third. The place itself is None a beat or more away from all beats, and
        where there are fewer than two.

    Examples
    --------
    >>> from licklab.domain.beat import Beat
    >>> grid = BeatGrid((Beat(1.0, 1, 1), Beat(1.5, 1, 2), Beat(2.0, 1, 3)))
    >>> place_on_grid(1.625, grid), place_on_grid(0.9, grid), place_on_grid(9.0, grid)
    ((1, 2.25), (0, 4.8), None)
    """
    beats = grid.beats
    if len(beats) < 2:
        return None
    at = bisect_right(beats, onset_sec, key=lambda beat: beat.time_sec) - 1
    nearest = min(max(at, 0), len(beats) - 2)
    begin_sec, end_sec = beats[nearest].time_sec, beats[nearest + 1].time_sec
    steps = round((onset_sec - begin_sec) / (end_sec - begin_sec) * _STEPS)
    whole, rest = divmod(steps, _STEPS)
    index = nearest + whole
    if not -1 <= index <= len(beats) - (0 if rest == 0 else 1):
        return None
    bar, position = _count_at(grid, index)
    return bar, position + rest / _STEPS


def _count_at(grid: BeatGrid, index: int) -> tuple[int, int]:
    """Count a beat of the grid, or the one that would come before the first or after the last."""
    beats, per_bar = grid.beats, grid.time_signature.beats_per_bar
    if index < 0:
        first = beats[0]
        # A first bar with more beats than the signature says has its downbeat in the grid.
        return (
            (first.bar, first.position_in_bar - 1)
            if first.position_in_bar > 1
            else (first.bar - 1, per_bar)
        )
    if index == len(beats):
        last = beats[-1]
        return (
            (last.bar, last.position_in_bar + 1)
            if last.position_in_bar < per_bar
            else (last.bar + 1, 1)
        )
    return beats[index].bar, beats[index].position_in_bar
