"""Spans of a line that may be licks.

In goes a line; out come several times as many spans as there are licks, among them nearly every
one that a listener would mark. A phrase is not a lick, and a lick may end where no rest is: a span
is proposed when it is likely that an idea ends before it and with it, and not too unlikely that
none ends within. That is its weight in a semi-Markov chain over the gaps (Sarawagi and Cohen, NIPS
2004), without any say for its length.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.boundaries import estimate_boundaries

Floats = npt.NDArray[np.float64]

FEWEST_NOTES, MOST_NOTES = 5, 24
"""Of a lick; half of those that are annotated in the Weimar Jazz Database have 6 to 15."""

# About three spans for ten notes: beyond, hardly another annotated lick of validation players is
# met by half of its notes.
_LEAST_LOG_WEIGHT = -4.0
# Nothing is so sure that one gap settles a span.
_SUREST = 0.995


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span that may be a lick.

    Attributes
    ----------
    span : NoteSpan
        Its notes.
    log_weight : float
        How likely an idea is these notes; 0 is sure.
    """

    span: NoteSpan
    log_weight: float


def propose_spans(
    line: SoloLine, fewest_notes: int = FEWEST_NOTES, most_notes: int = MOST_NOTES
) -> tuple[NoteSpan, ...]:
    """Propose spans that may be licks.

    Parameters
    ----------
    line : SoloLine
        With or without beats.
    fewest_notes, most_notes : int
        Of a span.

    Returns
    -------
    tuple of NoteSpan
        Each once, by their first note, the shorter first.
    """
    return tuple(one.span for one in propose(line, fewest_notes, most_notes))


def propose(
    line: SoloLine, fewest_notes: int = FEWEST_NOTES, most_notes: int = MOST_NOTES
) -> tuple[Proposal, ...]:
    """Propose spans with how likely they are.

    Parameters
    ----------
    line : SoloLine
        With or without beats.
    fewest_notes, most_notes : int
        Of a span.

    Returns
    -------
    tuple of Proposal
        By their first note, the shorter first.
    """
    idea = estimate_boundaries(line).idea
    found = []
    for n_notes in range(fewest_notes, min(most_notes, len(line)) + 1):
        start = np.arange(len(line) - n_notes + 1)
        weight = weigh_spans(idea, start, start + n_notes)
        found += [
            Proposal(NoteSpan(at, at + n_notes), float(weight[at]))
            for at in np.flatnonzero(weight >= _LEAST_LOG_WEIGHT).tolist()
        ]
    return tuple(sorted(found, key=lambda one: one.span))


def weigh_spans(idea: Floats, start: npt.NDArray[np.int64], stop: npt.NDArray[np.int64]) -> Floats:
    """Tell how likely an idea is just these notes.

    Parameters
    ----------
    idea : shape=(n_notes - 1,), probability
        That an idea ends with this note.
    start, stop : shape=(n_spans,)
        Of the spans.

    Returns
    -------
    shape=(n_spans,), log probability
        That one ends before the span, one with it and none within.
    """
    edge = np.log(np.clip(np.concatenate([[1.0], idea, [1.0]]), 1 - _SUREST, 1.0))
    inside = np.log(1 - np.minimum(np.concatenate([[0.0], idea, [0.0]]), _SUREST))
    total = np.concatenate([[0.0], np.cumsum(inside)])
    weight: Floats = edge[start] + edge[stop] + total[stop] - total[start + 1]
    return weight
