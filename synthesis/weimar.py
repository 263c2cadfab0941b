"""Solos of the Weimar Jazz Database: notes as played, beats, chords and bass.

The Jazzomat Research Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0. Read from
`../shared/data/wjazzd` or `LICKLAB_SHARED_DATA`; nothing of it is kept in the project.
"""

import csv
import functools
import gzip
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# The database's spellings, longest first: the chord tones above the root in semitones.
_QUALITIES = (
    ("m7b5", (0, 3, 6, 10)), ("o", (0, 3, 6, 9)), ("-j", (0, 3, 7, 11)), ("-6", (0, 3, 7, 9)),
    ("-", (0, 3, 7, 10)), ("j", (0, 4, 7, 11)), ("6", (0, 4, 7, 9)), ("sus", (0, 5, 7, 10)),
    ("+", (0, 4, 8, 10)),
)  # fmt: skip
_ALTERATIONS = (("9b", 1), ("9#", 3), ("13b", 8), ("alt", 8))

# Players whose solos are never trained on. Test players are only ever reported; what has to be
# chosen is chosen on validation players.
TEST_PLAYERS = frozenset({
    "Chet Baker", "Dexter Gordon", "Cannonball Adderley", "J.J. Johnson", "Johnny Dodds",
    "Gerry Mulligan", "Milt Jackson", "Pat Martino", "Red Garland", "Woody Shaw",
    "Dizzy Gillespie", "Joe Lovano",
})  # fmt: skip
VALIDATION_PLAYERS = frozenset({
    "Art Pepper", "Fats Navarro", "Stan Getz", "Curtis Fuller", "Sidney Bechet", "Kenny Garrett",
    "Warne Marsh", "Herbie Hancock",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beat:
    """One beat of a solo.

    Attributes
    ----------
    onset_sec : float
        When it falls.
    number : int
        In its bar, from 1.
    root, tones : int and tuple of int, or None
        Pitch class of the chord in force and its tones in semitones above; None without chord.
    bass_midi : int or None
        What the bass plays on it, where known.
    chord : str
        In force, as the database spells it; ``NC`` for none.
    per_bar : int
        Beats of its bar.
    """

    onset_sec: float
    number: int
    root: int | None
    tones: tuple[int, ...]
    bass_midi: int | None
    chord: str = "NC"
    per_bar: int = 4


@dataclass(frozen=True, slots=True)
class Solo:
    """One annotated solo.

    Attributes
    ----------
    sid, performer, instrument : str
        As in the database.
    tempo_bpm : float
        Its mean.
    notes : shape=(n, 4)
        Onset and duration in seconds, MIDI pitch, loudness in dB.
    beats : tuple of Beat
        In order.
    key : str
        As in the database, such as ``Bb-maj``; empty where unknown.
    title : str
        Of the tune.
    """

    sid: str
    performer: str
    instrument: str
    tempo_bpm: float
    notes: np.ndarray
    beats: tuple[Beat, ...]
    key: str = ""
    title: str = ""


def find_shared_data() -> Path:
    """Find the folder of shared data; it may be absent."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("LICKLAB_SHARED_DATA", beside))


@functools.cache
def read_solos() -> tuple[Solo, ...]:
    """Read every shared solo, in the order of the database.

    Raises
    ------
    FileNotFoundError
        If the shared data are absent.
    """
    folder = find_shared_data() / "wjazzd"
    notes: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for row in _rows(folder / "notes.csv.gz"):
        loudness = float(row["loud_median"] or 65.0)
        onset, duration = float(row["onset"]), float(row["duration"])
        notes[row["sid"]].append((onset, duration, float(row["pitch"]), loudness))
    beats: dict[str, list[Beat]] = defaultdict(list)
    for row in _rows(folder / "beats.csv.gz"):
        root, tones = parse_chord(row["chord"])
        bass = int(float(row["bass"])) if row["bass"] else None
        beats[row["sid"]].append(
            Beat(float(row["onset"]), int(row["beat"]), root, tones, bass, row["chord"] or "NC",
                 int(row["period"]))
        )  # fmt: skip
    solos = []
    for row in _rows(folder / "solos.csv"):
        sid = row["sid"]
        solos.append(Solo(sid, row["performer"], row["instrument"], float(row["avgtempo"]),
                          np.array(sorted(notes[sid])), tuple(beats[sid]), row["key"],
                          row["title"]))  # fmt: skip
    return tuple(solos)


def parse_chord(text: str) -> tuple[int | None, tuple[int, ...]]:
    """Read a chord as the database spells it: root and tones above it in semitones."""
    match = re.match(r"([A-G])([#b]?)([^/]*)", text)
    if match is None or text.startswith("NC"):
        return None, ()
    root = (_PITCH_CLASSES[match[1]] + {"#": 1, "b": -1, "": 0}[match[2]]) % 12
    kind = match[3]
    if not kind:
        return root, (0, 4, 7, 9)
    for start, tones in _QUALITIES:
        if kind.startswith(start):
            return root, tones
    return root, (0, 4, 7, 10, *(tone for name, tone in _ALTERATIONS if name in kind))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    file: TextIO
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        yield from csv.DictReader(file)
