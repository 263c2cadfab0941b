import io

import mido
import pytest
from hypothesis import given, settings

from licklab.domain.note import Note
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.formats.midi import write_midi
from tests.unit.formats.strategies import transcriptions


def _sounding(content: bytes) -> list[tuple[float, float, int, int]]:
    """Read (onset, offset, pitch, velocity) back, first on to first off of a pitch."""
    now = 0.0
    open_notes: dict[int, list[tuple[float, int]]] = {}
    found: list[tuple[float, float, int, int]] = []
    for message in mido.MidiFile(file=io.BytesIO(content)):
        now += message.time
        if message.type == "note_on" and message.velocity > 0:
            open_notes.setdefault(message.note, []).append((now, message.velocity))
        elif message.type in ("note_off", "note_on"):
            onset, velocity = open_notes[message.note].pop(0)
            found.append((onset, now, message.note, velocity))
    assert not any(open_notes.values())
    return sorted(found)


def _transcription(*notes: Note, instrument: str = "tenor_sax") -> Transcription:
    source = Source("Blues é.mp3", 10.0, "0" * 64, 44_100, 2)
    return Transcription(source, instrument, 440.0, notes, EngineInfo("0.1.0"))


def test_notes_keep_their_seconds_to_half_a_millisecond() -> None:
    heard = (Note(0.1234, 0.5678, 60, 90, 1.0), Note(0.5678, 0.6, 60, 40, 1.0))
    read = _sounding(write_midi(_transcription(*heard)))
    assert [one[2:] for one in read] == [(60, 90), (60, 40)]
    for one, note in zip(read, heard, strict=True):
        assert one[0] == pytest.approx(note.onset_sec, abs=3e-4)
        assert one[1] == pytest.approx(note.offset_sec, abs=3e-4)


def test_the_program_is_that_of_the_instrument() -> None:
    file = mido.MidiFile(file=io.BytesIO(write_midi(_transcription())))
    programs = [one.program for one in file.tracks[1] if one.type == "program_change"]
    assert programs == [66]
    assert file.tracks[1].name == "Tenor saxophone"


@settings(max_examples=50)
@given(transcriptions())
def test_every_note_is_in_the_file(transcription: Transcription) -> None:
    file = mido.MidiFile(file=io.BytesIO(write_midi(transcription)))
    ons = [one for one in file.tracks[1] if one.type == "note_on"]
    offs = [one for one in file.tracks[1] if one.type == "note_off"]
    assert len(ons) == len(offs) == len(transcription.notes)
