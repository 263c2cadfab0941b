"""Spans of a line that may be licks.

In goes a line; out come many more spans than there are licks, among them nearly every one that a
listener would mark. A phrase is not a lick: the line is cut at rests of several lengths, the
shortest no more than an articulation, and neighbouring pieces are also joined in pairs.
"""

from collections.abc import Iterable
from itertools import pairwise

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.phrases import split

FEWEST_NOTES, MOST_NOTES = 5, 24
"""Of a lick; half of those that are annotated in the Weimar Jazz Database have 6 to 15."""

_RESTS_SEC = (0.05, 0.1, 0.15, 0.2, 0.3, 0.45)


def propose_spans(line: SoloLine) -> tuple[NoteSpan, ...]:
    """Propose spans that may be licks.

    Parameters
    ----------
    line : SoloLine
        With or without beats.

    Returns
    -------
    tuple of NoteSpan
        Each once, by their first note, the shorter first.
    """
    if len(line) < FEWEST_NOTES:
        return ()
    rest_sec = line.onset_sec[1:] - line.offset_sec[:-1]
    found: set[NoteSpan] = set()
    for wanted_sec in _RESTS_SEC:
        pieces = split(len(line), rest_sec >= wanted_sec)
        pairs = (NoteSpan(a.start, b.stop) for a, b in pairwise(pieces))
        found |= _fitting(pieces) | _fitting(pairs)
    return tuple(sorted(found))


def _fitting(spans: Iterable[NoteSpan]) -> set[NoteSpan]:
    return {one for one in spans if FEWEST_NOTES <= len(one) <= MOST_NOTES}
