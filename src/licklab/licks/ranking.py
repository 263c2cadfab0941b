"""Which spans of a line are licks: weighed, thinned, and with reasons.

In go a line with its analysis and phrases; out come licks, the best first, with all the places
where each is played. Every proposed span is weighed; the best is taken with its repeats, what
overlaps it falls away, and so on.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.domain.lick import Lick, LickOccurrence
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.licks.candidates import propose_spans
from licklab.licks.lick_features import LickFeatures, PlayerCounter, measure_spans
from licklab.licks.reasons import Evidence, give_reasons
from licklab.licks.repeats import find_repeats

__all__ = ["PlayerCounter", "find_licks", "judge_span"]

Floats = npt.NDArray[np.float64]

# A chorus of 32 bars has about 170 notes in the Weimar Jazz Database: some five licks of it.
_NOTES_PER_LICK = 32
# One edit in seven notes.
_LEAST_SIMILARITY = 0.85
_BIAS = -1.0
_WEIGHTS = np.array([1.0, 0.1, -0.4, -0.15, 0.5, 0.5, 0.5, 0.3, -3.0, -2.0, -3.0])
_PLAYER_WEIGHT = 0.4


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
        The likeliest first, none overlapping another; none where there are too few notes.
    """
    spans = propose_spans(line)
    if not spans:
        return ()
    features = measure_spans(line, analysis, phrases, spans, count_players)
    lickness = weigh(features)
    wanted = limit if limit is not None else math.ceil(len(line) / _NOTES_PER_LICK)
    taken = np.zeros(len(line), np.bool_)
    licks: list[Lick] = []
    for at in np.argsort(-lickness, kind="stable").tolist():
        if len(licks) >= wanted:
            break
        span = spans[at]
        if taken[span.start : span.stop].any():
            continue
        lick = _make_lick(line, analysis, phrases, span, features, lickness, at)
        for one in lick.occurrences:
            taken[one.span.start : one.span.stop] = True
        licks.append(lick)
    return tuple(licks)


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
        Whose first occurrence is where the solo plays it first.
    """
    features = measure_spans(line, analysis, phrases, [span], count_players)
    return _make_lick(line, analysis, phrases, span, features, weigh(features), 0)


def weigh(features: LickFeatures) -> Floats:
    """Weigh what was measured.

    Parameters
    ----------
    features : LickFeatures
        Of spans.

    Returns
    -------
    shape=(n_spans,), 0 to 1
        How likely a listener would mark each as a lick.
    """
    has_players = features.players is not None
    weights = np.append(_WEIGHTS, _PLAYER_WEIGHT) if has_players else _WEIGHTS
    odds = features.table @ weights + _BIAS
    likely: Floats = 1 / (1 + np.exp(-odds))
    return likely


def _make_lick(
    line: SoloLine,
    analysis: LineAnalysis,
    phrases: Sequence[NoteSpan],
    span: NoteSpan,
    features: LickFeatures,
    lickness: Floats,
    at: int,
) -> Lick:
    repeats = find_repeats(line.pitch_midi, span, _LEAST_SIMILARITY)
    first = int(line.pitch_midi[repeats[0].span.start])
    occurrences = tuple(
        LickOccurrence(
            one.span, int(line.pitch_midi[one.span.start]) - first, round(one.similarity, 3)
        )
        for one in repeats
    )
    players = None if features.players is None else int(features.players[at])
    evidence = Evidence(span, len(repeats), players, float(features.bits[at]))
    reasons = give_reasons(line, analysis, frozenset(phrases), evidence)
    return Lick(occurrences, float(lickness[at]), reasons)
