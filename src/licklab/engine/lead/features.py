"""What the lead network looks at: one row of numbers for each frame.

What the note network believes (log odds), its constant-Q spectrum, and a spectrum of short windows
in bands of a semitone: the first says which pitches sound, the second with what timbre, the third
when they start to within 23 ms, which the long windows of the second cannot.
"""

import numpy as np
import numpy.typing as npt

from licklab.engine.activations import N_SPECTRUM_BINS, Posteriors
from licklab.engine.grid import HOP_LENGTH, LOWEST_MIDI, N_PITCHES, SAMPLE_RATE

Samples = npt.NDArray[np.float32]
Features = npt.NDArray[np.float16]

N_SHORT_BANDS = 105
"""Bands of the short spectrum: from the lowest piano key to 10.5 kHz."""

N_FEATURES = 2 * N_PITCHES + 3 * N_PITCHES + N_SPECTRUM_BINS + N_SHORT_BANDS
"""Numbers in a row: notes, onsets, contours, constant-Q and short spectrum, in this order."""

_N_FFT = 1024
_ROUND_FRAMES = 512  # transformed together: 2 MB of spectra
_FEW = 4
_MAX_LOG_ODDS = 7.0
# Amplitudes are given in units of 20 dB above this floor.
_FLOOR = 1e-5


def _band_weights() -> npt.NDArray[np.float32]:
    """Triangles about each band's centre, at least as wide as two bins of the transform."""
    bins_hz = np.fft.rfftfreq(_N_FFT, 1 / SAMPLE_RATE)
    pitches = LOWEST_MIDI + np.arange(N_SHORT_BANDS)
    centre = 440.0 * 2 ** ((pitches - 69) / 12)
    half = np.maximum(centre * (2 ** (1 / 12) - 1), SAMPLE_RATE / _N_FFT)
    weights = np.maximum(0, 1 - np.abs(bins_hz[:, np.newaxis] - centre) / half)
    scaled: npt.NDArray[np.float32] = (weights / weights.sum(axis=0)).astype(np.float32)
    return scaled


_WEIGHTS = _band_weights()
_WINDOW = np.hanning(_N_FFT).astype(np.float32)
_WINDOW *= np.float32(2.0) / _WINDOW.sum()


class ShortSpectrum:
    """The spectrum of short windows, of a recording that arrives in blocks."""

    def __init__(self) -> None:
        # Frame 0 is centred on sample 0.
        self._pending: Samples = np.zeros(_N_FFT // 2, np.float32)
        self._rows: list[Samples] = []

    def add(self, block: Samples) -> None:
        """Take the next samples.

        Parameters
        ----------
        block : array, shape=(n_samples,)
            Mono, at 22,050 Hz, of any length.
        """
        self._pending = np.concatenate([self._pending, block])
        n_ready = (self._pending.size - _N_FFT) // HOP_LENGTH + 1
        while n_ready > 0:
            self._transform(min(n_ready, _ROUND_FRAMES))
            n_ready -= _ROUND_FRAMES

    def take(self, n_frames: int) -> Samples:
        """Give the next frames, once; behind the end of the recording there is silence.

        Parameters
        ----------
        n_frames : int
            How many.

        Returns
        -------
        array, shape=(n_frames, 105), amplitude
            In bands of a semitone.
        """
        n_ready = sum(len(one) for one in self._rows)
        if n_ready < n_frames:
            missing = n_frames - n_ready
            end = np.zeros(_N_FFT + missing * HOP_LENGTH, np.float32)
            self._pending = np.concatenate([self._pending, end])
            self._transform(missing)
        rows = np.concatenate(self._rows)
        self._rows = [rows[n_frames:]]
        return rows[:n_frames]

    def _transform(self, n_frames: int) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(self._pending, _N_FFT)
        spectra = np.abs(np.fft.rfft(windows[::HOP_LENGTH][:n_frames] * _WINDOW, axis=1))
        # A few rows at a time: for larger products the BLAS wakes threads of its own, which spin.
        padded = np.zeros((-(-n_frames // _FEW), _FEW, spectra.shape[1]), np.float32)
        padded.reshape(-1, spectra.shape[1])[:n_frames] = spectra
        self._rows.append((padded @ _WEIGHTS).reshape(-1, N_SHORT_BANDS)[:n_frames])
        self._pending = self._pending[n_frames * HOP_LENGTH :].copy()


def make_features(posteriors: Posteriors, short: Samples) -> Features:
    """Put together what the lead network looks at.

    Parameters
    ----------
    posteriors : Posteriors
        Of consecutive frames.
    short : shape=(n_frames, 105), amplitude
        The short spectrum of the same frames.

    Returns
    -------
    array, shape=(n_frames, `N_FEATURES`)
        Log odds, and amplitudes in units of 20 dB above a fixed floor.
    """
    columns = [
        _log_odds(posteriors.notes),
        _log_odds(posteriors.onsets),
        _log_odds(posteriors.contours),
        level_of(posteriors.spectrum),
        level_of(short),
    ]
    return np.concatenate(columns, axis=1).astype(np.float16)


def _log_odds(probability: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    clipped = np.clip(probability, 1e-4, 1 - 1e-4)
    odds: npt.NDArray[np.float32] = np.log(clipped / (1 - clipped))
    return np.clip(odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS)


def level_of(amplitude: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Give levels of amplitudes.

    Parameters
    ----------
    amplitude : array of any shape
        Zero or more.

    Returns
    -------
    array of the same shape
        In units of 20 dB above a fixed floor, zero or more.
    """
    level: npt.NDArray[np.float32] = np.log10(np.maximum(amplitude, _FLOOR) / _FLOOR)
    return level
