"""Who plays what, among some solos: for training and benchmarks; the product asks its corpus."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from benchmarks.licks.solos import AnnotatedLine


class PlayerCounts:
    """Counts the players of intervals.

    Parameters
    ----------
    solos : sequence of AnnotatedLine
        Of the players that are counted.
    """

    def __init__(self, solos: Sequence[AnnotatedLine]) -> None:
        self._performers = [one.performer for one in solos]
        self._intervals = [np.diff(one.line.pitch_midi).tolist() for one in solos]
        self._places: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
        for number, intervals in enumerate(self._intervals):
            for at in range(len(intervals) - 1):
                self._places[intervals[at], intervals[at + 1]].append((number, at))

    def count(self, pitches: Sequence[int], excluding: str) -> int:
        """Count who plays some pitches, on any step.

        Parameters
        ----------
        pitches : sequence of int
            Three or more.
        excluding : str
            A player who does not count.

        Returns
        -------
        int
            Players with a solo that has the same intervals.
        """
        wanted = np.diff(pitches).tolist()
        pairs = [(wanted[i], wanted[i + 1]) for i in range(len(wanted) - 1)]
        rarest = min(range(len(pairs)), key=lambda i: len(self._places.get(pairs[i], ())))
        found: set[str] = set()
        for number, at in self._places.get(pairs[rarest], ()):
            performer, start = self._performers[number], at - rarest
            if performer == excluding or performer in found or start < 0:
                continue
            if self._intervals[number][start : start + len(wanted)] == wanted:
                found.add(performer)
        return len(found)
