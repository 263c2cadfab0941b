"""What was heard as JAMS, the JSON that music information retrieval shares annotations in.

Humphrey et al., "JAMS: a JSON annotated music specification for reproducible MIR research", ISMIR
2014; the version of the schema is 0.3.
"""

import json
from collections.abc import Iterable
from typing import Any

from licklab.domain.analysis import Analysis
from licklab.domain.key import KeyMode
from licklab.domain.transcription import Transcription
from licklab.formats.xml_text import clean_text
from licklab.version import __version__

_VERSION = "0.3.4"
_DIGITS = 6


def write_jams(transcription: Transcription) -> bytes:
    """Write a transcription as JAMS.

    Parameters
    ----------
    transcription : Transcription
        To write.

    Returns
    -------
    bytes
        UTF-8: notes, beats with their place in the bar, tempo, chords, key and sections.
    """
    analysis = transcription.analysis or Analysis()
    source = transcription.source
    duration = source.duration_sec
    annotations = [
        _annotation("note_midi", duration, (
            _observation(one.onset_sec, one.offset_sec, one.pitch_midi, one.confidence)
            for one in transcription.notes
        )),
        _annotation("beat", duration, (
            _observation(one.time_sec, one.time_sec, one.position_in_bar, one.confidence)
            for one in analysis.grid.beats
        )),
        _annotation("chord", duration, (
            _observation(one.onset_sec, one.offset_sec, one.label, one.confidence)
            for one in analysis.chords
        )),
    ]  # fmt: skip
    tempo = analysis.grid.tempo_bpm
    if tempo is not None:
        annotations.append(_annotation("tempo", duration, [_observation(0, duration, tempo, 1.0)]))
    if analysis.key is not None:
        key = analysis.key.key
        mode = "minor" if key.mode is KeyMode.MINOR else "major"
        value = f"{key.tonic}:{mode}"
        told = _observation(0, duration, value, analysis.key.confidence)
        annotations.append(_annotation("key_mode", duration, [told]))
    if analysis.form is not None:
        choruses = (
            _observation(one.onset_sec, one.offset_sec, f"chorus {one.number}", 1.0)
            for one in analysis.form.choruses
        )
        annotations.append(_annotation("segment_open", duration, choruses))
    document = {
        "file_metadata": {
            "title": clean_text(source.filename.rpartition(".")[0] or source.filename),
            "artist": "",
            "release": "",
            "duration": round(duration, _DIGITS),
            "jams_version": _VERSION,
            "identifiers": {"sha256": source.sha256},
        },
        "annotations": annotations,
        "sandbox": {"instrument": transcription.instrument},
    }
    return (json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _annotation(
    namespace: str, duration_sec: float, data: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "namespace": namespace,
        "time": 0,
        "duration": round(duration_sec, _DIGITS),
        "data": list(data),
        "annotation_metadata": {
            "curator": {"name": "", "email": ""},
            "annotator": {},
            "version": __version__,
            "corpus": "",
            "annotation_tools": "Jazz Lick Lab",
            "annotation_rules": "",
            "validation": "",
            "data_source": "program",
        },
        "sandbox": {},
    }


def _observation(
    onset_sec: float, offset_sec: float, value: object, confidence: float
) -> dict[str, Any]:
    return {
        "time": round(onset_sec, _DIGITS),
        "duration": round(offset_sec - onset_sec, _DIGITS),
        "value": value,
        "confidence": round(confidence, 4),
    }
