import numpy as np
import pytest

from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.tuning import TuningEstimator
from tests.unit.engine.tones import Samples, Tone, render_tones


def _tuning_hz(*blocks: Samples) -> float:
    estimator = TuningEstimator()
    for block in blocks:
        estimator.add(block)
    return estimator.tuning().hz


@pytest.mark.parametrize("lowest_midi", [40, 55, 70])
@pytest.mark.parametrize("tuning_hz", [430.0, 435.0, 440.0, 442.0, 445.0, 450.0])
def test_tuning_is_found_within_five_cents(tuning_hz: float, lowest_midi: int) -> None:
    tones = [Tone(0.1 + 0.3 * i, 0.28, lowest_midi + 2 * i) for i in range(12)]
    found = _tuning_hz(render_tones(tones, 4.0, tuning_hz=tuning_hz))
    assert abs(1200 * np.log2(found / tuning_hz)) <= 5


def test_the_tuning_does_not_depend_on_how_the_recording_is_cut() -> None:
    recording = render_tones([Tone(0.1, 2.5, 60)], 3.0, tuning_hz=443.0)
    assert _tuning_hz(recording) == _tuning_hz(*np.split(recording, [1, 5000, 5001, 40_000]))


def test_silence_noise_and_nothing_are_in_concert_tuning() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 10 * SAMPLE_RATE).astype(np.float32)
    assert _tuning_hz() == 440.0
    assert _tuning_hz(np.zeros(SAMPLE_RATE, np.float32)) == 440.0
    assert _tuning_hz(noise) == 440.0
