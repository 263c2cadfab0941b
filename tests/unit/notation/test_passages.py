"""Passages: drawn from what was heard, played again, written as they stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.instrument import INSTRUMENTS
from licklab.domain.key import Key
from licklab.domain.passage import Passage, PassageChord, PassageNote
from licklab.errors import LickError, ShapeError
from licklab.notation.passage_playing import PassageClock, passage_line, play_passage
from licklab.notation.passage_scores import PassageLook, arrange_passage
from licklab.notation.passages import draw_passage
from tests.lines import even_grid, line, transcription
from tests.passages import F, passages, two_five


def test_a_lick_is_drawn_where_the_page_writes_it_and_keeps_its_names() -> None:
    # Swung eighths from bar 3 on, a little late.
    notes = line(
        *((k // 2 * 0.5 + k % 2 * 0.31 + 0.01, k // 2 * 0.5 + k % 2 * 0.31 + 0.2, 60 + k)
          for k in range(24))
    )  # fmt: skip
    heard = transcription(notes, even_grid(4), labels=[(0.0, "D:min7"), (4.0, "G:7")], key="C")
    ids = heard.note_ids[10:18]
    drawn = draw_passage(heard, ids)
    assert [one.id for one in drawn.notes] == list(ids)
    assert [one.onset_quarter for one in drawn.notes] == [F(k, 2) for k in range(2, 10)]
    assert drawn.first_bar == 2
    assert drawn.n_bars == 2
    assert [str(one.onset_quarter) for one in drawn.chords] == ["0", "4"]
    assert drawn.key == Key("C")
    assert drawn.tempo_bpm == pytest.approx(120, rel=0.01)


def test_notes_that_are_not_there_cannot_be_drawn() -> None:
    heard = transcription(line((0.0, 0.4, 60), (0.5, 0.9, 62)), even_grid(1))
    with pytest.raises(LickError, match="want notes of this solo"):
        draw_passage(heard, ["n77"])


def test_a_swung_offbeat_sounds_late_and_a_triplet_does_not() -> None:
    clock = PassageClock(two_five())
    assert clock.sec_at(F(1, 2)) == pytest.approx(0.5 * 2 / 3)
    assert clock.sec_at(F(1, 3)) == pytest.approx(0.5 / 3)
    assert clock.sec_at(F(3)) == pytest.approx(1.5)


def test_a_passage_that_is_played_is_a_transcription_of_it() -> None:
    played = play_passage(two_five(), instrument="trumpet")
    assert played.note_ids == tuple(f"n{k}" for k in range(5, 14))
    assert played.analysis is not None
    assert [one.symbol for one in played.analysis.chords] == ["Dm7", "G7/F", "Cmaj7"]
    assert [beat.bar for beat in played.analysis.grid.beats] == [9] * 4 + [10] * 4
    assert played.analysis.grid.tempo_bpm == pytest.approx(120)


@given(passages())
def test_a_line_stands_exactly_where_the_passage_does(passage: Passage) -> None:
    found = passage_line(passage)
    beats = (found.bar - passage.first_bar) * 4 + found.beat - 1
    places = [
        F(int(beat)) + F(int(tatum) - 1, int(division))
        for beat, tatum, division in zip(beats, found.tatum, found.division, strict=True)
    ]
    assert places == [one.onset_quarter for one in passage.notes]
    for at, note in enumerate(passage.notes):
        assert found.symbol_at(at) == passage.chord_at(note.onset_quarter)


@given(passages(), st.sampled_from(sorted(INSTRUMENTS)))
def test_a_score_has_every_note_for_as_long_as_it_is(passage: Passage, instrument: str) -> None:
    score = arrange_passage(passage, PassageLook(instrument))
    lengths: dict[str, F] = {}
    onsets: dict[str, F] = {}
    for number, bar in enumerate(score.bars):
        (voice,) = bar.voices
        assert sum(one.length_quarter for one in voice.events) == 4
        for event in voice.events:
            for head in event.heads:
                onsets.setdefault(head.note_id, number * 4 + event.onset_quarter)
                lengths[head.note_id] = lengths.get(head.note_id, F(0)) + event.length_quarter
    assert onsets == {one.id: one.onset_quarter for one in passage.notes}
    assert lengths == {one.id: one.length_quarter for one in passage.notes}


@given(passages(), st.integers(-11, 11))
def test_what_is_moved_back_is_the_original(passage: Passage, semitones: int) -> None:
    there = passage.moved(semitones)
    back = there.moved(-semitones, passage.key)
    assert back.notes == passage.notes
    assert np.array_equal(np.array(there.pitches_midi) - semitones, passage.pitches_midi)
    assert [one.symbol.degrees for one in back.chords] == [
        one.symbol.degrees for one in passage.chords
    ]
    assert passage.moved(0) == passage


def test_notes_that_overlap_and_chords_outside_are_refused() -> None:
    with pytest.raises(ShapeError, match="one after another"):
        Passage((PassageNote(F(0), F(1), 60), PassageNote(F(1, 2), F(1), 62)))
    with pytest.raises(ShapeError, match="want chords"):
        Passage((), (PassageChord(F(4), parse_symbol("C")),))
    with pytest.raises(ShapeError, match="want notes within"):
        Passage((PassageNote(F(3), F(2), 60),))


def test_compound_metres_are_counted_by_the_dotted_quarter() -> None:
    passage = Passage(
        tuple(PassageNote(F(k, 2), F(1, 2), 60 + k) for k in range(6)),
        signature=TimeSignature(6, 8),
    )
    assert passage.beat_quarter == F(3, 2)
    assert passage_line(passage).beat.tolist() == [1, 1, 1, 2, 2, 2]
    assert len(arrange_passage(passage, PassageLook("flute")).bars) == 1
