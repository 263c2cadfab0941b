import mir_eval
import numpy as np
import pytest

from licklab.domain.note import Note
from licklab.engine.beats.line_pulse import track_line
from tests.unit.engine.beats.lines import make_line


def _f1(true: np.ndarray, found: np.ndarray) -> float:
    return float(mir_eval.beat.f_measure(true, found))


def _steady(tempo_bpm: float, duration_sec: float = 40.0) -> np.ndarray:
    return np.arange(0.35, duration_sec, 60 / tempo_bpm)


@pytest.mark.parametrize(("tempo_bpm", "second_eighth"), [(120, 0.65), (165, 0.63), (230, 0.58)])
def test_a_swung_line_tells_its_beats_from_its_off_beats(
    tempo_bpm: float, second_eighth: float
) -> None:
    true = _steady(tempo_bpm)
    found = track_line(make_line(true, second_eighth=second_eighth), 40.0)
    assert _f1(true, found) > 0.95


def test_the_same_line_with_short_and_long_exchanged_has_its_beats_half_a_beat_away() -> None:
    true = _steady(165)
    onsets = make_line(true, second_eighth=0.36)
    found = track_line(onsets, 40.0)
    off_beats = true + 0.36 * 60 / 165
    assert _f1(off_beats, found) > _f1(true, found) + 0.5


def test_taps_tell_which_eighths_of_a_straight_line_are_beats() -> None:
    true = _steady(150)
    notes = make_line(true, second_eighth=0.5)
    on = track_line(notes, 40.0, taps_sec=true[3:7].tolist())
    off = track_line(notes, 40.0, taps_sec=(true[3:7] + 0.2).tolist())
    early = 12.0  # nothing else than the taps tells, and later it may slip
    assert _f1(true[true < early], on[on < early]) > 0.9
    assert _f1(true[true < early], off[off < early]) < 0.3


def test_taps_tell_the_tempo_between_double_and_half() -> None:
    true = _steady(240)
    notes = make_line(true, second_eighth=0.56)
    half = track_line(notes, 40.0, taps_sec=true[4:12:2].tolist())
    whole = track_line(notes, 40.0, taps_sec=true[4:8].tolist())
    assert np.median(np.diff(half)) == pytest.approx(0.5, rel=0.05)
    assert np.median(np.diff(whole)) == pytest.approx(0.25, rel=0.05)


def test_beats_are_near_every_tap_even_where_taps_are_unsteady() -> None:
    true = _steady(180)
    taps = true[2:10] + np.random.default_rng(3).normal(0, 0.02, 8)
    found = track_line(make_line(true), 40.0, taps_sec=taps.tolist())
    assert max(np.abs(found - tap).min() for tap in taps) <= 0.045


def test_taps_in_the_middle_are_followed_both_ways() -> None:
    true = _steady(190)
    found = track_line(make_line(true), 40.0, taps_sec=true[60:64].tolist())
    assert _f1(true, found) > 0.95
    assert found[0] < 0.5
    assert found[-1] > 39.5


def test_a_tempo_that_drifts_is_followed_after_taps() -> None:
    true = 0.3 + np.cumsum(np.linspace(0.34, 0.32, 120))
    found = track_line(make_line(true), true[-1] + 0.1, taps_sec=true[1:5].tolist())
    assert _f1(true, found) > 0.9


def test_beats_go_on_through_a_long_rest() -> None:
    true = _steady(170)
    notes = [one for one in make_line(true) if not 15 < one.onset_sec < 21]
    found = track_line(notes, 40.0)
    assert np.diff(found).max() < 1.3 * 60 / 170
    assert _f1(true, found) > 0.9


def test_a_chord_is_one_onset() -> None:
    true = _steady(165)
    notes = make_line(true)
    doubled = [Note(one.onset_sec + 0.01, one.offset_sec + 0.01, 50.0, 70, 1.0) for one in notes]
    assert _f1(true, track_line([*doubled, *notes], 40.0)) > 0.95


def test_without_notes_and_taps_there_are_no_beats() -> None:
    assert len(track_line([], 20.0)) == 0
    assert len(track_line([Note(1.0, 1.2, 60.0, 80, 1.0)], 20.0)) == 0


def test_without_notes_taps_go_on_at_their_tempo() -> None:
    found = track_line([], 20.0, taps_sec=[5.0, 5.4, 5.8, 6.2])
    assert np.diff(found) == pytest.approx(np.full(len(found) - 1, 0.4), abs=0.02)
    assert len(found) == pytest.approx(50, abs=1)
