"""A pulse that nothing is known about but its length and some of its beats."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from licklab.errors import GridError

# Slower is not felt as one pulse (2 s, J. London, Hearing in Time, 2012); the solos of the Weimar
# Jazz Database have 37 to 361 bpm.
SLOWEST_BPM, FASTEST_BPM = 30.0, 400.0


def require_period(period_sec: float) -> None:
    """Make sure that a pulse can be counted.

    Parameters
    ----------
    period_sec : float
        From beat to beat.

    Raises
    ------
    GridError
        If it is slower than 30 or faster than 400 bpm.
    """
    if not 60.0 / FASTEST_BPM <= period_sec <= 60.0 / SLOWEST_BPM:
        tempo = f"{60.0 / period_sec:.1f}" if period_sec > 0 else "none"
        raise GridError(f"want a tempo of {SLOWEST_BPM:g} to {FASTEST_BPM:g} bpm, got {tempo}")


def spread_pulse(
    period_sec: float, pins_sec: Sequence[float], start_sec: float, end_sec: float
) -> list[float]:
    """Lay an even pulse through beats that are known.

    Parameters
    ----------
    period_sec : float
        Its length outside the known beats, and nearly so between them.
    pins_sec : sequence of float, seconds of the original file
        Beats that are known, in order; the first falls on `start_sec` when there are none.
    start_sec, end_sec : float, seconds of the original file
        The stretch to fill.

    Returns
    -------
    list of float
        Beats inside the stretch, in order, and the known ones.
    """
    pins = list(pins_sec) or [start_sec]
    times: list[float] = []
    for before, after in pairwise(pins):
        n_beats = max(1, round((after - before) / period_sec))
        times.extend(np.linspace(before, after, n_beats, endpoint=False).tolist())
    lead_in = [
        pins[0] - k * period_sec for k in range(_fit(pins[0] - start_sec, period_sec), 0, -1)
    ]
    lead_out = [
        pins[-1] + k * period_sec for k in range(1, _fit(end_sec - pins[-1], period_sec) + 1)
    ]
    return [*lead_in, *times, pins[-1], *lead_out]


def _fit(length_sec: float, period_sec: float) -> int:
    return max(0, int(length_sec / period_sec + 1e-9))  # binary fractions: 1.2 / .4 is below 3
