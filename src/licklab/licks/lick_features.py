"""What speaks for a span being a lick, and what against it, in numbers.

In go a line, its analysis and phrases, and spans; out comes a table with a row for each span. What
a player would call trivial is counted so that it can be held against it: repeated notes, trills and
riffs (periods of two or three notes), and runs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.line_analysis import LineAnalysis, NoteRole
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.repeats import count_repeats
from licklab.licks.surprise import load_intervals, span_bits

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PlayerCounter = Callable[[Sequence[int]], int]
"""Tells how many players of a corpus, the solo's own excepted, play pitches on any step."""

# Shares from which on a span is trivial, and the length that licks have: half of the annotated
# licks of the Weimar Jazz Database have 6 to 15 notes.
_REPEATED_SHARE, _RUN_SHARE = 0.4, 0.8
_SHORT, _LONG = 7, 15
_CHORD_TONES = (NoteRole.CHORD_TONE, NoteRole.GUIDE_TONE)


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
        Share of the notes that lie over one cadence.
    table : shape=(n_spans, n_columns)
        All that is weighed; `COLUMNS` names it, and `PLAYER_COLUMN` comes after it with a corpus.
    """

    repeats: Ints
    players: Ints | None
    bits: Floats
    cadence: Floats
    table: Floats


COLUMNS = (
    "repeats", "surprise", "short", "long", "cadence", "begins", "ends", "resolves",
    "repeated notes", "periodic", "run",
)  # fmt: skip
"""Of the table."""

PLAYER_COLUMN = "players"
"""The last column, where a corpus is asked."""


def measure_spans(
    line: SoloLine,
    analysis: LineAnalysis,
    phrases: Sequence[NoteSpan],
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
    phrases : sequence of NoteSpan
        Of the line, without gaps.
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
    intervals = np.diff(line.pitch_midi)
    repeats = count_repeats(line.pitch_midi, start, stop)
    bits = span_bits(line.pitch_midi, start, stop)
    cadence = cadence_coverage(line, analysis, start, stop)
    is_tone = np.array([one.role in _CHORD_TONES for one in analysis.notes])
    begins = np.isin(start, [one.start for one in phrases])
    ends = np.isin(stop, [one.stop for one in phrases])
    usual = load_intervals().usual
    middle = usual[np.minimum(n_notes, len(usual) - 1), 4]
    columns = [
        np.log2(repeats), bits / (n_notes - 1) - middle, np.maximum(_SHORT - n_notes, 0),
        np.maximum(n_notes - _LONG, 0), cadence, begins, ends, is_tone[stop - 1],
        np.maximum(_share(intervals == 0, start, stop - 1) - _REPEATED_SHARE, 0),
        _periodic(line.pitch_midi, start, stop),
        np.maximum(_run_share(intervals, start, stop) - _RUN_SHARE, 0),
    ]  # fmt: skip
    players = None
    if count_players is not None:
        players = np.array(
            [count_players(line.pitch_midi[one.start : one.stop].tolist()) for one in spans]
        )
        columns.append(np.log2(1 + players))
    table = np.stack([column.astype(np.float64) for column in columns], axis=1)
    return LickFeatures(repeats, players, bits, cadence, table)


def cadence_coverage(line: SoloLine, analysis: LineAnalysis, start: Ints, stop: Ints) -> Floats:
    """Tell how much of spans lies over a cadence.

    Parameters
    ----------
    line : SoloLine
        Of the spans.
    analysis : LineAnalysis
        With the cadences of its changes.
    start, stop : shape=(n_spans,)
        Of the spans.

    Returns
    -------
    shape=(n_spans,), 0 to 1
        Share of the notes over the one cadence that covers most.
    """
    best = np.zeros(len(start))
    for one in analysis.harmony.cadences:
        first, last = np.searchsorted(line.onset_sec, (one.onset_sec, one.offset_sec))
        common = np.minimum(stop, last) - np.maximum(start, first)
        best = np.maximum(best, common / (stop - start))
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
    """Give the share of steps that go on in the direction of the one before."""
    step = np.abs(intervals)
    is_step = (step >= 1) & (step <= 2)
    is_on = is_step[1:] & is_step[:-1] & (np.sign(intervals[1:]) == np.sign(intervals[:-1]))
    return _share(is_on, start, stop - 2)
