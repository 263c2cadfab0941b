"""How many performers of the corpus play a pattern, by exact intervals.

The order of the index holds all places of the first six intervals side by side; the rest is
compared note by note.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.corpus.candidates import find_range
from licklab.corpus.compiled import compiled
from licklab.corpus.filtering import fold
from licklab.corpus.index import SeedIndex
from licklab.corpus.query import MIN_NOTES
from licklab.corpus.seeds import DEPTH, Positions, interval_class
from licklab.domain.solo_line import Ints
from licklab.errors import QueryError


def count_players(index: SeedIndex, pitches: Sequence[int], *, excluding: str | None = None) -> int:
    """Count the performers who play a pattern with exactly these intervals, in any key.

    Parameters
    ----------
    index : SeedIndex
        Of the corpus.
    pitches : sequence of int, MIDI
        Of the pattern, 4 or more.
    excluding : str, optional
        A performer who does not count, in any spelling of cases.

    Returns
    -------
    int
        Solos whose performer is not known do not count.

    Raises
    ------
    QueryError
        If there are too few notes.
    """
    return count_players_batch(index, [pitches], excluding=excluding)[0]


def count_players_batch(
    index: SeedIndex, patterns: Sequence[Sequence[int]], *, excluding: str | None = None
) -> tuple[int, ...]:
    """Count the performers of many patterns.

    Parameters
    ----------
    index : SeedIndex
        Of the corpus.
    patterns : sequence of sequence of int, MIDI
        Of 4 pitches or more each.
    excluding : str, optional
        A performer who does not count, in any spelling of cases.

    Returns
    -------
    tuple of int
        How many play each.

    Raises
    ------
    QueryError
        If a pattern has too few notes.
    """
    own = -1 if excluding is None else index.performers.get(fold(excluding), -1)
    counts = []
    for pattern in patterns:
        if len(pattern) < MIN_NOTES:
            raise QueryError(f"want patterns of {MIN_NOTES} notes or more, got {len(pattern)}")
        pitch = np.array(pattern, dtype=np.int64)
        plays = np.zeros(len(index.performers), dtype=np.bool_)
        for segment in index.segments:
            arrays = segment.arrays
            mark_players(
                arrays.pitch, arrays.order, arrays.directory, arrays.starts,
                segment.solo_of_block, segment.performer, pitch, plays,
            )  # fmt: skip
        if own >= 0:
            plays[own] = False
        counts.append(int(np.count_nonzero(plays)))
    return tuple(counts)


@compiled
def mark_players(
    pitch: npt.NDArray[np.uint8],
    order: Positions,
    directory: Positions,
    starts: Ints,
    solo_of_block: Ints,
    performer: Ints,
    query: Ints,
    plays: npt.NDArray[np.bool_],
) -> None:
    """Mark everybody in a segment who plays a pattern.

    Parameters
    ----------
    pitch, order, directory, starts, solo_of_block, performer : ndarray
        Of the segment.
    query : shape=(n_notes,), MIDI
        The pattern.
    plays : shape=(n_performers,)
        Marked where somebody does.
    """
    n_intervals = len(query) - 1
    classes = np.zeros(DEPTH, dtype=np.int64)
    for step in range(min(n_intervals, DEPTH)):
        classes[step] = interval_class(query[step + 1] - query[step])
    low, high = find_range(pitch, order, directory, classes, min(n_intervals, DEPTH))
    for at in range(low, high):
        position = np.int64(order[at])
        solo = solo_of_block[position >> 6]
        while starts[solo + 1] <= position:
            solo += 1
        who = performer[solo]
        if who < 0 or plays[who] or position + n_intervals >= starts[solo + 1] - 1:
            continue
        move = np.int64(pitch[position] & 0x7F) - query[0]
        is_same = True
        for step in range(1, n_intervals + 1):
            if np.int64(pitch[position + step] & 0x7F) - query[step] != move:
                is_same = False
                break
        if is_same:
            plays[who] = True
