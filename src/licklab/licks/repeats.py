"""Where a line plays some of its notes again: on any pitch, and with small changes.

Two stretches are the same when their intervals are; rhythm does not count. Places with edits are
sought by aligning the intervals of the lick with those of the whole line (Sellers, J. Algorithms
1(4), 1980), one row of the table at a time: a changed, added or left-out note changes two intervals
at most. What is found is measured in notes.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import NoteSpan

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A place where some notes are played again.

    Attributes
    ----------
    span : NoteSpan
        Its notes.
    transposition_semitones : int
        How much higher than the first time.
    similarity : float, 0 to 1
        Share of the notes that need no edit.
    """

    span: NoteSpan
    transposition_semitones: int
    similarity: float


def count_repeats(pitch_midi: Ints, start: Ints, stop: Ints) -> Ints:
    """Count how often spans of a line are played in it.

    Parameters
    ----------
    pitch_midi : shape=(n_notes,)
        Of the line.
    start, stop : shape=(n_spans,)
        Of the spans, each of two notes or more.

    Returns
    -------
    shape=(n_spans,)
        Places with the same intervals that do not overlap, itself among them.
    """
    intervals = np.diff(pitch_midi)
    counts = np.ones(len(start), np.int64)
    for n_notes in np.unique(stop - start).tolist():
        windows = np.lib.stride_tricks.sliding_window_view(intervals, n_notes - 1)
        _, label = np.unique(windows, axis=0, return_inverse=True)
        order = np.argsort(label, kind="stable")
        apart = _count_apart(order, label[order], n_notes)
        at = np.flatnonzero(stop - start == n_notes)
        counts[at] = apart[label[start[at]]]
    return counts


def _count_apart(order: Ints, label: Ints, n_notes: int) -> Ints:
    """Count the windows of each label, those left out that overlap the one counted before."""
    counts = np.bincount(label)
    many = np.flatnonzero(counts > 1)
    first = np.searchsorted(label, many)
    for one, begin in zip(many.tolist(), first.tolist(), strict=True):
        free, total = -1, 0
        for place in order[begin : begin + counts[one]].tolist():
            if place >= free:
                total += 1
                free = place + n_notes
        counts[one] = total
    return counts


def find_repeats(pitch_midi: Ints, span: NoteSpan, least_similarity: float) -> tuple[Repeat, ...]:
    """Find where the notes of a span are played again.

    Parameters
    ----------
    pitch_midi : shape=(n_notes,)
        Of the line.
    span : NoteSpan
        Of two notes or more.
    least_similarity : float, 0 to 1
        Places less similar are left out.

    Returns
    -------
    tuple of Repeat
        The span itself, then the others in order; none overlaps another.
    """
    intervals = np.diff(pitch_midi)
    distance, begin = _align(intervals, intervals[span.start : span.stop - 1])
    ends = np.flatnonzero(1 - np.ceil(distance / 2) / len(span) >= least_similarity)
    found: list[Repeat] = []
    taken = np.zeros(len(pitch_midi), np.bool_)
    taken[span.start : span.stop] = True
    # Of places that are as good, the one with as many notes.
    other_length = np.abs(ends + 2 - begin[ends] - len(span))
    for end in ends[np.lexsort((other_length, distance[ends]))].tolist():
        stop = end + 2
        # Intervals may fit better one note later by chance: as many notes are tried as well.
        tried = [
            _compare(pitch_midi, span, NoteSpan(first, stop))
            for first in {int(begin[end]), max(stop - len(span), 0)}
            if stop - first > 1 and not taken[first:stop].any()
        ]
        again = max(tried, key=lambda one: (one.similarity, one.span), default=None)
        if again is not None and again.similarity >= least_similarity:
            taken[again.span.start : stop] = True
            found.append(again)
    return (Repeat(span, 0, 1.0), *sorted(found, key=lambda one: one.span))


def _compare(pitch_midi: Ints, span: NoteSpan, again: NoteSpan) -> Repeat:
    wanted: list[int] = pitch_midi[span.start : span.stop].tolist()
    played: list[int] = pitch_midi[again.start : again.stop].tolist()
    higher = _transposition(wanted, played)
    edits = _count_edits(wanted, [one - higher for one in played])
    return Repeat(again, higher, 1 - edits / len(span))


def _count_edits(wanted: list[int], played: list[int]) -> int:
    """Count the notes that are changed, added or left out (Levenshtein)."""
    while wanted and played and wanted[-1] == played[-1]:
        wanted, played = wanted[:-1], played[:-1]
    row = list(range(len(played) + 1))
    for i, one in enumerate(wanted, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(played, start=1):
            before, row[j] = row[j], min(before + (one != other), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def _transposition(wanted: list[int], played: list[int]) -> int:
    """Find by how much most notes are higher; a left-out note moves the rest by one place."""
    reach = abs(len(wanted) - len(played))
    counts = Counter(
        other - one
        for late in range(-reach, reach + 1)
        for one, other in zip(wanted[max(-late, 0) :], played[max(late, 0) :], strict=False)
    )
    return min(counts, key=lambda higher: (-counts[higher], higher))


def _align(intervals: Ints, pattern: Ints) -> tuple[Floats, Ints]:
    """Align a pattern with every stretch of a line.

    Returns the fewest edits of a match that ends with each interval, and where it begins.
    """
    place = np.arange(len(intervals) + 1)
    cost, begin = np.zeros(len(place)), place.copy()
    for wanted in pattern.tolist():
        paired = cost[:-1] + (intervals != wanted)
        left_out = cost + 1
        is_paired = paired <= left_out[1:]
        row = left_out.copy()
        row[1:] = np.where(is_paired, paired, left_out[1:])
        source = begin.copy()
        source[1:] = np.where(is_paired, begin[:-1], begin[1:])
        # An added interval of the line costs one more than the place before it.
        lowest = np.minimum.accumulate(row - place)
        at = np.maximum.accumulate(np.where(row - place <= lowest, place, 0))
        cost, begin = row[at] + place - at, source[at]
    return cost[1:], begin[1:]
