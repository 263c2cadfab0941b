"""What each family makes of licks that are known by heart."""

from dataclasses import replace
from fractions import Fraction

import pytest

from licklab.domain.harmony_function import CadenceKind
from licklab.domain.passage import Passage
from licklab.practice.exercises.connected import connect_licks
from licklab.practice.exercises.exercise import (
    CadenceClaim,
    DisplacedClaim,
    EndingClaim,
    Exercise,
    ExerciseKind,
    JointClaim,
    Rhythm,
    RhythmClaim,
    TailClaim,
)
from licklab.practice.exercises.generate import make_exercises
from licklab.practice.exercises.ladder import ladder_tempi
from tests.unit.practice.exercises.passages import BEBOP, passage_of, write_passage


def made(lick: Passage, kind: ExerciseKind) -> list[Exercise]:
    return [one for one in make_exercises(lick) if one.kind is kind]


def written(lick: Passage, kind: ExerciseKind) -> list[str]:
    return [write_passage(one.passage) for one in made(lick, kind)]


def test_targets_are_held_until_their_chord_ends() -> None:
    assert written(BEBOP, ExerciseKind.TARGETS) == [
        "Dm7: r:6 C5:2 | G7: r:6 F5:2 | Cmaj7: E5:2 r:2 G4:4"
    ]
    (one,) = made(BEBOP, ExerciseKind.TARGETS)
    assert "C (7th of Dm7), F (7th of G7), E (3rd of Cmaj7) and G (5th of Cmaj7)" in one.sentence
    assert one.note_ids == ("n6", "n14", "n16", "n17")


def test_a_target_is_held_on_where_the_next_chord_has_it() -> None:
    lick = passage_of("Dm7: D4 E4 G4 E4 F4 G4 B4 G4 | G7: A4 C5 E4 C5 B4:4")
    assert written(lick, ExerciseKind.TARGETS) == ["Dm7: D4:4 F4:8 | G7: B4:4"]


def test_approaches_are_added_to_targets() -> None:
    assert written(BEBOP, ExerciseKind.APPROACHES) == [
        "Dm7: r:5 D5 C5:2 | G7: r:5 G5 F5 D5 | Cmaj7: E5:2 r:2 G4:4"
    ]


def test_the_last_notes_come_first_and_begin_with_a_beat() -> None:
    assert [one.claim for one in made(BEBOP, ExerciseKind.BACKWARD)] == [
        TailClaim(13),
        TailClaim(7),
        TailClaim(0),
    ]
    assert written(BEBOP, ExerciseKind.BACKWARD)[0] == "G7: r:6 F5 D5 | Cmaj7: E5:2 r:2 G4 E4:3"


def test_the_bars_of_the_last_notes_are_counted_as_in_the_recording() -> None:
    assert [one.passage.first_bar for one in made(BEBOP, ExerciseKind.BACKWARD)] == [2, 2, 1]


def test_a_lick_of_one_beat_is_not_divided() -> None:
    assert made(passage_of("C: C4:1/2 D4:1/2 E4:1/2 F4:1/2"), ExerciseKind.BACKWARD) == []


def test_a_lick_is_begun_later_over_the_same_chords() -> None:
    eighth, beat = made(BEBOP, ExerciseKind.DISPLACED)
    assert eighth.claim == DisplacedClaim(Fraction(1, 2), 2)
    assert beat.claim == DisplacedClaim(Fraction(1), 4)
    assert write_passage(beat.passage).endswith("| Cmaj7: F5 D5 E5:2 r:2 G4 E4:3 |")
    assert beat.passage.chords == BEBOP.chords


def test_triplets_are_not_begun_an_eighth_later() -> None:
    lick = passage_of("C7: C4:2/3 D4:2/3 E4:2/3 G4:2")
    assert [one.title for one in made(lick, ExerciseKind.DISPLACED)] == ["A beat later"]


