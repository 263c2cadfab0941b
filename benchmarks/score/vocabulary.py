"""The note values of our pages beside those of pages that people wrote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from licklab.domain.score import NoteValue, Score

HUMAN: Mapping[str, float] = MappingProxyType(
    {"eighth": 0.677, "triplet eighth": 0.09, "sixteenth": 0.086, "thirty-second": 0.002}
)
"""Shares of values on jazz pages that people wrote; what is missing are all others."""

HUMAN_TIES = 0.023
"""Ties for each head on them."""

_PLAIN = {
    Fraction(1, 2): "eighth",
    Fraction(1, 4): "sixteenth",
    Fraction(1, 8): "thirty-second",
}


def count_values(scores: Sequence[Score]) -> tuple[dict[str, float], float]:
    """Give the shares of note values, and the ties for each head."""
    counts: Counter[str] = Counter()
    n_ties = 0
    for score in scores:
        for bar in score.bars:
            for voice in bar.voices:
                for event in voice.events:
                    if event.is_grace or event.is_rest:
                        continue
                    counts[_name(event.value)] += 1
                    n_ties += event.heads[0].tie_to
    total = sum(counts.values())
    shares = {name: counts[name] / total for name in HUMAN}
    return shares, n_ties / total


def total_variation(shares: Mapping[str, float]) -> float:
    """Give the distance from the human pages, 0 to 1."""
    rest = sum(HUMAN.values()) - sum(shares.values())
    return (sum(abs(shares[name] - HUMAN[name]) for name in HUMAN) + abs(rest)) / 2


def _name(value: NoteValue) -> str:
    if value.actual == 3 and value.base_quarter == Fraction(1, 2) and not value.dots:
        return "triplet eighth"
    if value.actual != 1 or value.dots:
        return "other"
    return _PLAIN.get(value.base_quarter, "other")
