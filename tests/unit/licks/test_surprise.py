import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.licks.surprise import load_intervals, span_bits, usual_bits, usualness

_PITCHES = st.lists(st.integers(40, 90), min_size=3, max_size=24)


def test_what_may_come_next_has_probability_one_in_all() -> None:
    model = load_intervals()
    for bits in (model.first, model.second, model.third):
        # The tables are kept with three digits.
        assert (2**-bits).sum(axis=-1) == pytest.approx(1.0, abs=0.01)


def test_a_scale_is_more_usual_than_wide_leaps() -> None:
    scale, leaps = np.array([60, 62, 64, 65, 67, 69]), np.array([60, 71, 58, 70, 52, 73])
    start, stop = np.array([0]), np.array([6])
    assert span_bits(scale, start, stop)[0] < span_bits(leaps, start, stop)[0]
    assert usualness(6, float(span_bits(leaps, start, stop)[0])) == 9
    assert usualness(6, float(span_bits(scale, start, stop)[0])) == 0


@given(_PITCHES, st.integers(-12, 12))
def test_surprise_is_the_same_on_another_pitch(pitches: list[int], semitones: int) -> None:
    line, start, stop = np.array(pitches), np.array([0]), np.array([len(pitches)])
    assert span_bits(line + semitones, start, stop) == pytest.approx(span_bits(line, start, stop))


@given(_PITCHES, st.data())
def test_a_span_is_told_from_its_own_notes_alone(pitches: list[int], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(pitches) - 3))
    stop = data.draw(st.integers(start + 3, len(pitches)))
    cut = np.array(pitches[start:stop])
    whole = span_bits(np.array(pitches), np.array([start]), np.array([stop]))
    assert span_bits(cut, np.array([0]), np.array([len(cut)])) == pytest.approx(whole)


def test_half_of_the_lines_surprise_less_than_the_usual_one() -> None:
    for n_notes in (3, 8, 24, 40):
        assert usualness(n_notes, (usual_bits(n_notes) + 0.01) * (n_notes - 1)) == 5
