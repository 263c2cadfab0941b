from dataclasses import replace

import numpy as np
import pytest

from licklab.domain.evidence import RhythmEvidence
from licklab.engine.beats.tracker import track_beats
from tests.unit.engine.beats.pulses import make_rhythm


def _worst_error(found: np.ndarray, true: np.ndarray) -> float:
    return max(float(np.abs(found - one).min()) for one in true)


@pytest.mark.parametrize("tempo_bpm", [62, 100, 165, 240, 320])
def test_a_steady_pulse_is_found_at_its_tempo(tempo_bpm: int) -> None:
    true = 0.4 + np.arange(int(20 * tempo_bpm / 60)) * 60 / tempo_bpm
    # As sure as the network is of a band.
    found = track_beats(make_rhythm(true, true[-1] + 1, strength=1.0)).times_sec
    assert len(found) == len(true)
    assert np.abs(found - true).max() < 0.012


def test_a_tempo_that_drifts_is_followed() -> None:
    true = 0.3 + np.cumsum(np.linspace(0.5, 0.36, 60))
    found = track_beats(make_rhythm(true, 30)).times_sec
    assert len(found) == len(true)
    assert np.abs(found - true).max() < 0.02


def test_beats_that_nobody_plays_are_filled_in() -> None:
    true = 0.5 + np.arange(60) * 0.4
    played = np.delete(true, [20, 21, 22, 23, 40])
    found = track_beats(make_rhythm(played, 26)).times_sec
    assert len(found) == len(true)
    assert _worst_error(found, true) < 0.04


def test_no_beats_are_made_up_before_the_band_comes_in() -> None:
    true = 12 + np.arange(40) * 0.35
    found = track_beats(make_rhythm(true, 27)).times_sec
    assert found[0] > 11
    assert _worst_error(found, true) < 0.02


def test_a_pulse_may_stop_and_another_begin() -> None:
    first, second = 0.5 + np.arange(30) * 0.5, 35 + np.arange(40) * 0.3
    found = track_beats(make_rhythm(np.concatenate([first, second]), 48)).times_sec
    assert _worst_error(found, first) < 0.02
    assert _worst_error(found, second) < 0.02
    assert not ((found > 20) & (found < 30)).any()


def test_without_a_pulse_there_are_no_beats() -> None:
    assert len(track_beats(make_rhythm([], 20)).times_sec) == 0


def test_an_empty_recording_has_no_beats() -> None:
    nothing = np.zeros(0, np.float32)
    empty = RhythmEvidence(0.0, 86.13, nothing, nothing, nothing, nothing)
    assert len(track_beats(empty).times_sec) == 0


def test_times_are_those_of_the_evidence() -> None:
    true = 0.5 + np.arange(30) * 0.4
    rhythm = make_rhythm(true, 14)
    moved = replace(rhythm, start_sec=7.0, frame_rate=rhythm.frame_rate * 2)
    # Twice the rate: the same frames are half as far apart.
    found = track_beats(moved).times_sec
    assert found[0] >= 7.0
    assert found[-1] <= 7.0 + 14 / 2
