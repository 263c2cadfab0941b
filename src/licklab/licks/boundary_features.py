"""What the notes around a gap tell about whether something ends there.

In go onsets, offsets and pitches; out comes a row for each gap between two notes. Every time is
told in units of the line's own pace, the median of its intervals between onsets, and every pitch
from its neighbours, so that a line that is slowed or transposed gives the same rows. Rests, and
intervals between onsets, are compared with those near by and with those of the whole line; beats
are not asked: a line that was heard may have wrong ones, or none.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# How far to look, in notes: at the gaps themselves, at ranks among the neighbours, and at the
# longest of either side. Chosen with the model on validation players.
_NEAR, _RANKED, _SIDES = 3, (4, 8, 16), (4, 8)
_PACES, _RANGE = (8, 24), 16
# Rests that count as breaks, in paces: a pace is .16 s in most solos of the Weimar Jazz Database,
# and rests of .15, .3 and .6 s are an articulation, a phrase and a long rest.
_BREAKS = (1.0, 2.0, 4.0)
_QUANTILES = (0.5, 0.8, 0.9, 0.95)
# Beyond, longer is no more telling; also for what lies beyond the ends of the line.
_LONGEST, _SHORTEST, _MOST_NOTES, _MOST_PACES = 25.0, 0.05, 60, 120.0

# Of a pace: what is equal on the page stays equal wherever the line begins and however fast it is.
_DIGITS = 4


def describe_gaps(onset_sec: Floats, offset_sec: Floats, pitch_midi: Ints) -> Floats:
    """Describe the gaps between the notes of a line.

    Parameters
    ----------
    onset_sec, offset_sec : shape=(n_notes,), seconds
        In order of onset; at least two.
    pitch_midi : shape=(n_notes,)
        Of the notes.

    Returns
    -------
    shape=(n_notes - 1, n_features)
        A row for each gap.
    """
    pace_sec = max(float(np.median(np.diff(onset_sec))), 1e-3)
    onset, offset = onset_sec / pace_sec, offset_sec / pace_sec
    offset = np.append(np.minimum(offset[:-1], onset[1:]), offset[-1])
    step = _round(np.diff(onset))
    rest = _round(np.minimum(onset[1:] - offset[:-1], _LONGEST))
    length = np.log2(np.clip(step, _SHORTEST, _LONGEST))
    held = np.log2(np.clip(offset - onset, _SHORTEST, _LONGEST))
    columns = [
        *_neighbours(rest, length, np.diff(pitch_midi).astype(np.float64)),
        held[:-1], held[1:],
        *_against_pace(rest, length, step),
        *_against_neighbours(rest), *_against_neighbours(length),
        *_since_breaks(onset, offset, rest),
        *(np.full(len(rest), np.quantile(rest, one)) for one in _QUANTILES),
        _rank(rest),
        _running_median(np.clip(offset - onset, 0, None)[:-1] / np.maximum(step, _SHORTEST), 8),
        *_in_range(pitch_midi.astype(np.float64)),
    ]  # fmt: skip
    return np.stack(columns, axis=1)


def _round(values: Floats) -> Floats:
    return np.round(values, _DIGITS).astype(np.float64)


def _neighbours(rest: Floats, length: Floats, interval: Floats) -> list[Floats]:
    far = float(np.log2(_LONGEST))
    around = range(-_NEAR, _NEAR + 1)
    return [
        *(_shift(rest, by, _LONGEST) for by in around),
        *(_shift(length, by, far) for by in around),
        *(_shift(interval, by, 0.0) for by in range(-2, 3)),
    ]


def _shift(values: Floats, by: int, beyond: float) -> Floats:
    """Give to each place the value so many places later, or `beyond`."""
    shifted = np.full(len(values), beyond)
    if by >= 0:
        shifted[: max(len(values) - by, 0)] = values[by:]
    else:
        shifted[-by:] = values[:by]
    return shifted


def _against_pace(rest: Floats, length: Floats, step: Floats) -> list[Floats]:
    found = []
    for reach in _PACES:
        pace = np.maximum(_running_median(step, reach), _SHORTEST)
        found += [rest / pace, length - np.log2(pace), np.log2(pace)]
    return found


def _running_median(values: Floats, reach: int) -> Floats:
    padded = np.pad(values, reach, mode="reflect" if len(values) > reach else "edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    median: Floats = np.median(windows, axis=1)
    return median


def _against_neighbours(values: Floats) -> list[Floats]:
    """Count the neighbours that are greater; tell how far above the greatest of each side."""
    lowest = float(np.log2(_SHORTEST))
    found = []
    for reach in _RANKED:
        windows = _windows(values, reach, lowest)
        found.append((windows > values[:, None]).sum(axis=1).astype(np.float64))
    for reach in _SIDES:
        windows = _windows(values, reach, lowest)
        found.append(values - windows[:, :reach].max(axis=1))
        found.append(values - windows[:, reach + 1 :].max(axis=1))
    return found


def _windows(values: Floats, reach: int, beyond: float) -> Floats:
    padded = np.pad(values, reach, constant_values=beyond)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)


def _since_breaks(onset: Floats, offset: Floats, rest: Floats) -> list[Floats]:
    """Measure how long it is since the last break, and until the next, in notes and in paces."""
    place = np.arange(len(rest))
    found = []
    for wanted in _BREAKS:
        is_break = rest >= wanted
        last = np.maximum.accumulate(np.where(is_break, place, -1))
        before = np.concatenate([[-1], last[:-1]])
        coming = np.minimum.accumulate(np.where(is_break, place, len(rest))[::-1])[::-1]
        after = np.concatenate([coming[1:], [len(rest)]])
        found += [
            np.minimum(place - before, _MOST_NOTES).astype(np.float64),
            np.minimum(after - place, _MOST_NOTES).astype(np.float64),
            np.minimum(offset[place] - onset[before + 1], _MOST_PACES),
            np.minimum(offset[after] - onset[place + 1], _MOST_PACES),
            np.full(len(rest), is_break.mean()),
        ]
    return found


def _rank(values: Floats) -> Floats:
    """Give the share of all values that are smaller; equal ones have the same."""
    smaller: Floats = np.searchsorted(np.sort(values), values) / len(values)
    return smaller


def _in_range(pitch: Floats) -> list[Floats]:
    """Tell how high the notes of the gap are among those around."""
    height = pitch - _running_median(pitch, _RANGE)
    return [height[:-1], height[1:]]
