import dataclasses
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.instrument import Texture
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.score import Beam, Score, ScoreHead
from licklab.domain.tab import TUNINGS
from licklab.errors import PartError
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, line, played_chords, played_lines, transcription

METERS = [TimeSignature(4, 4), TimeSignature(3, 4), TimeSignature(5, 4), TimeSignature(6, 8),
          TimeSignature(12, 8), TimeSignature(2, 2), TimeSignature(7, 8)]  # fmt: skip


def heads_of(score: Score) -> list[ScoreHead]:
    return [
        head
        for bar in score.bars
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
    ]


def words(score: Score, bar: int = 0) -> str:
    """Write a bar so that a test can be read: name, length in quarters, ties and rests."""
    out = []
    for event in score.bars[bar].voices[0].events:
        names = "+".join(("~" if head.tie_from else "") + str(head.pitch) for head in event.heads)
        length = "grace" if event.is_grace else str(event.length_quarter)
        out.append(f"{names or 'r'}:{length}")
    return " ".join(out)


def check_page(score: Score, notes: tuple[Note, ...]) -> None:
    struck = Counter(head.note_id for head in heads_of(score) if not head.tie_from)
    assert struck == Counter(f"n{k}" for k in range(1, len(notes) + 1))
    for head in heads_of(score):
        note = notes[int(head.note_id[1:]) - 1]
        assert (head.onset_sec, head.offset_sec) == (note.onset_sec, note.offset_sec)
        shift = score.part.transposition_semitones
        assert head.pitch.midi == head.sounding_midi + shift
        assert (head.sounding_midi - round(note.pitch_midi)) % 12 == 0
    for bar in score.bars:
        assert {voice.staff for voice in bar.voices} == set(range(1, score.part.n_staves + 1))
        for voice in bar.voices:
            at = Fraction(0)
            for event in voice.events:
                assert event.onset_quarter == at
                at += event.length_quarter
            assert at == bar.length_quarter
    check_ties(score)
    check_tuplets_and_beams(score)


def check_ties(score: Score) -> None:
    for staff, number in {(one.staff, one.voice) for bar in score.bars for one in bar.voices}:
        open_ties: set[tuple[str, int]] = set()
        for bar in score.bars:
            voice = next(one for one in bar.voices if (one.staff, one.voice) == (staff, number))
            for event in voice.events:
                if event.is_grace:
                    continue
                comes = {(one.note_id, one.pitch.midi) for one in event.heads if one.tie_from}
                assert comes == open_ties
                open_ties = {(one.note_id, one.pitch.midi) for one in event.heads if one.tie_to}
        assert not open_ties


def check_tuplets_and_beams(score: Score) -> None:
    for bar in score.bars:
        for voice in bar.voices:
            is_open = False
            depth_open = [False] * 5
            for event in voice.events:
                if event.is_grace:
                    continue
                is_open = is_open or event.tuplet_begins
                assert is_open == (event.value.actual != 1)
                if event.tuplet_ends:
                    is_open = False
                for level, beam in enumerate(event.beams):
                    assert depth_open[level] == (beam in {Beam.CONTINUE, Beam.END})
                    depth_open[level] = beam in {Beam.BEGIN, Beam.CONTINUE}
            assert not is_open
            assert not any(depth_open)


@given(played_lines(), st.sampled_from(METERS), st.integers(1, 3), st.floats(0.2, 1.2))
@settings(max_examples=60, deadline=None)
def test_every_note_of_a_line_is_written_once_in_bars_that_add_up(
    notes: tuple[Note, ...], meter: TimeSignature, start: int, beat_sec: float
) -> None:
    grid = even_grid(4, meter, beat_sec=beat_sec, start=min(start, meter.beats_per_bar))
    check_page(arrange(transcription(notes, grid, swing=1.6)), notes)


@given(played_lines())
@settings(max_examples=20, deadline=None)
def test_a_line_without_a_pulse_is_written_too(notes: tuple[Note, ...]) -> None:
    score = arrange(transcription(notes))
    check_page(score, notes)
    assert score.tempo_bpm is None
    assert "No pulse" in score.warnings[0]


