"""What speaks for a span being a lick, and what against it, in numbers.

In go a line, its analysis, and spans; out comes a table with a row for each span. What a player
would call trivial is counted so that it can be held against it: repeated notes, trills and riffs
(periods of two or three notes), few pitches, and runs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.boundaries import estimate_boundaries
from licklab.licks.candidates import weigh_spans
from licklab.licks.repeats import count_repeats
from licklab.licks.surprise import span_bits

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PlayerCounter = Callable[[Sequence[int]], int]
"""Tells how many players of a corpus, the solo's own excepted, play pitches on any step."""

COLUMNS = (
    "repeats", "surprise", "short", "long", "cadence", "repeated", "periodic", "distinct",
    "longest", "pace", "uneven",
)  # fmt: skip
"""Of the table."""

PLAYER_COLUMN = "players"
"""The last column, where a corpus is asked."""

# The length that licks have: half of the annotated licks of the Weimar Jazz Database have 6 to 15
# notes, and shared vocabulary begins with 7.
_SHORT, _LONG = 7, 15
# Share of repeated notes from which on they count against a span.
_REPEATED_SHARE = 0.4
# Share of distinct pitches beyond which more of them say nothing but that a span is short; with or
# without it training players have the same average precision.
_DISTINCT_SHARE = 0.6
# Fewer notes are no pattern of anybody, and a corpus does not look for them.
_FEWEST_ASKED = 4
# Nearer together, onsets are one: a grace note.
_SHORTEST_SEC = 0.02
# Semitones of a step of a scale.
_STEPS = (1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class LickFeatures:
    """What is known about spans of a line.

    Attributes
    ----------
    repeats : shape=(n_spans,)
        Times that the solo plays the same intervals, itself among them.
    players : shape=(n_spans,), or None
        Players of the corpus who play it; None without a corpus.
    bits : shape=(n_spans,)
        Of surprise.
    cadence : shape=(n_spans,), 0 to 1
        Share of the notes that lie over one cadence, of which they touch two chords or more.
    run : shape=(n_spans,), 0 to 1
        Share of the steps that go on by step in the direction of the one before.
    repeated : shape=(n_spans,), 0 to 1
        Share of the notes that are the one before again.
    edges : shape=(n_spans,), log probability
        That an idea is just these notes: `licklab.licks.candidates.weigh_spans`.
    table : shape=(n_spans, n_columns)
        What is weighed; `COLUMNS` names it, and `PLAYER_COLUMN` comes after it with a corpus.
    """

    repeats: Ints
    players: Ints | None
    bits: Floats
    cadence: Floats
    run: Floats
    repeated: Floats
    edges: Floats
    table: Floats


def measure_spans(
    line: SoloLine,
    analysis: LineAnalysis,
    spans: Sequence[NoteSpan],
    count_players: PlayerCounter | None = None,
) -> LickFeatures:
    """Measure what is weighed.

    Parameters
    ----------
    line : SoloLine
        With or without beats.
    analysis : LineAnalysis
        Of the line.
    spans : sequence of NoteSpan
        At least one, each of three notes or more.
    count_players : callable, optional
        Tells how many players of a corpus play something.

    Returns
    -------
    LickFeatures
        In the order of the spans.
    """
    start = np.array([one.start for one in spans])
    stop = np.array([one.stop for one in spans])
    n_notes = stop - start
    repeats = count_repeats(line.pitch_midi, start, stop)
    bits = span_bits(line.pitch_midi, start, stop)
    cadence = _cover_cadences(line, analysis, start, stop)
    repeated = _share(np.diff(line.pitch_midi) == 0, start, stop - 1)
    columns = [
        np.log2(repeats), bits / (n_notes - 1), np.maximum(_SHORT - n_notes, 0),
        np.maximum(n_notes - _LONG, 0), cadence, np.maximum(repeated - _REPEATED_SHARE, 0),
        _periodic(line.pitch_midi, start, stop), *_shape(line, spans),
    ]  # fmt: skip
    players = None
    if count_players is not None:
        pitches = line.pitch_midi.tolist()
        players = np.array(
            [
                count_players(pitches[one.start : one.stop]) if len(one) >= _FEWEST_ASKED else 0
                for one in spans
            ]
        )
        columns.append(np.log2(1 + players))
    edges = weigh_spans(estimate_boundaries(line).idea, start, stop)
    run = _run_share(np.diff(line.pitch_midi), start, stop)
    table = np.stack([column.astype(np.float64) for column in columns], axis=1)
    return LickFeatures(repeats, players, bits, cadence, run, repeated, edges, table)


def _cover_cadences(line: SoloLine, analysis: LineAnalysis, start: Ints, stop: Ints) -> Floats:
    """Give the share of notes over the one cadence that covers most."""
    best = np.zeros(len(start))
    for one in analysis.harmony.cadences:
        first = int(np.searchsorted(line.chord, one.first_chord, side="left"))
        last = int(np.searchsorted(line.chord, one.last_chord, side="right"))
        begin, end = np.maximum(start, first), np.minimum(stop, last)
        common = np.maximum(end - begin, 0)
        at = np.flatnonzero(common > 1)
        moves = line.chord[begin[at]] < line.chord[end[at] - 1]
        best[at[moves]] = np.maximum(best[at[moves]], (common / (stop - start))[at[moves]])
    return best


def _share(is_so: Bools, start: Ints, stop: Ints) -> Floats:
    total = np.concatenate([[0], np.cumsum(is_so)])
    shares: Floats = (total[stop] - total[start]) / np.maximum(stop - start, 1)
    return shares


def _periodic(pitch_midi: Ints, start: Ints, stop: Ints) -> Floats:
    """Give the share of notes that are as two or three notes before, of which is more."""
    shares = [
        _share(pitch_midi[lag:] == pitch_midi[:-lag], start, np.maximum(stop - lag, start))
        if len(pitch_midi) > lag else np.zeros(len(start))
        for lag in (2, 3)
    ]  # fmt: skip
    higher: Floats = np.maximum(*shares)
    return higher


def _run_share(intervals: Ints, start: Ints, stop: Ints) -> Floats:
    is_step = np.isin(np.abs(intervals), _STEPS)
    is_on = is_step[1:] & is_step[:-1] & (np.sign(intervals[1:]) == np.sign(intervals[:-1]))
    return _share(is_on, start, stop - 2)


def _shape(line: SoloLine, spans: Sequence[NoteSpan]) -> list[Floats]:
    """Give the share of distinct pitches; the longest, mean and spread of steps between onsets.

    Steps are octaves of the pace of the line, the median of all.
    """
    step_sec = np.maximum(np.diff(line.onset_sec), _SHORTEST_SEC)
    step = np.log2(step_sec / np.median(step_sec))
    pitches = line.pitch_midi.tolist()
    rows = []
    for one in spans:
        distinct = min(len(set(pitches[one.start : one.stop])) / len(one), _DISTINCT_SHARE)
        within = step[one.start : one.stop - 1]
        rows.append((distinct, within.max(), within.mean(), within.std()))
    return list(np.array(rows, np.float64).T)
