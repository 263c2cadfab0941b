"""The patterns that set a group of solos apart from the rest, the most telling first."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from licklab.corpus.interval_words import IntervalText
from licklab.corpus.log_odds import WordCounts, log_odds_z
from licklab.corpus.pattern_counting import CountedWord, Grouping, LengthCount, count_words

PRIOR_SHARE = 0.1
"""Words of the prior as a share of all words.

Of 618 patterns told from half of the tunes of 32 players, 113 were played in the other half, where
others would have played 23; of the most frequent patterns 119, and others 31. Less prior, .01,
gives 128 and 28, but believes nothing that the others never play; more, .25, gives 97 and 17
(`benchmarks/licks/player_patterns.py`).
"""

# Less could be chance: of the words that a group plays as the others do, 1 in 40 is above it.
_LEAST_Z = 1.96
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
    grouping: Grouping,
    lengths: range,
    *,
    fewest_players: int = 1,
    limit: int | None = None,
    prior_share: float = PRIOR_SHARE,
    least_z: float = _LEAST_Z,
) -> tuple[RankedWord, ...]:
    """Rank the patterns of a group.

    Parameters
    ----------
    text : IntervalText
        All solos.
    grouping : Grouping
        Who is compared.
    lengths : range
        Intervals a pattern, rising.
    fewest_players : int
        Of the group that must play a pattern.
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
    ranked = [
        one
        for counted in count_words(text, grouping, lengths, fewest_players)
        for one in _weigh(counted, prior_share)
        if one.z >= least_z
    ]
    ranked.sort(key=lambda one: (-one.z, -len(one.word.intervals), one.word.intervals))
    return tuple(_without_overlaps(ranked, len(text.pitch_midi), limit))


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


def _without_overlaps(
    ranked: Iterable[RankedWord], n_notes: int, limit: int | None
) -> Iterable[RankedWord]:
    """Leave out what lies, most of the times it is played, mostly in notes of better ones."""
    is_covered = np.zeros(n_notes, dtype=bool)
    n_kept = 0
    for one in ranked:
        if limit is not None and n_kept >= limit:
            return
        notes = one.word.starts[:, None] + np.arange(len(one.word.intervals) + 1)
        covered = is_covered[notes].mean(axis=1) > _MOST_COVERED
        if covered.mean() > _MOST_COVERED:
            continue
        is_covered[notes] = True
        n_kept += 1
        yield one
