"""Whether beats divide in three: 6/8 and 12/8 against 2/4 and 4/4."""

import numpy as np
import numpy.typing as npt

from licklab.domain.evidence import RhythmEvidence
from licklab.engine.chords.pooling import beat_edges, peaks_near

_FEWEST_BEATS = 8
# Beats shorter than this (that is, above 200 a minute) leave 100 ms to a third of them: what is
# heard there is blur of the beat and of the swung eighth.
_SHORTEST_BEAT_SEC = 0.3


def is_compound(rhythm: RhythmEvidence, beat_times_sec: npt.NDArray[np.float64]) -> float:
    """Tell how much speaks for beats that divide in three.

    Both thirds of the beat have to be struck, more than its half: a shuffle has only the second,
    and a waltz that is counted in ones is too slow to be told apart, so this is for beats of a
    usual length.

    Parameters
    ----------
    rhythm : RhythmEvidence
        What was believed of the pulse.
    beat_times_sec : shape=(n_beats,), seconds of the original file
        Of the beats.

    Returns
    -------
    float, 0 to 1
        Strength of the weaker third above the half, against that of the beat itself; 0 with fewer
        than eight beats or beats shorter than 0.3 s.
    """
    if len(beat_times_sec) < _FEWEST_BEATS or len(rhythm.beat) == 0:
        return 0.0
    lengths = np.diff(beat_edges(beat_times_sec))
    if np.median(lengths) < _SHORTEST_BEAT_SEC:
        return 0.0
    within = np.maximum(rhythm.beat, rhythm.offbeat)

    def strength(share: float) -> float:
        return float(peaks_near(beat_times_sec + share * lengths, within, rhythm).mean())

    beat = float(peaks_near(beat_times_sec, rhythm.beat, rhythm).mean())
    weaker = min(strength(1 / 3), strength(2 / 3))
    above = weaker - 0.5 * strength(0.5)
    return float(np.clip(2 * above / max(beat, 0.1), 0.0, 1.0))
