"""Synthetic recordings: tones with harmonics, whose truth is known to the sample."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.grid import SAMPLE_RATE

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tone:
    onset_sec: float
    duration_sec: float
    pitch_midi: float
    amplitude: float = 0.15


def render_tones(
    tones: Iterable[Tone],
    duration_sec: float,
    *,
    tuning_hz: float = 440.0,
    sample_rate: int = SAMPLE_RATE,
) -> Samples:
    sound = np.zeros(round(duration_sec * sample_rate), np.float64)
    for tone in tones:
        time = np.arange(round(tone.duration_sec * sample_rate)) / sample_rate
        frequency = tuning_hz * 2 ** ((tone.pitch_midi - 69) / 12)
        # The phases differ, so that the attack is no click.
        wave = sum(
            np.sin(2 * np.pi * frequency * k * time + k * k) / k**1.2
            for k in range(1, 9)
            if frequency * k < 10_000
        )
        envelope = np.minimum(1, time / 0.004) * np.minimum(1, (tone.duration_sec - time) / 0.008)
        start = round(tone.onset_sec * sample_rate)
        part = (tone.amplitude * wave * envelope)[: len(sound) - start]
        sound[start : start + len(part)] += part
    return sound.astype(np.float32)


SCALE = tuple(Tone(0.3 + 0.25 * i, 0.22, pitch) for i, pitch in enumerate((60, 62, 64, 65, 67)))
