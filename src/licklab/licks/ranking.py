"""Which spans of a line are licks: weighed, thinned, and with reasons.

In go a line with its analysis and phrases; out come licks, the best first, with all the places
where each is played. Every proposed span is weighed. Those that are licks by definition come first:
they repeat in the solo, or three players of the corpus play them, or they lie over a cadence; and
they are no mere runs or repeated notes. The best is taken with its repeats, what shares its notes
falls away, and so on. What was taken is given by falling lickness.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.domain.lick import Lick, LickOccurrence
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import LickError
from licklab.licks.candidates import propose_spans
from licklab.licks.lick_features import LickFeatures, PlayerCounter, measure_spans
from licklab.licks.lickness import weigh, weigh_reasons
from licklab.licks.reasons import FEWEST_PLAYERS, LEAST_COVERED, Evidence, give_reasons
from licklab.licks.repeats import Repeat, find_repeats

__all__ = ["PlayerCounter", "find_licks", "judge_span"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

# A chorus of 32 bars has about 170 notes in the Weimar Jazz Database: some five licks of it.
_NOTES_PER_LICK = 32
# One edit in five notes: a lick that is moved within the scale is the same one. Fewer than seven
# notes have to be the same: shorter patterns are everywhere.
_LEAST_SIMILARITY = 0.8
_FEWEST_TO_EDIT = 7
# A lick that shares more of its notes with another one is no lick of its own.
_MOST_SHARED = 0.5
# By definition, what is more repeated or more of a run than this is trivial.
_MOST_REPEATED, _MOST_RUN = 0.4, 0.8
_FEWEST_NOTES = 3
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class _Solo:
    """What a lick is judged in."""

    line: SoloLine
    analysis: LineAnalysis
    phrases: frozenset[NoteSpan]


def find_licks(
    line: SoloLine,
    analysis: LineAnalysis,
    phrases: Sequence[NoteSpan],
    count_players: PlayerCounter | None = None,
    limit: int | None = None,
) -> tuple[Lick, ...]:
    """Find the licks of a line.

    Parameters
    ----------
    line : SoloLine
        With or without beats.
    analysis : LineAnalysis
        Of the line.
    phrases : sequence of NoteSpan
        Of the line, without gaps.
    count_players : callable, optional
        Tells how many players of a corpus play something; without it the solo alone speaks.
    limit : int, optional
        Licks at most; a handful for each chorus if omitted.

    Returns
    -------
    tuple of Lick
        By falling lickness, the notes of none in those of another; none where there are too few
        notes.
    """
    spans = propose_spans(line)
    if not spans:
        return ()
    solo = _Solo(line, analysis, frozenset(phrases))
    features = measure_spans(line, analysis, spans, count_players)
    lickness = weigh(features)
    wanted = limit if limit is not None else math.ceil(len(line) / _NOTES_PER_LICK)
    taken = np.zeros(len(line), np.bool_)
    licks: list[Lick] = []
    # Of spans that are as likely the earlier, whatever the last digits say.
    order = np.lexsort((-np.round(lickness, _DIGITS), ~_is_defined(features)))
    for at in order.tolist():
        if len(licks) >= wanted:
            break
        span = spans[at]
        if taken[span.start : span.stop].any():
            continue
        repeats = _repeats(line, span)
        if any(taken[one.span.start : one.span.stop].mean() > _MOST_SHARED for one in repeats):
            continue
        for one in repeats:
            taken[one.span.start : one.span.stop] = True
        licks.append(_make_lick(solo, repeats, features, lickness, at))
    # Definition decides what is taken; it is no rank of its own that a reader could see.
    return tuple(sorted(licks, key=lambda one: -round(one.lickness, _DIGITS)))


def judge_span(
    line: SoloLine,
    analysis: LineAnalysis,
    phrases: Sequence[NoteSpan],
    span: NoteSpan,
    count_players: PlayerCounter | None = None,
) -> Lick:
    """Judge a span that a person chose.

    Parameters
    ----------
    line : SoloLine
        With or without beats.
    analysis : LineAnalysis
        Of the line.
    phrases : sequence of NoteSpan
        Of the line, without gaps.
    span : NoteSpan
        Of three notes or more.
    count_players : callable, optional
        Tells how many players of a corpus play something.

    Returns
    -------
    Lick
        Whose first occurrence is the span.

    Raises
    ------
    LickError
        If the span has fewer than three notes, or notes that the line has not.
    """
    if len(span) < _FEWEST_NOTES or span.stop > len(line):
        raise LickError(
            f"want {_FEWEST_NOTES} notes or more of the {len(line)} of the line, "
            f"got {span.start} to {span.stop}"
        )
    solo = _Solo(line, analysis, frozenset(phrases))
    features = measure_spans(line, analysis, [span], count_players)
    repeats = _repeats(line, span)
    return _make_lick(solo, repeats, features, weigh(features), 0)


def _repeats(line: SoloLine, span: NoteSpan) -> tuple[Repeat, ...]:
    least = _LEAST_SIMILARITY if len(span) >= _FEWEST_TO_EDIT else 1.0
    return find_repeats(line.pitch_midi, span, least)


def _is_defined(features: LickFeatures) -> Bools:
    """Tell which spans are licks by definition."""
    has_reason = (features.repeats > 1) | (features.cadence >= LEAST_COVERED)
    if features.players is not None:
        has_reason |= features.players >= FEWEST_PLAYERS
    is_trivial = (features.run > _MOST_RUN) | (features.repeated > _MOST_REPEATED)
    is_defined: Bools = has_reason & ~is_trivial
    return is_defined


def _make_lick(
    solo: _Solo, repeats: Sequence[Repeat], features: LickFeatures, lickness: Floats, at: int
) -> Lick:
    span = repeats[0].span
    occurrences = tuple(
        LickOccurrence(one.span, one.transposition_semitones, round(one.similarity, 3))
        for one in repeats
    )
    players = None if features.players is None else int(features.players[at])
    evidence = Evidence(
        span,
        len(repeats),
        players,
        float(features.bits[at]),
        weigh_reasons(features, at, len(span)),
    )
    reasons = give_reasons(solo.line, solo.analysis, solo.phrases, evidence)
    return Lick(occurrences, float(lickness[at]), reasons)
