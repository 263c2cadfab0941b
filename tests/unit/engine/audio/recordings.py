"""The same four bursts of noise in every format."""

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf

DATA = Path(__file__).parents[3] / "data"
SAMPLE_RATE = 22_050
BURSTS_SEC = (0.25, 0.61, 1.13, 1.58)

Samples = npt.NDArray[np.float32]


def make_clicks() -> Samples:
    """Make what tests/data/README.md describes."""
    rng = np.random.default_rng(7)
    samples = np.zeros(2 * SAMPLE_RATE)
    for onset_sec in BURSTS_SEC:
        start, length = int(onset_sec * SAMPLE_RATE), 1500
        decay = np.exp(-np.arange(length) / 200)
        samples[start : start + length] += 0.4 * rng.standard_normal(length) * decay
    return samples.astype(np.float32)


def encode(samples: npt.NDArray[np.floating], kind: str, sample_rate: int = SAMPLE_RATE) -> bytes:
    """Encode samples as `FORMAT` or `FORMAT/SUBTYPE` of libsndfile."""
    name, _, subtype = kind.partition("/")
    buffer = io.BytesIO()
    sf.write(buffer, samples, sample_rate, format=name, subtype=subtype or None)
    return buffer.getvalue()
