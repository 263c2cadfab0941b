import json

import jsonschema
import pytest
from hypothesis import given

from licklab.domain.transcription import Transcription
from licklab.errors import SchemaError
from licklab.formats.transcription_json import (
    read_transcription,
    transcription_schema,
    write_transcription,
)
from tests.unit.formats.strategies import transcriptions


@given(transcriptions())
def test_what_is_written_is_read_back_and_fits_the_schema(transcription: Transcription) -> None:
    content = write_transcription(transcription)
    assert read_transcription(content) == transcription
    jsonschema.validate(json.loads(content), transcription_schema())


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


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b'{"schema": "other/1"}', b'{"schema": "licklab.transcription/1"}',
     b'{"schema": "licklab.transcription/1", "source": 3, "engine": 4}', b"\xff\xfe"],
)  # fmt: skip
def test_another_document_is_refused(content: bytes) -> None:
    with pytest.raises(SchemaError, match="want"):
        read_transcription(content)
