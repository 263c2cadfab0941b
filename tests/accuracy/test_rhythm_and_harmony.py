"""Floors a little below what was measured: a change that hears less well fails here."""

import importlib.util
import sys
from types import ModuleType

import mir_eval
import numpy as np
import pytest

from licklab.domain.analysis import Analysis
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import pitch_classes
from licklab.domain.harte import from_harte
from licklab.domain.instrument import find_instrument
from licklab.engine.pipeline import Listener
from tests.accuracy.conftest import REPOSITORY, FindRecording
from tests.conftest import HearExample


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """Load the script that made the example."""
    path = REPOSITORY / "examples" / "make_blues_in_f.py"
    spec = importlib.util.spec_from_file_location("make_blues_in_f", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def heard(hear_example: HearExample) -> Analysis:
    analysis = hear_example("tenor_sax").analysis
    assert analysis is not None
    return analysis


def test_beats_and_bars_of_the_example_are_heard(heard: Analysis, score: ModuleType) -> None:
    n_beats = len(score.chords_by_beat())
    true = np.arange(n_beats) * 60 / score.TEMPO_BPM
    beats = np.array([one.time_sec for one in heard.grid.beats])
    downbeats = np.array([one.time_sec for one in heard.grid.downbeats])
    assert mir_eval.beat.f_measure(true, beats) > 0.97
    assert mir_eval.beat.f_measure(true[:: score.BEATS_PER_BAR], downbeats) > 0.97
    assert str(heard.grid.time_signature) == "4/4"


def test_the_changes_of_the_example_are_heard(heard: Analysis, score: ModuleType) -> None:
    length_sec = 60 / score.TEMPO_BPM
    right = []
    for number, name in enumerate(score.chords_by_beat()):
        middle_sec = (number + 0.5) * length_sec
        found = [one for one in heard.chords if one.onset_sec <= middle_sec < one.offset_sec]
        if found:
            want, got = parse_symbol(name), from_harte(found[0].label)
            # Its root and the four lowest of its tones: colours are not told apart.
            right.append(
                want.root == got.root and len(pitch_classes(want) & pitch_classes(got)) >= 3
            )
    assert len(right) > 200
    assert np.mean(right) > 0.85


def test_key_form_and_swing_of_the_example_are_heard(heard: Analysis) -> None:
    assert heard.key is not None
    assert str(heard.key.key) == "F:blues"
    assert heard.form is not None
    assert (heard.form.name, heard.form.n_bars) == ("12-bar blues", 12)
    # The solo has four choruses; before and behind them are a vamp and an ending.
    assert len(heard.form.choruses) >= 4
    assert heard.swing is not None
    assert heard.swing.ratio == pytest.approx(1.85, abs=0.25)
    assert heard.swing.delay_sec is not None


def test_the_pulse_of_a_recorded_guitar_line_is_heard(
    listener: Listener, find_recording: FindRecording
) -> None:
    path = find_recording("guitarset_bn1_solo.flac")
    analysis = listener.transcribe(path, find_instrument("guitar")).analysis
    assert analysis is not None
    true = np.arange(48) * 60 / 129.0  # of the annotation beside it
    beats = np.array([one.time_sec for one in analysis.grid.beats])
    assert mir_eval.beat.f_measure(true, beats) > 0.9
