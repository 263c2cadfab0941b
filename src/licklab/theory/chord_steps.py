"""Changes as a player follows them: one step for each root and kind of chord.

In: the chords of a line. Out: steps, each a root, a kind and the chords that it covers. Neighbours
on one root that differ only in tensions (``Dm7``, ``Dm9``) are one step. A chord over a bass that
makes it a suspended dominant (``F/G``, ``Dm7/G``) stands on that bass: Levine, The Jazz Theory Book
(1995), on sus chords.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from licklab.domain.chord_symbol import ChordSymbol, quality_of
from licklab.domain.note_name import note_pitch_class
from licklab.domain.solo_line import LineChord


class ChordKind(IntEnum):
    """What decides the function of a chord."""

    MAJOR = 0
    MINOR = 1
    DOMINANT = 2
    HALF_DIMINISHED = 3
    DIMINISHED = 4
    AUGMENTED = 5
    NONE = 6


N_KINDS = len(ChordKind) - 1
"""Kinds of chords that sound."""

_M, _MIN, _D, _H, _O, _A = tuple(ChordKind)[:N_KINDS]
# In the order of `licklab.domain.chord.QUALITIES`: major and minor with their sixths and major
# sevenths, and a suspended chord for the dominant that it stands for.
_KINDS = (_M, _MIN, _D, _M, _MIN, _M, _MIN, _MIN, _H, _O, _D, _A)
# Bass above the root, in semitones, that makes a suspended dominant of the chord over it.
_SUSPENDING = {_M: 2, _MIN: 5}


@dataclass(frozen=True, slots=True)
class ChordStep:
    """Chords on one root and of one kind.

    Attributes
    ----------
    root : int, 0 to 11
        Pitch class; 0 where no chord is played.
    kind : ChordKind
        `ChordKind.NONE` where no chord is played.
    first, last : int
        Indices into the chords of the line, both included.
    n_beats : int
        Together; 0 where there are no beats.
    has_seventh : bool
        Whether its first chord has a seventh, minor or major.
    """

    root: int
    kind: ChordKind
    first: int
    last: int
    n_beats: int
    has_seventh: bool = False


def read_steps(chords: Sequence[LineChord]) -> tuple[ChordStep, ...]:
    """Read the steps of some changes.

    Parameters
    ----------
    chords : sequence of LineChord
        In order.

    Returns
    -------
    tuple of ChordStep
        In order; together they cover every chord.
    """
    steps: list[ChordStep] = []
    for i, chord in enumerate(chords):
        root, kind = root_and_kind(chord.symbol)
        before = steps[-1] if steps else None
        if before is not None and (before.root, before.kind) == (root, kind):
            n_beats = before.n_beats + chord.n_beats
            steps[-1] = ChordStep(root, kind, before.first, i, n_beats, before.has_seventh)
        else:
            has_seventh = chord.symbol.seventh in {"b7", "7"}
            steps.append(ChordStep(root, kind, i, i, chord.n_beats, has_seventh))
    return tuple(steps)


@lru_cache(maxsize=4096)
def root_and_kind(symbol: ChordSymbol) -> tuple[int, ChordKind]:
    """Tell what decides the function of a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        Any.

    Returns
    -------
    tuple of int and ChordKind
        Pitch class of the root, which is the bass of a suspended dominant, and the kind.

    Examples
    --------
    >>> from licklab.domain.chord_reading import parse_symbol
    >>> root_and_kind(parse_symbol("F/G"))
    (7, <ChordKind.DOMINANT: 2>)
    """
    quality = quality_of(symbol)
    if quality is None:
        return 0, ChordKind.NONE
    root, kind = note_pitch_class(symbol.root), _KINDS[quality]
    if symbol.bass is not None:
        bass = note_pitch_class(symbol.bass)
        if (bass - root) % 12 == _SUSPENDING.get(kind):
            return bass, ChordKind.DOMINANT
    return root, kind
