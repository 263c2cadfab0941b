"""Gestures whose depth is known: what a player does to the pitch of one note."""

from dataclasses import dataclass

import numpy as np
from synthesis.score import Curve

_STEP_SEC = 0.01
_LONG_SEC = 0.5
# What FluidSynth's pitch wheel reaches, less a little.
_REACH_CENTS = 195.0


@dataclass(frozen=True, slots=True)
class Gesture:
    """The truth about one note.

    Attributes
    ----------
    scoop_cents, fall_cents : float
        Depth at the onset and at the offset.
    vibrato_hz, vibrato_cents : float
        Rate, and half of peak to peak where it is full; 0 where there is none.
    curve : shape=(n, 2), optional
        Seconds after the onset and cents off the pitch.
    """

    scoop_cents: float = 0.0
    fall_cents: float = 0.0
    vibrato_hz: float = 0.0
    vibrato_cents: float = 0.0
    curve: Curve | None = None


def draw_gesture(length_sec: float, rng: np.random.Generator) -> Gesture:
    """Draw what happens in a note: in half of them, and in a quarter of the long ones, nothing.

    Parameters
    ----------
    length_sec : float
        Of the note; short ones get no gesture, vibrato needs two of its cycles.
    rng : Generator
        For all that varies.
    """
    time = np.arange(0.0, length_sec + 0.15, _STEP_SEC)
    cents = np.zeros_like(time)
    scoop = fall = rate = depth = 0.0
    if rng.random() < (0.5 if length_sec < _LONG_SEC else 0.25):
        return Gesture()
    if length_sec > 0.12 and rng.random() < 0.5:
        scoop, reach = rng.uniform(50, 180), min(0.14, length_sec * rng.uniform(0.25, 0.5))
        cents -= scoop * np.clip(1 - time / reach, 0, 1)
    if length_sec > 0.2 and rng.random() < 0.3:
        start = length_sec - rng.uniform(0.06, 0.15)
        cents -= rng.uniform(100, 190) * np.clip((time - start) / 0.12, 0, 1)
        fall = -float(np.interp(length_sec, time, cents))
    wait, drawn_hz = rng.uniform(0.05, 0.25), rng.uniform(4.5, 7.0)
    if length_sec - wait - 0.1 > 2 / drawn_hz and rng.random() < 0.8:
        rate, depth = drawn_hz, rng.uniform(15, 60)
        swell = np.clip((time - wait) / 0.2, 0, 1)
        cents += depth * swell * np.sin(2 * np.pi * rate * (time - wait))
    if not cents.any():
        return Gesture()
    cents = np.clip(cents, -_REACH_CENTS, _REACH_CENTS)
    curve = np.stack([time, cents], axis=1).astype(np.float32)
    return Gesture(scoop, fall, rate, depth, curve)
