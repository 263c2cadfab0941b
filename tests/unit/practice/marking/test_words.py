"""Marks in words: places and names as players say them, each with its notes."""

from dataclasses import replace
from fractions import Fraction

import pytest

from licklab.domain.beat import TimeSignature
from licklab.domain.note import Note
from licklab.practice.marking.attempt import mark_attempt
from licklab.practice.marking.marks import PassMarks
from licklab.practice.marking.words import place_text
from tests.unit.practice.marking.playing import moved, passage, play
from tests.unit.practice.marking.test_attempt import LICK


def best(heard: list[Note]) -> PassMarks:
    marks = mark_attempt(LICK, heard).best
    assert marks is not None
    return marks


def test_errors_are_said_in_order_with_their_notes() -> None:
    heard = play(LICK, speed=0.8)
    heard[2] = replace(heard[2], pitch_midi=69)
    heard[4] = moved(heard[4], 0.08)
    extra = Note(heard[6].onset_sec + 0.13, heard[7].onset_sec - 0.01, 77, 80, 0.99)
    heard[7:7] = [extra]
    del heard[10]
    marks = best(heard)
    said = [one.text for one in marks.sentences]
    assert said[0] == "Bar 9, beat 2: you played A, the lick has Ab."
    assert said[1].startswith("Bar 9, beat 3: the C is ")
    assert said[1].endswith(" ms late.")
    assert said[2] == "After bar 9, beat 4: you played an F that the lick does not have."
    assert said[3] == "Bar 10, the and of 1: the G is missing."
    assert said[4].startswith("You played at 11")
    assert [one.note_ids for one in marks.sentences[:4]] == [("a2",), ("a4",), ("a6",), ("a9",)]
    assert [one.heard_ids for one in marks.sentences[:4]] == [("n3",), ("n5",), ("n8",), ()]


def test_notes_are_named_in_the_key_that_was_played() -> None:
    heard = play(LICK, semitones=2)
    heard[2] = replace(heard[2], pitch_midi=heard[2].pitch_midi + 1)
    # Ab over Fm7 in Eb is Bb over Gm7 in F.
    assert best(heard).sentences[0].text == "Bar 9, beat 2: you played B, the lick has Bb."


def test_a_wrong_note_that_is_late_says_both() -> None:
    heard = play(LICK, speed=0.7)
    heard[4] = moved(replace(heard[4], pitch_midi=71), 0.08)
    text = best(heard).sentences[0].text
    assert text.startswith("Bar 9, beat 3: you played B, the lick has C; ")
    assert text.endswith(" ms late.")


def test_the_tempo_is_said_and_where_it_went() -> None:
    faster = best(play(LICK, bend=lambda sec: sec - 0.012 * sec * sec))
    assert "faster by the end" in faster.sentences[-1].text
    assert best(play(LICK)).sentences[-1].text == (
        "You played at 140 beats a minute (the lick: 140)."
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Fraction(0), "bar 9, beat 1"),
        (Fraction(5, 2), "bar 9, the and of 3"),
        (Fraction(4), "bar 10, beat 1"),
        (Fraction(16, 3), "bar 10, after beat 2"),
    ],
)
def test_places_are_counted_in_bars_and_beats(place: Fraction, text: str) -> None:
    assert place_text(LICK, place) == text


def test_compound_beats_are_counted_by_the_dotted_quarter() -> None:
    asked = passage(signature=TimeSignature(12, 8), swing_ratio=None)
    assert place_text(asked, Fraction(3)) == "bar 9, beat 3"
    assert place_text(asked, Fraction(7, 2)) == "bar 9, after beat 3"
