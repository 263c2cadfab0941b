"""A transcription as JSON, schema `licklab.transcription/1`.

The schema (`schemas/transcription-1.json`) is frozen: members may be added, never changed or
removed.
"""

import json
from importlib import resources
from typing import Any

from licklab.domain.beat import BeatGrid
from licklab.domain.expression import Expression
from licklab.domain.instrument import Texture
from licklab.domain.note import Note
from licklab.domain.placement import place_on_grid
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription
from licklab.errors import InputError, SchemaError
from licklab.formats.analysis_json import read_analysis, write_analysis

SCHEMA = "licklab.transcription/1"

# Microseconds: finer than a sample at any rate in use, and no noise of binary fractions.
_TIME_DIGITS = 6
# Finer than the pitch of a note can be followed.
_CENTS_DIGITS = 1
_RATE_DIGITS = 2


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
    analysis = transcription.analysis
    grid = BeatGrid() if analysis is None else analysis.grid
    document = {
        "schema": SCHEMA,
        "source": {
            "filename": source.filename,
            "duration_sec": round(source.duration_sec, _TIME_DIGITS),
            "sha256": source.sha256,
            "sample_rate": source.sample_rate,
            "channels": source.channels,
            "priming_sec": round(source.priming_sec, _TIME_DIGITS),
        },
        **_region_to_json(transcription.region),
        "instrument": transcription.instrument,
        **({} if transcription.mode is None else {"mode": transcription.mode.value}),
        "tuning_hz": round(transcription.tuning_hz, 2),
        "notes": [_note_to_json(i, note, grid) for i, note in enumerate(transcription.notes, 1)],
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
            "start_sec": round(region.start_sec, _TIME_DIGITS),
            "end_sec": round(region.end_sec, _TIME_DIGITS),
        }
    }


def _note_to_json(number: int, note: Note, grid: BeatGrid) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": f"n{number}",
        "onset_sec": round(note.onset_sec, _TIME_DIGITS),
        "offset_sec": round(note.offset_sec, _TIME_DIGITS),
        "pitch_midi": note.pitch_midi,
        "velocity": note.velocity,
        "confidence": round(note.confidence, 4),
    }
    place = place_on_grid(note.onset_sec, grid)
    if place is not None:
        document["bar"], document["beat"] = place
    if note.expression is not None:
        document["expression"] = _expression_to_json(note.expression)
    return document


def _expression_to_json(expression: Expression) -> dict[str, float]:
    return {
        "pitch_cents": round(expression.pitch_cents, _CENTS_DIGITS),
        "scoop_cents": round(expression.scoop_cents, _CENTS_DIGITS),
        "fall_cents": round(expression.fall_cents, _CENTS_DIGITS),
        "bend_cents": round(expression.bend_cents, _CENTS_DIGITS),
        "vibrato_hz": round(expression.vibrato_hz, _RATE_DIGITS),
        "vibrato_cents": round(expression.vibrato_cents, _CENTS_DIGITS),
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
    except (ValueError, TypeError, AttributeError, InputError) as error:
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
        notes=tuple(
            Note(
                onset_sec=float(one["onset_sec"]),
                offset_sec=float(one["offset_sec"]),
                pitch_midi=one["pitch_midi"],
                velocity=one["velocity"],
                confidence=float(one["confidence"]),
                expression=_expression_from_json(one.get("expression")),
            )
            for one in document["notes"]
        ),
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


def _expression_from_json(document: dict[str, Any] | None) -> Expression | None:
    if document is None:
        return None
    return Expression(
        pitch_cents=float(document["pitch_cents"]),
        scoop_cents=float(document["scoop_cents"]),
        fall_cents=float(document["fall_cents"]),
        bend_cents=float(document["bend_cents"]),
        vibrato_hz=float(document["vibrato_hz"]),
        vibrato_cents=float(document["vibrato_cents"]),
    )