def test_a_lick_ends_on_third_fifth_and_ninth_by_step() -> None:
    lick = passage_of("G7: G4 A4 B4 D5 F5 E5 D5 C#5 | Cmaj7: C5:4")
    endings = made(lick, ExerciseKind.ENDING)
    assert [one.claim for one in endings][-1] == EndingClaim(
        "9", endings[0].passage.chords[1].symbol, 1
    )
    assert [one.passage.pitches_midi[-2:] for one in endings] == [(75, 76), (78, 79), (73, 74)]
    assert endings[0].sentence.startswith(
        "Let the lick end on E, the 3rd of Cmaj7, from a semitone"
    )


def test_a_last_note_that_is_held_into_a_chord_ends_on_that() -> None:
    lick = passage_of("G7: G4 A4 B4 A4 B4 D5 D5 B4 | Cmaj7: C5:2", key="C")
    early = passage_of("G7: G4 A4 B4 A4 B4 D5 D5 C5:5", key="C")
    early = Passage(early.notes, lick.chords, 2, key=lick.key)
    (third, *_) = made(early, ExerciseKind.ENDING)
    assert "3rd of Cmaj7" in third.sentence


def test_after_a_rest_no_ending_is_changed() -> None:
    assert made(passage_of("C: C4 D4 E4 r:3 G4:2"), ExerciseKind.ENDING) == []


def test_no_ninth_is_found_where_the_chord_alters_it() -> None:
    lick = passage_of("G7alt: B3 Ab3 G3 F3 Eb3 F3 G3 Ab3")
    titles = [one.title for one in made(lick, ExerciseKind.ENDING)]
    assert "Ending on the 9th" not in titles


def test_a_major_cadence_becomes_a_minor_one() -> None:
    (one,) = made(BEBOP, ExerciseKind.MINOR)
    assert write_passage(one.passage) == (
        "Dm7b5: r F4 Ab4 C5 F5 D5 C5 Bb4 | G7b9: Ab4 B4 D5 F5 Ab5 G5 F5 D5 | "
        "Cm6: Eb5:2 r:2 G4 Eb4:3"
    )
    assert one.claim == CadenceClaim(CadenceKind.II_V_I_MINOR, tuple(range(18)), 6)
    assert str(one.passage.key) == "C:minor"


def test_a_cadence_that_does_not_arrive_becomes_a_minor_one() -> None:
    lick = passage_of("Gm7: G4 A4 Bb4 D5 F5 D5 Bb4 A4 | C7: G4 E4 D4 E4 G4 Bb4 A4 G4", key="F")
    (one,) = made(lick, ExerciseKind.MINOR)
    assert write_passage(one.passage).startswith("Gm7b5: G4 ")
    assert " | C7b9: " in write_passage(one.passage)


def test_the_dominant_gives_way_to_the_one_a_tritone_away() -> None:
    (one,) = made(BEBOP, ExerciseKind.TRITONE)
    assert write_passage(one.passage) == (
        "Dm7: r F4 A4 C5 E5 D5 C5 B4 | Db7: Ab4 B4 Db5 F5 Ab5 G5 F5 D5 | Cmaj7: E5:2 r:2 G4 E4:3"
    )


def test_two_and_five_give_way_to_the_backdoor() -> None:
    (one,) = made(BEBOP, ExerciseKind.BACKDOOR)
    assert write_passage(one.passage) == (
        "Fm7: r F4 Ab4 C5 Eb5 D5 C5 Bb4 | Bb7: Ab4 Bb4 D5 F5 Ab5 G5 F5 D5 | Cmaj7: E5:2 r:2 G4 E4:3"
    )


@pytest.mark.parametrize("chord", ["C7", "Dm7", "Cmaj7"])
def test_over_one_chord_there_is_no_other_cadence(chord: str) -> None:
    kinds = {one.kind for one in make_exercises(passage_of(f"{chord}: C4 D4 E4 F4 G4 A4 B4 C5"))}
    assert not kinds & {ExerciseKind.MINOR, ExerciseKind.TRITONE, ExerciseKind.BACKDOOR}


