from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.instrument import INSTRUMENTS, find_instrument
from licklab.domain.passage import Passage
from licklab.practice.exercises.checking import check_exercise
from licklab.practice.exercises.exercise import ExerciseKind
from licklab.practice.exercises.generate import make_exercises
from tests.unit.practice.exercises.passages import BEBOP, passage_of, passages


@settings(max_examples=60, deadline=None)
@given(passages(), st.none() | passages())
def test_every_exercise_is_what_it_says(lick: Passage, following: Passage | None) -> None:
    for one in make_exercises(lick, following=following):
        assert check_exercise(one, lick) == (), one.sentence


@settings(max_examples=25, deadline=None)
@given(passages(), st.sampled_from(sorted(INSTRUMENTS)))
def test_exercises_stay_in_the_range_of_the_instrument(lick: Passage, name: str) -> None:
    instrument = find_instrument(name)
    for one in make_exercises(lick, following=lick, instrument_id=name):
        assert check_exercise(one, lick, instrument_id=name) == ()
        assert min(one.passage.pitches_midi) >= instrument.lowest_midi
        assert max(one.passage.pitches_midi) <= instrument.highest_midi


@settings(max_examples=25, deadline=None)
@given(passages(), st.integers(-6, 6))
def test_a_lick_in_another_key_has_the_same_exercises_there(lick: Passage, semitones: int) -> None:
    here = make_exercises(lick)
    there = make_exercises(lick.moved(semitones))
    assert [one.kind for one in here] == [one.kind for one in there]
    for one, other in zip(here, there, strict=True):
        moved = one.passage.moved(semitones)
        assert moved.notes == other.passage.notes
        assert [chord.onset_quarter for chord in moved.chords] == [
            chord.onset_quarter for chord in other.passage.chords
        ]


def test_a_lick_over_a_cadence_has_exercises_of_nearly_every_kind() -> None:
    kinds = {one.kind for one in make_exercises(BEBOP, following=BEBOP)}
    assert kinds == set(ExerciseKind) - {ExerciseKind.ENDING}  # it ends after a leap, on the third


def test_exercises_go_from_targets_to_an_answer() -> None:
    kinds = [one.kind for one in make_exercises(BEBOP)]
    assert kinds[0] is ExerciseKind.TARGETS
    assert kinds[-1] is ExerciseKind.ANSWER


def test_two_notes_are_no_lick() -> None:
    assert make_exercises(passage_of("C: C4 E4")) == ()


def test_a_lick_out_of_range_has_no_exercises() -> None:
    assert make_exercises(BEBOP, instrument_id="bass") == ()


def test_a_lick_without_chords_has_exercises_that_say_nothing_of_chords() -> None:
    lick = passage_of("C4 D4 E4 F4 | G4 A4 B4 C5")
    made = make_exercises(lick, following=lick)
    assert {one.kind for one in made} == {
        ExerciseKind.BACKWARD,
        ExerciseKind.LADDER,
        ExerciseKind.RHYTHM,
        ExerciseKind.DISPLACED,
        ExerciseKind.ANSWER,
    }
    assert not [one.sentence for one in made if "chord" in one.sentence]
