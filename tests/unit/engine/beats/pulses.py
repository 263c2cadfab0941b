"""Activations as a network would give them, for beats that are known."""

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence

FRAME_RATE = 86.1328125


def make_rhythm(
    beats_sec: npt.ArrayLike,
    duration_sec: float,
    *,
    strength: float = 0.9,
    noise: float = 0.05,
    seed: int = 0,
) -> RhythmEvidence:
    """Let a network hear beats: a peak of five frames each, over noise."""
    rng = np.random.default_rng(seed)
    n_frames = round(duration_sec * FRAME_RATE)
    beat = rng.uniform(0, noise, n_frames)
    frames = np.arange(n_frames)
    for time_sec in np.atleast_1d(np.asarray(beats_sec, float)):
        beat += strength * np.exp(-(((frames - time_sec * FRAME_RATE) / 1.3) ** 2))
    belief = np.clip(beat, 0, 1).astype(np.float32)
    nothing = np.zeros_like(belief)
    return RhythmEvidence(0.0, FRAME_RATE, belief, nothing, nothing, belief)
