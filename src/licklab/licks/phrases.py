"""Phrases of a line: where a player breathes or begins again.

In goes a line; out come its phrases, gapless. A phrase ends where a rest is at least .30 s long;
the less sure the listener is of the notes around it, the longer it has to be, up to .40 s, as a
missed note or an early end looks like a rest.
"""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import NoteSpan, SoloLine

# The best single rests for notes as annotated, and for notes of which a tenth is wrong:
# benchmarks.licks.phrases on the Weimar Jazz Database.
_REST_SEC, _UNSURE_REST_SEC = 0.30, 0.40


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
    rest_sec = line.onset_sec[1:] - line.offset_sec[:-1]
    sure = np.minimum(line.confidence[1:], line.confidence[:-1])
    wanted_sec = _UNSURE_REST_SEC + (_REST_SEC - _UNSURE_REST_SEC) * sure
    return split(len(line), rest_sec >= wanted_sec)


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
