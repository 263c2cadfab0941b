"""Parts mixed to one sound."""

from collections.abc import Sequence

import numpy as np

from licklab.sounding.part import SoundingPart
from licklab.sounding.sampler import Sampler, Samples
from licklab.sounding.voice import SAMPLE_RATE

PEAK = 0.89
"""What nothing goes beyond: 1 dB below full scale, as packed sound may come out a little higher."""

_FADE_SEC = 0.05


def mix(parts: Sequence[SoundingPart], sampler: Sampler, length_sec: float) -> Samples:
    """Play parts together.

    Parameters
    ----------
    parts : sequence of SoundingPart
        Each at its own loudness.
    sampler : Sampler
        That plays them.
    length_sec : float, seconds
        Of the sound; what rings on at its end is faded.

    Returns
    -------
    array, shape=(n_samples, 2), -`PEAK` to `PEAK`
        Left and right at `licklab.sounding.voice.SAMPLE_RATE`. Where the parts together are too
        loud all is turned down, nothing is cut off.
    """
    n_samples = round(length_sec * SAMPLE_RATE)
    out = np.zeros((n_samples, 2), np.float32)
    for part in parts:
        out += sampler.play(part, n_samples)
    n_faded = min(round(_FADE_SEC * SAMPLE_RATE), n_samples)
    out[n_samples - n_faded :] *= np.linspace(1, 0, n_faded, dtype=np.float32)[:, None]
    loudest = float(np.abs(out).max(initial=0.0))
    return out * np.float32(PEAK / loudest) if loudest > PEAK else out
