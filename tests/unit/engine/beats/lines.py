"""Lines as a soloist would play them over beats that are known."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from licklab.domain.note import Note

# In eighths: phrases of mostly eighths that begin and end here and there.
_PHRASES = (
    "xxxxxxx-----xxxxxxxxxx--xx------",
    "-xxxxxxxxxxx----x-xxxxxxxx------",
)


def make_line(
    beats_sec: npt.ArrayLike,
    *,
    second_eighth: float = 0.62,
    jitter_sec: float = 0.008,
    seed: int = 0,
) -> Sequence[Note]:
    """Play phrases over beats, the second eighth of each beat at this phase."""
    rng = np.random.default_rng(seed)
    beats = np.asarray(beats_sec, float)
    pattern = "".join(_PHRASES)
    notes = []
    for number, (begin, end) in enumerate(pairwise(beats)):
        for half, phase in enumerate((0.0, second_eighth)):
            if pattern[(2 * number + half) % len(pattern)] == "x":
                onset = max(0.0, begin + phase * (end - begin) + rng.normal(0, jitter_sec))
                pitch = float(rng.integers(58, 78))
                notes.append(Note(onset, onset + 0.1, pitch, int(rng.integers(60, 90)), 1.0))
    return notes
