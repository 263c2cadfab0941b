"""What a person may say about the chords and the key."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from licklab.domain.chord import Chord
from licklab.domain.key import Key
from licklab.errors import ChordError


@dataclass(frozen=True, slots=True)
class WriteChords:
    """These are the chords.

    Attributes
    ----------
    chords : tuple of Chord
        In order; a stretch that none covers keeps what was heard there.

    Raises
    ------
    ChordError
        If there are none, one ends before it begins, or two sound at once.
    """

    chords: tuple[Chord, ...]

    def __post_init__(self) -> None:
        if not self.chords:
            raise ChordError("want one chord or more, got none")
        for one in self.chords:
            if not 0 <= one.onset_sec < one.offset_sec < float("inf"):
                raise ChordError(
                    f"want a chord that begins before it ends, got {one.symbol} from "
                    f"{one.onset_sec:g} to {one.offset_sec:g} s"
                )
        for one, following in pairwise(self.chords):
            if following.onset_sec < one.offset_sec:
                raise ChordError(
                    f"want chords one after another, got {following.symbol} at "
                    f"{following.onset_sec:g} s before {one.symbol} ends at {one.offset_sec:g} s"
                )


@dataclass(frozen=True, slots=True)
class LayChart:
    """These are the changes; where they begin, and in which key, is to be found.

    Attributes
    ----------
    text : str
        The chart as it came.
    """

    text: str


@dataclass(frozen=True, slots=True)
class SetKey:
    """The piece is in this key.

    Attributes
    ----------
    key : Key
        Of the whole.
    """

    key: Key


ChordEdit: TypeAlias = WriteChords | LayChart
"""One thing that a person says about the chords."""


def overlay_chords(under: Sequence[Chord], over: Sequence[Chord]) -> tuple[Chord, ...]:
    """Write chords over others.

    Parameters
    ----------
    under : sequence of Chord
        In order.
    over : sequence of Chord
        In order; where one sounds nothing of those under it is left.

    Returns
    -------
    tuple of Chord
        All that is left, in order.
    """
    left: list[Chord] = list(over)
    edges = [0.0, *(edge for one in over for edge in (one.onset_sec, one.offset_sec)), float("inf")]
    for gap_from, gap_to in zip(edges[0::2], edges[1::2], strict=True):
        first = bisect_right(under, gap_from, key=lambda one: one.offset_sec)
        last = bisect_left(under, gap_to, key=lambda one: one.onset_sec)
        for one in under[first:last]:
            onset_sec, offset_sec = max(one.onset_sec, gap_from), min(one.offset_sec, gap_to)
            if onset_sec < offset_sec:
                left.append(
                    Chord(
                        onset_sec, offset_sec, one.label, one.symbol, one.confidence,
                        one.alternatives,
                    )
                )  # fmt: skip
    return tuple(sorted(left, key=lambda one: one.onset_sec))
