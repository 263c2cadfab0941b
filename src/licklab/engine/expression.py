"""Contours to expression: scoops, falls, bends and vibrato of the notes that were heard.

A note is taken for a steady pitch, with a ramp up to it (scoop), a ramp down from it (fall) and a
sine (vibrato) or without them. The ramps are smeared as the window of `engine.peaks` smears them
before they are fitted, and a sine gets back what the window took of it; so the depths come out as
they were played, not as they look.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.expression import Expression
from licklab.domain.note import Note
from licklab.engine.contours import Contour, follow_note
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.peaks import WINDOW_LENGTH, Peaks

Values = npt.NDArray[np.float64]

# First guesses from physics, looked at on rendered solos of the validation players.
_LEAST_FRAMES = 5
_LEAST_SUPPORT = 0.5  # of a frame that counts
_LEAST_SHARE = 0.7  # of the frames that must count
_MOST_ROUGHNESS_CENTS = 25.0

# Lengths of the ramps; 0 is none.
_SCOOP_SEC = (0.0, 0.04, 0.06, 0.08, 0.11, 0.14, 0.18)
_FALL_SEC = (0.0, 0.06, 0.08, 0.1, 0.12, 0.15, 0.18)
_LONGEST_SHARE = 0.75  # of a note that one ramp may take
# Scatter of a contour that is followed, and what a ramp must explain beyond it.
_SCATTER_CENTS = 10.0
_RAMP_COST = 8.0
# Sampled attacks wander by 35 to 45 cents without being meant.
_LEAST_RAMP_CENTS = 50.0
_MOST_RAMP_CENTS = 240.0

_LEAST_VIBRATO_SEC = 0.3
_RATES_HZ = np.arange(3.4, 8.61, 0.2)
_WAITS_SEC = (-1.0, 0.05, 0.12, 0.2)  # before it starts; -1 for a vibrato from the beginning
_SWELL_SEC = 0.2
_LEAST_CYCLES = 1.5
_LEAST_VIBRATO_CENTS = 10.0
_LEAST_EXPLAINED = 0.6

_LEAST_BEND_CENTS = 40.0
_BEND_FRAMES = 3

_TABLE_STEP_SEC = 0.001
_TABLE_SEC = 0.3


def describe_expression(
    notes: Sequence[Note], peaks: Peaks, tuning_hz: float
) -> list[Expression | None]:
    """Tell what the player does to the pitch of each note.

    Parameters
    ----------
    notes : sequence of Note
        Of one recording.
    peaks : Peaks
        Of the same.
    tuning_hz : float
        Frequency of the A above middle C in it.

    Returns
    -------
    list of Expression or None
        One for each note; None where it is too short or its pitch cannot be followed.
    """
    return [summarise(follow_note(note, peaks, tuning_hz), note.duration_sec) for note in notes]


def summarise(contour: Contour, duration_sec: float) -> Expression | None:
    """Put a contour into a few numbers.

    Parameters
    ----------
    contour : Contour
        Of one note.
    duration_sec : float
        Of that note.

    Returns
    -------
    Expression or None
        None where too little of the note could be followed.
    """
    is_seen = np.isfinite(contour.cents) & (contour.support >= _LEAST_SUPPORT)
    if is_seen.sum() < max(_LEAST_FRAMES, _LEAST_SHARE * is_seen.size):
        return None
    time_sec, cents = contour.time_sec[is_seen], contour.cents[is_seen]
    vibrato = _Vibrato(0.0, 0.0, np.zeros(len(cents)))
    ramps = _fit_ramps(time_sec, cents, duration_sec)
    if duration_sec >= _LEAST_VIBRATO_SEC:
        # Each is easier to see without the other.
        for _ in range(2):
            vibrato = _fit_vibrato(time_sec, cents - ramps.cents, duration_sec)
            ramps = _fit_ramps(time_sec, cents - vibrato.cents, duration_sec)
    rest = cents - ramps.cents - vibrato.cents
    pitch = float(np.median(rest))
    if float(np.median(np.abs(np.diff(rest)))) > _MOST_ROUGHNESS_CENTS:
        return None
    return Expression(
        pitch_cents=pitch,
        scoop_cents=ramps.scoop_cents,
        fall_cents=ramps.fall_cents,
        bend_cents=_find_bend(rest - pitch),
        vibrato_hz=vibrato.rate_hz,
        vibrato_cents=vibrato.depth_cents,
    )


@dataclass(frozen=True, slots=True)
class _Ramps:
    scoop_cents: float
    fall_cents: float
    cents: Values


@dataclass(frozen=True, slots=True)
class _Vibrato:
    rate_hz: float
    depth_cents: float
    cents: Values


def _fit_ramps(time_sec: Values, cents: Values, duration_sec: float) -> _Ramps:
    longest_sec = _LONGEST_SHARE * duration_sec
    scoops = [one for one in _SCOOP_SEC if one <= longest_sec]
    falls = [one for one in _FALL_SEC if one <= longest_sec]
    shapes = np.stack(
        [np.ones(len(cents))]
        + [-_ramp_seen(one, time_sec) for one in scoops]
        + [-_ramp_seen(one, duration_sec - time_sec) for one in falls]
    )
    pairs = np.array(
        [
            (0, 1 + i, 1 + len(scoops) + j)
            for i, scoop_sec in enumerate(scoops)
            for j, fall_sec in enumerate(falls)
            if scoop_sec + fall_sec <= 0.95 * duration_sec
        ]
    )
    # All pairs at once. A ramp of no length has no shape: its depth comes out as 0.
    products = shapes @ shapes.T
    products[np.diag_indices_from(products)] += 1e-6
    gram = products[pairs[:, :, np.newaxis], pairs[:, np.newaxis, :]]
    depths = np.linalg.solve(gram, (shapes @ cents)[pairs][..., np.newaxis])[..., 0]
    has_shape: npt.NDArray[np.bool_] = np.abs(shapes).max(axis=1) > 0
    has_ramp = has_shape[pairs[:, 1:]]
    ramps = np.where(has_ramp, depths[:, 1:], 0)
    is_possible = ~has_ramp | ((ramps >= _LEAST_RAMP_CENTS) & (ramps <= _MOST_RAMP_CENTS))
    fits = np.einsum("pk,pkn->pn", depths, shapes[pairs])
    # Beyond three times the scatter a frame was not followed, however far it is off.
    off = np.minimum(((cents - fits) / _SCATTER_CENTS) ** 2, 9).sum(axis=1)
    costs = np.where(is_possible.all(axis=1), off + _RAMP_COST * has_ramp.sum(axis=1), np.inf)
    best = int(costs.argmin())
    return _Ramps(
        float(ramps[best, 0]), float(ramps[best, 1]), ramps[best] @ shapes[pairs[best, 1:]]
    )


def _fit_vibrato(time_sec: Values, cents: Values, duration_sec: float) -> _Vibrato:
    none = _Vibrato(0.0, 0.0, np.zeros(len(cents)))
    trend = np.stack([np.ones(len(cents)), time_sec - time_sec.mean()])
    plain = cents - (cents @ trend.T) @ np.linalg.pinv(trend @ trend.T) @ trend
    waits = np.array([one for one in _WAITS_SEC if duration_sec - one > 0.3])
    swells = np.clip((time_sec - waits[:, np.newaxis]) / _SWELL_SEC, 0, 1)
    phases = 2 * np.pi * _RATES_HZ[:, np.newaxis] * time_sec
    # Every swell with every rate: shape=(n_swells, n_rates, 4, n_frames).
    waves = np.stack([np.sin(phases), np.cos(phases)], axis=1) * swells[:, None, None, :]
    design = np.concatenate([np.broadcast_to(trend, (*waves.shape[:2], *trend.shape)), waves], 2)
    gram = design @ design.swapaxes(-1, -2) + 1e-6 * np.eye(4)
    weights = np.linalg.solve(gram, (design @ cents)[..., np.newaxis])[..., 0]
    fits = np.einsum("srk,srkn->srn", weights, design)
    errors = ((cents - fits) ** 2).sum(axis=-1)
    swell, rate = np.unravel_index(errors.argmin(), errors.shape)
    explained = 1 - errors[swell, rate] / max(float((plain**2).sum()), 1e-9)
    rate_hz = float(_RATES_HZ[rate])
    depth = float(np.hypot(*weights[swell, rate, 2:])) / _response_to(rate_hz)
    cycles = rate_hz * (time_sec[-1] - max(float(time_sec[0]), float(waits[swell]) + 0.1))
    # A rate at the end of the range is a slow bend or jitter.
    is_inside = 0 < rate < len(_RATES_HZ) - 1
    if not is_inside or depth < _LEAST_VIBRATO_CENTS:
        return none
    if explained < _LEAST_EXPLAINED or cycles < _LEAST_CYCLES:
        return none
    before, here, after = errors[swell, rate - 1 : rate + 2]
    curvature = before - 2 * here + after
    if curvature > 0:
        rate_hz += 0.5 * float((before - after) / curvature) * float(_RATES_HZ[1] - _RATES_HZ[0])
    return _Vibrato(rate_hz, depth, weights[swell, rate, 2:] @ waves[swell, rate])


def _find_bend(off_cents: Values) -> float:
    if len(off_cents) < 2 * _BEND_FRAMES:
        return 0.0
    # The median of three frames lets no single one that was lost count.
    smooth = np.median(np.lib.stride_tricks.sliding_window_view(off_cents, _BEND_FRAMES), axis=1)
    furthest = float(smooth[np.abs(smooth).argmax()])
    return furthest if abs(furthest) >= _LEAST_BEND_CENTS else 0.0


def _ramp_seen(length_sec: float, from_edge_sec: Values) -> Values:
    """Show a ramp from 1 at a note's edge to 0 as the window shows it at these times."""
    table = _ramp_table(length_sec)
    return np.interp(from_edge_sec, np.arange(len(table)) * _TABLE_STEP_SEC, table)


