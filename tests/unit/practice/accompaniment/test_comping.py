from fractions import Fraction
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.passage import Passage, PassageNote
from licklab.practice.accompaniment.comping import (
    HIGHEST_MIDI,
    LOWEST_MIDI,
    WIDEST_STEP,
    comp_shells,
)
from licklab.practice.accompaniment.tones import shell_tones
from tests.unit.practice.accompaniment.changes import passage_over, passages

MANY = settings(max_examples=120, deadline=None)


def _strokes(notes: tuple[PassageNote, ...]) -> list[tuple[Fraction, tuple[int, ...]]]:
    return [
        (onset, tuple(one.pitch_midi for one in group))
        for onset, group in groupby(notes, key=lambda one: one.onset_quarter)
    ]


@MANY
@given(passage=passages(), is_held=st.booleans())
def test_shells_are_two_tones_within_reach(passage: Passage, *, is_held: bool) -> None:
    for _, shell in _strokes(comp_shells(passage, is_held=is_held)):
        assert len(shell) == 2
        assert LOWEST_MIDI <= shell[0] < shell[1] <= HIGHEST_MIDI


@MANY
@given(passage=passages(most_bars=4), is_held=st.booleans())
def test_voices_move_by_a_third_at_most(passage: Passage, *, is_held: bool) -> None:
    strokes = _strokes(comp_shells(passage, is_held=is_held))
    for (_, one), (_, other) in pairwise(strokes):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= WIDEST_STEP


@MANY
@given(passage=passages(), is_held=st.booleans())
def test_strokes_are_of_the_chord_in_force_or_of_the_next(
    passage: Passage, *, is_held: bool
) -> None:
    for onset, shell in _strokes(comp_shells(passage, is_held=is_held)):
        near = [passage.chord_at(onset), passage.chord_at(onset + passage.beat_quarter / 2)]
        tones = [set(shell_tones(one)) for one in near if one is not None]
        assert {pitch % 12 for pitch in shell} in tones


@MANY
@given(passage=passages(), is_held=st.booleans())
def test_every_chord_is_struck(passage: Passage, *, is_held: bool) -> None:
    strokes = _strokes(comp_shells(passage, is_held=is_held))
    ends = [*(one.onset_quarter for one in passage.chords[1:]), passage.length_quarter]
    for chord, end in zip(passage.chords, ends, strict=True):
        if not chord.symbol.is_none:
            begin = chord.onset_quarter - passage.beat_quarter / 2
            tones = set(shell_tones(chord.symbol))
            heard = [shell for onset, shell in strokes if begin <= onset < end]
            assert any({pitch % 12 for pitch in shell} == tones for shell in heard)


@MANY
@given(passage=passages(), is_held=st.booleans())
def test_strokes_do_not_overlap(passage: Passage, *, is_held: bool) -> None:
    notes = comp_shells(passage, is_held=is_held)
    onsets = sorted({one.onset_quarter for one in notes} | {passage.length_quarter})
    for one in notes:
        assert one.offset_quarter <= onsets[onsets.index(one.onset_quarter) + 1]


def test_a_two_five_one_is_led_as_players_do() -> None:
    strokes = _strokes(comp_shells(passage_over("Dm7|G7|Cmaj7"), is_held=True))
    # F C, F B, E B: one voice stays, the other falls by a half step.
    assert [shell for _, shell in strokes] == [(53, 60), (53, 59), (52, 59)]


def test_the_rhythm_is_that_of_the_charleston_and_its_mirror() -> None:
    onsets = [onset for onset, _ in _strokes(comp_shells(passage_over("Dm7|G7")))]
    assert onsets == [0, Fraction(3, 2), Fraction(9, 2), 6]


def test_a_stroke_before_the_beat_is_of_the_chord_that_comes() -> None:
    strokes = dict(_strokes(comp_shells(passage_over("Dm7 G7"))))
    assert {pitch % 12 for pitch in strokes[Fraction(3, 2)]} == {5, 11}
    assert Fraction(2) not in strokes


def test_nothing_sounds_where_no_chord_is() -> None:
    assert comp_shells(Passage((), (), 2)) == ()
    onsets = {one.onset_quarter for one in comp_shells(passage_over("C6|N.C.|F6"))}
    assert not any(4 <= onset < Fraction(15, 2) for onset in onsets)
