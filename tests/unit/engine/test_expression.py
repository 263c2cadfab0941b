"""Tones whose pitch curve is exact, and what is told of them."""

import numpy as np
import numpy.typing as npt
import pytest

from licklab.domain.expression import Expression
from licklab.domain.note import Note
from licklab.engine.expression import describe_expression
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.peaks import PeakPicker
from tests.unit.engine.tones import Samples

_ONSET_SEC = 0.3
_SILENCE_SEC = 0.4
Cents = npt.NDArray[np.float64]


def _time(length_sec: float) -> npt.NDArray[np.float64]:
    return np.arange(round(length_sec * SAMPLE_RATE)) / SAMPLE_RATE


def _render(cents: Cents, pitch_midi: float, tuning_hz: float = 440.0) -> Samples:
    frequency = tuning_hz * 2 ** ((pitch_midi - 69) / 12 + cents / 1200)
    phase = 2 * np.pi * np.cumsum(frequency) / SAMPLE_RATE
    tone = sum(np.sin(k * phase + k * k) / k for k in range(1, 8))
    time = _time(len(cents) / SAMPLE_RATE)
    envelope = np.clip(time / 0.006, 0, 1) * np.clip((time[-1] - time) / 0.01, 0, 1)
    silence = np.zeros(round(_ONSET_SEC * SAMPLE_RATE))
    end = np.zeros(round(_SILENCE_SEC * SAMPLE_RATE))
    return np.concatenate([silence, 0.1 * tone * envelope, end]).astype(np.float32)


def _hear(
    samples: Samples, length_sec: float, pitch_midi: float = 62, tuning_hz: float = 440.0
) -> Expression | None:
    picker = PeakPicker()
    picker.add(samples)
    note = Note(_ONSET_SEC, _ONSET_SEC + length_sec, pitch_midi, 90, 1.0)
    return describe_expression([note], picker.finish(), tuning_hz)[0]


def _follow(cents: Cents, pitch_midi: float = 62) -> Expression:
    heard = _hear(_render(cents, pitch_midi), len(cents) / SAMPLE_RATE, pitch_midi)
    assert heard is not None
    return heard


@pytest.mark.parametrize("pitch_midi", [30, 40, 52, 64, 76, 88])
@pytest.mark.parametrize("length_sec", [0.12, 0.3, 1.0])
def test_a_straight_note_has_no_gesture(pitch_midi: int, length_sec: float) -> None:
    heard = _follow(np.zeros(round(length_sec * SAMPLE_RATE)), pitch_midi)
    assert heard.pitch_cents == pytest.approx(0, abs=6)
    assert heard == Expression(heard.pitch_cents, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("depth_cents", [60, 120, 180])
@pytest.mark.parametrize("reach_sec", [0.06, 0.12])
def test_a_scoop_is_as_deep_as_it_was_played(depth_cents: float, reach_sec: float) -> None:
    heard = _follow(-depth_cents * np.clip(1 - _time(0.5) / reach_sec, 0, 1))
    assert heard.scoop_cents == pytest.approx(depth_cents, abs=20)
    assert heard.pitch_cents == pytest.approx(0, abs=5)
    assert (heard.fall_cents, heard.bend_cents, heard.vibrato_cents) == (0, 0, 0)


@pytest.mark.parametrize("depth_cents", [60, 120, 180])
def test_a_fall_is_as_deep_as_it_was_played(depth_cents: float) -> None:
    heard = _follow(-depth_cents * np.clip((_time(0.5) - 0.38) / 0.12, 0, 1))
    assert heard.fall_cents == pytest.approx(depth_cents, abs=20)
    assert heard.pitch_cents == pytest.approx(0, abs=5)
    assert (heard.scoop_cents, heard.bend_cents, heard.vibrato_cents) == (0, 0, 0)


@pytest.mark.parametrize("rate_hz", [4.0, 5.5, 7.0])
@pytest.mark.parametrize("depth_cents", [15, 40, 80])
def test_vibrato_has_its_rate_and_depth(rate_hz: float, depth_cents: float) -> None:
    heard = _follow(depth_cents * np.sin(2 * np.pi * rate_hz * _time(1.0)))
    assert heard.vibrato_hz == pytest.approx(rate_hz, abs=0.15)
    # The window's share is exact for shallow ones; fast deep ones come out a sixth too deep.
    assert heard.vibrato_cents == pytest.approx(depth_cents, rel=0.18)
    assert (heard.scoop_cents, heard.fall_cents, heard.bend_cents) == (0, 0, 0)


def test_a_scoop_before_vibrato_is_told_from_it() -> None:
    time = _time(1.0)
    swell = np.clip((time - 0.2) / 0.2, 0, 1)
    vibrato = 40 * swell * np.sin(2 * np.pi * 5.5 * time)
    heard = _follow(vibrato - 120 * np.clip(1 - time / 0.12, 0, 1))
    assert heard.scoop_cents == pytest.approx(120, abs=25)
    assert heard.vibrato_hz == pytest.approx(5.5, abs=0.2)
    assert heard.vibrato_cents == pytest.approx(40, abs=8)


@pytest.mark.parametrize("height_cents", [-100, 100])
def test_an_excursion_inside_is_a_bend(height_cents: float) -> None:
    time = _time(1.2)
    heard = _follow(height_cents * np.exp(-0.5 * ((time - 0.6) / 0.09) ** 2))
    assert heard.bend_cents == pytest.approx(height_cents, rel=0.35)
    assert (heard.scoop_cents, heard.fall_cents) == (0, 0)


@pytest.mark.parametrize("tuning_hz", [435.0, 445.0])
def test_intonation_is_against_the_tuning_of_the_recording(tuning_hz: float) -> None:
    samples = _render(np.zeros(SAMPLE_RATE // 2), 62, tuning_hz)
    heard = _hear(samples, 0.5, tuning_hz=tuning_hz)
    assert heard is not None
    assert heard.pitch_cents == pytest.approx(0, abs=3)
    at_concert = _hear(samples, 0.5)
    assert at_concert is not None
    assert at_concert.pitch_cents == pytest.approx(1200 * np.log2(tuning_hz / 440), abs=3)


def test_what_is_too_short_silent_or_noise_is_not_told() -> None:
    length_sec = 0.5
    noise = np.random.default_rng(1).normal(0, 0.1, 2 * SAMPLE_RATE).astype(np.float32)
    assert _hear(_render(np.zeros(round(0.05 * SAMPLE_RATE)), 62), 0.05) is None
    assert _hear(np.zeros(2 * SAMPLE_RATE, np.float32), length_sec) is None
    assert _hear(noise, length_sec) is None
    assert _hear(np.zeros(1, np.float32), length_sec) is None
    assert _hear(np.zeros(0, np.float32), length_sec) is None
