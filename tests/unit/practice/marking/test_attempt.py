"""Attempts at a passage: found at any tempo in any key, and marked for what was played."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.errors import LickError
from licklab.practice.marking.attempt import mark_attempt, semitones_to_key
from licklab.practice.marking.marks import MarkKind, PassMarks
from tests.unit.practice.marking.playing import CRY, Take, moved, passage, play, takes

LICK = passage()


def kinds(marks: PassMarks) -> dict[int, MarkKind]:
    """Give what is not right."""
    return {one.index: one.kind for one in marks.notes if one.kind is not MarkKind.RIGHT}


def best(heard: list[Note]) -> PassMarks:
    marks = mark_attempt(LICK, heard).best
    assert marks is not None
    return marks


@settings(deadline=None, max_examples=60)
@given(takes())
def test_what_is_played_as_written_is_clean_in_any_key_and_tempo(take: Take) -> None:
    marks = mark_attempt(take.asked, take.heard)
    assert len(marks.passes) == 1
    [one] = marks.passes
    assert kinds(one) == {}
    assert one.extras == ()
    assert (one.accuracy, one.is_clean) == (1.0, True)
    assert one.semitones == take.semitones
    assert one.tempo_bpm == pytest.approx(take.asked.tempo_bpm * take.speed, rel=0.05)


@settings(deadline=None, max_examples=60)
@given(takes(), st.data())
def test_another_key_and_another_beginning_change_no_mark(take: Take, data: st.DataObject) -> None:
    heard = [one for one in take.heard if data.draw(st.integers(0, 9)) > 0]
    up, later = data.draw(st.integers(-5, 5)), data.draw(st.floats(0, 3))
    elsewhere = [
        replace(
            one, onset_sec=one.onset_sec + later, offset_sec=one.offset_sec + later,
            pitch_midi=one.pitch_midi + up,
        )
        for one in heard
    ]  # fmt: skip
    here, there = mark_attempt(take.asked, heard).best, mark_attempt(take.asked, elsewhere).best
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert there.semitones == here.semitones + up
        assert [one.kind for one in there.notes] == [one.kind for one in here.notes]


@pytest.mark.parametrize("index", range(len(CRY)))
def test_a_wrong_note_is_the_only_mark(index: int) -> None:
    heard = play(LICK, semitones=5, speed=0.8)
    heard[index] = replace(heard[index], pitch_midi=heard[index].pitch_midi + 1)
    marks = best(heard)
    assert kinds(marks) == {index: MarkKind.WRONG}
    assert marks.notes[index].heard_midi == CRY[index] + 6
    assert marks.notes[index].expected_midi == CRY[index] + 5
    assert marks.accuracy == pytest.approx(12 / 13)
    assert not marks.is_clean


@pytest.mark.parametrize("index", range(len(CRY)))
@pytest.mark.parametrize("late_sec", [-0.12, -0.05, 0.05, 0.12])
def test_a_note_out_of_time_is_the_only_mark_with_its_milliseconds(
    index: int, late_sec: float
) -> None:
    heard = play(LICK, speed=0.75)
    heard[index] = moved(heard[index], late_sec)
    marks = best(heard)
    assert kinds(marks) == {index: MarkKind.LATE if late_sec > 0 else MarkKind.EARLY}
    assert marks.notes[index].deviation_ms == pytest.approx(1000 * late_sec, abs=6)
    assert marks.is_clean  # one note in eight is forgiven


@pytest.mark.parametrize("index", range(1, len(CRY) - 1))
def test_a_note_that_is_left_out_is_missed(index: int) -> None:
    heard = play(LICK)
    del heard[index]
    assert kinds(best(heard)) == {index: MarkKind.MISSED}


def test_a_note_too_many_is_extra_and_belongs_to_the_note_before() -> None:
    heard = play(LICK, speed=0.7)
    between = Note(heard[4].onset_sec + 0.15, heard[5].onset_sec - 0.01, 78, 80, 0.95)
    marks = best([*heard[:5], between, *heard[5:]])
    assert kinds(marks) == {}
    [extra] = marks.extras
    assert (extra.after_index, extra.pitch_midi, extra.heard_id) == (4, 78, "n6")
    assert marks.accuracy == pytest.approx(13 / 14)
    assert not marks.is_clean


def test_a_tempo_that_drifts_is_followed() -> None:
    heard = play(LICK, bend=lambda sec: sec + 0.012 * sec * sec)
    marks = best(heard)
    assert kinds(marks) == {}
    assert marks.drift_percent < -3


def test_what_was_played_before_and_after_is_not_marked() -> None:
    before = [Note(0.3 * k, 0.3 * k + 0.1, 60 + k % 2, 80, 0.99) for k in range(5)]
    heard = play(LICK, start_sec=3.0)
    after = [Note(8.0 + k, 8.4 + k, 50, 80, 0.99) for k in range(3)]
    marks = best([*before, *heard, *after])
    assert (kinds(marks), marks.extras) == ({}, ())
    assert marks.onset_sec == heard[0].onset_sec


def test_every_time_through_is_marked_and_the_best_is_told() -> None:
    first, third = play(LICK, start_sec=0.5), play(LICK, start_sec=11.0, semitones=2, speed=1.2)
    second = play(LICK, start_sec=6.0)
    first[2] = replace(first[2], pitch_midi=first[2].pitch_midi - 1)
    third[5] = moved(third[5], 0.09)
    marks = mark_attempt(LICK, [*first, *second, *third])
    assert [kinds(one) for one in marks.passes] == [
        {2: MarkKind.WRONG}, {}, {5: MarkKind.LATE},
    ]  # fmt: skip
    assert marks.best is marks.passes[1]
    assert [one.semitones for one in marks.passes] == [0, 0, 2]


def test_a_start_that_is_broken_off_is_no_time_through() -> None:
    marks = mark_attempt(LICK, [*play(LICK)[:5], *play(LICK, start_sec=4.0)])
    assert [kinds(one) for one in marks.passes] == [{}]


def test_what_is_not_the_passage_is_not_marked() -> None:
    other = [Note(0.3 * k, 0.3 * k + 0.2, p, 80, 0.99) for k, p in enumerate(range(50, 80, 2))]
    assert mark_attempt(LICK, other).passes == ()
    assert mark_attempt(LICK, []).best is None
    assert mark_attempt(LICK, play(LICK)[:2]).passes == ()
    assert mark_attempt(passage((60, 62)), play(LICK)).passes == ()


def test_a_key_that_is_told_is_the_only_one_tried() -> None:
    heard = play(LICK, semitones=2, speed=0.9)
    marks = mark_attempt(LICK, heard, semitones=semitones_to_key(LICK, Key("F"))).best
    assert marks is not None
    assert kinds(marks) == {}
    assert mark_attempt(LICK, heard, semitones=semitones_to_key(LICK, Key("E"))).passes == ()


def test_a_tempo_that_is_told_may_be_half_of_the_licks() -> None:
    heard = play(LICK, speed=0.5)
    marks = mark_attempt(LICK, heard, tempo_bpm=72.0).best
    assert marks is not None
    assert kinds(marks) == {}
    assert marks.tempo_bpm == pytest.approx(70.0)


def test_keys_are_told_in_all_octaves_and_only_where_the_lick_has_one() -> None:
    assert semitones_to_key(LICK, None) is None
    moves = semitones_to_key(LICK, Key.parse("D minor"))
    assert moves is not None
    assert {one % 12 for one in moves} == {11}
    assert {-1, 11, -13} <= set(moves)
    with pytest.raises(LickError, match="want a lick whose key is known"):
        semitones_to_key(replace(LICK, key=None), Key("F"))


def test_the_players_own_swing_is_no_error() -> None:
    swung = play(passage(swing_ratio=2.3), speed=0.8)
    marks = best(swung)
    assert kinds(marks) == {}
    assert marks.swing_ratio == 2.25
    assert any("more swung" in one.text for one in marks.sentences)


def test_a_compound_meter_does_not_swing() -> None:
    asked = passage(CRY[:12], signature=TimeSignature(12, 8), swing_ratio=None)
    marks = mark_attempt(asked, play(asked)).best
    assert marks is not None
    assert kinds(marks) == {}
    assert marks.swing_ratio is None


def test_who_plays_as_late_as_the_soloist_is_in_time_and_so_is_who_plays_as_written() -> None:
    soloist = play(LICK)
    for index, late_sec in ((3, 0.06), (7, -0.07), (10, 0.05)):
        soloist[index] = moved(soloist[index], late_sec)
    recorded = {one.id: note.onset_sec for one, note in zip(LICK.notes, soloist, strict=True)}
    slower = [replace(one, onset_sec=one.onset_sec / 0.9, offset_sec=one.offset_sec / 0.9)
              for one in soloist]  # fmt: skip
    for heard in (soloist, slower, play(LICK)):
        marks = mark_attempt(LICK, heard, recorded_sec=recorded).best
        assert marks is not None
        assert kinds(marks) == {}
    without = mark_attempt(LICK, soloist).best
    assert without is not None
    assert set(kinds(without)) == {3, 7, 10}
    late = [*play(LICK)[:4], moved(play(LICK)[4], 0.06), *play(LICK)[5:]]
    other = mark_attempt(LICK, late, recorded_sec=recorded).best
    assert other is not None
    assert kinds(other) == {4: MarkKind.LATE}


def test_long_and_short_notes_are_counted_in_their_own_places() -> None:
    lengths = [Fraction(1), Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), Fraction(2),
               Fraction(1, 2), Fraction(1, 2), Fraction(1)]  # fmt: skip
    asked = passage(CRY[:8], lengths)
    heard = play(asked, speed=1.3)
    heard[2] = moved(heard[2], 0.05)
    marks = mark_attempt(asked, heard).best
    assert marks is not None
    assert kinds(marks) == {2: MarkKind.LATE}
