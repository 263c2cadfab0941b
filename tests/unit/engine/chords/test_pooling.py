from dataclasses import replace

import numpy as np

from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.language import load_language
from licklab.engine.chords.pooling import peaks_near, pool_chords, pool_downbeats, sum_between
from tests.unit.engine.chords.hearing import RHYTHM_RATE, beat_times, hear_chords, hear_rhythm


def test_parts_of_frames_count_in_part() -> None:
    evidence = replace(hear_chords([None] * 4), start_sec=0.5, frame_rate=1.0)
    values = np.array([[1.0], [10.0], [100.0]], np.float32)
    sums, n_frames = sum_between(
        values, evidence, np.array([0.0, 0.5, -9.0]), np.array([3.0, 1.25, 0.0])
    )
    np.testing.assert_allclose(sums[:, 0], [111.0, 0.5 + 2.5, 0.0])
    np.testing.assert_allclose(n_frames, [3.0, 0.75, 0.0])


def test_beats_without_frames_say_nothing() -> None:
    evidence = hear_chords([(0, "7")] * 4)
    pooled = pool_chords(beat_times(20) + 60, evidence, load_language(), HarmonyConfig())
    assert np.ptp(pooled.new) == np.ptp(pooled.other) == 0


def test_bar_line_that_is_heard_speaks_for_itself_and_silence_for_nothing() -> None:
    times = beat_times(8)
    odds = pool_downbeats(times, hear_rhythm(times, downbeats=[0, 4]), HarmonyConfig())
    assert (odds > 0).tolist() == [True, False, False, False] * 2
    rhythm = hear_rhythm(times, downbeats=[0])
    beyond = pool_downbeats(times + 60, rhythm, HarmonyConfig())
    np.testing.assert_allclose(beyond, 0, atol=1e-6)


def test_highest_activation_is_looked_for_nearby() -> None:
    times = beat_times(8)
    rhythm = hear_rhythm(times)
    assert (peaks_near(times + 0.03, rhythm.beat, rhythm) > 0.9).all()
    assert (peaks_near(times + 0.08, rhythm.beat, rhythm) < 0.1).all()
    assert rhythm.frame_rate == RHYTHM_RATE
