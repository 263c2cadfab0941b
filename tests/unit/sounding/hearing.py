"""What tests hear in a sound."""

import numpy as np
import numpy.typing as npt

from licklab.sounding.voice import SAMPLE_RATE

Samples = npt.NDArray[np.float32]


def pitch_midi(sound: Samples, near_midi: float) -> float:
    """Measure the pitch of a steady tone: the best of the lags around many of its periods."""
    centred = sound.astype(float) - sound.mean()
    size = 1 << (2 * len(centred)).bit_length()
    power = np.abs(np.fft.rfft(centred, size)) ** 2
    likeness = np.fft.irfft(power)[: len(centred)] / np.arange(len(centred), 0, -1)
    period = SAMPLE_RATE / (440.0 * 2 ** ((near_midi - 69) / 12))
    n_periods = max(1, int(len(centred) * 0.4 / period))
    lags = np.arange(int((n_periods - 0.3) * period), int((n_periods + 0.3) * period) + 2)
    best = int(lags[likeness[lags].argmax()])
    before, here, after = likeness[best - 1 : best + 2]
    lag = best + 0.5 * (before - after) / (before - 2 * here + after)
    return 69 + 12 * float(np.log2(SAMPLE_RATE * n_periods / lag / 440.0))


def level_db(sound: Samples) -> float:
    """Measure the level of a sound."""
    return float(20 * np.log10(np.sqrt(np.mean(sound.astype(float) ** 2)) + 1e-12))
