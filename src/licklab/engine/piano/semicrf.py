"""From scores of intervals to the best intervals, and how sure it is that one starts in a frame.

A track is a row of intervals that do not overlap; one may begin in the frame in which the one
before ends, and in every frame there may be one of a single frame as well. The score of a row is
the sum of the scores of its intervals; frames outside of any add nothing. (A semi-Markov
conditional random field: Sarawagi & Cohen, NIPS 2004; for notes Yan, Cwitkowitz & Duan, "Skipping
the Frame-Level", NeurIPS 2021.)

Many tracks are decoded together, frame by frame from the last to the first.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.errors import ShapeError

Scores = npt.NDArray[np.float32]
Interval = tuple[int, int]


def find_best_intervals(
    scores: Scores, single: Scores, starts: Sequence[int]
) -> list[list[Interval]]:
    """Find the row of intervals with the highest score, for each track.

    Parameters
    ----------
    scores : shape=(n_tracks, n_frames, n_frames)
        Of an interval, by its first and its last frame; only what is above the diagonal counts.
    single : shape=(n_tracks, n_frames)
        Of an interval of one frame.
    starts : sequence of int
        The frame that each track is decoded from; what lies before is left out.

    Returns
    -------
    list of list of (int, int)
        First and last frame of the intervals of each track, in order.

    Raises
    ------
    ShapeError
        If the arrays do not fit one another.
    """
    n_tracks, n_frames = _check(scores, single)
    gain = np.maximum(single, 0)
    # Of what begins in a frame and goes on to the end; 0 stands for going on to the next frame.
    best = np.zeros((n_tracks, n_frames), np.float32)
    jumps = np.zeros((n_tracks, n_frames), np.int32)
    best[:, -1] = gain[:, -1]
    rows = np.arange(n_tracks)
    for frame in range(n_frames - 2, -1, -1):
        totals = scores[:, frame, frame + 1 :] + best[:, frame + 1 :]
        ends = totals.argmax(axis=1)
        highest, skipped = totals[rows, ends], best[:, frame + 1]
        jumps[:, frame] = np.where(highest > skipped, ends + 1, 0)
        best[:, frame] = np.maximum(highest, skipped) + gain[:, frame]
    return [
        _follow(track_jumps, track_single > 0, start)
        for track_jumps, track_single, start in zip(jumps, single, starts, strict=True)
    ]


def estimate_start_probabilities(scores: Scores, single: Scores) -> npt.NDArray[np.float64]:
    """Estimate the probability that an interval starts in each frame.

    Parameters
    ----------
    scores : shape=(n_tracks, n_frames, n_frames)
        Of an interval, by its first and its last frame; only what is above the diagonal counts.
    single : shape=(n_tracks, n_frames)
        Of an interval of one frame.

    Returns
    -------
    array, shape=(n_tracks, n_frames)
        The share of all rows with an interval from there, each row weighted by the exponential of
        its score.

    Raises
    ------
    ShapeError
        If the arrays do not fit one another.
    """
    n_tracks, n_frames = _check(scores, single)
    either = np.logaddexp(0, single.astype(np.float64))
    # Logarithms of the summed weights of all ways from a frame to the end, and of those of them
    # that take an interval of two frames or more at once.
    after = np.zeros((n_tracks, n_frames))
    taking = np.full((n_tracks, n_frames), -np.inf)
    after[:, -1] = either[:, -1]
    for frame in range(n_frames - 2, -1, -1):
        taking[:, frame] = _sum_exp(scores[:, frame, frame + 1 :], after[:, frame + 1 :])
        ways = np.logaddexp(taking[:, frame], after[:, frame + 1])
        after[:, frame] = ways + either[:, frame]
    # And of all ways from the beginning to a frame, and out of it.
    before = np.zeros((n_tracks, n_frames))
    out_of = np.zeros((n_tracks, n_frames))
    out_of[:, 0] = either[:, 0]
    for frame in range(1, n_frames):
        arriving = _sum_exp(scores[:, :frame, frame], out_of[:, :frame])
        before[:, frame] = np.logaddexp(arriving, out_of[:, frame - 1])
        out_of[:, frame] = before[:, frame] + either[:, frame]
    all_ways = after[:, :1]
    long = np.exp(out_of + taking - all_ways)
    short = np.exp(before + after - all_ways + single - either)
    probabilities: npt.NDArray[np.float64] = np.minimum(long + short, 1.0)
    return probabilities


def _check(scores: Scores, single: Scores) -> tuple[int, int]:
    n_tracks, n_frames = single.shape
    if scores.shape != (n_tracks, n_frames, n_frames):
        raise ShapeError(
            f"want scores of shape=({n_tracks}, {n_frames}, {n_frames}), got {scores.shape}"
        )
    return n_tracks, n_frames


def _follow(
    jumps: npt.NDArray[np.int32], has_single: npt.NDArray[np.bool_], frame: int
) -> list[Interval]:
    intervals = []
    while frame < len(jumps):
        if has_single[frame]:
            intervals.append((frame, frame))
        jump = int(jumps[frame])
        if jump:
            intervals.append((frame, frame + jump))
        frame += jump or 1
    return intervals


def _sum_exp(scores: Scores, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give the logarithm of the sum of exponentials of both, along the second axis."""
    totals = scores + weights
    highest = totals.max(axis=1, keepdims=True)
    # Single precision is enough for what is relative to the highest.
    parts = np.exp((totals - highest).astype(np.float32)).sum(axis=1)
    found: npt.NDArray[np.float64] = highest[:, 0] + np.log(parts)
    return found
