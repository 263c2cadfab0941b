"""What the listener may have got wrong is not held against the player."""

from dataclasses import replace

from licklab.domain.note import Note
from licklab.practice.marking.attempt import mark_attempt
from licklab.practice.marking.marks import MarkKind, PassMarks
from tests.unit.practice.marking.playing import moved, passage, play
from tests.unit.practice.marking.test_attempt import LICK, kinds

REPEATED = passage((65, 67, 68, 68, 72, 75, 74, 74, 68, 67))


def best(heard: list[Note]) -> PassMarks:
    marks = mark_attempt(LICK, heard).best
    assert marks is not None
    return marks


def test_a_wrong_note_that_was_hardly_heard_is_not_sure() -> None:
    heard = play(LICK)
    heard[3] = replace(heard[3], pitch_midi=heard[3].pitch_midi + 1, confidence=0.5)
    assert kinds(best(heard)) == {3: MarkKind.UNSURE}


def test_a_late_note_that_was_hardly_heard_is_not_sure() -> None:
    heard = play(LICK)
    heard[3] = replace(moved(heard[3], 0.08), confidence=0.5)
    marks = best(heard)
    assert kinds(marks) == {3: MarkKind.UNSURE}
    assert (marks.accuracy, marks.is_clean) == (1.0, True)
    assert marks.sentences[0].text.startswith("Not sure what one note was, and not counted: bar 9")


def test_an_octave_is_the_listeners_error() -> None:
    heard = play(LICK)
    for index, octave in ((2, 12), (8, -12), (11, 24)):
        heard[index] = replace(heard[index], pitch_midi=heard[index].pitch_midi + octave)
    assert kinds(best(heard)) == dict.fromkeys((2, 8, 11), MarkKind.UNSURE)


def test_repeated_notes_that_are_heard_as_one_are_not_missed() -> None:
    heard = play(REPEATED)
    joined = replace(heard[2], offset_sec=heard[3].offset_sec)
    marks = mark_attempt(REPEATED, [*heard[:2], joined, *heard[4:]]).best
    assert marks is not None
    assert kinds(marks) == {3: MarkKind.UNSURE}


def test_a_repeated_note_that_was_left_out_is_missed() -> None:
    heard = play(REPEATED)
    marks = mark_attempt(REPEATED, [*heard[:3], *heard[4:]]).best
    assert marks is not None
    assert kinds(marks) == {3: MarkKind.MISSED}


def test_a_note_that_is_heard_in_two_is_not_too_many() -> None:
    heard = play(LICK, speed=0.7)
    middle = (heard[6].onset_sec + heard[6].offset_sec) / 2
    halves = [replace(heard[6], offset_sec=middle), replace(heard[6], onset_sec=middle)]
    marks = best([*heard[:6], *halves, *heard[7:]])
    assert (kinds(marks), marks.extras) == ({}, ())


def test_overtones_and_notes_that_were_hardly_heard_are_not_too_many() -> None:
    heard = play(LICK, speed=0.7)
    for ghost in (
        replace(heard[5], onset_sec=heard[5].onset_sec + 0.1, pitch_midi=heard[5].pitch_midi + 12),
        replace(heard[5], onset_sec=heard[5].onset_sec + 0.1, pitch_midi=heard[5].pitch_midi + 19),
        replace(heard[5], onset_sec=heard[5].onset_sec + 0.1, pitch_midi=50, confidence=0.6),
    ):
        marks = best([*heard[:6], ghost, *heard[6:]])
        assert (kinds(marks), marks.extras) == ({}, ())


def test_a_wrong_note_that_runs_into_the_next_one_is_wrong_and_the_next_not_early() -> None:
    heard = play(LICK)
    # The fourth note is played on the pitch of the fifth: both sound as one.
    joined = replace(heard[3], pitch_midi=heard[4].pitch_midi, offset_sec=heard[4].offset_sec)
    marks = best([*heard[:3], joined, *heard[5:]])
    assert kinds(marks) == {3: MarkKind.WRONG, 4: MarkKind.UNSURE}
    assert marks.notes[3].heard_midi == LICK.notes[4].pitch_midi