@given(played_chords(), st.sampled_from(["piano", "guitar", "vibraphone"]))
@settings(max_examples=60, deadline=None)
def test_every_note_of_chords_is_written_once(notes: tuple[Note, ...], instrument: str) -> None:
    heard = transcription(notes, even_grid(3), instrument=instrument, mode=Texture.POLYPHONIC)
    check_page(arrange(heard, ScoreOptions(tuning=TUNINGS["standard"])), notes)


@given(played_lines(), st.sampled_from(["alto_sax", "trombone", "guitar", "bass", "concert"]),
       st.sampled_from(["C", "F#", "Ab", "B"]))  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_another_part_in_another_key_moves_all_notes_alike(
    notes: tuple[Note, ...], part: str, key: str
) -> None:
    heard = transcription(notes, even_grid(4), key="F", labels=[(0.0, "F:7"), (2.0, "Bb:7")])
    score = arrange(heard, ScoreOptions(part=part, key=Key(key)))
    moved = {
        head.sounding_midi - round(notes[int(head.note_id[1:]) - 1].pitch_midi)
        for head in heads_of(score)
    }
    assert len(moved) == 1
    assert (moved.pop() - (Key(key).pitch_class - 5)) % 12 == 0
    assert all(abs(head.pitch.alter) <= 1 for head in heads_of(score))


def test_swung_eighths_are_written_as_eighths() -> None:
    notes = line(*[
        (beat * 0.5 + swing, beat * 0.5 + swing + 0.15, 60 + k)
        for beat in range(4) for k, swing in enumerate((0.01, 0.33))
    ])  # fmt: skip
    score = arrange(transcription(notes, even_grid(1), swing=1.8), ScoreOptions(part="concert"))
    assert words(score) == "C4:1/2 Db4:1/2 " * 3 + "C4:1/2 Db4:1/2"
    assert score.swing_ratio == 1.8


def test_a_line_that_lags_is_written_on_its_beats() -> None:
    notes = line(*[(k * 0.25 + 0.06, k * 0.25 + 0.25, 60) for k in range(8)])
    score = arrange(transcription(notes, even_grid(1)), ScoreOptions(part="concert"))
    assert words(score) == " ".join(["C4:1/2"] * 8)


def test_a_note_shortly_before_the_bar_is_written_on_it() -> None:
    notes = line((0.0, 0.5, 60), (1.96, 2.5, 62), (2.5, 3.0, 64))
    score = arrange(transcription(notes, even_grid(2)), ScoreOptions(part="concert"))
    assert words(score, 1).startswith("D4:1 E4:1")


def test_a_triplet_is_written_as_one() -> None:
    third = 0.5 / 3
    notes = line(*[(k * third, (k + 1) * third, 60 + k) for k in range(3)], (0.5, 1.0, 67))
    score = arrange(transcription(notes, even_grid(1), key="C"), ScoreOptions(part="concert"))
    assert words(score).startswith("C4:1/3 C#4:1/3 D4:1/3 G4:1")
    first = score.bars[0].voices[0].events
    assert (first[0].tuplet_begins, first[2].tuplet_ends) == (True, True)


def test_a_note_over_the_barline_is_tied() -> None:
    notes = line((1.5, 2.5, 60), (2.5, 3.0, 62))
    score = arrange(transcription(notes, even_grid(2)), ScoreOptions(part="concert"))
    assert words(score) == "r:2 r:1 C4:1"
    assert words(score, 1).startswith("~C4:1 D4:1")


def test_ties_show_the_middle_of_the_bar() -> None:
    notes = line((0.75, 1.5, 60), (1.5, 2.0, 62))
    score = arrange(transcription(notes, even_grid(1)), ScoreOptions(part="concert"))
    assert words(score) == "r:1 r:1/2 C4:1/2 ~C4:1 D4:1"


def test_an_ornament_becomes_a_grace_note() -> None:
    notes = line((0.0, 0.45, 60), (0.46, 0.5, 63), (0.5, 1.0, 64), (1.0, 2.0, 62))
    score = arrange(transcription(notes, even_grid(1), key="C"), ScoreOptions(part="concert"))
    assert words(score) == "C4:1 D#4:grace E4:1 D4:2"


