"""The notes of a JAMS file."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.instrument import UNNAMED, Texture, find_instrument
from licklab.domain.key import Key, KeyEstimate
from licklab.domain.note import Note
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.errors import ChordError, KeyNameError, ScoreFileError, UnknownInstrumentError
from licklab.formats.symbolic import MOST_NOTES
from licklab.version import __version__

_MOST_BYTES = 64_000_000
_LONGEST_SEC = 86_400.0
_NOTES = ("note_midi", "pitch_midi")
_CHORDS = ("chord", "chord_harte")
_SAMPLE_RATE = 44_100


def read_jams(content: bytes, filename: str, sha256: str) -> Transcription:
    """Read notes, beats, chords and key.

    Parameters
    ----------
    content : bytes
        JSON of JAMS 0.3.
    filename : str
        Of the file.
    sha256 : str
        Of its bytes.

    Returns
    -------
    Transcription
        All annotations of notes together: GuitarSet has one for each string.

    Raises
    ------
    ScoreFileError
        If it is no such file, or has no notes.
    """
    if len(content) > _MOST_BYTES:
        raise ScoreFileError(f"want a JAMS file of at most {_MOST_BYTES} bytes, got {len(content)}")
    try:
        document = json.loads(content)
        annotations = document["annotations"]
        metadata = document["file_metadata"]
        notes = sorted(_read_notes(annotations), key=lambda one: (one.onset_sec, one.pitch_midi))
        if not notes:
            raise ScoreFileError("want a JAMS file with notes (note_midi), got one without")
        end = max(one.offset_sec for one in notes)
        duration = metadata.get("duration")
        if isinstance(duration, int | float) and end < duration <= _LONGEST_SEC:
            end = float(duration)
        analysis = Analysis(
            grid=_read_beats(annotations),
            chords=tuple(_read_chords(annotations, end)),
            key=_read_key(annotations),
        )
        sandbox = document.get("sandbox") or {}
        name = sandbox.get("instrument", UNNAMED) if isinstance(sandbox, dict) else UNNAMED
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ScoreFileError(f"want a JAMS file, got one that cannot be read: {error}") from error
    line = all(a.offset_sec <= b.onset_sec + 1e-6 for a, b in pairwise(notes))
    return Transcription(
        Source(filename, end, sha256, _SAMPLE_RATE, 1),
        _instrument(name),
        440.0,
        tuple(notes),
        EngineInfo(__version__),
        mode=Texture.LINE if line else Texture.POLYPHONIC,
        analysis=analysis,
    )


def _observations(annotations: Any, *namespaces: str) -> Iterator[Any]:
    for one in annotations:
        if one["namespace"] in namespaces:
            data = one["data"]
            if isinstance(data, dict):
                # In columns, as the schema allows for what is dense.
                keys = ("time", "duration", "value", "confidence")
                rows = zip(*(data[key] for key in keys), strict=True)
                yield from (dict(zip(keys, row, strict=True)) for row in rows)
            else:
                yield from data


def _read_notes(annotations: Any) -> Iterator[Note]:
    for count, one in enumerate(_observations(annotations, *_NOTES)):
        if count >= MOST_NOTES:
            raise ScoreFileError(f"want at most {MOST_NOTES} notes, got more")
        onset, length = _seconds(one["time"]), _seconds(one["duration"])
        pitch = float(one["value"])
        if not 0 <= pitch <= 127:
            raise ScoreFileError(f"want pitches from 0 to 127, got {pitch:g}")
        yield Note(onset, onset + max(length, 1e-3), pitch, 80, _confidence(one))


def _seconds(value: Any) -> float:
    seconds = float(value)
    if not 0 <= seconds <= _LONGEST_SEC:
        raise ScoreFileError(f"want times from 0 to {_LONGEST_SEC:g} s, got {seconds:g}")
    return seconds


def _confidence(one: Any) -> float:
    value = one.get("confidence")
    is_told = isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= 1
    return float(value) if is_told else 1.0


def _read_beats(annotations: Any) -> BeatGrid:
    found: list[Beat] = []
    bar = 1
    for one in _observations(annotations, "beat", "beat_position"):
        value = one["value"]
        position = value.get("position") if isinstance(value, dict) else value
        place = int(position) if isinstance(position, int | float) else 1
        time = _seconds(one["time"])
        if not 1 <= place <= 12 or (found and time <= found[-1].time_sec):
            raise ScoreFileError(f"want beats in order with places 1 to 12, got {place}")
        if place == 1 and found:
            bar += 1
        found.append(Beat(time, bar, place, _confidence(one)))
    if found and found[0].position_in_bar > 1:
        found = [replace(one, bar=one.bar - 1) for one in found]
    per_bar = max((one.position_in_bar for one in found), default=4)
    return BeatGrid(tuple(found), TimeSignature(per_bar, 4))


def _read_chords(annotations: Any, end_sec: float) -> Iterator[Chord]:
    last = 0.0
    for one in _observations(annotations, *_CHORDS):
        onset = _seconds(one["time"])
        offset = min(onset + _seconds(one["duration"]), end_sec)
        try:
            symbol = from_harte(str(one["value"]))
        except ChordError:
            continue  # a chord that nobody can name costs the file nothing but itself
        if last <= onset < offset:
            yield Chord(onset, offset, to_harte(symbol), write_symbol(symbol), _confidence(one))
            last = offset


def _read_key(annotations: Any) -> KeyEstimate | None:
    for one in _observations(annotations, "key_mode"):
        try:
            key = Key.parse(str(one["value"]))
        except KeyNameError:
            continue
        return KeyEstimate(key, _confidence(one), key.relative)
    return None


def _instrument(name: Any) -> str:
    try:
        return find_instrument(str(name)).id
    except UnknownInstrumentError:
        return UNNAMED