def test_a_line_in_triplets_begins_each_chord_with_a_beat() -> None:
    triplets = made(BEBOP, ExerciseKind.RHYTHM)[1]
    assert triplets.claim == RhythmClaim(Rhythm.TRIPLETS)
    assert write_passage(triplets.passage).startswith(
        "Dm7: F4:2/3 A4:2/3 C5:2/3 E5:2/3 D5:2/3 C5:2/3 B4:2 G7: A4:2/3"
    )


def test_a_line_in_eighths_is_not_asked_for_in_eighths() -> None:
    rhythms = [one.title for one in made(BEBOP, ExerciseKind.RHYTHM)]
    assert rhythms == ["In quarters", "In triplets", "In dotted eighths"]


def test_no_rhythm_is_faster_than_the_lick_or_a_sixteenth_at_120() -> None:
    assert [one.passage.tempo_bpm for one in made(BEBOP, ExerciseKind.RHYTHM)] == [200, 160, 120]


def test_dotted_eighths_do_not_swing() -> None:
    assert [one.passage.swing_ratio for one in made(BEBOP, ExerciseKind.RHYTHM)] == [1.6, 1.6, None]


def test_a_second_lick_is_moved_to_where_the_first_ends() -> None:
    first = passage_of("Dm7: D4 E4 F4 A4 | G7: B4 A4 G4 F4 | Cmaj7: E4:4 r:4", key="C")
    second = passage_of("Ebmaj7: G4 Bb4 D5 C5 Bb4:4", key="Eb")
    (one,) = connect_licks(first, second)
    assert isinstance(one.claim, JointClaim)
    assert one.claim.semitones == -3
    assert write_passage(one.passage).endswith("Cmaj7: E4:4 r:4 | E4 G4 B4 A4 G4:4")


def test_a_second_lick_may_begin_in_the_last_bar_of_the_first() -> None:
    first = passage_of("G7: B4 A4 G4 F4 D4 r:3 | Cmaj7: E4:2 r:6", key="C")
    second = passage_of("Cmaj7: r:4 D4 E4 G4 A4 | B4:4", key="C")
    (one,) = connect_licks(first, second)
    assert one.passage.n_bars == 3
    assert write_passage(one.passage).endswith("Cmaj7: E4:2 r:2 D4 E4 G4 A4 | B4:4")


def test_licks_in_keys_apart_are_not_connected() -> None:
    first = passage_of("G7: B4 A4 G4 F4 | Cmaj7: E4:4", key="C")
    second = passage_of("F#maj7: E#4 F#4 G#4 A#4", key="F#")
    moved = [one.claim for one in connect_licks(first, second)]
    assert all(isinstance(one, JointClaim) and one.semitones % 12 in {6} for one in moved)


def test_a_lick_without_chords_is_not_connected() -> None:
    assert connect_licks(BEBOP, replace(BEBOP, chords=())) == ()
    assert connect_licks(replace(BEBOP, chords=()), BEBOP) == ()


def test_licks_of_other_metres_are_not_connected() -> None:
    assert connect_licks(BEBOP, passage_of("C: E4 F4 G4", signature="3/4")) == ()


def test_an_answer_has_as_many_bars_over_the_same_chords() -> None:
    (answer,) = written(BEBOP, ExerciseKind.ANSWER)
    assert answer.endswith("| Dm7: | G7: | Cmaj7:")


def test_a_ladder_rises_by_a_few_percent_to_the_tempo() -> None:
    (ladder,) = made(BEBOP, ExerciseKind.LADDER)
    assert ladder.passage.tempo_bpm == 110
    assert ladder_tempi(40) == (22, 23, 24, 25, 26, 27, 29, 30, 31, 33, 34, 36, 37, 39, 40)
