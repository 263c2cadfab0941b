"""Samples to a coarse spectrogram on the common grid.

Blocks of samples at 22,050 Hz go in; magnitudes in bands of two semitones come out, one row for
each frame of `licklab.engine.grid`. They are kept for the whole recording (half-precision: 35 MB an
hour), because how loud a note is and how strongly it starts are relative to the rest of the music.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

_N_FFT = 1024  # 46 ms: the shortest notes that are wanted last 40 ms
_LOWEST_HZ = 80.0  # below it rumble and the room
_HIGHEST_HZ = 9_000.0  # above it MP3 at low bit rates has holes
_BAND_SEMITONES = 2.0
_ROUND_FRAMES = 512  # transformed together: 4 MB of spectra

_WINDOW = np.hanning(_N_FFT).astype(np.float32)
# A sine of amplitude 1 shows as 1 in its bin.
_WINDOW *= np.float32(2.0) / _WINDOW.sum()


def _band_edges() -> npt.NDArray[np.int64]:
    """First FFT bin of each band, and the end of the last; no band is empty."""
    n_bands = round(12 / _BAND_SEMITONES * np.log2(_HIGHEST_HZ / _LOWEST_HZ))
    edges_hz = _LOWEST_HZ * 2.0 ** (np.arange(n_bands + 1) * _BAND_SEMITONES / 12)
    return np.unique(np.rint(edges_hz * _N_FFT / SAMPLE_RATE).astype(np.int64))


_EDGES = _band_edges()
BAND_CENTERS_HZ = (_EDGES[:-1] + _EDGES[1:] - 1) / 2 * SAMPLE_RATE / _N_FFT
"""Middle of each band; shape=(n_bands,)."""


def compute_bands(blocks: Iterable[Samples]) -> Iterator[npt.NDArray[np.float16]]:
    """Compute the coarse spectrogram of a recording that arrives in blocks.

    Parameters
    ----------
    blocks : iterable of array, shape=(n_samples,)
        Consecutive mono samples at 22,050 Hz, of any lengths.

    Yields
    ------
    bands : shape=(n, n_bands), amplitude
        Of consecutive frames; together ``ceil(n_samples / 256)`` frames.
    """
    raise NotImplementedError
