"""A transcription as JSON, schema `licklab.transcription/1`.

The schema (`schemas/transcription-1.json`) is frozen: members may be added, never changed or
removed.
"""

import json
from importlib import resources
from typing import Any

from licklab.domain.instrument import Texture
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription
from licklab.errors import InputError, SchemaError
from licklab.formats.analysis_json import read_analysis, write_analysis
from licklab.formats.note_json import TIME_DIGITS, read_notes, write_notes

SCHEMA = "licklab.transcription/1"


def transcription_schema() -> dict[str, Any]:
    """Give the JSON Schema of a transcription.

    Returns
    -------
    dict
        Of draft 2020-12.
    """
    text = resources.files("licklab.formats").joinpath("schemas/transcription-1.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_transcription(transcription: Transcription) -> bytes:
    """Write a transcription as JSON.

    Parameters
    ----------
    transcription : Transcription
        To write.

    Returns
    -------
    bytes
        UTF-8, one document.
    """
    source, engine = transcription.source, transcription.engine
    document = {
        "schema": SCHEMA,
        "source": {
            "filename": source.filename,
            "duration_sec": round(source.duration_sec, TIME_DIGITS),
            "sha256": source.sha256,
            "sample_rate": source.sample_rate,
            "channels": source.channels,
            "priming_sec": round(source.priming_sec, TIME_DIGITS),
        },
        **_region_to_json(transcription.region),
        "instrument": transcription.instrument,
        **({} if transcription.mode is None else {"mode": transcription.mode.value}),
        "tuning_hz": round(transcription.tuning_hz, 2),
        "notes": write_notes(transcription),
        **write_analysis(transcription.analysis),
        "warnings": list(transcription.warnings),
        "engine": {
            "version": engine.version,
            "models": [
                {"name": one.name, "version": one.version, "sha256": one.sha256}
                for one in engine.models
            ],
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _region_to_json(region: Region | None) -> dict[str, Any]:
    """Give the member `region`; the whole recording has none."""
    if region is None:
        return {}
    assert region.start_sec is not None
    assert region.end_sec is not None
    return {
        "region": {
            "start_sec": round(region.start_sec, TIME_DIGITS),
            "end_sec": round(region.end_sec, TIME_DIGITS),
        }
    }


def read_transcription(content: bytes) -> Transcription:
    """Read a transcription from JSON.

    Parameters
    ----------
    content : bytes
        One document; members that this version does not know are passed over.

    Returns
    -------
    Transcription
        What the document says.

    Raises
    ------
    SchemaError
        If it is not a document of schema `licklab.transcription/1`.
    """
    try:
        document = json.loads(content)
        if document["schema"] == SCHEMA:
            return _transcription_from_json(document)
    except (ValueError, TypeError, AttributeError, RecursionError, InputError) as error:
        raise SchemaError(f"want a document of schema {SCHEMA!r}, got: {error}") from error
    except KeyError as error:
        raise SchemaError(f"want a document of schema {SCHEMA!r}, got none with {error}") from error
    raise SchemaError(f"want schema {SCHEMA!r}, got {document['schema']!r}")


def _transcription_from_json(document: dict[str, Any]) -> Transcription:
    source, engine = document["source"], document["engine"]
    return Transcription(
        source=Source(
            filename=source["filename"],
            duration_sec=float(source["duration_sec"]),
            sha256=source["sha256"],
            sample_rate=source["sample_rate"],
            channels=source["channels"],
            priming_sec=float(source["priming_sec"]),
        ),
        instrument=document["instrument"],
        tuning_hz=float(document["tuning_hz"]),
        notes=read_notes(document["notes"]),
        engine=EngineInfo(
            version=engine["version"],
            models=tuple(
                ModelInfo(name=one["name"], version=one["version"], sha256=one["sha256"])
                for one in engine["models"]
            ),
        ),
        warnings=tuple(document["warnings"]),
        # Members that came later: older documents lack them.
        mode=Texture(document["mode"]) if "mode" in document else None,
        region=Region(float(document["region"]["start_sec"]), float(document["region"]["end_sec"]))
        if "region" in document
        else None,
        analysis=read_analysis(document),
    )