def test_a_pickup_bar_is_short() -> None:
    grid = even_grid(3, start=4)
    notes = line((0.0, 0.25, 60), (0.25, 0.5, 62), (0.5, 1.0, 64))
    score = arrange(transcription(notes, grid), ScoreOptions(part="concert"))
    assert (score.bars[0].number, score.bars[0].is_pickup) == (0, True)
    assert score.bars[0].length_quarter == 1
    assert score.bars[1].number == 1


def test_bars_are_counted_as_the_beats_are() -> None:
    notes = line((4.0, 4.5, 60), (10.0, 10.4, 62))
    score = arrange(transcription(notes, even_grid(8)))
    assert [bar.number for bar in score.bars] == [3, 4, 5, 6]
    assert score.bars[0].onset_sec == 4.0


def test_a_hole_in_the_beats_is_filled() -> None:
    grid = even_grid(4)
    holed = BeatGrid(grid.beats[:4] + grid.beats[8:], grid.time_signature)
    notes = line((0.0, 0.5, 60), (3.0, 3.4, 62), (5.0, 5.5, 64))
    check_page(arrange(transcription(notes, holed)), notes)


def test_chords_stand_on_their_beats_and_in_the_key_of_the_part() -> None:
    notes = line((0.0, 0.5, 60), (3.0, 3.4, 62))
    heard = transcription(
        notes, even_grid(2), key="C", labels=[(0.0, "D:min7"), (1.0, "G:7"), (2.0, "C:maj7/3")]
    )
    score = arrange(heard, ScoreOptions(part="trumpet"))
    assert [(int(one.onset_quarter), one.symbol) for one in score.bars[0].chords] == [
        (0, "Em7"), (2, "A7"),
    ]  # fmt: skip
    assert [one.symbol for one in score.bars[1].chords] == ["Dmaj7/F#"]
    assert str(score.key) == "D:major"


def test_doubtful_notes_are_marked_unless_unwanted() -> None:
    notes = (Note(0.0, 0.5, 60, 80, 0.2), Note(0.5, 1.0, 62, 80, 0.9))
    heard = transcription(notes, even_grid(1))
    assert [one.is_doubtful for one in heads_of(arrange(heard))] == [True, False]
    without = arrange(heard, ScoreOptions(marks_doubt=False))
    assert not any(one.is_doubtful for one in heads_of(without))


def test_some_bars_are_cut_out_with_the_chord_in_force() -> None:
    notes = line((0.0, 2.5, 60), (2.5, 4.5, 62), (4.5, 6.0, 64))
    heard = transcription(notes, even_grid(3), labels=[(0.0, "F:7")])
    score = arrange(heard, ScoreOptions(part="concert", first_bar=2, last_bar=2))
    assert [bar.number for bar in score.bars] == [2]
    assert [one.symbol for one in score.bars[0].chords] == ["F7"]
    assert not heads_of(score)[0].tie_from
    assert not heads_of(score)[-1].tie_to


def test_bars_that_are_not_there_are_refused() -> None:
    heard = transcription(line((0.0, 0.5, 60)), even_grid(2))
    with pytest.raises(PartError, match="want bars of the solo, 1 to 1; got 7 to 9"):
        arrange(heard, ScoreOptions(first_bar=7, last_bar=9))


def test_another_key_wants_a_key_to_start_from() -> None:
    heard = transcription(line((0.0, 0.5, 60)), even_grid(2))
    with pytest.raises(PartError, match="whose key is known"):
        arrange(heard, ScoreOptions(key=Key("C")))


def test_nothing_heard_is_a_page_of_rests() -> None:
    score = arrange(transcription((), even_grid(2)))
    assert heads_of(score) == []
    assert len(score.bars) >= 1
    empty = dataclasses.replace(transcription(()), analysis=None)
    assert heads_of(arrange(empty)) == []


def test_piano_has_two_staves_and_a_hand_on_each() -> None:
    notes = tuple(sorted(
        line(*[(k * 0.5, k * 0.5 + 0.5, pitch) for k in range(4) for pitch in (43, 47, 67, 72)]),
        key=lambda note: note.onset_sec,
    ))  # fmt: skip
    heard = transcription(notes, even_grid(1), instrument="piano", mode=Texture.POLYPHONIC)
    score = arrange(heard)
    right, left = score.bars[0].voices
    assert {head.sounding_midi for event in right.events for head in event.heads} == {67, 72}
    assert {head.sounding_midi for event in left.events for head in event.heads} == {43, 47}
