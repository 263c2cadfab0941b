"""Counts which intervals players play after which.

    python -m training.licks.intervals

From the solos of the training players of the Weimar Jazz Database (The Jazzomat Research Project,
Hochschule für Musik Franz Liszt Weimar; ODbL 1.0). Writes `src/licklab/licks/intervals.npz`.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.licks.solos import AnnotatedLine, read_lines
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS

from licklab.licks import surprise

_N = 2 * surprise.WIDEST + 1
_LONGEST = 24


def main() -> None:
    """Count and write."""
    held = TEST_PLAYERS | VALIDATION_PLAYERS
    lines = [one for one in read_lines() if one.performer not in held]
    first, second, third = count_bits([one.line.pitch_midi for one in lines])
    path = Path(surprise.__file__).with_name("intervals.npz")
    _write(path, first, second, third, np.zeros((_LONGEST + 1, 9)))
    surprise.load_intervals.cache_clear()
    _write(path, first, second, third, find_deciles(lines))
    print(f"{len(lines)} solos; {path.name}: {path.stat().st_size} bytes")


def _write(
    path: Path,
    first: surprise.Floats,
    second: surprise.Floats,
    third: surprise.Floats,
    usual: surprise.Floats,
) -> None:
    small = np.float16
    np.savez_compressed(
        path, first=first.astype(small), second=second.astype(small), third=third.astype(small),
        usual=usual.astype(small),
    )  # fmt: skip


def count_bits(
    pitches: Sequence[npt.NDArray[np.int64]],
) -> tuple[surprise.Floats, surprise.Floats, surprise.Floats]:
    """Count intervals and what follows on them.

    Parameters
    ----------
    pitches : sequence of shape=(n_notes,)
        Of each solo.

    Returns
    -------
    tuple of three arrays, bits
        As `licklab.licks.surprise.IntervalModel` has them.
    """
    third = np.zeros((_N, _N, _N))
    second = np.zeros((_N, _N))
    first = np.zeros(_N)
    for pitch in pitches:
        one = surprise.clip_intervals(pitch)
        np.add.at(first, one, 1)
        np.add.at(second, (one[:-1], one[1:]), 1)
        np.add.at(third, (one[:-2], one[1:-1], one[2:]), 1)
    lowest = (first + 1) / (first + 1).sum()
    middle = _mix(second, np.broadcast_to(lowest, second.shape))
    highest = _mix(third, np.broadcast_to(middle, third.shape))
    return -np.log2(lowest), -np.log2(middle), -np.log2(highest)


def _mix(counts: surprise.Floats, lower: surprise.Floats) -> surprise.Floats:
    """Give a seen context its due; one with many kinds of successors leaves more to the lower."""
    kinds = (counts > 0).sum(-1, keepdims=True)
    total = counts.sum(-1, keepdims=True)
    mixed: surprise.Floats = (counts + kinds * lower) / np.maximum(total + kinds, 1)
    return np.where(total > 0, mixed, lower)


def find_deciles(lines: Sequence[AnnotatedLine]) -> surprise.Floats:
    """Find how surprising lines of each length usually are.

    Parameters
    ----------
    lines : sequence of AnnotatedLine
        Of the training players.

    Returns
    -------
    shape=(25, 9), bits an interval
        Deciles over all windows that lie within a phrase.
    """
    deciles = np.zeros((_LONGEST + 1, 9))
    for n_notes in range(3, _LONGEST + 1):
        bits = []
        for one in lines:
            start = np.concatenate(
                [np.arange(phrase.start, phrase.stop - n_notes + 1) for phrase in one.phrases]
            ).astype(np.int64)
            bits.append(surprise.span_bits(one.line.pitch_midi, start, start + n_notes))
        deciles[n_notes] = np.quantile(np.concatenate(bits) / (n_notes - 1), np.arange(1, 10) / 10)
    return deciles


if __name__ == "__main__":
    main()
