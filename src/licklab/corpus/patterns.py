"""What is typical of a player or of a style: patterns that the others do not play.

A pattern is 6 to 11 intervals: shorter ones everybody plays (of the notes of the Weimar solos,
patterns of 4 intervals that three solos share cover 97 %, of 6 still 56 %, of 8 only 18 %). Counted
by tune, compared with all other solos by log-odds with an informative prior
(`licklab.corpus.log_odds`), and told without trills, repeated notes and scale runs, without those
that a longer one contains, and without those that lie where a better one lies.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from licklab.corpus.interval_words import IntervalText, read_text
from licklab.corpus.names import choose_name
from licklab.corpus.pattern_counting import Grouping, count_words, group_solos
from licklab.corpus.pattern_places import PatternPlace, place_pattern
from licklab.corpus.pattern_ranking import RankedWord, rank_words
from licklab.corpus.solo import SoloInfo
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import Ints, NoteSpan
from licklab.errors import QueryError

_LEAST_INTERVALS, _MOST_INTERVALS = 3, 30
_MOST_PLACES, _MOST_NAMES = 3, 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that is typical of a player or a style.

    Attributes
    ----------
    intervals : tuple of int, semitones
        From each note to the next.
    z : float
        How sure it is that the group plays it more than the others, in standard deviations.
    n_tunes, n_tunes_outside : int
        Tunes in which the group plays it, and in which others do.
    players : tuple of str
        The others that play it, by name.
    places : tuple of PatternPlace
        Some of the tunes in which the group plays it.
    text : str
        A sentence.
    """

    intervals: tuple[int, ...]
    z: float
    n_tunes: int
    n_tunes_outside: int
    players: tuple[str, ...]
    places: tuple[PatternPlace, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PatternReport:
    """What is typical of a player or a style.

    Attributes
    ----------
    performer, style : str or None
        Who or what, as the corpus writes it; None for any.
    n_solos, n_tunes, n_notes : int
        Of the group. Takes of one tune by one player are one tune.
    n_tunes_outside : int
        Of all the others.
    patterns : tuple of Pattern
        The most telling first; none where the group repeats nothing that others do not play.
    """

    performer: str | None
    style: str | None
    n_solos: int
    n_tunes: int
    n_notes: int
    n_tunes_outside: int
    patterns: tuple[Pattern, ...]


def typical_patterns(
    corpus: Corpus,
    *,
    performer: str | None = None,
    style: str | None = None,
    n_intervals: tuple[int, int] = (6, 11),
    limit: int = 20,
) -> PatternReport:
    """Tell the patterns that set a player or a style apart from all others.

    Parameters
    ----------
    corpus : Corpus
        The solos.
    performer, style : str, optional
        One of them at least, in any case; both for a player's solos in a style.
    n_intervals : tuple of int and int
        Shortest and longest pattern.
    limit : int
        Most patterns.

    Returns
    -------
    PatternReport
        What is typical. Patterns of a style are played by two of its players at least.

    Raises
    ------
    QueryError
        If neither player nor style is given, or no such lengths can be.
    UnknownPlayerError
        If the corpus has no such player or style.
    CorpusError
        If the corpus cannot be read.
    """
    shortest, longest = n_intervals
    if not _LEAST_INTERVALS <= shortest <= longest <= _MOST_INTERVALS:
        raise QueryError(
            f"want patterns of {_LEAST_INTERVALS} to {_MOST_INTERVALS} intervals, the shortest "
            f"first; got {shortest} to {longest}"
        )
    with corpus.snapshot():
        by_number = corpus.infos_by_number()
        performer, style = _find_names(by_number.values(), performer, style)
        text = read_text(one for one in corpus.packed_notes() if one[0] in by_number)
        infos = [by_number[number] for number in text.numbers.tolist()]
        grouping = group_solos(
            infos,
            [performer in (None, one.performer) and style in (None, one.style) for one in infos],
        )
        fewest_players = 1 if performer is not None else 2
        lengths = range(shortest, longest + 1)
        counted = count_words(text, grouping, lengths, fewest_players)
        ranked = rank_words(text, counted, limit=limit)
        teller = _Teller(corpus, text, infos, grouping, performer or f"Players of {style}")
        patterns = tuple(teller.tell(one) for one in ranked)
    is_inside = grouping.is_inside
    return PatternReport(
        performer,
        style,
        int(is_inside.sum()),
        teller.n_inside,
        int(is_inside[text.solo].sum()),
        teller.n_outside,
        patterns,
    )


class _Teller:
    """Tells a pattern with places, players and a sentence."""

    def __init__(
        self,
        corpus: Corpus,
        text: IntervalText,
        infos: Sequence[SoloInfo],
        grouping: Grouping,
        subject: str,
    ) -> None:
        self._corpus, self._text, self._infos = corpus, text, infos
        self._grouping, self._subject = grouping, subject
        self._names = dict(zip(grouping.performer.tolist(), infos, strict=True))
        self.n_inside = len(np.unique(grouping.tune[grouping.is_inside]))
        self.n_outside = len(np.unique(grouping.tune[~grouping.is_inside]))

    def tell(self, ranked: RankedWord) -> Pattern:
        word = ranked.word
        players = sorted(self._names[one].performer for one in word.performers)
        places = tuple(self._places(word.starts, len(word.intervals) + 1))
        text = (
            f"{self._subject} {self._verb} it in {word.n_inside} of {_tunes(self.n_inside)}, "
            f"{self._say_others(ranked, [one for one in players if one])}."
        )
        if places:
            text += f" An example: {_say_place(places[0])}."
        return Pattern(
            word.intervals, ranked.z, word.n_inside, word.n_outside,
            tuple(one for one in players if one), places, text,
        )  # fmt: skip

    @property
    def _verb(self) -> str:
        return "play" if self._subject.startswith("Players of ") else "plays"

    def _places(self, starts: Ints, n_notes: int) -> Iterable[PatternPlace]:
        """Place a pattern in some tunes, where it is played first in each."""
        tunes = self._grouping.tune[self._text.solo[starts]]
        _, first = np.unique(tunes, return_index=True)
        for start in starts[np.sort(first)][:_MOST_PLACES].tolist():
            solo = int(self._text.solo[start])
            at = start - int(self._text.first_note[solo])
            loaded = self._corpus.load_number(int(self._text.numbers[solo]))
            yield place_pattern(loaded, NoteSpan(at, at + n_notes))

    def _say_others(self, ranked: RankedWord, players: Sequence[str]) -> str:
        word = ranked.word
        if not word.n_outside:
            return "and nobody else does"
        times = (word.n_inside / ranked.n_inside) / (word.n_outside / ranked.n_outside)
        said = (
            f"all others in {word.n_outside} of {_tunes(self.n_outside)}: "
            f"note for note {times:.0f} times as often"
        )
        if players:
            more = len(players) - _MOST_NAMES
            said += f" (others: {', '.join(players[:_MOST_NAMES])}"
            said += f" and {more} more)" if more > 0 else ")"
        return said


def _find_names(
    infos: Iterable[SoloInfo], performer: str | None, style: str | None
) -> tuple[str | None, str | None]:
    if performer is None and style is None:
        raise QueryError("want a player or a style, got neither")
    known = list(infos)
    if performer is not None:
        performer = choose_name(performer, {one.performer for one in known}, "a player")
        known = [one for one in known if one.performer == performer]
    if style is not None:
        of = "a style" if performer is None else f"a style that {performer} plays in,"
        style = choose_name(style, {one.style for one in known}, of)
    return performer, style


def _tunes(number: int) -> str:
    return f"{number} tune" if number == 1 else f"{number} tunes"


def _say_place(place: PatternPlace) -> str:
    said = place.info.title or "a tune without a name"
    if place.bar or place.beat:
        said += f", bar {place.bar}"
    return said + (f", over {' '.join(place.chords)}" if place.chords else "")
