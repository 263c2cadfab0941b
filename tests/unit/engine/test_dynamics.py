from itertools import pairwise

import numpy as np

from licklab.engine.dynamics import estimate_velocities
from licklab.engine.grid import FRAME_RATE
from licklab.engine.notes.evidence import DecodedNote
from licklab.engine.spectrum import BandSpectrogram
from tests.unit.engine.tones import Tone, render_tones


def test_velocity_grows_with_loudness() -> None:
    tones = [Tone(0.2 + 0.4 * i, 0.3, 62, amplitude=0.01 * 1.5**i) for i in range(8)]
    spectrogram = BandSpectrogram()
    spectrogram.add(render_tones(tones, 4.0))
    notes = [
        DecodedNote(
            round(tone.onset_sec * FRAME_RATE), round((tone.onset_sec + 0.3) * FRAME_RATE), 62
        )
        for tone in tones
    ]
    velocities = estimate_velocities(notes, spectrogram.finish())
    assert all(a < b for a, b in pairwise(velocities))
    assert 1 <= velocities[0] <= velocities[-1] <= 127


def test_velocity_of_silence_is_still_a_velocity() -> None:
    spectrogram = BandSpectrogram()
    spectrogram.add(np.zeros(22_050, np.float32))
    bands = spectrogram.finish()
    assert estimate_velocities([], bands) == []
    assert 1 <= estimate_velocities([DecodedNote(5, 20, 60)], bands)[0] <= 127
