"""How a player bends: scoops, falls and vibrato, drawn at random with a player's habits."""

from dataclasses import dataclass

import numpy as np

from synthesis.score import Curve

_STEP_SEC = 0.01


@dataclass(frozen=True, slots=True)
class Habits:
    """How often and how far a player bends.

    Attributes
    ----------
    scoop, fall, vibrato : float
        Share of the notes that are long enough.
    vibrato_hz, vibrato_cents : float
        Its rate and depth.
    """

    scoop: float
    fall: float
    vibrato: float
    vibrato_hz: float
    vibrato_cents: float


def draw_habits(rng: np.random.Generator, *, strong: bool = False) -> Habits:
    """Draw the habits of a player; `strong` for voices."""
    return Habits(
        scoop=rng.uniform(0.0, 0.5 if strong else 0.3),
        fall=rng.uniform(0.0, 0.12),
        vibrato=rng.uniform(0.2, 1.0),
        vibrato_hz=rng.uniform(4.5, 6.5),
        vibrato_cents=rng.uniform(15, 90 if strong else 45),
    )


def bend_note(length_sec: float, habits: Habits, rng: np.random.Generator) -> Curve | None:
    """Draw the pitch curve of one note; None for one that stays on its pitch."""
    time = np.arange(0.0, length_sec + 0.15, _STEP_SEC, dtype=np.float32)
    cents = np.zeros_like(time)
    if length_sec > 0.12 and rng.random() < habits.scoop:
        depth, reach = rng.uniform(50, 180), min(0.14, length_sec * rng.uniform(0.25, 0.5))
        cents -= depth * np.clip(1 - time / reach, 0, 1)
    if length_sec > 0.3 and rng.random() < habits.vibrato:
        wait = rng.uniform(0.05, 0.25)
        swell = np.clip((time - wait) / 0.2, 0, 1)
        phase = 2 * np.pi * habits.vibrato_hz * (time - wait)
        cents += (habits.vibrato_cents * swell * np.sin(phase)).astype(np.float32)
    if length_sec > 0.2 and rng.random() < habits.fall:
        start = length_sec - rng.uniform(0.06, 0.15)
        cents -= (rng.uniform(100, 190) * np.clip((time - start) / 0.12, 0, 1)).astype(np.float32)
    if not cents.any():
        return None
    return np.stack([time, np.clip(cents, -195, 195)], axis=1).astype(np.float32)
