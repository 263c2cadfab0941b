"""Samples to a coarse spectrogram on the common grid, and from it to onset strength.

Blocks of samples at 22,050 Hz go in; magnitudes in bands of two semitones come out, one row for
each frame of `licklab.engine.grid`. They are kept for the whole recording (half precision: 25 MB an
hour), because how loud a note is is relative to the rest of the music.
"""

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import HOP_LENGTH, SAMPLE_RATE, count_frames

Samples = npt.NDArray[np.float32]
Bands = npt.NDArray[np.float16]

_N_FFT = 1024  # 46 ms: the shortest notes that are wanted last 40 ms
_LOWEST_HZ = 80.0  # below it rumble and the room
_HIGHEST_HZ = 9_000.0  # above it MP3 at low bit rates has holes
_BAND_SEMITONES = 2.0
_ROUND_FRAMES = 512  # transformed together: 4 MB of spectra

# Recordings in floating point may be scaled to integers: 32,768 and its sum over a band.
_LARGEST = np.float32(np.finfo(np.float16).max)

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


class BandSpectrogram:
    """The coarse spectrogram of a recording that arrives in blocks."""

    def __init__(self) -> None:
        # Frame 0 is centred on sample 0.
        self._pending: Samples = np.zeros(_N_FFT // 2, np.float32)
        self._rows: list[Bands] = []
        self._n_samples = 0
        self._n_rows = 0

    def add(self, block: Samples) -> None:
        """Take the next samples.

        Parameters
        ----------
        block : array, shape=(n_samples,)
            Mono, at 22,050 Hz, of any length.
        """
        self._n_samples += block.size
        self._pending = np.concatenate([self._pending, block])
        while self._pending.size >= _N_FFT + (_ROUND_FRAMES - 1) * HOP_LENGTH:
            self._transform(_ROUND_FRAMES)

    def finish(self) -> Bands:
        """Give the spectrogram of everything that was taken.

        Returns
        -------
        array, shape=(n_frames, n_bands), amplitude
            With ``ceil(n_samples / 256)`` frames.
        """
        missing = count_frames(self._n_samples) - self._n_rows
        if missing > 0:
            end = np.zeros(_N_FFT + missing * HOP_LENGTH, np.float32)
            self._pending = np.concatenate([self._pending, end])
            self._transform(missing)
        if not self._rows:
            return np.zeros((0, BAND_CENTERS_HZ.size), np.float16)
        return np.concatenate(self._rows)

    def _transform(self, n_frames: int) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(self._pending, _N_FFT)
        spectra = np.abs(np.fft.rfft(windows[::HOP_LENGTH][:n_frames] * _WINDOW, axis=1))
        bands = np.add.reduceat(spectra[:, : _EDGES[-1]], _EDGES[:-1], axis=1)
        self._rows.append(np.minimum(bands, _LARGEST).astype(np.float16))
        self._n_rows += n_frames
        self._pending = self._pending[n_frames * HOP_LENGTH :].copy()
