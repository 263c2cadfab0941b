import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licklab.domain.line_analysis import LineAnalysis, Statement
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import ShapeError
from licklab.practice.part_lines import write_line
from licklab.practice.questions.asking import ask_questions
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.studying.study import study_line
from tests.unit.practice.questions.oracle import check_question
from tests.unit.theory.lines import analysis_of, line_of
from tests.unit.theory.strategies import lines
from tests.unit.theory.weimar import FOLDER, read_solos

_ALL = len(QuestionKind)
_HAS_DATA = pytest.mark.skipif(not FOLDER.exists(), reason="the shared data is not here")
CADENCE = "Dm7: D4 F4 A4 C5 E5 D5 C5 A4 | G7: B4 A4 G4 F4 D4 F4 E4 D4 | Cmaj7: E4*8"


def ask(
    text: str, *, has_beats: bool = True, key: str | None = None
) -> dict[QuestionKind, Question]:
    line = line_of(text, has_beats=has_beats, key=key)
    found = ask_questions(line, analysis_of(line), NoteSpan(0, len(line)), most=_ALL)
    return {one.kind: one for one in found}


def right(question: Question) -> str:
    return question.choices[question.answer].text


@cache
def weimar_licks() -> list[tuple[SoloLine, LineAnalysis, NoteSpan]]:
    found = []
    for line, _ in read_solos(20):
        studied = study_line(line, limit=12)
        found += [(line, studied.analysis, one.span) for one in studied.licks]
    return found


@given(lines(), st.data(), st.integers(0, 1000))
def test_of_all_choices_one_is_true_and_it_is_the_answer(
    line: SoloLine, data: st.DataObject, seed: int
) -> None:
    assume(len(line))
    start = data.draw(st.integers(0, len(line) - 1))
    span = NoteSpan(start, data.draw(st.integers(start + 1, len(line))))
    analysis = analysis_of(line)
    for one in ask_questions(line, analysis, span, seed=seed, most=_ALL):
        check_question(line, analysis, span, one)


@_HAS_DATA
def test_no_question_about_real_licks_has_two_right_answers_or_a_wrong_key() -> None:
    counts: Counter[QuestionKind] = Counter()
    licks = weimar_licks()
    assert len(licks) >= 200
    for line, analysis, span in licks:
        for seed in range(3):
            found = ask_questions(line, analysis, span, seed=seed, most=_ALL)
            for one in found:
                check_question(line, analysis, span, one)
                counts[one.kind] += 1
    assert set(counts) == set(QuestionKind)
    assert min(counts.values()) > 30


@_HAS_DATA
def test_questions_for_a_transposed_part_are_the_same_in_its_names() -> None:
    for line, analysis, span in weimar_licks()[::10]:
        for semitones in (2, 9):
            moved = write_line(line, semitones)
            there = analysis_of(moved)
            pairs = list(
                zip(
                    ask_questions(line, analysis, span, seed=4, most=_ALL),
                    ask_questions(moved, there, span, seed=4, most=_ALL),
                    strict=True,
                )
            )
            for one, other in pairs:
                check_question(moved, there, span, other)
                assert (one.kind, one.answer) == (other.kind, other.answer)
                assert one.key.note_ids == other.key.note_ids
                assert [c.note_ids for c in one.choices] == [c.note_ids for c in other.choices]


@given(lines(), st.integers(0, 1000))
def test_the_same_seed_asks_the_same(line: SoloLine, seed: int) -> None:
    assume(len(line))
    span = NoteSpan(0, len(line))
    analysis = analysis_of(line)
    first, second = (ask_questions(line, analysis, span, seed=seed) for _ in range(2))
    assert first == second
    assert len(first) <= 5


def test_another_seed_puts_the_answer_elsewhere() -> None:
    line = line_of(CADENCE)
    analysis, span = analysis_of(line), NoteSpan(0, len(line))
    answers = {ask_questions(line, analysis, span, seed=seed)[0].answer for seed in range(30)}
    assert answers == {0, 1, 2, 3}


def test_a_cadence_is_asked_for_by_its_chords() -> None:
    one = ask(CADENCE)[QuestionKind.CADENCE]
    assert one.text == "What do Dm7, G7 and Cmaj7 make (bars 1-3)?"
    assert right(one) == "a ii-V-I in major"
    assert one.key.text == (
        "Dm7 (ii7), G7 (V7) and Cmaj7 (Imaj7) make a ii-V-I in major; they lead to C major "
        "(bars 1-3)."
    )


def test_a_resolution_is_asked_for_by_its_dominant() -> None:
    one = ask("Dm7: D5 C5 A4 F4 G7: B4 A4 G4 F4 | Cmaj7: E4*2 G4*6")[QuestionKind.RESOLUTION]
    assert one.text == "Where does the G7 in bar 1 resolve?"
    assert right(one) == "E on beat 1 of bar 2"
    assert one.key.text == (
        "G7 resolves where the line goes by half step from F to E, the 3rd of Cmaj7, on beat 1 of "
        "bar 2."
    )
    assert one.key.bars == (1, 2)


