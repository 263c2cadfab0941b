from dataclasses import replace
from fractions import Fraction

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from licklab.domain.note import Note
from licklab.domain.transcription import Transcription
from licklab.engraving.style import PageStyle
from licklab.errors import PartError
from licklab.exporting.request import ExportRequest, read_request
from licklab.exporting.sheet import Sheet, make_sheet
from tests.lines import even_grid, line, played_lines, transcription

_SCREEN = PageStyle(screen_mm=120.0)


def solo() -> Transcription:
    """Give four bars over a cadence of which one chord is a guess, with a tie over a barline."""
    notes = line(
        (0.0, 0.5, 62), (0.5, 1.0, 65), (1.5, 2.5, 67), (2.75, 3.0, 65), (3.0, 4.0, 71),
        (4.0, 5.0, 72), (5.5, 6.0, 74), (6.0, 7.5, 76),
    )  # fmt: skip
    labels = [(0.0, "D:min7"), (2.0, "G:7"), (4.0, "C:maj7"), (6.0, "A:7")]
    return transcription(notes, even_grid(4), labels=labels, key="C")


def sheet(heard: Transcription, request: ExportRequest | None = None) -> Sheet:
    wanted = request or ExportRequest()
    return make_sheet(heard, ExportRequest(wanted.score, wanted.tab, _SCREEN), "p-")


@settings(max_examples=15, deadline=None)
@given(played_lines())
def test_every_note_has_its_heads_on_the_line_of_its_bar(notes: tuple[Note, ...]) -> None:
    found = sheet(transcription(notes, even_grid(8)))
    assert [one.first.head.note_id for one in found.notes] == [
        f"n{k}" for k in range(1, len(notes) + 1)
    ]
    ids = [
        {one.get("id") for one in fromstring(drawn.svg).iter() if one.get("data-note")}
        for drawn in found.screen.draw()
    ]
    line_of = {one.bar.number: one.line for one in found.bars}
    assert [one.bar.number for one in found.bars] == [bar.number for bar in found.score.bars]
    heads = [head for one in found.notes for head in one.head_ids]
    assert sorted(heads) == sorted(str(one) for each in ids for one in each)
    for one in found.notes:
        assert one.head_ids[0] in ids[line_of[one.first.bar.number]]


def test_a_tied_note_has_its_heads_in_order() -> None:
    note = sheet(solo()).notes[2]
    assert note.head_ids == ("p-n3", "p-n3-2")
    assert (note.first.bar.number, note.first.event.onset_quarter) == (1, Fraction(3))


def test_chords_have_their_numerals_and_begin_on_the_beats_that_were_heard() -> None:
    chords = [one for bar in sheet(solo()).bars for one in bar.chords]
    assert [one.roman for one in chords] == ["ii7", "V7", "Imaj7", "V7/ii"]
    assert [one.onset_sec for one in chords] == [0.0, 2.0, 4.0, 6.0]


def test_a_chord_that_is_a_guess_has_no_numeral() -> None:
    heard = solo()
    assert heard.analysis is not None
    first, second, *rest = heard.analysis.chords
    chords_heard = (first, replace(second, confidence=0.3), *rest)
    guessed = replace(heard, analysis=replace(heard.analysis, chords=chords_heard))
    chords = [one for bar in sheet(guessed).bars for one in bar.chords]
    assert [one.roman for one in chords] == ["ii7", None, "Imaj7", "V7/ii"]


def test_bars_around_notes_are_those_in_which_they_stand() -> None:
    found = make_sheet(solo(), ExportRequest(style=_SCREEN), around=frozenset({"n3", "n4"}))
    assert [one.bar.number for one in found.bars] == [1, 2]
    assert [one.first.head.note_id for one in found.notes] == ["n1", "n2", "n3", "n4", "n5"]


def test_bars_around_notes_that_are_not_there_cannot_be_shown() -> None:
    with pytest.raises(PartError, match="want notes of the solo"):
        make_sheet(solo(), ExportRequest(style=_SCREEN), around=frozenset({"n99"}))


@pytest.mark.parametrize(
    ("semitones", "key", "first"),
    [(0, "C:major", "D4"), (1, "Db:major", "Eb4"), (6, "Gb:major", "Ab4"), (-5, "G:major", "A3")],
)
def test_moved_by_semitones_it_is_spelled_in_the_key_with_fewest_signs(
    semitones: int, key: str, first: str
) -> None:
    found = sheet(solo(), read_request(part="concert", semitones=semitones))
    assert (str(found.concert_key), found.score.moved_semitones) == (key, semitones)
    assert str(found.notes[0].first.head.pitch) == first


def test_a_part_is_written_in_its_key_and_sounds_in_another() -> None:
    found = sheet(solo(), read_request(part="alto sax", key="Eb", octave=0))
    assert (str(found.score.key), str(found.concert_key)) == ("C:major", "Eb:major")
    assert found.score.moved_semitones == 3


def test_a_key_and_semitones_together_are_refused() -> None:
    with pytest.raises(PartError, match="want a key or semitones"):
        sheet(solo(), read_request(key="C", semitones=1))
    with pytest.raises(PartError, match="want semitones from -12 to 12, got 13"):
        read_request(semitones=13)


def test_without_beats_and_chords_there_is_a_sheet_too() -> None:
    found = sheet(transcription(line((0.3, 0.8, 60), (1.0, 1.4, 62))))
    assert len(found.notes) == 2
    assert found.score.warnings
    assert found.concert_key is None
