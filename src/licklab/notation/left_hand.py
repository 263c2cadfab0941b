"""What the left hand can do at one time, and what it costs it to get from there to the next.

How much work it is to move depends on the time there is: the hand is aimed at a fret as it is at
any target (Fitts, "The information capacity of the human motor system in controlling the amplitude
of movement", Journal of Experimental Psychology 47(6), 1954).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from licklab.domain.tab import Tuning
from licklab.notation.grips import Floats, GripPrices, Grips, Ints, list_grips

# Fitts found 10 to 12 bits a second: the hand needs a tenth of a second for each bit.
_SEC_A_BIT = 0.1
# No two strokes follow one another sooner (33 a second): keeps doubled onsets from dividing by 0.
_SHORTEST_SEC = 0.03
# Dearer than any way round it, and still a number: there may be none.
_IMPOSSIBLE = 1e6
# Pairs of chords are priced again after so many: 64 KB each at most.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class TabPrices:
    """What work costs the left hand, in the work of stretching by one fret.

    Their order is reasoned: one move is worse than one stretched note and better than two, for the
    eyes leave the page; skipping strings decides between equals. `pinned` and the price of an open
    string were chosen with one solo of GuitarSet in view out of some twenty settings, so that the
    share of strings on it says little about other players; `benchmarks/score/tab.py` prints how far
    the share moves when a price is another.

    Attributes
    ----------
    shift : float
        To leave the place of the hand at all.
    travel : float
        To move in just the time that it takes; less in proportion where there is more.
    rushed : float
        To move in less.
    cut : float
        To end a note that was heard to sound on.
    pinned : float
        For each finger that has to stay down while others play; an open string sounds on by itself.
    skip : float
        For each string between two notes.
    roll : float
        To play two notes on neighbouring strings with the same finger.
    grip : GripPrices
        To hold notes.
    """

    shift: float = 1.5
    travel: float = 1.5
    rushed: float = 20.0
    cut: float = 20.0
    pinned: float = 0.5
    skip: float = 0.25
    roll: float = 0.25
    grip: GripPrices = field(default_factory=GripPrices)


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways to play what is struck at one time.

    Attributes
    ----------
    notes : tuple of int
        Those that are struck, then those that may sound on.
    struck : tuple of int, MIDI
        Pitches of the former.
    strings : shape=(n_ways, n_notes), from 1
        Of each; 0 for a note that is let go.
    hand, finger : shape=(n_ways,)
        As in `Grips`.
    middle : shape=(n_ways,)
        Of the strings that are struck.
    cost : shape=(n_ways,)
        Of the grip.
    """

    notes: tuple[int, ...]
    struck: tuple[int, ...]
    strings: Ints
    hand: Ints
    finger: Ints
    middle: Floats
    cost: Floats


def move_sec(n_frets: int) -> float:
    """Give the time that a trained hand needs to move along the neck.

    Parameters
    ----------
    n_frets : int
        How far; a fret is also the width of the target.

    Returns
    -------
    float, seconds
        A tenth for one fret, .23 for four, .36 for an octave.
    """
    return _SEC_A_BIT * float(np.log2(n_frets + 1))


