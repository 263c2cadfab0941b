"""Which words of intervals a group of solos repeats, and how often they and all others play them.

Counted by tune: however often a solo plays its riff, and however many takes of a tune a player
has, it counts once.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.corpus.filtering import fold
from licklab.corpus.interval_words import Hashes, IntervalText, is_trivial
from licklab.corpus.solo import SoloInfo
from licklab.domain.solo_line import Ints

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who is compared with whom; one entry for each solo of the text.

    Attributes
    ----------
    is_inside : shape=(n_solos,), bool
        Whether the solo is of the group.
    tune : shape=(n_solos,), int
        Solos of one player over one tune share a number.
    title, performer : shape=(n_solos,), int
        Solos over one tune, and solos of one player, share a number.
    """

    is_inside: Bools
    tune: Ints
    title: Ints
    performer: Ints


@dataclass(frozen=True, slots=True, eq=False)
class CountedWord:
    """A word that the group repeats.

    Attributes
    ----------
    intervals : tuple of int, semitones
        The word.
    starts : shape=(n_times,), int
        First notes of all the times that the group plays it.
    n_inside, n_outside : int
        Tunes in which the group and the others play it.
    performers : frozenset of int
        Of the others that play it.
    """

    intervals: tuple[int, ...]
    starts: Ints
    n_inside: int
    n_outside: int
    performers: frozenset[int]


@dataclass(frozen=True, slots=True)
class LengthCount:
    """What was counted of words of one length.

    Attributes
    ----------
    words : tuple of CountedWord
        That the group repeats.
    n_inside, n_outside : int
        All words of the length in the group's solos and in the others.
    """

    words: tuple[CountedWord, ...]
    n_inside: int
    n_outside: int


def group_solos(infos: Sequence[SoloInfo], is_inside: Sequence[bool]) -> Grouping:
    """Group solos.

    Parameters
    ----------
    infos : sequence of SoloInfo
        One for each solo of the text, in its order.
    is_inside : sequence of bool
        Which are of the group.

    Returns
    -------
    Grouping
        Titles are compared without case.
    """
    titles = [fold(one.title) for one in infos]
    performers = [one.performer for one in infos]
    return Grouping(
        np.array(is_inside, dtype=bool),
        _number_off(list(zip(performers, titles, strict=True))),
        _number_off(titles),
        _number_off(performers),
    )


def count_words(
    text: IntervalText, grouping: Grouping, lengths: range, fewest_players: int
) -> Iterator[LengthCount]:
    """Count the words of several lengths.

    Parameters
    ----------
    text : IntervalText
        All solos.
    grouping : Grouping
        Who is compared.
    lengths : range
        Intervals a word, rising.
    fewest_players : int
        Of the group that must play a word.

    Yields
    ------
    LengthCount
        One for each length. Words are in two tunes at least, and none is part of a longer one that
        is in as many.
    """
    found = [_repeated(text, grouping, length, fewest_players) for length in lengths]
    for i, (starts, hashes, tunes) in enumerate(found):
        is_open = np.zeros(len(starts), dtype=bool)
        if i + 1 < len(found):
            is_open = _is_part(text, lengths[i], hashes, tunes, found[i + 1])
        yield _count_all(text, grouping, lengths[i], starts[~is_open])


def _repeated(
    text: IntervalText, grouping: Grouping, length: int, fewest_players: int
) -> tuple[Ints, Hashes, Ints]:
    """Find what the group plays in two tunes or more: a first note, a hash, the tunes of each."""
    starts = text.starts(length)
    starts = starts[grouping.is_inside[text.solo[starts]]]
    hashes, first, which = np.unique(
        text.hashes(starts, length), return_index=True, return_inverse=True
    )
    solos = text.solo[starts]
    tunes = _count_apart(which, grouping.tune[solos], len(hashes))
    # Tunes of one title only: a theme, whoever plays it.
    is_repeated = _count_apart(which, grouping.title[solos], len(hashes)) >= 2
    is_repeated &= _count_apart(which, grouping.performer[solos], len(hashes)) >= fewest_players
    return starts[first[is_repeated]], hashes[is_repeated], tunes[is_repeated]


def _is_part(
    text: IntervalText, length: int, hashes: Hashes, tunes: Ints, longer: tuple[Ints, Hashes, Ints]
) -> Bools:
    """Tell words that are in no more tunes than a longer one which they are part of."""
    is_part = np.zeros(len(hashes), dtype=bool)
    starts, _, longer_tunes = longer
    for shift in (0, 1):
        at = np.searchsorted(hashes, text.hashes(starts + shift, length))
        is_part[at[longer_tunes == tunes[at]]] = True
    return is_part


def _count_all(text: IntervalText, grouping: Grouping, length: int, chosen: Ints) -> LengthCount:
    """Count the chosen words, each given by one of its places, in all solos."""
    kept = [start for start in chosen.tolist() if not is_trivial(text.word(start, length))]
    starts = text.starts(length)
    is_inside = grouping.is_inside[text.solo[starts]]
    n_inside = int(np.count_nonzero(is_inside))
    wanted = text.hashes(np.array(kept, dtype=np.int64), length)
    order = np.argsort(wanted)
    at = np.searchsorted(wanted, hashes := text.hashes(starts, length), sorter=order)
    which = order[np.minimum(at, len(order) - 1)] if len(order) else at
    is_hit = wanted[which] == hashes if len(order) else np.zeros(len(starts), dtype=bool)
    starts, which, is_inside = starts[is_hit], which[is_hit], is_inside[is_hit]
    by_word = np.argsort(which, kind="stable")
    groups = np.split(by_word, np.searchsorted(which[by_word], np.arange(1, len(kept))))
    words = []
    for start, own in zip(kept, groups, strict=False):
        inside, outside = starts[own[is_inside[own]]], text.solo[starts[own[~is_inside[own]]]]
        words.append(
            CountedWord(
                text.word(start, length),
                inside,
                len(np.unique(grouping.tune[text.solo[inside]])),
                len(np.unique(grouping.tune[outside])),
                frozenset(grouping.performer[outside].tolist()),
            )
        )
    return LengthCount(tuple(words), n_inside, len(text.starts(length)) - n_inside)


def _count_apart(which: Ints, label: Ints, n: int) -> Ints:
    """Count the different labels of each word."""
    pairs = np.unique(which * (int(label.max(initial=0)) + 1) + label)
    counts: Ints = np.bincount(pairs // (int(label.max(initial=0)) + 1), minlength=n)
    return counts


def _number_off(values: Sequence[Hashable]) -> Ints:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in values], dtype=np.int64)
