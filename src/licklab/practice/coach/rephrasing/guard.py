"""Whether other words for a sentence may be shown.

In: a sentence of the rules, and what a stranger (a language model) says in its place. Out: why it
may not be shown, or nothing. It may only be shown when it names the same notes, chords, degrees,
numbers, beats, bars, times and people in the same order, turns nothing round, keeps what is said of
music, and is made of known words. The list of what is allowed is short; there is none of what is
forbidden.
"""

import re
from collections import Counter

from licklab.domain.coaching import CoachSentence
from licklab.practice.coach.rephrasing.facts import Facts, read_facts
from licklab.practice.coach.rephrasing.masks import hide_names, show_names
from licklab.practice.coach.rephrasing.plain_text import to_plain
from licklab.practice.coach.rephrasing.vocabulary import PLAIN, SYNONYMS, group_of, stem

# An article stands before what it is of; where it does not, it may be the note.
_LETTER = re.compile(r"\ba(?= *[,.;:)]| (?:and|or|to|of|is|the|in|on|at|by|for|with|from|an?)\b)")
_LONGER, _MORE = 1.5, 40  # characters
_PLAIN_STEMS = frozenset(map(stem, PLAIN))


def rephrase(sentence: CoachSentence, said: str) -> str | None:
    """Give other words for a sentence as they are shown.

    Parameters
    ----------
    sentence : CoachSentence
        Of the rules.
    said : str
        In its place, with signs for the names of people and titles, as they were hidden.

    Returns
    -------
    str or None
        In plain letters and with the names; None if it may not be shown.
    """
    if refuse_said(sentence, said) is not None:
        return None
    plain = to_plain(said)
    assert plain is not None  # else it is refused
    return show_names(plain, sentence.match)


def refuse_rephrasing(sentence: CoachSentence, shown: str) -> str | None:
    """Tell why other words for a sentence may not be shown.

    Parameters
    ----------
    sentence : CoachSentence
        Of the rules.
    shown : str
        In its place, with the names of people and titles.

    Returns
    -------
    str or None
        None if it may be shown.
    """
    return refuse_said(sentence, hide_names(shown, sentence.match))


def refuse_said(sentence: CoachSentence, said: str) -> str | None:
    """Tell why what a stranger says in place of a sentence may not be shown.

    Parameters
    ----------
    sentence : CoachSentence
        Of the rules.
    said : str
        In its place, with signs for the names of people and titles.

    Returns
    -------
    str or None
        None if it may be shown.
    """
    rule = hide_names(sentence.text, sentence.match)
    if len(said) > _LONGER * len(rule) + _MORE:
        return f"want at most {_LONGER * len(rule) + _MORE:.0f} characters, got {len(said)}"
    plain = to_plain(said)
    if plain is None:
        return "want plain words, got other signs"
    if not plain.endswith("."):
        return "want a sentence with a full stop, got another end"
    if _LETTER.search(plain):
        return "want notes in capitals, got a letter by itself"
    return _compare(read_facts(rule), read_facts(plain))


def _compare(rule: Facts, said: Facts) -> str | None:
    if said.named != rule.named:
        return _difference(rule.named, said.named)
    if said.places != rule.places:
        return _difference(rule.places, said.places)
    if _kept(said) != _kept(rule):
        return "want as many denials at the same places, got others"
    lost = Counter(said.sides) - Counter(rule.sides)
    if lost:
        return f"want nothing turned round, got {next(iter(lost))[0]!r} where it is not said"
    groups = [{group_of(word) for word in one.words} - {None} for one in (rule, said)]
    if groups[0] != groups[1]:
        return "want the same said of the notes, got something else"
    known = {stem(word) for word in rule.words} | _PLAIN_STEMS
    for group in groups[0]:
        assert group is not None
        known |= set(map(stem, SYNONYMS[group]))
    odd = [word for word in said.capitals if word not in rule.capitals]
    if odd:
        return f"want no other names, got {odd[0][:40]!r}"
    unknown = [word for word in said.words if stem(word) not in known]
    return f"want words that are known, got {unknown[0][:40]!r}" if unknown else None


def _kept(facts: Facts) -> Counter[tuple[str, int]]:
    """Give the words without which a sentence would say the opposite."""
    return Counter(one for one in facts.sides if one[0] in {"not", "between", "outside"})


def _difference(wanted: tuple[tuple[str, str], ...], got: tuple[tuple[str, str], ...]) -> str:
    """Tell where two rows of facts part."""
    for one, other in zip(wanted, got, strict=False):
        if one != other:
            return f"want {' '.join(one)}, got {' '.join(other)[:40]}"
    rest = wanted[len(got) :] or got[len(wanted) :]
    what = "left out" if len(wanted) > len(got) else "added"
    return f"want the same facts, got {' '.join(rest[0])[:40]} {what}"
