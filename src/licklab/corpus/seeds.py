"""The order of all notes of a segment by the intervals that follow them.

In go pitches, out goes one number a note: positions sorted by the next six intervals, and a
directory of the first three. The notes that begin with any three to six given intervals lie
together in that order, so one array serves seeds of every length: a seed is made longer until it
is rare enough. Intervals beyond an octave count as one (13 semitones up, or down); what a seed
finds is always compared note by note afterwards.

The order is a suffix array cut off after six intervals (Manber and Myers, "Suffix arrays: a new
method for on-line string searches", SIAM Journal on Computing 22, 1993).
"""

import numpy as np
import numpy.typing as npt

from licklab.corpus.compiled import compiled

N_CLASSES = 27
"""Kinds of intervals: -12 to 12 semitones, and more than an octave down or up."""

DEPTH = 6
"""Intervals by which notes are ordered: 27 ** 6 is the highest power below 2 ** 32."""

DIRECTORY_DEPTH = 3
"""Intervals of the shortest seed: 27 ** 3 entries are .08 MB a segment."""

PITCH_BITS, SHORT_BIT = 0x7F, 0x80
"""What is the pitch of a stored note, and what tells that it is short."""

Positions = npt.NDArray[np.uint32]
Whole = int | np.int64
"""What numba takes for the same; of unsigned numbers it would make floats."""


def order_notes(pitch: npt.NDArray[np.uint8]) -> tuple[Positions, Positions]:
    """Order the notes of a segment.

    Parameters
    ----------
    pitch : shape=(n_positions,), MIDI
        Solos one after another, each followed by a 0; `DEPTH` more zeros at the end.

    Returns
    -------
    order : shape=(n_seeds,), int
        Positions of notes that have three more of their solo after them, by their intervals.
    directory : shape=(N_CLASSES ** 3 + 1,), int
        Where in the order each triple of intervals begins.
    """
    plain = (pitch & PITCH_BITS).astype(np.int16)
    classes = (np.clip(np.diff(plain), -13, 13) + 13).astype(np.uint32)
    n_positions = len(plain) - DEPTH
    code = np.zeros(n_positions, dtype=np.uint32)
    for step in range(DEPTH):
        code *= np.uint32(N_CLASSES)
        code += classes[step : step + n_positions]
    has_seed = np.ones(n_positions, dtype=np.bool_)
    for step in range(DIRECTORY_DEPTH + 1):
        has_seed &= plain[step : step + n_positions] > 0
    positions = np.flatnonzero(has_seed).astype(np.uint32)
    code = code[positions]
    by_code = np.argsort(code, kind="stable")
    triples = code // np.uint32(N_CLASSES ** (DEPTH - DIRECTORY_DEPTH))
    counts = np.bincount(triples, minlength=N_CLASSES**DIRECTORY_DEPTH)
    directory = np.concatenate(([0], np.cumsum(counts))).astype(np.uint32)
    return positions[by_code], directory


@compiled
def interval_class(semitones: int) -> int:
    """Give the class of an interval, 0 to 26."""
    return min(max(semitones, -13), 13) + 13


@compiled
def narrow(
    pitch: npt.NDArray[np.uint8],
    order: Positions,
    low: Whole,
    high: Whole,
    depth: int,
    wanted: int,
) -> tuple[Whole, Whole]:
    """Narrow a range of the order to those notes whose interval number `depth` is the wanted one.

    Parameters
    ----------
    pitch : shape=(n_positions,)
        As for `order_notes`.
    order : shape=(n_seeds,)
        From there.
    low, high : int
        A range of the order in which the first `depth` intervals are all the same.
    depth : int
        Which interval, from 0; below `DEPTH`.
    wanted : int
        Its class.

    Returns
    -------
    low, high : int
        The narrower range; empty if there is none.
    """
    bounds: tuple[Whole, Whole] = (0, 0)
    for side in range(2):
        left, right = low, high
        while left < right:
            middle = (left + right) >> 1
            at = order[middle] + depth
            found = interval_class((pitch[at + 1] & 0x7F) - np.int64(pitch[at] & 0x7F))
            if found < wanted + side:
                left = middle + 1
            else:
                right = middle
        bounds = (left, bounds[0]) if side == 0 else (bounds[0], left)
    return bounds
