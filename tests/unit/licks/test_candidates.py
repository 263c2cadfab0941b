from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.candidates import FEWEST_NOTES, MOST_NOTES, propose_spans
from licklab.licks.phrases import find_phrases
from tests.unit.licks.lines import EIGHTH_SEC, FACTORS, change, make_line, played_lines


def test_too_few_notes_give_no_spans() -> None:
    assert propose_spans(make_line([], [])) == ()
    assert propose_spans(make_line([60, 62, 64], [EIGHTH_SEC] * 3)) == ()


def test_pieces_between_rests_are_proposed_and_two_of_them_together() -> None:
    steps = [*[EIGHTH_SEC] * 7, 1.2] * 4
    spans = propose_spans(make_line([60, 62, 64, 65, 67, 65, 64, 62] * 4, steps))
    assert {NoteSpan(0, 8), NoteSpan(8, 16), NoteSpan(16, 24), NoteSpan(24, 32)} <= set(spans)


def test_lengths_may_be_chosen() -> None:
    steps = [*[EIGHTH_SEC] * 3, 1.2] * 6
    line = make_line([60, 62, 64, 65] * 6, steps)
    assert NoteSpan(4, 8) in propose_spans(line, 3, 30)
    assert NoteSpan(4, 8) not in propose_spans(line)


@settings(max_examples=50, deadline=None)
@given(played_lines())
def test_spans_have_the_length_of_licks_and_come_once_in_order(line: SoloLine) -> None:
    spans = propose_spans(line)
    assert list(spans) == sorted(set(spans))
    assert all(FEWEST_NOTES <= len(one) <= MOST_NOTES and one.stop <= len(line) for one in spans)


@settings(max_examples=50, deadline=None)
@given(played_lines(), st.integers(-12, 12), FACTORS)
def test_spans_are_the_same_on_another_pitch_and_at_another_tempo(
    line: SoloLine, semitones: int, slower: float
) -> None:
    assert propose_spans(change(line, semitones=semitones, slower=slower)) == propose_spans(line)


def test_a_phrase_of_fitting_length_is_proposed() -> None:
    steps = [*[EIGHTH_SEC] * 11, 2.0] * 3
    line = make_line([60, 63, 62, 67, 65, 70, 68, 72, 71, 67, 65, 64] * 3, steps)
    assert set(find_phrases(line)) <= set(propose_spans(line))
