"""Struck strings, whose truth is known to the sample."""

from dataclasses import replace

import numpy as np

from tests.unit.engine.tones import Samples, Tone

# Two hands: a chord that lasts and a line above it, across the place where segments meet.
CHORD = [Tone(0.5, 3.0, pitch) for pitch in (40, 47, 56)]
LINE = [Tone(4.0 + 0.3 * i, 0.28, 50 + (7 * i) % 19) for i in range(40)]
# Soft and loud, from before the segment's first frame until behind its last.
SEGMENT = [
    Tone(0.0, 2.0, 45, 0.3),
    *CHORD,
    *(replace(tone, amplitude=0.05 * 1.5 ** (i % 6)) for i, tone in enumerate(LINE[:38])),
    Tone(15.2, 5.0, 43, 0.3),
]


def strike(tones: list[Tone], duration_sec: float, tuning_hz: float = 440.0) -> Samples:
    """Strike strings: the network takes little else for notes.

    Partials are a little sharp, and the higher ones softer and sooner gone; a hammer knocks.
    """
    sound = np.zeros(round(duration_sec * 44_100))
    rng = np.random.default_rng(1)
    for tone in tones:
        start = round(tone.onset_sec * 44_100)
        n_left = len(sound) - start
        # A second after its end the damper lets nothing through that a float could tell.
        time = np.arange(min(n_left, round((tone.duration_sec + 1) * 44_100))) / 44_100
        heard = slice(start, start + len(time))
        k = np.arange(1, 16)[:, np.newaxis]
        partial_hz = tuning_hz * 2 ** ((tone.pitch_midi - 69) / 12) * k * np.sqrt(1 + 4e-4 * k**2)
        decay = np.exp(-0.35 * k - time * (1 + 0.5 * k) / 1.2)
        string = (np.sin(2 * np.pi * partial_hz * time + k**2) * decay)[partial_hz[:, 0] < 12_000]
        damper = np.exp(-np.maximum(0, time - tone.duration_sec) / 0.03)
        sound[heard] += tone.amplitude * string.sum(axis=0) * np.minimum(1, time / 0.002) * damper
        noise = rng.normal(size=n_left)[: len(time)]
        sound[heard] += 0.02 * noise * np.exp(-time / 0.007)
    return sound.astype(np.float32)
