"""The outline of a recording, as players draw it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.engine.audio.probe import AudioInfo
from licklab.engine.audio.reader import AudioReader, Samples

PEAKS_PER_SEC = 100
"""Pairs of lowest and highest sample a second."""

# int8 without -128, so that both signs are of one size.
_FULL_SCALE = 127

Peaks = npt.NDArray[np.int8]


def read_peaks(path: Path, info: AudioInfo) -> Peaks:
    """Find how far the sound of a recording swings.

    Parameters
    ----------
    path : Path
        The file.
    info : AudioInfo
        What `probe_audio` found in it.

    Returns
    -------
    array, shape=(n_pairs, 2)
        Lowest and highest sample of the mean of all channels in each hundredth of a second, 127
        being full scale; as long as what can be read. Rounded away from zero, so that quiet sound
        is not silence.

    Raises
    ------
    DamagedAudioError
        If nothing of it can be read.
    """
    blocks = AudioReader(path, info).blocks(info.sample_rate)
    return np.concatenate(list(_reduce(blocks, info.sample_rate)))


def _reduce(blocks: Iterable[Samples], sample_rate: int) -> Iterator[Peaks]:
    """Reduce each block as far as it holds whole pairs, and carry the rest over."""
    rest = np.zeros(0, np.float32)
    n_pairs = 0
    for block in blocks:
        samples = np.concatenate([rest, block])
        # Where pairs begin; a rate need not be a multiple of theirs.
        first = -(-n_pairs * sample_rate // PEAKS_PER_SEC)
        n_after = (first + len(samples)) * PEAKS_PER_SEC // sample_rate
        edges = -(-np.arange(n_pairs, n_after + 1) * sample_rate // PEAKS_PER_SEC) - first
        if n_after > n_pairs:
            yield _swings(samples[: edges[-1]], edges[:-1])
        rest = samples[edges[-1] :]
        n_pairs = n_after
    if len(rest):
        yield _swings(rest, np.zeros(1, np.intp))


def _swings(samples: Samples, starts: npt.NDArray[np.intp]) -> Peaks:
    lowest = np.floor(np.minimum.reduceat(samples, starts) * _FULL_SCALE)
    highest = np.ceil(np.maximum.reduceat(samples, starts) * _FULL_SCALE)
    pairs = np.clip(np.stack([lowest, highest], axis=1), -_FULL_SCALE, _FULL_SCALE)
    peaks: Peaks = pairs.astype(np.int8)
    return peaks
