"""Some solos of the Weimar Jazz Database as lines, where the shared data is."""

import csv
import gzip
import os
from collections.abc import Iterable
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from licklab.domain.solo_line import LineChord, NoteSpan, SoloLine
from licklab.formats.weimar_chords import parse_weimar

_REPOSITORY = Path(__file__).parents[3]
_SHARED = Path(os.environ.get("LICKLAB_SHARED_DATA", _REPOSITORY.parent / "shared" / "data"))
FOLDER = _SHARED / "wjazzd"

_Row = dict[str, str]


def read_solos(count: int) -> list[tuple[SoloLine, list[NoteSpan]]]:
    """Read solos from all over the database, each with its phrases."""
    notes, beats = (_by_solo(FOLDER / name) for name in ("notes.csv.gz", "beats.csv.gz"))
    chosen = list(notes)[:: max(len(notes) // count, 1)][:count]
    return [_line(notes[sid], beats[sid]) for sid in chosen]


def _by_solo(path: Path) -> dict[str, list[_Row]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {sid: list(group) for sid, group in groupby(rows, key=lambda row: row["sid"])}


def _line(notes: list[_Row], beats: list[_Row]) -> tuple[SoloLine, list[NoteSpan]]:
    chords = _chords(beats)
    starts = [(one.bar, one.beat) for one in chords]
    notes = sorted(notes, key=lambda row: float(row["onset"]))
    onsets = _floats(notes, "onset")
    at = [
        sum(start <= (int(row["bar"]), int(row["beat"])) for start in starts) - 1 for row in notes
    ]
    line = SoloLine(
        onset_sec=onsets,
        offset_sec=onsets + _floats(notes, "duration"),
        pitch_midi=_ints(notes, "pitch"),
        bar=_ints(notes, "bar"),
        beat=_ints(notes, "beat"),
        division=_ints(notes, "division"),
        tatum=_ints(notes, "tatum"),
        beat_sec=_floats(notes, "beat_duration"),
        chord=np.array(at, dtype=np.int64),
        confidence=np.ones(len(notes)),
        chords=tuple(chords),
        note_ids=tuple(f"n{i + 1}" for i in range(len(notes))),
        beats_per_bar=int(beats[0]["period"]),
    )
    phrases = [one["phrase_id"] for one in notes]
    edges = [0, *(i for i in range(1, len(notes)) if phrases[i] != phrases[i - 1]), len(notes)]
    return line, [NoteSpan(a, b) for a, b in pairwise(edges)]


def _chords(beats: list[_Row]) -> list[LineChord]:
    ends = [*(float(row["onset"]) for row in beats[1:]), float(beats[-1]["onset"]) + 1]
    found = []
    for _, group in groupby(zip(beats, ends, strict=True), key=lambda one: one[0]["chord"]):
        rows = list(group)
        first = rows[0][0]
        place = (int(first["bar"]), int(first["beat"]), len(rows))
        symbol = parse_weimar(first["chord"] or "NC")
        found.append(LineChord(symbol, float(first["onset"]), rows[-1][1], *place))
    return found


def _floats(rows: Iterable[_Row], column: str) -> np.ndarray:
    return np.array([float(row[column]) for row in rows], dtype=np.float64)


def _ints(rows: Iterable[_Row], column: str) -> np.ndarray:
    return np.array([int(row[column]) for row in rows], dtype=np.int64)
