"""Places of a segment that may hold a pattern.

In goes a pattern's pitches, out come places: where its first note would be and how many semitones
higher, with the edit distance there. Four notes of the pattern that are in the solo, one after
another, are a seed; so are four with one other note among them, in the pattern, in the solo or in
both. A seed gives the transposition for free, so that a wrong note costs one edit where intervals
would count two. Every place that a seed finds is then measured by Myers' bit vectors ("A fast
bit-vector algorithm for approximate string matching based on dynamic programming", Journal of the
ACM 46, 1999), a few operations a note.
"""

import numpy as np
import numpy.typing as npt

from licklab.corpus.compiled import compiled
from licklab.corpus.seeds import Positions, Whole, interval_class, narrow

Ints = npt.NDArray[np.int64]

PIECE = 64
"""Notes of a pattern that are measured at once: bits of a word. Longer ones go in pieces."""

_GUARD = 256  # pitches minus transpositions lie within -127 and 254
BLOCK_BITS = 6
"""The solo of a place is looked up by blocks of 64 notes."""


def piece_masks(pitch: Ints) -> npt.NDArray[np.uint64]:
    """Tell for every pitch where in the pattern it is.

    Parameters
    ----------
    pitch : shape=(n_notes,), MIDI
        Of the pattern.

    Returns
    -------
    shape=(n_pieces, 512), bits
        Pieces of 64 notes that begin every 32; column 256 + p is pitch p.
    """
    n_pieces = max(1, -(-(len(pitch) - PIECE) // (PIECE // 2)) + 1)
    masks = np.zeros((n_pieces, 2 * _GUARD), dtype=np.uint64)
    for piece in range(n_pieces):
        start = piece_start(len(pitch), piece)
        for bit, one in enumerate(pitch[start : start + PIECE].tolist()):
            masks[piece, _GUARD + one] |= np.uint64(1 << bit)
    return masks


@compiled
def piece_start(n_notes: int, piece: int) -> int:
    """Give the first note of a piece of a pattern."""
    return max(0, min(piece * 32, n_notes - 64))


@compiled
def add_range(ranges: Ints, n_ranges: int, low: Whole, high: Whole, note: int) -> int:
    """Keep a range of the order and which note of the pattern its places are."""
    if low < high and n_ranges < len(ranges):
        ranges[n_ranges, 0], ranges[n_ranges, 1], ranges[n_ranges, 2] = low, high, note
        return n_ranges + 1
    return n_ranges


@compiled
def find_range(
    pitch: npt.NDArray[np.uint8], order: Positions, directory: Positions, classes: Ints, n: int
) -> tuple[Whole, Whole]:
    """Find the notes after which three or more intervals of these classes come."""
    triple = (classes[0] * 27 + classes[1]) * 27 + classes[2]
    low: Whole = np.int64(directory[triple])
    high: Whole = np.int64(directory[triple + 1])
    for depth in range(3, n):
        if low >= high:
            break
        low, high = narrow(pitch, order, low, high, depth, classes[depth])
    return low, high


@compiled
def list_ranges(
    pitch: npt.NDArray[np.uint8],
    order: Positions,
    directory: Positions,
    query: Ints,
    most: int,
    ranges: Ints,
) -> tuple[int, int]:
    """List the ranges of the order that seeds of a pattern lead to.

    Parameters
    ----------
    pitch, order, directory : ndarray
        Of a segment.
    query : shape=(n_notes,), MIDI
        The pattern.
    most : int
        Exact seeds with more places are made longer.
    ranges : shape=(room, 3), int
        Filled with low, high and the note of the pattern.

    Returns
    -------
    n_exact, n_ranges : int
        How many of plain seeds, which come first, and how many of all.
    """
    n_notes, found = len(query), 0
    classes = np.zeros(6, dtype=np.int64)
    for first in range(n_notes - 3):
        for step in range(3):
            classes[step] = interval_class(query[first + step + 1] - query[first + step])
        low, high = find_range(pitch, order, directory, classes, 3)
        depth = 3
        while high - low > most and depth < 6 and first + depth + 1 < n_notes:
            wanted = interval_class(query[first + depth + 1] - query[first + depth])
            low, high = narrow(pitch, order, low, high, depth, wanted)
            depth += 1
        found = add_range(ranges, found, low, high, first)
    n_exact = found
    notes = np.zeros(5, dtype=np.int64)
    for first in range(n_notes - 3):
        # One note of the solo is not in the pattern (4 of it make a seed), or stands in the place
        # of one (5 of it do).
        for n_given in range(4, 6 if first + 4 < n_notes else 5):
            for gap in range(1, 4):
                for step in range(5):
                    if step != gap:
                        notes[step] = query[first + step - (step > gap and n_given == 4)]
                before, after = notes[gap - 1], notes[gap + 1]
                for leap in range(-12, 13):
                    notes[gap] = before + leap
                    if n_given == 5 and notes[gap] == query[first + gap]:
                        continue
                    if abs(after - notes[gap]) > 12:
                        continue
                    for step in range(4):
                        classes[step] = interval_class(notes[step + 1] - notes[step])
                    low, high = find_range(pitch, order, directory, classes, 4)
                    found = add_range(ranges, found, low, high, first)
        # One note of the pattern is not in the solo.
        if first + 4 < n_notes:
            for gap in range(1, 4):
                at = 0
                for step in range(5):
                    if step != gap:
                        notes[at] = query[first + step]
                        at += 1
                for step in range(3):
                    classes[step] = interval_class(notes[step + 1] - notes[step])
                low, high = find_range(pitch, order, directory, classes, 3)
                found = add_range(ranges, found, low, high, first)
    return n_exact, found


@compiled
def measure(
    pitch: npt.NDArray[np.uint8], start: int, stop: int, mask: npt.NDArray[np.uint64],
    transposition: int, n_notes: int,
) -> int:  # fmt: skip
    """Give the least edit distance of a piece of a pattern to any part of a stretch."""
    positive, negative = ~np.uint64(0), np.uint64(0)
    one = np.uint64(1)
    top = one << np.uint64(n_notes - 1)
    distance = n_notes
    least = n_notes
    for at in range(start, stop):
        equal = mask[256 + np.int64(pitch[at] & 0x7F) - transposition]
        across = (((equal & positive) + positive) ^ positive) | equal
        up = negative | ~(across | positive)
        down = positive & across
        if up & top:
            distance += 1
        elif down & top:
            distance -= 1
        # Nothing is carried into the first row: the pattern may begin anywhere.
        up = up << one
        down = down << one
        along = equal | negative
        positive = down | ~(along | up)
        negative = up & along
        least = min(least, distance)
    return least


@compiled
def find_places(
    pitch: npt.NDArray[np.uint8],
    order: Positions,
    starts: Ints,
    solo_of_block: Ints,
    is_wanted: npt.NDArray[np.bool_],
    ranges: Ints,
    n_exact: int,
    query: Ints,
    masks: npt.NDArray[np.uint64],
    budget: int,
    slack: int,
    places: Ints,
) -> int:
    """Measure the places that the ranges lead to, plain and rare seeds first.

    Parameters
    ----------
    pitch, order : ndarray
        Of a segment.
    starts : shape=(n_solos + 1,), int
        First position of each solo; the last one is where the next would begin.
    solo_of_block : shape=(n_blocks,), int
        Solo of the first note of every 64 positions.
    is_wanted : shape=(n_solos,)
        Whether a solo may be found.
    ranges : shape=(n_ranges, 3), int
        Low, high and note of the pattern.
    n_exact : int
        How many of them, at the beginning, are of plain seeds.
    query : shape=(n_notes,), MIDI
        The pattern.
    masks : shape=(n_pieces, 512), bits
        From `piece_masks`.
    budget : int
        Seeds that are looked at, at most.
    slack : int
        Notes more or less that a solo may have.
    places : shape=(room, 4), int
        Filled with position of the first note, transposition, edit distance and solo.

    Returns
    -------
    int
        How many places there are.
    """
    n_notes, room = len(query), len(places)
    size = 1024
    while size < 2 * min(budget, room):
        size *= 2
    seen = np.zeros(size, dtype=np.int64)
    found, looked = 0, 0
    length = min(n_notes, 64)
    # Ranges by the power of two that they are shorter than: near enough to sorted.
    for turn in range(64):
        power = turn % 32 + 1
        for row in range(0 if turn < 32 else n_exact, n_exact if turn < 32 else len(ranges)):
            n_hits = ranges[row, 1] - ranges[row, 0]
            if n_hits >> (power - 1) != 1:
                continue
            note = ranges[row, 2]
            piece = min(note // 32, len(masks) - 1)
            begin = piece_start(n_notes, piece)
            for at in range(ranges[row, 0], ranges[row, 1]):
                if looked >= budget or found >= room:
                    return found
                looked += 1
                position = np.int64(order[at])
                transposition = np.int64(pitch[position] & 0x7F) - query[note]
                first = position - note
                key = ((first + 1024) >> 2) * 512 + transposition + 256
                slot = (key * 0x9E3779B97F4A7C1) >> 20 & (size - 1)
                while seen[slot] != 0 and seen[slot] != key:
                    slot = (slot + 1) & (size - 1)
                if seen[slot] == key:
                    continue
                seen[slot] = key
                solo = solo_of_block[position >> 6]
                while starts[solo + 1] <= position:
                    solo += 1
                if not is_wanted[solo]:
                    continue
                start = max(starts[solo], first + begin - slack)
                stop = min(starts[solo + 1] - 1, first + begin + length + slack)
                distance = measure(pitch, start, stop, masks[piece], transposition, length)
                places[found, 0], places[found, 1] = first, transposition
                places[found, 2], places[found, 3] = distance, solo
                found += 1
    return found
