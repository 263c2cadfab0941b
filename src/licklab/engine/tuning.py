"""The tuning of a recording: how far its notes lie from A = 440 Hz.

Samples at 22,050 Hz go in. Peaks of long spectra say which frequencies sound, each is so many cents
away from the nearest key of a piano at 440 Hz, and the mean of these deviations on a circle of one
semitone, weighted by amplitude, is the tuning. (The note network's contours, three bins a semitone,
snap to their bins: with them 450 Hz came out as 446 Hz.)
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

CONCERT_HZ = 440.0
"""What the networks are trained on."""

# The lead network has seen recordings up to 25 cents off; beyond, keys begin to be mistaken.
_MAX_CENTS = 20.0
# A singer who drifts has no tuning to put right (.17 for one); bands and horns agree by .5 or more.
_STEADY = 0.35
# 372 ms: bins of 2.7 Hz, so a semitone at the lowest frequency spans four of them.
_N_FFT = 8192
# Below, semitones are too narrow; above, the odd harmonics' own deviations gather.
_LOWEST_HZ, _HIGHEST_HZ = 200.0, 1500.0
# Amplitude of a sine below which it is noise, and its share of the loudest in its spectrum.
_LEAST_AMPLITUDE = 1e-4
_LEAST_SHARE = 0.1
# Length of the mean on the circle: 0 for deviations of all kinds, 1 when all are equal.
_LEAST_AGREEMENT = 0.1

_WINDOW = np.hanning(_N_FFT).astype(np.float32)
_WINDOW *= np.float32(2.0) / _WINDOW.sum()
_FIRST_BIN = int(np.ceil(_LOWEST_HZ * _N_FFT / SAMPLE_RATE))
_LAST_BIN = int(_HIGHEST_HZ * _N_FFT / SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a recording is tuned.

    Attributes
    ----------
    hz : float, Hz
        Frequency of the A above middle C; 440 when nothing sounds or nothing agrees.
    agreement : float
        Of the deviations: 0 when they are of all kinds, 1 when all are equal.
    """

    hz: float
    agreement: float

    @property
    def is_between_keys(self) -> bool:
        """Whether notes should be heard at another speed: tapes and shellac run fast and slow."""
        is_far = abs(1200 * np.log2(self.hz / CONCERT_HZ)) > _MAX_CENTS
        return bool(is_far and self.agreement >= _STEADY)


class TuningEstimator:
    """Gathers deviations while samples arrive; its memory does not grow."""

    def __init__(self) -> None:
        self._pending: Samples = np.zeros(0, np.float32)
        self._sum = 0j
        self._weight = 0.0

    def add(self, block: Samples) -> None:
        """Take the next samples.

        Parameters
        ----------
        block : array, shape=(n_samples,)
            Mono, at 22,050 Hz, of any length.
        """
        samples = np.concatenate([self._pending, block])
        n_windows = samples.size // _N_FFT
        for window in samples[: n_windows * _N_FFT].reshape(n_windows, _N_FFT):
            self._add_spectrum(np.abs(np.fft.rfft(window * _WINDOW)))
        self._pending = samples[n_windows * _N_FFT :].copy()

    def tuning(self) -> Tuning:
        """Give the tuning of what was taken so far.

        Returns
        -------
        Tuning
            440 Hz with agreement 0 when nothing sounds.
        """
        agreement = abs(self._sum) / self._weight if self._weight else 0.0
        if agreement < _LEAST_AGREEMENT:
            return Tuning(CONCERT_HZ, agreement)
        semitones = np.angle(self._sum) / (2 * np.pi)
        return Tuning(CONCERT_HZ * float(2 ** (semitones / 12)), agreement)

    def _add_spectrum(self, spectrum: npt.NDArray[np.floating]) -> None:
        middle = spectrum[_FIRST_BIN:_LAST_BIN]
        below = spectrum[_FIRST_BIN - 1 : _LAST_BIN - 1]
        above = spectrum[_FIRST_BIN + 1 : _LAST_BIN + 1]
        least = max(_LEAST_AMPLITUDE, _LEAST_SHARE * float(middle.max()))
        peaks = np.flatnonzero((middle >= least) & (middle > below) & (middle >= above))
        # A parabola through the logarithms finds the middle of a Hann window's peak.
        low, top, high = (np.log(np.maximum(one[peaks], 1e-12)) for one in (below, middle, above))
        shift = 0.5 * (low - high) / (low - 2 * top + high)
        frequency_hz = (_FIRST_BIN + peaks + shift) * SAMPLE_RATE / _N_FFT
        semitones = 12 * np.log2(frequency_hz / CONCERT_HZ)
        self._sum += complex((middle[peaks] * np.exp(2j * np.pi * semitones)).sum())
        self._weight += float(middle[peaks].sum())
