"""How eighths are divided, and where the soloist lies against the beat.

In: the grid, the network's belief in second eighths, the rises of the upper spectrum, the soloist's
notes. The rises are folded on the phase of the beat, where a rhythm section that swings makes one
hill on the beat and another at two thirds, a straight one at a half; the belief tells which of the
rises are meant. The distance of the tops tells the ratio of long to short: what is late about the
beats is late about both. The soloist's own ratio is the median over beats in which exactly two
notes are played, one on the beat (design after Corcoran and Frieler, "Playing it straight", Music
Perception 38(4), 2021).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.evidence import RhythmEvidence
from licklab.domain.note import Note
from licklab.domain.swing import Swing

Array = npt.NDArray[np.float64]

# Phases at which a second eighth may lie: 1 : 1 is .5 and 3.5 : 1 is .78, the widest ratio that
# drummers were measured with (Friberg and Sundstrom, Music Perception 19(3), 2002).
_PHASE_STEP = 0.004
_SECONDS = np.arange(0.42, 0.82, _PHASE_STEP)
_FIRSTS = np.arange(-0.12, 0.12, _PHASE_STEP)
# About the top of a hill: in beats, and two frames.
_TOP_REACH, _TOP_REACH_SEC = 0.03, 0.022
_DOUBT = 0.02  # of the belief, where rises count all the same
_LEAST_TOP = 0.12  # mean belief at the top below which nobody plays eighths
_LEAST_BEATS, _WINDOW_BEATS = 8, 16
# The soloist's notes: near the beat, and between the beats.
_ON_BEAT, _SECOND_FROM, _SECOND_TO = 0.15, 0.4, 0.8
_NEAR_BEAT = 0.2
_LEAST_PAIRS, _LEAST_NOTES = 5, 8
_LONGEST_BEATS = 1.5  # of the usual: longer ones are gaps in the grid


def measure_swing(
    rhythm: RhythmEvidence,
    grid: BeatGrid,
    notes: Sequence[Note],
    onset_sec: float,
    offset_sec: float,
) -> Swing:
    """Measure the swing of a stretch.

    Parameters
    ----------
    rhythm : RhythmEvidence
        What was believed of the pulse.
    grid : BeatGrid
        The beats.
    notes : sequence of Note
        Of the soloist.
    onset_sec, offset_sec : float, seconds of the original file
        The stretch.

    Returns
    -------
    Swing
        With None for what too few beats or notes tell: fewer than 8 beats, 5 pairs of eighths, or
        8 notes near beats.
    """
    times = np.array([one.time_sec for one in grid.beats])
    begins, ends = _whole_beats(times, onset_sec, offset_sec)
    ratio, spread = _fold(rhythm, begins, ends)
    onsets = np.array([one.onset_sec for one in notes if onset_sec <= one.onset_sec < offset_sec])
    delay_sec = _delay_of_soloist(onsets, begins, ends)
    # Which notes are on the beat is asked of the soloist's own beat: neither one who lies behind
    # nor beats that are all late change which notes make a pair.
    own = onsets - (delay_sec or 0.0)
    soloist_ratio = _ratio_of_soloist(own, begins, ends)
    return Swing(onset_sec, offset_sec, ratio, spread, soloist_ratio, delay_sec)


def _whole_beats(times: Array, onset_sec: float, offset_sec: float) -> tuple[Array, Array]:
    """Give the beginnings and ends of the beats inside a stretch."""
    if len(times) < 2:
        return np.zeros(0), np.zeros(0)
    lengths = np.diff(times)
    inside = (times[:-1] >= onset_sec - 1e-6) & (times[1:] <= offset_sec + 1e-6)
    inside &= lengths < _LONGEST_BEATS * np.median(lengths)
    return times[:-1][inside], times[1:][inside]


def _fold(rhythm: RhythmEvidence, begins: Array, ends: Array) -> tuple[float | None, float | None]:
    """Give the ratio of the rhythm section and half the distance between its quartiles."""
    if len(begins) < _LEAST_BEATS or not len(rhythm.offbeat):
        return None, None
    belief = _look_up(rhythm.offbeat, rhythm, begins, ends, _SECONDS)
    if belief.mean(axis=0).max() < _LEAST_TOP:
        return None, None
    second = _look_up(rhythm.rise, rhythm, begins, ends, _SECONDS) * np.maximum(belief, _DOUBT)
    first = _look_up(rhythm.rise, rhythm, begins, ends, _FIRSTS)
    # A rise is some frames wide, which is more of a short beat.
    reach = max(_TOP_REACH, _TOP_REACH_SEC / float(np.median(ends - begins)))

    def ratio_of(beats: slice) -> float:
        on_beat = _find_top(_FIRSTS, first[beats].mean(axis=0), reach)
        phase = _find_top(_SECONDS, second[beats].mean(axis=0), reach) - on_beat
        return phase / (1 - phase)

    ratios = [
        ratio_of(slice(at, at + _WINDOW_BEATS))
        for at in range(0, len(begins) - _LEAST_BEATS + 1, _WINDOW_BEATS)
    ]
    low, high = np.percentile(ratios, [25, 75])
    return ratio_of(slice(None)), float(high - low) / 2


def _look_up(
    values: npt.NDArray[np.float32],
    rhythm: RhythmEvidence,
    begins: Array,
    ends: Array,
    phases: Array,
) -> Array:
    """Give values at phases of every beat; shape=(n_beats, n_phases)."""
    at_sec = begins[:, np.newaxis] + phases * (ends - begins)[:, np.newaxis]
    frames = (at_sec - rhythm.start_sec) * rhythm.frame_rate
    found: Array = np.interp(frames, np.arange(len(values)), values, left=0, right=0)
    return found


def _find_top(phases: Array, hill: Array, reach: float) -> float:
    """Give the centre of the highest hill."""
    top = float(phases[int(hill.argmax())])
    for _ in range(4):  # to the middle of what lies about the top, not about one sample of it
        near = np.abs(phases - top) <= reach
        weight = hill[near] - hill[near].min() + 1e-9
        top = float((weight * phases[near]).sum() / weight.sum())
    return top


def _ratio_of_soloist(onsets: Array, begins: Array, ends: Array) -> float | None:
    ratios = []
    for begin, end in zip(begins, ends, strict=True):
        length = end - begin
        phases = (onsets[(onsets >= begin - _ON_BEAT * length)
                         & (onsets < end - _ON_BEAT * length)] - begin) / length  # fmt: skip
        if len(phases) != 2 or phases[0] > _ON_BEAT:
            continue
        if _SECOND_FROM <= phases[1] <= _SECOND_TO:
            # Long is from the first note to the second, short from there to the next beat as the
            # soloist lies: late as a whole is not swung.
            long = phases[1] - phases[0]
            ratios.append(long / max(1 - long, 0.1))
    return float(np.median(ratios)) if len(ratios) >= _LEAST_PAIRS else None


def _delay_of_soloist(onsets: Array, begins: Array, ends: Array) -> float | None:
    if not len(begins) or not len(onsets):
        return None
    after = np.clip(np.searchsorted(begins, onsets), 1, max(1, len(begins) - 1))
    after = np.minimum(after, len(begins) - 1)
    before = np.maximum(after - 1, 0)
    nearest = np.where(onsets - begins[before] < begins[after] - onsets, before, after)
    distance = onsets - begins[nearest]
    lengths = (ends - begins)[nearest]
    near = np.abs(distance) <= _NEAR_BEAT * lengths
    if near.sum() < _LEAST_NOTES:
        return None
    return float(np.median(distance[near]))
