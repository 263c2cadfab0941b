from dataclasses import replace

import numpy as np
import pytest

from licklab.domain.beat import Beat, BeatGrid
from licklab.domain.note import Note
from licklab.engine.swings import measure_swing
from tests.unit.engine.beats.pulses import make_rhythm


def _grid(times: np.ndarray) -> BeatGrid:
    return BeatGrid(tuple(Beat(float(t), i // 4 + 1, i % 4 + 1) for i, t in enumerate(times)))


def _note(onset_sec: float) -> Note:
    return Note(onset_sec, onset_sec + 0.08, 60, 80, 0.9)


@pytest.mark.parametrize("tempo_bpm", [80, 140, 220, 300])
@pytest.mark.parametrize("ratio", [1.0, 1.3, 1.7, 2.0, 3.0])
def test_the_ratio_of_the_rhythm_section_is_measured(tempo_bpm: int, ratio: float) -> None:
    beats = 0.5 + np.arange(64) * 60 / tempo_bpm
    seconds = beats + ratio / (1 + ratio) * 60 / tempo_bpm
    rhythm = make_rhythm(beats, beats[-1] + 1)
    offbeat = make_rhythm(seconds, beats[-1] + 1).beat
    rhythm = replace(rhythm, offbeat=offbeat, rise=np.maximum(rhythm.beat, offbeat))
    swing = measure_swing(rhythm, _grid(beats), (), 0, beats[-1] + 1)
    assert swing.ratio == pytest.approx(ratio, abs=0.05 if ratio < 2.5 else 0.15)


def test_where_nobody_plays_eighths_there_is_no_ratio() -> None:
    beats = 0.5 + np.arange(64) * 0.4
    swing = measure_swing(make_rhythm(beats, 28), _grid(beats), (), 0, 28)
    assert swing.ratio is None
    assert swing.feel is None


def test_the_soloist_has_a_ratio_of_his_own_and_lies_behind_the_beat() -> None:
    beats = 0.5 + np.arange(40) * 0.5
    late_sec = 0.03
    notes = [_note(b + late_sec + part * 0.5) for b in beats for part in (0.0, 0.6)]
    swing = measure_swing(make_rhythm(beats, 22), _grid(beats), notes, 0, 22)
    assert swing.soloist_ratio == pytest.approx(1.5, abs=0.05)
    assert swing.delay_sec == pytest.approx(late_sec, abs=0.002)


@pytest.mark.parametrize("late_sec", [-0.08, 0.08])
def test_beats_that_are_all_late_or_early_do_not_change_the_soloists_ratio(late_sec: float) -> None:
    beats = 0.5 + np.arange(40) * 0.5
    notes = [_note(b + late_sec + part * 0.5) for b in beats for part in (0.0, 0.6)]
    swing = measure_swing(make_rhythm(beats, 22), _grid(beats), notes, 0, 22)
    assert swing.soloist_ratio == pytest.approx(1.5, abs=0.05)


def test_too_few_notes_tell_nothing_of_the_soloist() -> None:
    beats = 0.5 + np.arange(40) * 0.5
    swing = measure_swing(make_rhythm(beats, 22), _grid(beats), [_note(0.5), _note(0.8)], 0, 22)
    assert swing.soloist_ratio is None
    assert swing.delay_sec is None


def test_without_beats_nothing_is_measured() -> None:
    swing = measure_swing(make_rhythm([], 5), BeatGrid(), [_note(1.0)], 0, 5)
    assert (swing.ratio, swing.spread, swing.soloist_ratio, swing.delay_sec) == (None,) * 4
