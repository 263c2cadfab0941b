"""Names for notes: by the chord, then the key, then where the line goes.

In: sounding pitches, the chord under each, the key. Out: a letter and its sign for each. Tones of
the chord have the letter that their degree asks for. Of all others the cheapest row of names is
taken on the line of fifths (Temperley, "The Cognition of Basic Musical Structures", 2001, puts
keys and spellings on it): near the chord and the key, and in steps of a second to the next note,
so that what rises is raised and what falls is lowered.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.chord import NO_CHORD
from licklab.domain.harte import from_harte
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import LETTERS, MAJOR_SCALE, degree_note, degree_semitones
from licklab.domain.pitch_name import SpelledPitch

# Steps on the line of fifths from C, of each letter; a sharp adds seven.
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_MODE_FIFTHS = {KeyMode.MAJOR: 0, KeyMode.MINOR: -3, KeyMode.BLUES: -1}
# How a player thinks of what is not in the chord, by semitones above its root: the tensions of a
# dominant, and the degrees of the scales that are played over the others; None where only the line
# tells.
_DOMINANT = ("1", "b9", "9", None, "3", "11", "#11", "5", "b13", "13", "b7", "7")
_MINOR = ("1", None, "9", "b3", "3", "11", "b5", "5", None, "6", "b7", "7")
_MAJOR = ("1", None, "9", None, "3", "11", "#11", "5", None, "6", "b7", "7")
# Written as what it is, or as the minor third that it sounds like: F over D7#9 more often than E#.
_RAISED_NINTH = "#9"
# The seven notes of a scale reach so far from its middle.
_IN_KEY = 3


@dataclass(frozen=True, slots=True)
class SpellingPrices:
    """What a name costs, in steps of the line of fifths.

    Attributes
    ----------
    degree : float
        For not being what a player thinks over this chord.
    key : float
        A step away from the middle of the key's scale.
    step : float
        For moving by a semitone that is not written as a second.
    resolve : float
        The same from outside into the chord or the key, where the ear expects a second.
    rare : float
        For E#, B#, Cb and Fb.
    """

    degree: float = 2.5
    key: float = 0.25
    step: float = 1.0
    resolve: float = 3.0
    rare: float = 2.0


@dataclass(frozen=True, slots=True)
class _Name:
    letter: str
    alter: int
    fifths: int
    price: float
    is_settled: bool


def spell(
    pitches_midi: Sequence[int],
    labels: Sequence[str],
    key: Key | None,
    prices: SpellingPrices | None = None,
) -> tuple[SpelledPitch, ...]:
    """Name the notes of a line.

    Parameters
    ----------
    pitches_midi : sequence of int
        In order.
    labels : sequence of str
        Harte label of the chord under each; ``N`` for none.
    key : Key or None
        Of the piece.
    prices : SpellingPrices, optional
        The usual ones if omitted.

    Returns
    -------
    tuple of SpelledPitch
        As written; they sound what was given.

    Raises
    ------
    ChordError
        If a label is none.

    Examples
    --------
    >>> [one.name for one in spell([60, 61, 62, 61, 60], ["C:maj7"] * 5, Key("C"))]
    ['C', 'C#', 'D', 'Db', 'C']
    """
    wanted = prices or SpellingPrices()
    middle = _middle_of(key)
    rows = [
        _names(pitch % 12, label, middle, wanted)
        for pitch, label in zip(pitches_midi, labels, strict=True)
    ]
    chosen = _cheapest(rows, pitches_midi, wanted)
    return tuple(
        SpelledPitch.on_letter(name.letter, pitch)
        for name, pitch in zip(chosen, pitches_midi, strict=True)
    )


def _middle_of(key: Key | None) -> float:
    """Give the middle of the key's scale on the line of fifths."""
    if key is None:
        return 2.0  # of C major, D: what has no key has no signs
    tonic = _FIFTHS[key.tonic[0]] + 7 * (key.tonic.count("#") - key.tonic.count("b"))
    return tonic + 2.0 + _MODE_FIFTHS[key.mode]


@functools.lru_cache(maxsize=8192)
def _names(
    pitch_class: int, label: str, middle: float, prices: SpellingPrices
) -> tuple[_Name, ...]:
    tones, thought = _degree_names(label)
    tone = tones.get(pitch_class)
    found = []
    for letter in LETTERS:
        alter = (pitch_class - MAJOR_SCALE[LETTERS.index(letter)] + 6) % 12 - 6
        if abs(alter) > 1:
            continue
        name = letter + {-1: "b", 0: "", 1: "#"}[alter]
        if tone is not None and name != tone:
            continue
        fifths = _FIFTHS[letter] + 7 * alter
        price = prices.key * abs(fifths - middle)
        if tone is None and name != thought.get(pitch_class, name):
            price += prices.degree
        if name in {"E#", "B#", "Cb", "Fb"}:
            price += prices.rare
        found.append(
            _Name(letter, alter, fifths, price, tone is not None or abs(fifths - middle) <= _IN_KEY)
        )
    return tuple(found)


@functools.lru_cache(maxsize=1024)
def _degree_names(label: str) -> tuple[dict[int, str], dict[int, str]]:
    """Give the names of the chord's tones, and those that are thought over it, by pitch class."""
    if label == NO_CHORD:
        return {}, {}
    symbol = from_harte(label)
    root = MAJOR_SCALE[LETTERS.index(symbol.root[0])] + symbol.root.count("#")
    root -= symbol.root.count("b")
    usual: tuple[str | None, ...] = _MAJOR
    if symbol.third == "b3":
        usual = _MINOR
    elif symbol.seventh == "b7":
        usual = _DOMINANT
    tones = {
        (root + degree_semitones(degree)) % 12: degree_note(symbol.root, degree)
        for degree in symbol.degrees
        if degree != _RAISED_NINTH
    }
    thought = {
        (root + semitones) % 12: degree_note(symbol.root, degree)
        for semitones, degree in enumerate(usual)
        if degree is not None
    }
    return tones, thought


def _cheapest(
    rows: Sequence[tuple[_Name, ...]], pitches_midi: Sequence[int], prices: SpellingPrices
) -> list[_Name]:
    if not rows:
        return []
    costs = [name.price for name in rows[0]]
    steps: list[list[int]] = []
    for i in range(1, len(rows)):
        interval = pitches_midi[i] - pitches_midi[i - 1]
        row, before = rows[i], rows[i - 1]
        new_costs, step = [], []
        for name in row:
            totals = [
                cost + _move(old, name, interval, prices)
                for cost, old in zip(costs, before, strict=True)
            ]
            best = min(range(len(totals)), key=totals.__getitem__)
            new_costs.append(totals[best] + name.price)
            step.append(best)
        costs = new_costs
        steps.append(step)
    at = min(range(len(costs)), key=costs.__getitem__)
    chosen = [rows[-1][at]]
    for row, step in zip(reversed(rows[:-1]), reversed(steps), strict=True):
        at = step[at]
        chosen.append(row[at])
    return chosen[::-1]


def _move(old: _Name, new: _Name, interval: int, prices: SpellingPrices) -> float:
    if interval == 0:
        return 0.0 if old.fifths == new.fifths else prices.resolve
    if abs(interval) != 1:
        # Other leaps are read the better the nearer they are on the line of fifths; a tritone is 6.
        return 0.0 if abs(old.fifths - new.fifths) <= 6 else prices.step
    if abs(old.fifths - new.fifths) == 5:  # a second
        return 0.0
    return prices.resolve if new.is_settled and not old.is_settled else prices.step
