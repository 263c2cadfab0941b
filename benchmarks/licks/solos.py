"""Weimar solos as lines with their annotated phrases, units and chords."""

import functools
import gzip
import re
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from synthesis.weimar import find_shared_data

from benchmarks.score.solos import AnnotatedSolo, by_solo, read_annotated, read_table
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.notation.played_places import PlayedPlace
from licklab.notation.solo_lines import draw_line

# `void->lick` counts as void. Marks say that a unit goes on from the one before (~), or takes one
# up (#), how far back and how changed.
_IDEA = re.compile(r"[~#]*\d*[+\-=]?([a-z]+).*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A mid-level unit as the database annotates it.

    Attributes
    ----------
    span : NoteSpan
        Its notes.
    kind : str
        ``lick``, ``line``, ``melody``, ``rhythm``, ``theme``, ``quote``, ``void``, ...
    """

    span: NoteSpan
    kind: str


@dataclass(frozen=True, slots=True)
class AnnotatedLine:
    """A solo as a line, with what is annotated.

    Attributes
    ----------
    sid, performer, title, instrument, style : str
        As in the database.
    year : int or None
        Of the recording.
    line : SoloLine
        With true places and chords.
    phrases : tuple of NoteSpan
        In order, without gaps.
    units : tuple of Unit
        In order.
    solo : AnnotatedSolo
        Its transcription and beats.
    """

    sid: str
    performer: str
    title: str
    instrument: str
    style: str
    year: int | None
    line: SoloLine
    phrases: tuple[NoteSpan, ...]
    units: tuple[Unit, ...]
    solo: AnnotatedSolo


@functools.cache
def read_lines() -> tuple[AnnotatedLine, ...]:
    """Read every shared solo, in the order of the database."""
    folder = find_shared_data() / "wjazzd"
    solos = {row["sid"]: row for row in read_table(folder / "solos.csv")}
    notes = by_solo(folder / "notes.csv.gz")
    found = []
    annotated = read_annotated()
    ideas = _read_ideas(folder / "wjazzd_dev.db.gz")
    for solo, heard_ideas in zip(annotated, ideas, strict=True):
        row = solos[solo.sid]
        rows = sorted(notes[solo.sid], key=lambda one: float(one["onset"]))
        lengths = np.diff(solo.beats_sec)
        places = [
            PlayedPlace(
                int(one["bar"]), int(one["beat"]), int(one["division"]), int(one["tatum"]),
                float(lengths[min(place.beat, len(lengths) - 1)]),
            )
            for one, place in zip(rows, solo.places, strict=True)
        ]  # fmt: skip
        line = draw_line(solo.transcription, places)
        # A few onsets are struck together: the line has one note less there.
        kept = np.array([int(one[1:]) - 1 for one in line.note_ids])
        found.append(
            AnnotatedLine(
                solo.sid,
                solo.performer,
                row["title"],
                row["instrument"],
                row["style"],
                int(row["recordingyear"]) if row["recordingyear"].isdigit() else None,
                line,
                tuple(_spans(np.array([int(one["phrase_id"] or 0) for one in rows])[kept])),
                tuple(_units(heard_ideas, kept)),
                solo,
            )
        )
    return tuple(found)


def _spans(labels: npt.NDArray[np.int64]) -> list[NoteSpan]:
    edges = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    return [NoteSpan(start, stop) for start, stop in pairwise(edges)]


def _units(ideas: list[tuple[NoteSpan, str]], kept: npt.NDArray[np.int64]) -> list[Unit]:
    """Give the units by the notes of the line; a few lose a note that is struck with another."""
    units = []
    for span, idea in ideas:
        start, stop = (int(one) for one in np.searchsorted(kept, (span.start, span.stop)))
        match = _IDEA.fullmatch(idea)
        if match and match[1] != "nan" and stop > start:
            units.append(Unit(NoteSpan(start, stop), match[1]))
    return units


def _read_ideas(path: Path) -> list[list[tuple[NoteSpan, str]]]:
    """Read the units of every solo, in the order of the database."""
    with tempfile.NamedTemporaryFile(suffix=".db") as unpacked:
        unpacked.write(gzip.decompress(path.read_bytes()))
        unpacked.flush()
        with closing(sqlite3.connect(unpacked.name)) as database:
            melids = [one for (one,) in database.execute("SELECT melid FROM solo_info")]
            found: dict[int, list[tuple[NoteSpan, str]]] = {one: [] for one in sorted(melids)}
            rows = database.execute(
                "SELECT melid, start, end, value FROM sections WHERE type = 'IDEA' ORDER BY start"
            )
            for melid, start, end, value in rows:
                found[melid].append((NoteSpan(int(start), int(end) + 1), str(value)))
    return list(found.values())