def test_the_last_and_the_highest_note_are_asked_for_by_degree() -> None:
    found = ask(CADENCE)
    assert found[QuestionKind.LAST_NOTE].text == "Which degree of Cmaj7 is the last note?"
    assert right(found[QuestionKind.LAST_NOTE]) == "3rd"
    assert right(found[QuestionKind.HIGHEST_NOTE]) == "9th"
    assert found[QuestionKind.DOWNBEAT].text.endswith("is the note on beat 1 of bar 1?")


def test_an_enclosure_is_asked_for_by_its_target() -> None:
    one = ask("G7: D5 B4 G4 B4 D5 B4 F4 D#4 | Cmaj7: E4*8")[QuestionKind.ENCLOSURE]
    assert right(one) == "E on beat 1 of bar 2"
    assert one.key.text == "F and D# enclose E, the 3rd of Cmaj7, on beat 1 of bar 2."


def test_a_figure_is_asked_for_by_its_bars_and_its_near_misses_are_not_offered() -> None:
    one = ask("C7: C5 B4 Bb4 A4 G4 F4 E4 D4 | C4*8")[QuestionKind.DEVICE]
    assert one.text == "Which of these is played in bars 1 to 2?"
    assert right(one) == "a bebop scale"
    offered = {choice.text for choice in one.choices}
    assert not offered & {"a scale run", "a chromatic run"}
    assert one.key.text.startswith("Runs down the dominant bebop scale of C7")


def test_what_may_be_taken_for_the_figure_is_not_offered_beside_it() -> None:
    # A triad with a leap in it, which is no arpeggio by the definition; a scale over a bar line.
    triad = ask("Bb7: D4 F5*2 C#5 F4 | G#4 D5 C5 Bb4*5")[QuestionKind.DEVICE]
    assert right(triad) == "an upper structure"
    assert not {"an arpeggio", "an arpeggio from the 3rd"} & {one.text for one in triad.choices}
    line = ask("Gm7: D4*2 F4 A4 C5*2 r B4 | C7: Bb4 A4 G4 F4 E4 D4 C4 Bb3")
    found = line.get(QuestionKind.DEVICE)
    assert found is not None
    offered = {one.text for one in found.choices}
    by_step = {"a scale run", "a bebop scale", "a chromatic run"}
    assert len(offered & by_step) <= 1


def test_without_beats_notes_are_counted() -> None:
    found = ask("G7: D5 B4 G4 B4 D5 B4 F4 D#4 Cmaj7: E4*4", has_beats=False)
    assert QuestionKind.BEGINNING not in found
    assert QuestionKind.DOWNBEAT not in found
    assert right(found[QuestionKind.ENCLOSURE]) == "E, note 9 of the lick"


def test_nothing_is_asked_about_chords_that_are_a_guess_or_not_known() -> None:
    line = line_of(CADENCE)
    guess = replace(line, chords=tuple(replace(one, confidence=0.4) for one in line.chords))
    bare = line_of("D4 F4 A4 C5 E5 D5 C5 A4")
    for one in (guess, bare):
        span = NoteSpan(0, len(one))
        found = ask_questions(one, analysis_of(one), span, most=_ALL)
        assert [q.kind for q in found] == [QuestionKind.BEGINNING]


def test_nothing_is_asked_about_places_that_are_written_elsewhere() -> None:
    line = line_of(CADENCE)
    span = NoteSpan(0, len(line))
    later = line_of("r*2 " + CADENCE)
    found = ask_questions(line, analysis_of(line), span, written=later, most=_ALL)
    named = {i for q in found for choice in q.choices for i in choice.note_ids}
    assert not named
    assert not {QuestionKind.BEGINNING, QuestionKind.DEVICE} & {q.kind for q in found}
    same = ask_questions(line, analysis_of(line), span, written=line, most=_ALL)
    assert same == ask_questions(line, analysis_of(line), span, most=_ALL)


def test_two_choices_never_read_alike() -> None:
    key = Statement("ending", "E.", ("n1",), ())
    with pytest.raises(ShapeError, match="want one of different choices"):
        Question(QuestionKind.LAST_NOTE, "?", (Choice("a"), Choice("a")), 0, key)


def test_right_answers_are_spread_over_all_places() -> None:
    line = line_of(CADENCE)
    analysis, span = analysis_of(line), NoteSpan(0, len(line))
    chance = random.Random(2)  # noqa: S311 - seeds, not secrets
    places: Counter[int] = Counter()
    for _ in range(100):
        for one in ask_questions(line, analysis, span, seed=chance.randrange(10**6)):
            places[one.answer] += 1
    assert min(places[i] for i in range(4)) > 0.15 * sum(places.values())


def _spans(line: SoloLine) -> Iterator[NoteSpan]:
    for start in range(0, len(line) - 4, 4):
        yield NoteSpan(start, start + 5)


def test_a_lick_of_five_notes_is_asked_about_too() -> None:
    line = line_of(CADENCE)
    analysis = analysis_of(line)
    for span in _spans(line):
        assert ask_questions(line, analysis, span)
