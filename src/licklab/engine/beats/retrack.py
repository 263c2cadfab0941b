"""The beats of a pulse that somebody knows: by tapping, by its tempo, or by a few of its beats."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence
from licklab.domain.pulse import spread_pulse

Floats = npt.NDArray[np.float64]
Frames = npt.NDArray[np.int64]

# Ellis, Beat Tracking by Dynamic Programming (2007): the cost of the squared log ratio of an
# interval to the period, against a strength in standard deviations.
_TIGHTNESS = 100.0
# Shortest and longest interval, in periods. No gap between two known beats is out of reach, since
# two of the shortest are shorter than the longest.
_SHORTEST, _LONGEST = 0.6, 1.6


def retrack_beats(
    evidence: RhythmEvidence, period_sec: float, pins_sec: Sequence[float], duration_sec: float
) -> list[float]:
    """Find the beats of a pulse of known length in the evidence.

    Parameters
    ----------
    evidence : RhythmEvidence
        Where beats are believed.
    period_sec : float
        About how long from beat to beat.
    pins_sec : sequence of float, seconds of the original file
        Beats that are known, in order; they are kept where they are.
    duration_sec : float, seconds of the original file
        Where to end.

    Returns
    -------
    list of float
        Beats in seconds of the original file, in order: dynamic programming between, before and
        behind the known ones.
    """
    rate, start_sec = evidence.frame_rate, evidence.start_sec
    n_frames = min(len(evidence.beat), max(0, int((duration_sec - start_sec) * rate) + 1))
    end_sec = min(duration_sec, start_sec + max(0, n_frames - 1) / rate)
    period = period_sec * rate
    # Coarser frames cannot tell one interval from another, and there is nothing to look at.
    if n_frames < 2 * period or period * _SHORTEST < 1:
        return spread_pulse(period_sec, pins_sec, start_sec, end_sec)
    belief = evidence.beat[:n_frames].astype(np.float64)
    strength = belief / (belief.std() or 1.0)

    def place(frames: Frames) -> list[float]:
        found = start_sec + (frames + _between_frames(belief, frames)) / rate
        # Two frames a beat apart never meet, but the ends are those of the recording.
        return [float(one) for one in np.clip(found, max(0.0, start_sec), end_sec)]

    if not pins_sec:
        return place(_follow(strength, period, from_first=False))
    pinned = [min(max(0, round((one - start_sec) * rate)), n_frames - 1) for one in pins_sec]
    times = [pins_sec[0]]
    for (before, after), after_sec in zip(pairwise(pinned), pins_sec[1:], strict=True):
        times += [*place(_follow_between(strength, period, before, after)), after_sec]
    first, last = pinned[0], pinned[-1]
    lead_in = first - _follow(strength[: first + 1][::-1], period, from_first=True)[:0:-1]
    lead_out = last + _follow(strength[last:], period, from_first=True)[1:]
    return [*place(lead_in), *times, *place(lead_out)]


def _follow(strength: Floats, period: float, *, from_first: bool) -> Frames:
    """Find the best row of beats through all frames."""
    total, lags = _accumulate(strength, period, from_first=from_first)
    tail = max(0, len(total) - round(period))
    end = tail + int(np.argmax(total[tail:]))
    # Behind a known beat near the end no row may reach the tail.
    return _trace(lags, end) if np.isfinite(total[end]) else np.zeros(1, dtype=np.int64)


def _follow_between(strength: Floats, period: float, before: int, after: int) -> Frames:
    """Find the beats strictly between two that are known."""
    if after - before <= _LONGEST * period:
        n_beats = max(1, round((after - before) / period))
        return np.linspace(before, after, n_beats + 1)[1:-1].round().astype(np.int64)
    _, lags = _accumulate(strength[before : after + 1], period, from_first=True)
    return before + _trace(lags, after - before)[1:-1]


def _accumulate(strength: Floats, period: float, *, from_first: bool) -> tuple[Floats, Frames]:
    """Find the best row that ends on each frame: its score, and the step to its last but one.

    A block of frames as long as the shortest interval depends on earlier blocks only, and is done
    at once.
    """
    shortest, longest = max(1, round(_SHORTEST * period)), round(_LONGEST * period)
    steps = np.arange(shortest, longest + 1)
    costs = -_TIGHTNESS * np.log(steps / period) ** 2
    n_frames = len(strength)
    # The frames before the first stand for a row that begins now, in the first interval.
    total = np.full(longest + n_frames, -np.inf if from_first else 0.0)
    lags = np.zeros(n_frames, dtype=np.int64)
    begin = 0
    if from_first:
        total[longest] = strength[0]
        begin = 1
    for at in range(begin, n_frames, shortest):
        stop = min(at + shortest, n_frames)
        sources = longest + np.arange(at, stop)[:, None] - steps[None, :]
        candidates = total[sources] + costs
        best = np.argmax(candidates, axis=1)
        rows = np.arange(stop - at)
        total[longest + at : longest + stop] = strength[at:stop] + candidates[rows, best]
        lags[at:stop] = steps[best]
    return total[longest:], lags


def _trace(lags: Frames, end: int) -> Frames:
    frames = [end]
    while lags[frames[-1]] > 0 and frames[-1] - lags[frames[-1]] >= 0:
        frames.append(frames[-1] - int(lags[frames[-1]]))
    return np.array(frames[::-1], dtype=np.int64)


def _between_frames(belief: Floats, frames: Frames) -> Floats:
    """Find the peak between frames by a parabola through three; 0 where there is none."""
    inside = np.clip(frames, 1, len(belief) - 2)
    left, middle, right = belief[inside - 1], belief[inside], belief[inside + 1]
    curve = left - 2 * middle + right
    is_peak = (inside == frames) & (curve < 0) & (middle >= left) & (middle >= right)
    return np.where(is_peak, 0.5 * (left - right) / np.where(curve < 0, curve, 1.0), 0.0)
