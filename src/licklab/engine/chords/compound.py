"""Whether beats divide in three: 6/8 and 12/8 against 2/4 and 4/4."""

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence
from licklab.engine.chords.pooling import beat_edges, peaks_near

_FEWEST_BEATS = 8
# In shorter beats (above 180 a minute) a quarter and a third of them are less than three frames of
# the evidence apart.
_SHORTEST_BEAT_SEC = 0.33
_REACH_SEC = 0.015


def is_compound(rhythm: RhythmEvidence, beat_times_sec: npt.NDArray[np.float64]) -> float:
    """Tell how much speaks for beats that divide in three.

    Both thirds of the beat have to be struck, more than its half and its quarters: a shuffle has
    only the second.

    Parameters
    ----------
    rhythm : RhythmEvidence
        What was believed of the pulse.
    beat_times_sec : shape=(n_beats,), seconds of the original file
        Of the beats.

    Returns
    -------
    float, 0 to 1
        Strength of the weaker third above the half and the quarters, against that of the beat
        itself; 0 with fewer than eight beats or beats shorter than 0.33 s.
    """
    if len(beat_times_sec) < _FEWEST_BEATS or len(rhythm.beat) == 0:
        return 0.0
    lengths = np.diff(beat_edges(beat_times_sec))
    if np.median(lengths) < _SHORTEST_BEAT_SEC:
        return 0.0
    within = np.maximum(rhythm.beat, rhythm.offbeat)

    def strength(share: float) -> float:
        times_sec = beat_times_sec + share * lengths
        return float(peaks_near(times_sec, within, rhythm, reach_sec=_REACH_SEC).mean())

    beat = float(peaks_near(beat_times_sec, rhythm.beat, rhythm).mean())
    weaker = min(strength(1 / 3), strength(2 / 3))
    above = weaker - max(strength(0.25), strength(0.5), strength(0.75))
    return float(np.clip(above / max(beat, 0.1), 0.0, 1.0))
