"""Rows of beats whose lengths drift, through all frames: the best one, and the sum over all.

A semi-Markov model as in `tracker`, but what is scored is the whole beat from its frame on, and a
pulse never stops. Sums over all rows tell how sure each beat is (forward-backward algorithm).
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
# In place of the logarithm of nothing.
_LEAST, _TINY = -1e300, 1e-300


def find_path(
    worth: Floats, at_beat: Floats, prior: Floats, change: Floats, lengths: Indices
) -> Indices:
    """Find the best row of beats from the first frames to the last ones.

    Parameters
    ----------
    worth : shape=(n_frames, n_lengths)
        Log likelihood of a beat that begins at a frame and has a length.
    at_beat : shape=(n_frames,)
        Log odds of a beat there.
    prior : shape=(n_lengths,)
        Of the first length, log.
    change : shape=(n_lengths, n_lengths)
        Of one length after another, log; the same both ways.
    lengths : shape=(n_lengths,), frames
        In order; the first beat is within the longest of the first frame, the last of the last one.

    Returns
    -------
    shape=(n_beats,), frames
        In order.
    """
    n_frames, n_lengths = worth.shape
    shortest, longest = int(lengths[0]), int(lengths[-1])
    columns = np.arange(n_lengths)
    # leaving[t, k]: of the best row with a beat at frame t whose next beat is lengths[k] later.
    leaving = np.full((n_frames, n_lengths), -np.inf)
    leaving[:longest] = prior + worth[:longest] + at_beat[:longest, np.newaxis]
    arriving = np.full((n_frames, n_lengths), -np.inf)
    came_from = np.full((n_frames, n_lengths), -1, np.int16)
    for start in range(longest, n_frames, shortest):
        # No beat of a block depends on another of it: the shortest length is that of the block.
        frames = np.arange(start, min(start + shortest, n_frames))
        score = leaving[frames[:, np.newaxis] - lengths, columns] + at_beat[frames, np.newaxis]
        arriving[frames] = score
        onward = score[:, np.newaxis, :] + change.T[np.newaxis]
        came = onward.argmax(axis=2)
        best = np.take_along_axis(onward, came[:, :, np.newaxis], axis=2)[:, :, 0]
        leaving[frames] = best + worth[frames]
        came_from[frames] = came
    behind = arriving[n_frames - longest :]
    place, length = np.unravel_index(int(behind.argmax()), behind.shape)
    frame, k = n_frames - longest + int(place), int(length)
    found = [frame]
    while k >= 0:
        frame -= int(lengths[k])
        found.append(frame)
        k = int(came_from[frame, k])
    return np.array(found[::-1], np.int64)


def believe_beats(
    worth: Floats, at_beat: Floats, prior: Floats, change: Floats, lengths: Indices
) -> Floats:
    """Tell how probable a beat is at each frame, over all rows of beats.

    Parameters
    ----------
    worth : shape=(n_frames, n_lengths)
        Log likelihood of a beat that begins at a frame and has a length.
    at_beat : shape=(n_frames,)
        Log odds of a beat there.
    prior : shape=(n_lengths,)
        Of the first length, log.
    change : shape=(n_lengths, n_lengths)
        Of one length after another, log; the same both ways.
    lengths : shape=(n_lengths,), frames
        In order; the first beat is within the longest of the first frame, the last of the last one.

    Returns
    -------
    shape=(n_frames,)
        In sum the number of beats of the mean length; nothing in the first and last frames.
    """
    forth = _sum_paths(worth, at_beat, prior, change, lengths)
    # Backwards a beat begins where it ended.
    n_frames = len(at_beat)
    begins = n_frames - 1 - np.arange(n_frames)[:, np.newaxis] - lengths
    mirrored = np.where(begins >= 0, worth[np.maximum(begins, 0), np.arange(len(lengths))], 0.0)
    back = _sum_paths(mirrored, at_beat[::-1], np.zeros_like(prior), change, lengths)[::-1]
    total = _log_sum(_log_product(forth, change) + back) - at_beat
    inside = slice(int(lengths[-1]), n_frames - int(lengths[-1]))
    belief = np.zeros(n_frames)
    belief[inside] = np.exp(total[inside] - total[inside].max())
    # So many beats there are, at the mean length.
    belief *= (n_frames - 2 * lengths[-1]) / lengths.mean() / max(belief.sum(), _TINY)
    return belief


def _sum_paths(
    worth: Floats, at_beat: Floats, prior: Floats, change: Floats, lengths: Indices
) -> Floats:
    """Give the logarithm of the sum over all rows up to each frame, by the last length."""
    n_frames, n_lengths = worth.shape
    shortest, longest = int(lengths[0]), int(lengths[-1])
    columns = np.arange(n_lengths)
    leaving = np.full((n_frames, n_lengths), -np.inf)
    leaving[:longest] = prior + worth[:longest] + at_beat[:longest, np.newaxis]
    arriving = np.full((n_frames, n_lengths), -np.inf)
    for start in range(longest, n_frames, shortest):
        frames = np.arange(start, min(start + shortest, n_frames))
        score = leaving[frames[:, np.newaxis] - lengths, columns] + at_beat[frames, np.newaxis]
        arriving[frames] = score
        leaving[frames] = _log_product(score, change) + worth[frames]
    return arriving


def _log_product(score: Floats, change: Floats) -> Floats:
    top = np.maximum(score.max(axis=1, keepdims=True), _LEAST)
    product: Floats = np.log(np.exp(score - top) @ np.exp(change) + _TINY) + top
    return product


def _log_sum(score: Floats) -> Floats:
    top = np.maximum(score.max(axis=1), _LEAST)
    total: Floats = np.log(np.exp(score - top[:, np.newaxis]).sum(axis=1) + _TINY) + top
    return total
