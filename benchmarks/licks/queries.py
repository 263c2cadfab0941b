"""Known-item queries: a stretch of a solo, played with errors in another key and tempo.

Every note is, at the given rate, replaced by one up to a major third away, left out, or followed by
one more; the whole is moved by up to a tritone, played 1.6 times faster to slower, and every onset
is off by 20 ms. The query is answered when a match lies in the same solo and covers half of where
it was taken from.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.licks.solos import AnnotatedLine
from licklab.corpus.match import Match
from licklab.corpus.query import MIN_NOTES, Query
from licklab.corpus.solo import CorpusSolo, SoloInfo
from licklab.domain.solo_line import Floats, Ints, NoteSpan, SoloLine

_STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)
_JITTER_SEC = 0.02
_FASTEST, _SLOWEST = 0.6, 1.6


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes
    ----------
    name : str
        For the table.
    n_notes : int
        Taken from the solo.
    rate : float or None
        Errors a note.
    n_edits : int
        Errors, where they are counted.
    wanted : float or None
        Recall at 10 that is wanted.
    """

    name: str
    n_notes: int
    rate: float | None
    n_edits: int = 0
    wanted: float | None = None


ROWS = (
    Row("12 notes 15 %", 12, 0.15, wanted=0.97),
    Row("16 notes 20 %", 16, 0.2, wanted=0.99),
    Row("8 notes 1 edit", 8, None, 1, wanted=0.95),
    Row("12 notes 20 %", 12, 0.2),
    Row("8 notes 2 edits", 8, None, 2),
)


@dataclass(frozen=True, slots=True, eq=False)
class KnownItem:
    """A query and where it was taken from.

    Attributes
    ----------
    solo : int
        Place of the solo among the lines.
    span : NoteSpan
        In it.
    query : Query
        With errors.
    """

    solo: int
    span: NoteSpan
    query: Query


def draw_queries(
    lines: Sequence[SoloLine], solos: Sequence[int], row: Row, count: int, seed: int
) -> list[KnownItem]:
    """Draw queries from some of the lines."""
    rng = np.random.default_rng([seed, row.n_notes, row.n_edits])
    long_enough = [one for one in solos if len(lines[one]) > row.n_notes]
    items: list[KnownItem] = []
    while len(items) < count:
        solo = int(rng.choice(long_enough))
        line = lines[solo]
        start = int(rng.integers(0, len(line) - row.n_notes))
        span = NoteSpan(start, start + row.n_notes)
        pitch, onset, offset = _play_badly(line, span, row, rng)
        if len(pitch) < MIN_NOTES:
            continue
        speed = float(np.exp(rng.uniform(np.log(_FASTEST), np.log(_SLOWEST))))
        played = np.maximum.accumulate(onset * speed + rng.normal(0, _JITTER_SEC, len(onset)))
        query = Query(pitch + int(rng.integers(-6, 7)), played, played + (offset - onset) * speed)
        items.append(KnownItem(solo, span, query))
    return items


def rank_of(item: KnownItem, matches: Sequence[Match], sids: Sequence[str]) -> int:
    """Give the place of the first match that answers, from 0; 99 for none."""
    for rank, match in enumerate(matches):
        common = min(item.span.stop, match.span.stop) - max(item.span.start, match.span.start)
        if match.info.id == sids[item.solo] and common >= len(item.span) / 2:
            return rank
    return 99


def to_corpus_solos(lines: Sequence[AnnotatedLine]) -> list[CorpusSolo]:
    """Make the solos of a corpus."""
    return [
        CorpusSolo(
            SoloInfo(one.sid, one.performer, one.title, one.instrument, one.style, one.year,
                     "Weimar Jazz Database", "ODbL 1.0"),
            one.line, one.phrases,
        )
        for one in lines
    ]  # fmt: skip


def _play_badly(
    line: SoloLine, span: NoteSpan, row: Row, rng: np.random.Generator
) -> tuple[Ints, Floats, Floats]:
    n_notes = len(span)
    if row.rate is None:
        wrong = set(rng.choice(n_notes, row.n_edits, replace=False).tolist())
    else:
        wrong = set(np.flatnonzero(rng.random(n_notes) < row.rate).tolist())
    played: list[tuple[float, float, int]] = []
    for step in range(n_notes):
        at = span.start + step
        onset, offset = float(line.onset_sec[at]), float(line.offset_sec[at])
        pitch = int(line.pitch_midi[at])
        kind = str(rng.choice(["replaced", "left out", "one more"])) if step in wrong else ""
        if kind == "left out":
            continue
        if kind == "replaced":
            pitch += int(rng.choice(_STEPS))
        played.append((onset, offset, pitch))
        if kind == "one more":
            following = float(line.onset_sec[at + 1]) if at + 1 < len(line) else offset + 0.3
            between = onset + (following - onset) * rng.uniform(0.3, 0.7)
            played.append((between, following, pitch + int(rng.choice(_STEPS))))
    table = np.array(played).reshape(-1, 3)
    return table[:, 2].astype(np.int64), table[:, 0], table[:, 1]
