import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from licklab.domain.chord import Chord
from licklab.domain.instrument import Texture
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.errors import SchemaError
from licklab.formats.transcription_json import (
    read_transcription,
    transcription_schema,
    write_transcription,
)
from tests.schemas import check
from tests.unit.domain.grids import blues_analysis
from tests.unit.formats.strategies import transcriptions

_EMPTY = Transcription(
    Source("a.wav", 60.0, "0" * 64, 44_100, 1), "other", 440.0, (), EngineInfo("0")
)


@given(transcriptions())
def test_what_is_written_is_read_back_and_fits_the_schema(transcription: Transcription) -> None:
    content = write_transcription(transcription)
    assert read_transcription(content) == transcription
    check(json.loads(content), transcription_schema)


@settings(max_examples=30)
@given(transcriptions())
def test_note_ids_are_unique(transcription: Transcription) -> None:
    ids = [note["id"] for note in json.loads(write_transcription(transcription))["notes"]]
    assert len(ids) == len(set(ids)) == len(transcription.notes)


def test_the_schema_is_valid_and_refuses_what_lacks_members() -> None:
    schema = transcription_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "licklab.transcription/1"}, schema)


def test_the_frozen_members_are_all_required() -> None:
    # Additions only: a member that is missing here was promised to every reader.
    promised = {
        "schema", "source", "instrument", "tuning_hz", "notes", "beats", "chords", "key",
        "tempo_bpm", "time_signature", "swing_ratio", "warnings", "engine",
    }  # fmt: skip
    schema = transcription_schema()
    assert promised <= set(schema["required"])
    assert set(schema["properties"]["notes"]["items"]["required"]) >= {
        "id", "onset_sec", "offset_sec", "pitch_midi", "velocity", "confidence",
    }  # fmt: skip


# As version 0.1.0 wrote them: without `region` and `mode`.
_OLD_DOCUMENT: dict[str, Any] = {
    "schema": "licklab.transcription/1",
    "source": {
        "filename": "solo.mp3",
        "duration_sec": 87.2,
        "sha256": "0" * 64,
        "sample_rate": 44_100,
        "channels": 2,
        "priming_sec": 0.0,
    },
    "instrument": "tenor_sax",
    "tuning_hz": 440.12,
    "tempo_bpm": None,
    "time_signature": None,
    "key": None,
    "swing_ratio": None,
    "notes": [
        {
            "id": "n1",
            "onset_sec": 6.41,
            "offset_sec": 6.55,
            "pitch_midi": 65,
            "velocity": 96,
            "confidence": 0.81,
        }
    ],
    "beats": [],
    "chords": [],
    "warnings": [],
    "engine": {"version": "0.1.0", "models": []},
}


def test_an_old_document_still_fits_and_is_read() -> None:
    check(_OLD_DOCUMENT, transcription_schema)
    read = read_transcription(json.dumps(_OLD_DOCUMENT).encode())
    assert (read.region, read.mode) == (None, None)
    written = json.loads(write_transcription(read))
    assert written == _OLD_DOCUMENT


@pytest.mark.parametrize(
    "more",
    [{"region": {"start_sec": 5, "end_sec": 2}}, {"region": {"start_sec": 5}}, {"region": 3},
     {"mode": "chords"}],
)  # fmt: skip
def test_a_region_or_mode_that_cannot_be_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(SchemaError, match="want a document"):
        read_transcription(json.dumps(_OLD_DOCUMENT | more).encode())


def test_the_region_and_the_mode_are_told() -> None:
    read = read_transcription(json.dumps(_OLD_DOCUMENT).encode())
    heard = replace(read, mode=Texture.LINE, region=Region(12.5, 40.0))
    written = json.loads(write_transcription(heard))
    assert written["region"] == {"start_sec": 12.5, "end_sec": 40.0}
    assert written["mode"] == "line"


@settings(max_examples=50)
@given(transcriptions())
def test_a_document_from_before_expression_still_fits_and_is_read(
    transcription: Transcription,
) -> None:
    document = json.loads(write_transcription(transcription))
    for note in document["notes"]:
        note.pop("expression", None)
    check(document, transcription_schema)
    heard = read_transcription(json.dumps(document).encode())
    assert all(note.expression is None for note in heard.notes)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b'{"schema": "other/1"}', b'{"schema": "licklab.transcription/1"}',
     b'{"schema": "licklab.transcription/1", "source": 3, "engine": 4}', b"\xff\xfe"],
)  # fmt: skip
def test_another_document_is_refused(content: bytes) -> None:
    with pytest.raises(SchemaError, match="want"):
        read_transcription(content)


def test_notes_tell_their_bar_and_beat_where_there_are_beats() -> None:
    read = read_transcription(json.dumps(_OLD_DOCUMENT).encode())
    heard = replace(read, analysis=blues_analysis())
    note = json.loads(write_transcription(heard))["notes"][0]
    # 6.41 s is 5.41 s behind bar 1, whose bars last 2 s: .82 into the third beat of bar 3.
    assert (note["bar"], note["beat"]) == (3, 3.82)


@pytest.mark.parametrize("member", ["bar", "position_in_bar"])
@pytest.mark.parametrize("count", [10**9, 10**30])
def test_a_count_of_bars_that_no_music_has_is_refused(member: str, count: int) -> None:
    read = read_transcription(json.dumps(_OLD_DOCUMENT).encode())
    document = json.loads(write_transcription(replace(read, analysis=blues_analysis())))
    document["beats"][0][member] = count
    with pytest.raises(SchemaError, match="want at most 100000 bars and beats"):
        read_transcription(json.dumps(document).encode())


def test_what_is_no_number_is_not_written() -> None:
    analysis = replace(blues_analysis(), chords=(Chord(1.0, float("nan"), "C:maj", "C"),))
    transcription = replace(_EMPTY, analysis=analysis)
    with pytest.raises(ValueError, match="JSON compliant"):
        write_transcription(transcription)
