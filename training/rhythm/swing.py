"""Measures the soloist's swing ratio and delay on the Weimar solos: true notes, true beats.

    python -m training.rhythm.swing

Prints medians by tempo beside the published ones, and what a grid that is late as a whole does.
"""

import numpy as np
from synthesis.weimar import Solo, read_solos

from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.evidence import RhythmEvidence
from licklab.domain.note import Note
from licklab.domain.swing import Swing
from licklab.engine.swings import measure_swing

_TEMPI = ((60, 110), (110, 150), (150, 190), (190, 240), (240, 400))
_NOTHING = np.zeros(1, np.float32)


def measure(solo: Solo, late_sec: float = 0.0) -> Swing:
    """Measure a solo.

    Parameters
    ----------
    solo : Solo
        Its notes and beats.
    late_sec : float
        By which the beats are moved.

    Returns
    -------
    Swing
        Of the soloist.
    """
    beats = tuple(Beat(one.onset_sec + late_sec, 1, one.number) for one in solo.beats)
    notes = [Note(float(a), float(a + max(d, 0.01)), int(p), 80, 1.0) for a, d, p, _ in solo.notes]
    rhythm = RhythmEvidence(0.0, 86.0, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
    return measure_swing(rhythm, BeatGrid(beats), notes, 0.0, beats[-1].time_sec)


def main() -> None:
    """Print the table."""
    solos = [one for one in read_solos() if len(one.beats) > 16]
    found = [measure(one) for one in solos]
    for low, high in _TEMPI:
        mine = [f for s, f in zip(solos, found, strict=True) if low <= s.tempo_bpm < high]
        ratios = [one.soloist_ratio for one in mine if one.soloist_ratio is not None]
        delays = [1000 * one.delay_sec for one in mine if one.delay_sec is not None]
        print(f"{low}-{high} bpm: {len(ratios)} of {len(mine)} solos, ratio "
              f"{np.percentile(ratios, [25, 50, 75]).round(2)}, delay ms "
              f"{np.percentile(delays, [25, 50, 75]).round(0)}")  # fmt: skip
    for late_sec in (-0.03, -0.015, 0.015, 0.03):
        moved = [measure(one, late_sec) for one in solos]
        pairs = [(m.soloist_ratio, f.soloist_ratio) for m, f in zip(moved, found, strict=True)
                 if m.soloist_ratio is not None and f.soloist_ratio is not None]  # fmt: skip
        errors = [m - f for m, f in pairs]
        print(f"beats {1000 * late_sec:+.0f} ms: ratio moves {np.mean(errors):+.3f}, "
              f"by {np.mean(np.abs(errors)):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