class LeftHand:
    """A hand on one fingerboard; it remembers what it has worked out.

    Parameters
    ----------
    tuning : Tuning
        Of the strings.
    prices : TabPrices
        What work costs.
    """

    def __init__(self, tuning: Tuning, prices: TabPrices) -> None:
        self._prices = prices
        self._opened_midi = np.array((-1, *tuning.open_midi))
        self._grips = functools.cache(lambda pitches: list_grips(pitches, tuning, prices.grip))
        self._pairs = functools.lru_cache(_REMEMBERED)(self._price_pair)

    def can_hold(self, pitches_midi: tuple[int, ...]) -> bool:
        """Tell whether pitches can sound together.

        Parameters
        ----------
        pitches_midi : tuple of int
            Sounding.

        Returns
        -------
        bool
            Whether there is a grip for all of them.
        """
        return self._grips(pitches_midi) is not None

    def list_ways(self, new: Sequence[int], held: Sequence[int], pitches: Sequence[int]) -> Ways:
        """List the ways to strike notes while all of the held ones, or some, or none sound on.

        Parameters
        ----------
        new : sequence of int
            Notes that are struck; they can be held.
        held : sequence of int
            Notes that sound on, those that do so longest first.
        pitches : sequence of int
            Of all notes.

        Returns
        -------
        Ways
            At least one.
        """
        struck = tuple(pitches[i] for i in new)
        parts: list[Grips] = []
        for n_held in range(len(held) + 1):
            found = self._grips((*struck, *(pitches[i] for i in held[:n_held])))
            if found is None:
                break
            parts.append(found)
        one = parts[0]
        if not held:
            middle = one.strings.mean(axis=1) if len(new) > 1 else one.strings[:, 0].astype(float)
            return Ways(tuple(new), struck, one.strings, one.hand, one.finger, middle, one.cost)
        strings = np.zeros((sum(len(part.cost) for part in parts), len(new) + len(held)), np.int64)
        row = 0
        for part in parts:
            strings[row : row + len(part.cost), : part.strings.shape[1]] = part.strings
            row += len(part.cost)
        cost = np.concatenate([part.cost for part in parts])
        for column, i in enumerate(held, len(new)):
            string = strings[:, column]
            is_down = (string > 0) & (self._opened_midi[string] < pitches[i])
            cost += self._prices.pinned * is_down
        return Ways(
            (*new, *held),
            struck,
            strings,
            np.concatenate([part.hand for part in parts]),
            np.concatenate([part.finger for part in parts]),
            strings[:, : len(new)].mean(axis=1),
            cost,
        )

    def price_moves(self, before: Ways, after: Ways, time_sec: float) -> Floats:
        """Price every move from one time to the next.

        Parameters
        ----------
        before, after : Ways
            At both times.
        time_sec : float
            Between them.

        Returns
        -------
        shape=(n_before, n_after)
            What each costs.
        """
        prices = self._prices
        if len(before.notes) == len(before.struck) and len(after.notes) == len(after.struck):
            sec, fixed = self._pairs(_Known(before), _Known(after))
        else:
            sec, fixed = self._price_pair(_Known(before), _Known(after))
        share = sec * (1 / max(time_sec, _SHORTEST_SEC))
        total: Floats = fixed + prices.travel * share
        total += prices.rushed * (share > 1)
        for column, i in enumerate(after.notes[len(after.struck) :], len(after.struck)):
            was = before.strings[:, before.notes.index(i), np.newaxis]
            stays = after.strings[:, column]
            total += prices.cut * ((was > 0) & (stays == 0))
            total += _IMPOSSIBLE * ((stays > 0) & (stays != was))
        return total

    def _price_pair(self, known_before: "_Known", known_after: "_Known") -> tuple[Floats, Floats]:
        """Give the time that each move takes, and what it costs however much there is."""
        before, after, prices = known_before.ways, known_after.ways, self._prices
        distance = np.abs(before.hand[:, np.newaxis] - after.hand)
        across = np.abs(before.middle[:, np.newaxis] - after.middle)
        same = (before.finger[:, np.newaxis] == after.finger) & (after.finger >= 0)
        fixed: Floats = prices.shift * (distance > 0)
        fixed += prices.skip * np.maximum(across - 1, 0)
        fixed += prices.roll * (same & (across > 0) & (distance == 0))
        return _SEC_A_BIT * np.log2(distance + 1.0), fixed


class _Known:
    """Ways that are the same for the same pitches."""

    __slots__ = ("ways",)

    def __init__(self, ways: Ways) -> None:
        self.ways = ways

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.ways.struck == other.ways.struck

    def __hash__(self) -> int:
        return hash(self.ways.struck)
