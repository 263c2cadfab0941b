"""Weimar solos as transcriptions with true notes, beats and chords, and their metrical places."""

import csv
import functools
import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

import numpy as np
import numpy.typing as npt
from synthesis.weimar import find_shared_data

from licklab.domain.analysis import Analysis
from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_writing import write_symbol
from licklab.domain.evidence import RhythmEvidence
from licklab.domain.harte import to_harte
from licklab.domain.instrument import Texture, find_instrument
from licklab.domain.key import Key, KeyEstimate
from licklab.domain.note import Note
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.engine.swings import measure_swing
from licklab.errors import ChordError, KeyNameError, MeterError
from licklab.formats.weimar_chords import parse_weimar
from licklab.notation.metrical import MetricalPlace

Floats = npt.NDArray[np.float64]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class AnnotatedSolo:
    """One solo with what is known about it.

    Attributes
    ----------
    sid, performer : str
        As in the database.
    tempo_bpm : float
        Its mean.
    notes : tuple of Note
        Ordered by onset.
    places : tuple of MetricalPlace
        As annotated; beats by their index.
    beats_sec : shape=(n_beats,), seconds
        The beats.
    transcription : Transcription
        The solo as the program would have heard it without a fault.
    """

    sid: str
    performer: str
    tempo_bpm: float
    notes: tuple[Note, ...]
    places: tuple[MetricalPlace, ...]
    beats_sec: Floats
    transcription: Transcription


@functools.cache
def read_annotated() -> tuple[AnnotatedSolo, ...]:
    """Read every shared solo, in the order of the database."""
    folder = find_shared_data() / "wjazzd"
    solos = {row["sid"]: row for row in read_table(folder / "solos.csv")}
    notes = by_solo(folder / "notes.csv.gz")
    beats = by_solo(folder / "beats.csv.gz")
    return tuple(_annotate(row, notes[sid], beats[sid]) for sid, row in solos.items())


def read_table(path: Path) -> list[Row]:
    """Read a table of the shared data, zipped or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(cast("TextIO", file)))


def by_solo(path: Path) -> dict[str, list[Row]]:
    """Read a table of the shared data, its rows by solo."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in read_table(path):
        rows[row["sid"]].append(row)
    return rows


def _annotate(row: Row, note_rows: list[Row], beat_rows: list[Row]) -> AnnotatedSolo:
    note_rows = sorted(note_rows, key=lambda one: float(one["onset"]))
    beats = [Beat(float(one["onset"]), int(one["bar"]), int(one["beat"])) for one in beat_rows]
    at = {(one.bar, one.position_in_bar): i for i, one in enumerate(beats)}
    places = tuple(
        MetricalPlace(
            at[int(one["bar"]), int(one["beat"])], int(one["division"]), int(one["tatum"])
        )
        for one in note_rows
    )
    notes = tuple(
        Note(
            float(one["onset"]),
            float(one["onset"]) + max(float(one["duration"]), 0.01),
            float(one["pitch"]),
            80,
            1.0,
        )
        for one in note_rows
    )
    grid = BeatGrid(tuple(beats), _signature(beat_rows))
    first, last = beats[0].time_sec, beats[-1].time_sec
    nothing = np.zeros(0, dtype=np.float32)
    rhythm = RhythmEvidence(100.0, 0.0, nothing, nothing, nothing, nothing)
    key = _key(row["key"])
    analysis = Analysis(
        grid=grid,
        swing=measure_swing(rhythm, grid, notes, first, last),
        chords=_chords(beat_rows, beats),
        key=None if key is None else KeyEstimate(key, 1.0, key.relative),
    )
    source = Source(f"{row['sid']}.wav", notes[-1].offset_sec + 1, "0" * 64, 44100, 1)
    transcription = Transcription(
        source,
        _instrument(row["instrument"]),
        440.0,
        notes,
        EngineInfo("truth"),
        mode=Texture.LINE,
        analysis=analysis,
    )
    times = np.array([one.time_sec for one in beats])
    return AnnotatedSolo(
        row["sid"], row["performer"], float(row["avgtempo"]), notes, places, times, transcription
    )


def _instrument(code: str) -> str:
    # Of two instruments in one solo the first counts.
    return find_instrument(re.split("[/-]", code)[0]).id


def _signature(rows: list[Row]) -> TimeSignature:
    texts = [one["signature"] for one in rows if one["signature"]]
    try:
        return TimeSignature.parse(max(set(texts), key=texts.count))
    except (MeterError, ValueError):
        return TimeSignature(int(rows[0]["period"]), 4)


def _key(text: str) -> Key | None:
    match = re.match(r"([A-G][b#]?)-(maj|min|blues|dor)", text)
    if match is None:
        return None
    try:
        return Key.parse(f"{match[1]}:{ {'dor': 'min'}.get(match[2], match[2]) }")
    except KeyNameError:
        return None


def _chords(rows: list[Row], beats: list[Beat]) -> tuple[Chord, ...]:
    found: list[Chord] = []
    ends = [*(one.time_sec for one in beats[1:]), beats[-1].time_sec + 1]
    for row, beat, end in zip(rows, beats, ends, strict=True):
        try:
            symbol = parse_weimar(row["chord"] or "NC")
        except ChordError:
            continue
        label = to_harte(symbol)
        if found and found[-1].label == label:
            found[-1] = Chord(found[-1].onset_sec, end, label, found[-1].symbol)
        else:
            found.append(Chord(beat.time_sec, end, label, write_symbol(symbol)))
    return tuple(found)
