import json

import jsonschema
import pytest
from hypothesis import given

from licklab.domain.analysis import Analysis
from licklab.formats.analysis_json import read_analysis, write_analysis
from licklab.formats.transcription_json import transcription_schema
from tests.unit.domain.grids import blues_analysis
from tests.unit.formats.strategies import analyses


@given(analyses())
def test_what_is_written_is_read_back(analysis: Analysis) -> None:
    document = json.loads(json.dumps(write_analysis(analysis)))
    assert (read_analysis(document) or Analysis()) == analysis


def test_of_nothing_the_frozen_members_alone_are_written() -> None:
    assert write_analysis(None) == {
        "tempo_bpm": None,
        "time_signature": None,
        "key": None,
        "swing_ratio": None,
        "beats": [],
        "chords": [],
    }


def test_members_are_as_the_schema_says() -> None:
    document = write_analysis(blues_analysis())
    schema = transcription_schema()
    properties = schema["properties"]
    assert set(document) <= set(properties)
    jsonschema.validate(document, {"type": "object", "properties": properties})
    assert document["tempo_bpm"] == pytest.approx(120)
    assert (document["time_signature"], document["key"]) == ("4/4", "Bb:blues")
    assert document["swing"]["feel"] == "medium"
    assert document["beats"][5] == {
        "time_sec": 3.5,
        "bar": 2,
        "position_in_bar": 2,
        "confidence": 0.8,
    }
    assert len(document["tempo_curve"]) == 24
    assert document["form"]["choruses"][1]["first_bar"] == 13
