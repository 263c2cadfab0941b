"""Phrases of a line: where a player breathes or begins again.

In goes a line; out come its phrases, gapless: cut where a fitted model holds the end of a phrase
for likely (`licklab.licks.boundaries`). Slowing the line or moving its pitches changes nothing.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.boundaries import estimate_boundaries

# The best F1 on validation players, notes as annotated and with errors together.
_LIKELY = 0.40
# Two notes make an interval: fewer cannot be divided.
_FEWEST_TO_DIVIDE = 3


def find_phrases(line: SoloLine) -> tuple[NoteSpan, ...]:
    """Divide a line into phrases.

    Parameters
    ----------
    line : SoloLine
        With or without beats.

    Returns
    -------
    tuple of NoteSpan
        In order, without gaps, all notes in one of them; none for a line without notes.
    """
    if len(line) == 0:
        return ()
    if len(line) < _FEWEST_TO_DIVIDE:
        return (NoteSpan(0, len(line)),)
    return split(len(line), estimate_boundaries(line).phrase >= _LIKELY)


def split(n_notes: int, is_end: npt.NDArray[np.bool_]) -> tuple[NoteSpan, ...]:
    """Cut a line into spans.

    Parameters
    ----------
    n_notes : int
        Of the line, at least one.
    is_end : shape=(n_notes - 1,)
        Whether a span ends with this note.

    Returns
    -------
    tuple of NoteSpan
        In order, without gaps.
    """
    edges = [0, *(np.flatnonzero(is_end) + 1).tolist(), n_notes]
    return tuple(NoteSpan(start, stop) for start, stop in pairwise(edges))