@functools.cache
def _ramp_table(length_sec: float) -> Values:
    """Show a ramp as the window does, for times from the edge in steps of a millisecond.

    The frequency of a peak is the slope of the phase, fitted under the window. Beyond the edge the
    note does not sound, so the window is cut off there.
    """
    if not length_sec:
        return np.zeros(2)
    step = _TABLE_STEP_SEC / 2
    half_sec = WINDOW_LENGTH / SAMPLE_RATE / 2
    seen = []
    for at_sec in np.arange(0, _TABLE_SEC, _TABLE_STEP_SEC):
        time = np.arange(max(0.0, at_sec - half_sec) + step / 2, at_sec + half_sec, step)
        window = np.cos(np.pi / 2 * (time - at_sec) / half_sec) ** 2
        ramp = np.clip(1 - time / length_sec, 0, 1)
        phase = np.cumsum(ramp) * step
        centred = time - np.average(time, weights=window)
        slope = (window * centred * phase).sum() / (window * centred**2).sum()
        seen.append(slope)
    return np.array(seen)


@functools.cache
def _response_to(rate_hz: float) -> float:
    """Share of a vibrato's depth that the window leaves of it."""
    half_sec = WINDOW_LENGTH / SAMPLE_RATE / 2
    time = np.linspace(-half_sec, half_sec, 1001)
    window = np.cos(np.pi / 2 * time / half_sec) ** 2
    turn = 2 * np.pi * rate_hz
    phase = np.sin(turn * time) / turn
    return float((window * time * phase).sum() / (window * time**2).sum())
