"""Chord symbols: what a player reads, as a root, degrees above it and a bass."""

from dataclasses import dataclass, replace

from licklab.domain.chord import TENSION_TONES, TENSIONS
from licklab.domain.chord_degrees import ALTERED, normalize_degrees
from licklab.domain.key import Key
from licklab.domain.note_name import (
    degree_note,
    degree_semitones,
    note_degree,
    note_pitch_class,
    simple_note,
    spell_root,
)
from licklab.errors import ChordError

_QUALITY_OF_MINOR = {"b7": 4, "7": 7, "6": 6, "": 1}
_QUALITY_OF_DIMINISHED = {"b7": 8, "7": 9, "bb7": 9, "": 9}
_QUALITY_OF_MAJOR = {"b7": 2, "7": 3, "6": 5, "": 0}
_SUSPENDED, _AUGMENTED = 10, 11


@dataclass(frozen=True, slots=True)
class ChordSymbol:
    """A chord symbol.

    Attributes
    ----------
    root : str
        A note with at most one accidental; empty where no chord is played.
    degrees : tuple of str
        Its tones as Harte writes them, in the normal form of `licklab.domain.chord_degrees`,
        which the constructor brings them into.
    bass : str or None
        The note under the slash, with at most one accidental; None for the root.

    Raises
    ------
    ChordError
        If root or bass is no note or a degree is none.

    Examples
    --------
    >>> ChordSymbol("C", ("1", "3", "5", "b7", "b9")).alterations
    ('b9',)
    """

    root: str
    degrees: tuple[str, ...] = ("1", "3", "5")
    bass: str | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__  # frozen: the constructor alone may still choose the spelling
        if not self.root:
            if self.bass is not None:
                raise ChordError(f"want a root above the bass {self.bass}, got none")
            put(self, "degrees", ())
            return
        put(self, "root", simple_note(self.root))
        put(self, "degrees", normalize_degrees(self.degrees))
        if self.bass is not None:
            bass = simple_note(self.bass)
            is_root = note_pitch_class(bass) == note_pitch_class(self.root)
            put(self, "bass", None if is_root else bass)

    @property
    def is_none(self) -> bool:
        """Whether no chord is played."""
        return not self.root

    @property
    def third(self) -> str | None:
        """The degree ``3`` or ``b3``; None in suspended chords and fifths."""
        return self._first("3", "b3")

    @property
    def suspension(self) -> str | None:
        """The degree ``4`` or ``2`` in place of the third."""
        return self._first("4", "2")

    @property
    def fifth(self) -> str | None:
        """The degree ``5``, ``b5`` or ``#5``."""
        return self._first("5", "b5", "#5")

    @property
    def seventh(self) -> str | None:
        """The degree ``b7``, ``7`` or ``bb7``, or the sixth in place of it."""
        return self._first("b7", "7", "bb7", "6")

    @property
    def extensions(self) -> tuple[str, ...]:
        """Those of ``9``, ``11`` and ``13`` that it has."""
        return tuple(degree for degree in self.degrees if degree in {"9", "11", "13"})

    @property
    def alterations(self) -> tuple[str, ...]:
        """Those of ``b9``, ``#9``, ``#11`` and ``b13`` that it has."""
        return tuple(degree for degree in self.degrees if degree in TENSIONS)

    @property
    def is_altered(self) -> bool:
        """Whether it is the altered dominant, which players write ``alt``."""
        return self.degrees == ALTERED

    def _first(self, *degrees: str) -> str | None:
        return next((degree for degree in degrees if degree in self.degrees), None)


NO_CHORD_SYMBOL = ChordSymbol("")
"""What ``N.C.`` means."""


def pitch_classes(symbol: ChordSymbol) -> frozenset[int]:
    """List the tones of a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        To spell out.

    Returns
    -------
    frozenset of int, 0 to 11
        With the bass; 0 is C. Empty where no chord is played.
    """
    if symbol.is_none:
        return frozenset()
    root = note_pitch_class(symbol.root)
    tones = {(root + degree_semitones(degree)) % 12 for degree in symbol.degrees}
    return frozenset(tones | {note_pitch_class(symbol.bass or symbol.root)})


def quality_of(symbol: ChordSymbol) -> int | None:
    """Find the nearest of the qualities that are told apart by ear.

    Parameters
    ----------
    symbol : ChordSymbol
        Of any quality.

    Returns
    -------
    int or None
        Place in `licklab.domain.chord.QUALITIES`; None where no chord is played.

    Notes
    -----
    Third and seventh decide before the fifth: they are what tells chords apart in jazz. A chord
    without third counts as major, or as suspended where it has the fourth.
    """
    if symbol.is_none:
        return None
    seventh = symbol.seventh or ""
    if symbol.third == "b3":
        is_diminished = symbol.fifth == "b5"
        return (_QUALITY_OF_DIMINISHED if is_diminished else _QUALITY_OF_MINOR)[seventh]
    if symbol.suspension == "4":
        return _SUSPENDED
    if symbol.fifth == "#5" and not seventh:
        return _AUGMENTED
    return _QUALITY_OF_MAJOR[seventh]


def tensions_of(symbol: ChordSymbol) -> tuple[int, ...]:
    """List the altered tensions of a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        Of any quality.

    Returns
    -------
    tuple of int
        Places in `licklab.domain.chord.TENSIONS`, rising. The altered fifth of a dominant counts
        as the tension that sounds the same.
    """
    found = {TENSIONS.index(degree) for degree in symbol.alterations}
    if "b7" in symbol.degrees and symbol.third != "b3" and symbol.fifth in {"b5", "#5"}:
        assert symbol.fifth is not None
        found.add(TENSION_TONES.index(degree_semitones(symbol.fifth)))
    return tuple(sorted(found))


def transpose(symbol: ChordSymbol, semitones: int, key: Key | None = None) -> ChordSymbol:
    """Move a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        To move.
    semitones : int
        Upward; downward below 0.
    key : Key, optional
        That the new root is spelled in; as players write it most often if omitted.

    Returns
    -------
    ChordSymbol
        The same degrees on the new root; the bass keeps its degree.
    """
    if symbol.is_none or (semitones % 12 == 0 and key is None):
        return symbol
    is_minor = symbol.third == "b3"
    pitch_class = (note_pitch_class(symbol.root) + semitones) % 12
    root = spell_root(pitch_class, key, is_minor=is_minor)
    bass = symbol.bass and degree_note(root, note_degree(symbol.root, symbol.bass))
    return replace(symbol, root=root, bass=bass)
