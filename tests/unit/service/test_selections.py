import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan
from licklab.errors import LickError
from licklab.notation.solo_lines import draw_line
from licklab.service.selections import Bars, Stretch, choose, stretch_of
from licklab.studying.study import Study
from tests.lines import even_grid, line, transcription

_GAPS = st.lists(st.floats(0.03, 1.5), min_size=3, max_size=20)


def study_of(onsets: list[float]) -> Study:
    """Study nothing about a line: selections go by its notes alone."""
    notes = line(*((onset, onset + 0.2, 60) for onset in onsets))
    return Study(draw_line(transcription(notes, even_grid(9))), (), LineAnalysis(()), ())


@given(_GAPS, st.data())
def test_a_stretch_of_notes_holds_these_notes_and_no_others(
    gaps: list[float], data: st.DataObject
) -> None:
    study = study_of([sum(gaps[: i + 1]) for i in range(len(gaps))])
    n_notes = len(study.line)
    if n_notes < 3:
        return
    start = data.draw(st.integers(0, n_notes - 3))
    span = NoteSpan(start, data.draw(st.integers(start + 3, n_notes)))
    assert choose(study, stretch_of(study.line, span)) == span


def test_a_note_that_moves_a_little_stays_in_its_stretch() -> None:
    stretch = stretch_of(study_of([1.0, 1.5, 2.0, 2.5, 3.0]).line, NoteSpan(1, 4))
    moved = study_of([1.0, 1.47, 2.0, 2.53, 3.0])
    assert choose(moved, stretch) == NoteSpan(1, 4)


def test_bars_and_times_are_chosen_in_order() -> None:
    study = study_of([0.0, 0.5, 1.0, 1.5, 2.0, 2.5])
    assert choose(study, Bars(1, 1)) == NoteSpan(0, 4)
    assert choose(study, Stretch(0.5, 2.0)) == NoteSpan(1, 4)
    assert choose(study, None) == NoteSpan(0, 6)
    with pytest.raises(LickError, match="want bars in order, got 2 to 1"):
        choose(study, Bars(2, 1))
    with pytest.raises(LickError, match="want a stretch of time"):
        choose(study, Stretch(1.0, 1.0))
    with pytest.raises(LickError, match="want a solo with notes"):
        choose(study_of([]), None)
