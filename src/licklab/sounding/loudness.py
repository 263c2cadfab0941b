"""How loud something is to the ear.

The weighting of ITU-R BS.1770-5 (2023): a shelf that lifts what the head lifts, and a high-pass. Of
the weighted sound, blocks of 0.1 s that are more than 20 dB below the loudest do not count, so that
rests between notes make nothing quieter.
"""

import numpy as np
import numpy.typing as npt

from licklab.sounding.voice import SAMPLE_RATE

SILENCE_DB = -120.0
"""Of what cannot be heard."""

_BLOCK_SEC, _GATE_DB = 0.1, 20.0
_OFFSET_DB = -0.691  # of the recommendation: a sine of 997 Hz at full scale has -3.01
# Coefficients of the recommendation's two filters, for 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285),
          (1.0, -1.69065929318241, 0.73248077421585))  # fmt: skip
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_FILTER_RATE_HZ = 48_000.0


def loudness_db(samples: npt.NDArray[np.float32]) -> float:
    """Measure how loud a sound is.

    Parameters
    ----------
    samples : shape=(n_samples, n_channels)
        At `licklab.sounding.voice.SAMPLE_RATE`.

    Returns
    -------
    float, decibels
        Relative to full scale; `SILENCE_DB` for silence.
    """
    n_block = round(_BLOCK_SEC * SAMPLE_RATE)
    n_blocks = max(1, len(samples) // n_block)
    whole = np.zeros((n_blocks * n_block, samples.shape[1]))
    whole[: len(samples)] = samples[: len(whole)]
    weights = _weights(len(whole))
    weighted = np.fft.irfft(np.fft.rfft(whole, axis=0) * weights[:, None], len(whole), axis=0)
    powers = (weighted**2).reshape(n_blocks, n_block, -1).mean(axis=1).sum(axis=1)
    loudest = float(powers.max())
    if loudest <= 0.0:
        return SILENCE_DB
    counted = powers[powers > loudest * 10 ** (-_GATE_DB / 10)]
    return max(SILENCE_DB, _OFFSET_DB + 10 * float(np.log10(counted.mean())))


def _weights(n_samples: int) -> npt.NDArray[np.float64]:
    frequency = np.fft.rfftfreq(n_samples, 1 / SAMPLE_RATE)
    z = np.exp(-2j * np.pi * frequency / _FILTER_RATE_HZ)
    powers = np.stack([np.ones_like(z), z, z**2])
    gain = np.ones(len(z))
    for above, below in (_SHELF, _HIGH_PASS):
        gain *= np.abs(np.array(above) @ powers) / np.abs(np.array(below) @ powers)
    return gain
