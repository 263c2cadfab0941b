"""Where notes begin on the page.

In: onsets in beats, the length of each beat, the soloist's swing. Out: for each onset a beat and an
exact place in it. One best path through the beats chooses which onsets belong to which beat and
which written pattern each beat has: a pattern is the likelier the less its notes lie off their
places, all together (a line that lags) and each by itself, and the more often it is written
(`licklab.notation.patterns`). Notes shortly before a beat may be written on it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from licklab.notation.patterns import (
    MOST_NOTES,
    Pattern,
    PatternPrices,
    division_of,
    pattern_tables,
)

Floats = npt.NDArray[np.float64]
# A row of notes of one beat is judged by this: (onsets of the beat in beats from it, its length in
# seconds) to the logarithm of likelihood, and whatever describes the choice.
_LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True, slots=True)
class QuantizedOnset:
    """Where one onset is written.

    Attributes
    ----------
    beat : int
        Of the frame, from 0.
    place : Fraction, beats
        In the beat, from 0, below 1.
    division : int
        Into how many parts the beat is divided for all that begins in it.
    """

    beat: int
    place: Fraction
    division: int


def quantize(
    onsets_beat: Floats,
    beat_lengths_sec: Floats,
    *,
    swing_ratio: float,
    is_compound: bool = False,
    prices: PatternPrices | None = None,
) -> tuple[QuantizedOnset, ...]:
    """Decide where onsets are written.

    Parameters
    ----------
    onsets_beat : shape=(n_onsets,), beats
        From the first beat; ascending, at most `MOST_NOTES` in any beat's time.
    beat_lengths_sec : shape=(n_beats,), seconds
        Of the beats.
    swing_ratio : float
        Of the soloist.
    is_compound : bool
        Whether beats divide in three.
    prices : PatternPrices, optional
        The chosen ones if omitted.

    Returns
    -------
    tuple of QuantizedOnset
        One for each onset; no two at one place, and in order.
    """
    wanted = prices or PatternPrices()
    judge = _WrittenJudge(swing_ratio, wanted, is_compound=is_compound)
    chosen = best_path(onsets_beat, beat_lengths_sec, judge, wanted.early_beats, MOST_NOTES)
    found: list[QuantizedOnset] = []
    for beat, pattern in enumerate(chosen):
        division = division_of(pattern)
        found += [QuantizedOnset(beat, place, division) for place in pattern]
    return tuple(found)


Judge = Callable[[Floats, float], tuple[float, Pattern]]


def best_path(
    onsets_beat: Floats,
    beat_lengths_sec: Floats,
    judge: Judge,
    early_beats: float,
    most_notes: float = math.inf,
) -> list[Pattern]:
    """Share onsets out among beats so that the patterns of all are likeliest together.

    Parameters
    ----------
    onsets_beat : shape=(n_onsets,), beats
        From the first beat; ascending.
    beat_lengths_sec : shape=(n_beats,), seconds
        Of the beats.
    judge : callable
        From the onsets of one beat, in beats from its beginning, and its length in seconds, to the
        logarithm of the likelihood of its best pattern, and that pattern.
    early_beats : float
        How long before a beat an onset may be that belongs to it.
    most_notes : float
        That the judge takes in one beat; there must be no more in any.

    Returns
    -------
    list of tuple of Fraction
        The pattern of each beat.
    """
    n_onsets, n_beats = len(onsets_beat), len(beat_lengths_sec)
    numbers = np.arange(n_beats + 1)
    on_time = np.searchsorted(onsets_beat, numbers, side="left")
    early = np.searchsorted(onsets_beat, numbers - early_beats, side="left")
    best: dict[int, float] = {0: 0.0}
    steps: list[dict[int, tuple[int, Pattern]]] = []
    for beat in range(n_beats):
        last = beat == n_beats - 1
        ends = (n_onsets,) if last else range(early[beat + 1], on_time[beat + 1] + 1)
        length = float(beat_lengths_sec[beat])
        reached: dict[int, float] = {}
        step: dict[int, tuple[int, Pattern]] = {}
        for end in ends:
            for begin, before in best.items():
                if not 0 <= end - begin <= most_notes:
                    continue
                likelihood, pattern = judge(onsets_beat[begin:end] - beat, length)
                if end not in reached or before + likelihood > reached[end]:
                    reached[end], step[end] = before + likelihood, (begin, pattern)
        best = reached
        steps.append(step)
    chosen: list[Pattern] = []
    at = n_onsets
    for step in reversed(steps):
        at, pattern = step[at]
        chosen.append(pattern)
    return chosen[::-1]


class _WrittenJudge:
    """How likely the notes of a beat are as a pattern that is written."""

    def __init__(self, swing_ratio: float, prices: PatternPrices, *, is_compound: bool) -> None:
        # Tables are kept by ratio: hundredths cannot be told apart.
        self._tables = pattern_tables(round(swing_ratio, 2), prices, is_compound=is_compound)
        self._prices = prices

    def __call__(self, onsets: Floats, length_sec: float) -> tuple[float, Pattern]:
        n_notes = len(onsets)
        prices = self._prices
        if n_notes == 0:
            return prices.empty, ()
        table = self._tables[n_notes]
        own = prices.spread_beats**2 + (prices.spread_sec / length_sec) ** 2
        shared = prices.shift_beats**2
        away = onsets - table.places
        total = away.sum(axis=1)
        # Of a covariance that is `own` on the diagonal and `shared` everywhere.
        distance = (away * away).sum(axis=1) - shared / (own + n_notes * shared) * total**2
        volume = (n_notes - 1) * np.log(own) + np.log(own + n_notes * shared)
        likelihood = table.price - 0.5 * (distance / own + volume + n_notes * _LOG_2PI)
        k = int(likelihood.argmax())
        return float(likelihood[k]), table.patterns[k]


def thin_out(onsets_beat: Sequence[float], lengths_sec: Sequence[float]) -> tuple[int, ...]:
    """Tell which onsets have to become grace notes because a beat cannot hold them all.

    Parameters
    ----------
    onsets_beat : sequence of float, beats
        Ascending.
    lengths_sec : sequence of float, seconds
        Of the notes.

    Returns
    -------
    tuple of int
        Indices of the shortest ones, where more than `MOST_NOTES` begin within what may belong to
        one beat.
    """
    most, reach = MOST_NOTES, 1 + PatternPrices().early_beats
    spare: set[int] = set()
    kept = list(range(len(onsets_beat)))
    i = 0
    while i + most < len(kept):
        window = kept[i : i + most + 1]
        if onsets_beat[window[-1]] - onsets_beat[window[0]] <= reach:
            shortest = min(window[:-1], key=lambda one: lengths_sec[one])
            spare.add(shortest)
            kept.remove(shortest)
            i = max(0, i - most)
        else:
            i += 1
    return tuple(sorted(spare))
