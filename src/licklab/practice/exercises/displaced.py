"""The lick later, over the same chords: the same notes with other accents."""

from dataclasses import replace
from fractions import Fraction

from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import DisplacedClaim, Exercise, ExerciseKind

_EIGHTH = Fraction(1, 2)


def displace(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Begin a lick an eighth and a beat later.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        Two; one where triplets cannot be begun an eighth later.
    """
    found = []
    # A triplet that begins in the middle of a beat is not played by anyone, nor is it readable.
    places = [one.onset_quarter for one in lick.notes]
    if all((4 * place).denominator == 1 for place in places):
        found.append(_later(lick, _EIGHTH, "an eighth"))
    if lick.passage.beat_quarter > _EIGHTH:
        found.append(_later(lick, lick.passage.beat_quarter, "a beat"))
    return tuple(found)


def _later(lick: AnalyzedPassage, by: Fraction, word: str) -> Exercise:
    passage = lick.passage
    notes = tuple(replace(one, onset_quarter=one.onset_quarter + by) for one in passage.notes)
    n_bars = max(passage.n_bars, -(-notes[-1].offset_quarter // passage.bar_quarter))
    later = replace(passage, notes=notes, n_bars=n_bars)
    n_other = sum(
        passage.chord_at(before.onset_quarter) != later.chord_at(after.onset_quarter)
        for before, after in zip(passage.notes, notes, strict=True)
    )
    if by == _EIGHTH:
        change = "what was on the beat now pushes against it"
    else:
        change = "every accent falls on the next beat"
    meets = {0: "no note meets another chord", 1: "one note meets another chord"}.get(
        n_other, f"{n_other} notes meet another chord"
    )
    told = f" over the same chords: {change} and {meets}" if passage.chords else f": {change}"
    return Exercise(
        ExerciseKind.DISPLACED,
        f"{word[0].upper()}{word[1:]} later",
        f"Begin {word} later{told}, so that you learn to place the lick and not only to start it.",
        later,
        DisplacedClaim(by, n_other),
        lick.ids(range(len(lick))),
    )
