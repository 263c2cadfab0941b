"""The checker finds what is wrong: an exercise that is changed is no longer what it says."""

from dataclasses import replace
from fractions import Fraction

import pytest

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.harmony_function import CadenceKind
from licklab.domain.passage import Passage, PassageChord
from licklab.practice.exercises.checking import check_exercise
from licklab.practice.exercises.exercise import (
    ApproachesClaim,
    CadenceClaim,
    Claim,
    DisplacedClaim,
    EndingClaim,
    Exercise,
    ExerciseKind,
    JointClaim,
    LadderClaim,
    Rhythm,
    RhythmClaim,
    TailClaim,
    TargetsClaim,
)
from licklab.practice.exercises.generate import make_exercises
from tests.unit.practice.exercises.passages import passage_of

LICK = passage_of(
    "Dm7: r F4 A4 C5 E5 D5 C5 B4 | G7: A4 B4 D5 F5 Ab5 G5 F5 D5 | Cmaj7: E5:2 G4 A4 F4 D4 E4:2",
    key="C",
    tempo_bpm=200.0,
)
MADE = make_exercises(LICK, following=LICK)
NAMES = [f"{one.kind}: {one.title}" for one in MADE]


def with_pitch(passage: Passage, place: int, semitones: int) -> Passage:
    notes = list(passage.notes)
    notes[place] = replace(notes[place], pitch_midi=notes[place].pitch_midi + semitones)
    return replace(passage, notes=tuple(notes))


def test_the_lick_has_exercises_of_all_kinds() -> None:
    assert {one.kind for one in MADE} == set(ExerciseKind)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_an_exercise_as_it_was_made_is_right(one: Exercise) -> None:
    assert check_exercise(one, LICK) == ()


@pytest.mark.parametrize("one", MADE, ids=NAMES)
@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("semitones", [3, -12])
def test_another_pitch_is_found(one: Exercise, place: int, semitones: int) -> None:
    changed = replace(one, passage=with_pitch(one.passage, place, semitones))
    assert check_exercise(changed, LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_a_shorter_note_is_found(one: Exercise) -> None:
    first, *others = one.passage.notes
    shorter = replace(first, length_quarter=first.length_quarter / 4)
    changed = replace(one, passage=replace(one.passage, notes=(shorter, *others)))
    assert check_exercise(changed, LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_a_note_that_is_missing_is_found(one: Exercise) -> None:
    notes = one.passage.notes[:-1]
    assert check_exercise(replace(one, passage=replace(one.passage, notes=notes)), LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_a_strange_chord_is_found(one: Exercise) -> None:
    onset = one.passage.chords[-1].onset_quarter
    chords = (*one.passage.chords[:-1], PassageChord(onset, parse_symbol("F#7")))
    assert check_exercise(replace(one, passage=replace(one.passage, chords=chords)), LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_notes_of_another_lick_are_found(one: Exercise) -> None:
    assert check_exercise(replace(one, note_ids=("n99",)), LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_two_sentences_are_found(one: Exercise) -> None:
    assert check_exercise(replace(one, sentence=f"{one.sentence} {one.sentence}"), LICK)
    assert check_exercise(replace(one, title=f"{one.title}."), LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_a_claim_of_another_kind_is_found(one: Exercise) -> None:
    other = LadderClaim((60,)) if one.kind is ExerciseKind.WHOLE else MADE[2].claim
    assert check_exercise(replace(one, claim=other), LICK)


@pytest.mark.parametrize("one", MADE, ids=NAMES)
def test_a_note_out_of_range_is_found(one: Exercise) -> None:
    assert check_exercise(one, LICK, instrument_id="bass")


def first(kind: ExerciseKind) -> Exercise:
    return next(one for one in MADE if one.kind is kind)


WRONG: list[tuple[ExerciseKind, Claim]] = [
    (ExerciseKind.TARGETS, TargetsClaim((0, 1))),
    (ExerciseKind.APPROACHES, ApproachesClaim((5, 13, 15), (0,))),
    (ExerciseKind.BACKWARD, TailClaim(1)),
    (ExerciseKind.DISPLACED, DisplacedClaim(Fraction(1, 2), 0)),
    (ExerciseKind.DISPLACED, DisplacedClaim(Fraction(1, 4), 2)),
    (ExerciseKind.ENDING, EndingClaim("5", parse_symbol("Cmaj7"), 1)),
    (ExerciseKind.ENDING, EndingClaim("3", parse_symbol("Cmaj7"), 2)),
    (ExerciseKind.MINOR, CadenceClaim(CadenceKind.TRITONE, tuple(range(20)), 6)),
    (ExerciseKind.MINOR, CadenceClaim(CadenceKind.II_V_I_MINOR, tuple(range(20)), 1)),
    (ExerciseKind.TRITONE, CadenceClaim(CadenceKind.TRITONE, (8,), 2)),
    (ExerciseKind.RHYTHM, RhythmClaim(Rhythm.DOTTED)),
    (ExerciseKind.CONNECTED, JointClaim(LICK, 1, Fraction(12), Fraction(12))),
    (ExerciseKind.CONNECTED, JointClaim(LICK, 0, Fraction(8), Fraction(12))),
    (ExerciseKind.LADDER, LadderClaim((110, 150, 200))),
    (ExerciseKind.LADDER, LadderClaim((60, 63, 200))),
]


@pytest.mark.parametrize(("kind", "claim"), WRONG)
def test_a_claim_that_is_not_so_is_found(kind: ExerciseKind, claim: Claim) -> None:
    one = first(kind)
    assert one.claim != claim
    assert check_exercise(replace(one, claim=claim), LICK)


def test_a_rhythm_too_fast_to_be_played_is_found() -> None:
    one = next(one for one in MADE if one.claim == RhythmClaim(Rhythm.TRIPLETS))
    assert check_exercise(replace(one, passage=replace(one.passage, tempo_bpm=199.0)), LICK)


def test_a_target_that_is_not_held_is_found() -> None:
    one = first(ExerciseKind.TARGETS)
    notes = tuple(
        replace(note, length_quarter=Fraction(1, 4), onset_quarter=note.onset_quarter)
        for note in one.passage.notes
    )
    assert check_exercise(replace(one, passage=replace(one.passage, notes=notes)), LICK)


def test_a_chord_tone_between_beats_is_no_target() -> None:
    between = replace(LICK, notes=LICK.notes[:2])
    one = replace(first(ExerciseKind.TARGETS), passage=between, claim=TargetsClaim((0, 1)))
    assert any("chord tone on a beat" in problem for problem in check_exercise(one, LICK))


SAID = [
    (ExerciseKind.TARGETS, "7th", "9th"),
    (ExerciseKind.APPROACHES, "notes that lead", "notes which lead"),
    (ExerciseKind.WHOLE, "21", "20"),
    (ExerciseKind.DISPLACED, "notes meet", "notes miss"),
    (ExerciseKind.ENDING, "from a", "by a"),
    (ExerciseKind.MINOR, "G7b9", "G7"),
    (ExerciseKind.TRITONE, "Db7", "D7"),
    (ExerciseKind.CONNECTED, "above", "below"),
    (ExerciseKind.ANSWER, "3 bars", "2 bars"),
    (ExerciseKind.LADDER, "110", "100"),
]


@pytest.mark.parametrize(("kind", "word", "other"), SAID)
def test_a_sentence_that_says_something_else_is_found(
    kind: ExerciseKind, word: str, other: str
) -> None:
    one = first(kind)
    assert word in one.sentence
    assert check_exercise(replace(one, sentence=one.sentence.replace(word, other)), LICK)
