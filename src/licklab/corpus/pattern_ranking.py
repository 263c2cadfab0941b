"""The patterns that set a group of solos apart from the rest, the most telling first."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from licklab.corpus.interval_words import IntervalText
from licklab.corpus.log_odds import WordCounts, log_odds_z
from licklab.corpus.pattern_counting import CountedWord, LengthCount

PRIOR_SHARE = 0.25
"""Words of the prior as a share of all words.

Patterns told from half of the tunes of 32 players were listened for in the other half: of 618, 97
came back where others would have played 17; of the most frequent patterns 110, others 31. Less
prior brings more back (.1: 113) that others play more (23), and believes more in chance: see below
(`benchmarks/licks/player_patterns.py`).
"""

LEAST_Z = 1.96
"""Less could be chance.

Of Parker, Brown, Davis, Coltrane and Rollins 60, 36, 35, 20 and 19 patterns are above it; of as
many solos drawn by lot 5, 10, 2, 3 and 11, in the mean of four draws. With a prior of .1 they would
be 47, 32, 31, 25 and 18 against 15, 6, 18, 17 and 15.
"""

_MOST_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class RankedWord:
    """A pattern and how telling it is.

    Attributes
    ----------
    word : CountedWord
        The pattern.
    z : float
        Of `licklab.corpus.log_odds`.
    n_inside, n_outside : int
        Words as long in the group's solos and in the others.
    """

    word: CountedWord
    z: float
    n_inside: int
    n_outside: int


def rank_words(
    text: IntervalText,
    counted: Iterable[LengthCount],
    *,
    limit: int | None = None,
    prior_share: float = PRIOR_SHARE,
    least_z: float = LEAST_Z,
) -> tuple[RankedWord, ...]:
    """Rank the patterns of a group.

    Parameters
    ----------
    text : IntervalText
        All solos.
    counted : iterable of LengthCount
        Of `licklab.corpus.pattern_counting.count_words`.
    limit : int, optional
        Most of them; all if omitted.
    prior_share : float
        Strength of the prior, of `licklab.corpus.log_odds.log_odds_z`.
    least_z : float
        Of the patterns.

    Returns
    -------
    tuple of RankedWord
        The most telling first; of two as telling the longer. None lies mostly where better ones
        lie.
    """
    ranked = [one for length in counted for one in _weigh(length, prior_share) if one.z >= least_z]
    ranked.sort(key=lambda one: (-one.z, -len(one.word.intervals), one.word.intervals))
    return leave_out_overlaps(text, ranked, limit)


def leave_out_overlaps(
    text: IntervalText, ranked: Iterable[RankedWord], limit: int | None = None
) -> tuple[RankedWord, ...]:
    """Leave out what lies, most of the times it is played, mostly in notes of better ones.

    Parameters
    ----------
    text : IntervalText
        All solos.
    ranked : iterable of RankedWord
        The best first.
    limit : int, optional
        Most of them; all if omitted.

    Returns
    -------
    tuple of RankedWord
        In the same order.
    """
    is_covered = np.zeros(len(text.pitch_midi), dtype=bool)
    kept: list[RankedWord] = []
    for one in ranked:
        if limit is not None and len(kept) >= limit:
            break
        notes = one.word.starts[:, None] + np.arange(len(one.word.intervals) + 1)
        is_mostly = is_covered[notes].mean(axis=1) > _MOST_COVERED
        if is_mostly.mean() <= _MOST_COVERED:
            is_covered[notes] = True
            kept.append(one)
    return tuple(kept)


def _weigh(counted: LengthCount, prior_share: float) -> Iterable[RankedWord]:
    counts = WordCounts(
        np.array([one.n_inside for one in counted.words], dtype=np.int64),
        np.array([one.n_outside for one in counted.words], dtype=np.int64),
        counted.n_inside,
        counted.n_outside,
    )
    z = log_odds_z(counts, prior_share).tolist()
    for word, own in zip(counted.words, z, strict=True):
        yield RankedWord(word, own, counted.n_inside, counted.n_outside)
