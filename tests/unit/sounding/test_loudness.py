import numpy as np
import pytest

from licklab.sounding.loudness import SILENCE_DB, loudness_db
from licklab.sounding.voice import SAMPLE_RATE

_TIME = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE


def _sine(frequency_hz: float, level: float = 1.0) -> np.ndarray:
    sound = np.zeros((len(_TIME), 2), np.float32)
    sound[:, 0] = level * np.sin(2 * np.pi * frequency_hz * _TIME)
    return sound


def test_a_sine_of_997_hz_at_full_scale_has_3_01_decibels_below() -> None:
    # The example of ITU-R BS.1770-5, annex 1.
    assert loudness_db(_sine(997.0)) == pytest.approx(-3.01, abs=0.03)


def test_half_the_level_is_six_decibels_less() -> None:
    assert loudness_db(_sine(997.0, 0.5)) == pytest.approx(-3.01 - 6.02, abs=0.03)


def test_the_ear_hears_low_notes_less() -> None:
    assert loudness_db(_sine(30.0)) < loudness_db(_sine(200.0)) - 4


def test_rests_make_nothing_quieter() -> None:
    sound = _sine(997.0)
    sound[len(sound) // 2 :] = 0
    assert loudness_db(sound) == pytest.approx(-3.01, abs=0.1)


def test_silence_is_silent() -> None:
    assert loudness_db(np.zeros((1000, 2), np.float32)) == SILENCE_DB
