from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.boundaries import estimate_boundaries
from licklab.licks.phrases import find_phrases
from tests.unit.licks.lines import EIGHTH_SEC, FACTORS, change, make_line, played_lines


def test_a_line_without_notes_has_no_phrases() -> None:
    assert find_phrases(make_line([], [])) == ()


def test_one_note_is_a_phrase_and_so_are_two() -> None:
    assert find_phrases(make_line([60], [1.0])) == (NoteSpan(0, 1),)
    assert find_phrases(make_line([60, 62], [3.0, 1.0])) == (NoteSpan(0, 2),)


def test_a_phrase_ends_at_a_long_rest() -> None:
    pitches = [60, 62, 64, 65, 67, 69, 71, 72] * 4
    steps = ([EIGHTH_SEC] * 15 + [1.5]) * 2
    assert find_phrases(make_line(pitches, steps)) == (NoteSpan(0, 16), NoteSpan(16, 32))


def test_a_long_note_without_a_rest_ends_a_phrase_less_often_than_a_rest() -> None:
    pitches = [60, 62, 64, 65, 67, 69, 71, 72] * 4
    steps = ([EIGHTH_SEC] * 15 + [0.6]) * 2
    line = make_line(pitches, steps)
    offset = line.offset_sec.copy()
    offset[15] = line.onset_sec[16]
    held = SoloLine(
        line.onset_sec, offset, line.pitch_midi, line.bar, line.beat, line.division, line.tatum,
        line.beat_sec, line.chord, line.confidence, line.chords, line.note_ids, 0,
    )  # fmt: skip
    assert estimate_boundaries(held).phrase[15] < estimate_boundaries(line).phrase[15]


def test_even_eighths_are_one_phrase() -> None:
    line = make_line([60 + k % 7 for k in range(40)], [EIGHTH_SEC] * 40)
    assert find_phrases(line) == (NoteSpan(0, 40),)


@settings(deadline=None)
@given(played_lines())
def test_phrases_are_gapless_and_cover_all_notes(line: SoloLine) -> None:
    edges = [0]
    for phrase in find_phrases(line):
        assert phrase.start == edges[-1]
        edges.append(phrase.stop)
    assert edges[-1] == len(line)


@settings(max_examples=50, deadline=None)
@given(played_lines(), st.integers(-12, 12), FACTORS, st.floats(0, 100))
def test_phrases_are_the_same_on_another_pitch_and_at_another_tempo(
    line: SoloLine, semitones: int, slower: float, later: float
) -> None:
    changed = change(line, semitones=semitones, slower=slower, later=later)
    assert find_phrases(changed) == find_phrases(line)


@settings(max_examples=50, deadline=None)
@given(played_lines())
def test_boundaries_are_probabilities_one_for_each_gap(line: SoloLine) -> None:
    found = estimate_boundaries(line)
    for one in (found.phrase, found.idea):
        assert len(one) == max(len(line) - 1, 0)
        assert ((one >= 0) & (one <= 1)).all()
