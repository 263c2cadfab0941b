"""Chord labels in the syntax of Harte et al. (ISMIR 2005), read and written."""

import re
from functools import lru_cache

from licklab.domain.chord import NO_CHORD
from licklab.domain.chord_degrees import ALTERED, ORDER
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.note_name import degree_note, degree_semitones, note_degree
from licklab.errors import ChordError

# Degrees of the shorthands of the syntax; the ones that mir_eval 0.8 scores come first and are
# written, the others are only read.
_SHORTHANDS = {
    "maj": "1 3 5", "min": "1 b3 5", "7": "1 3 5 b7", "maj7": "1 3 5 7", "min7": "1 b3 5 b7",
    "maj6": "1 3 5 6", "min6": "1 b3 5 6", "minmaj7": "1 b3 5 7", "hdim7": "1 b3 b5 b7",
    "dim7": "1 b3 b5 bb7", "aug": "1 3 #5", "dim": "1 b3 b5", "sus4": "1 4 5", "sus2": "1 2 5",
    "9": "1 3 5 b7 9", "maj9": "1 3 5 7 9", "min9": "1 b3 5 b7 9", "5": "1 5", "1": "1",
    "11": "1 3 5 b7 9 11", "min11": "1 b3 5 b7 9 11", "13": "1 3 5 b7 9 11 13",
    "min13": "1 b3 5 b7 9 11 13", "maj13": "1 3 5 7 9 11 13",
    "maj11": "1 3 5 7 9 11", "aug7": "1 3 #5 b7",
}  # fmt: skip
_ONLY_READ = frozenset({"maj11", "aug7"})
# In short: see `licklab.domain.chord_degrees.ALTERED`.
_ALTERED_LABEL = "7(b9,#9,b13)"
_UNKNOWN = "X"
_LONGEST = 80  # characters; a label with every degree has fewer
_LABEL = re.compile(
    r"(?P<root>[A-G](?:b*|#*))"
    r"(?::(?P<name>[a-z]*\d{0,2})(?:\((?P<degrees>[*b#\d,]+)\))?)?"
    r"(?:/(?P<bass>[b#]*\d+))?"
)


def to_harte(symbol: ChordSymbol) -> str:
    """Write a chord as a Harte label.

    Parameters
    ----------
    symbol : ChordSymbol
        To write.

    Returns
    -------
    str
        Such as ``G:7(b9,#11)`` or ``C:maj7/3``; ``N`` where no chord is played.
    """
    if symbol.is_none:
        return NO_CHORD
    label = f"{symbol.root}:{_write_kind(symbol)}"
    if symbol.bass is None:
        return label
    # A tone of the chord keeps its degree where the player spelled it more simply: A in Cdim7.
    for degree in symbol.degrees:
        if degree.lstrip("b#") in "234567" and symbol.bass == degree_note(symbol.root, degree):
            return f"{label}/{degree}"
    return f"{label}/{note_degree(symbol.root, symbol.bass)}"


def from_harte(label: str) -> ChordSymbol:
    """Read a Harte label.

    Parameters
    ----------
    label : str
        With or without shorthand, degrees and bass. ``X``, a chord that cannot be named, counts
        as none.

    Returns
    -------
    ChordSymbol
        That it means; `licklab.domain.chord_symbol.NO_CHORD_SYMBOL` for ``N``.

    Raises
    ------
    ChordError
        If it is none.

    Examples
    --------
    >>> from_harte("C:sus4(b7)").degrees
    ('1', '4', '5', 'b7')
    """
    if label in {NO_CHORD, _UNKNOWN}:
        return NO_CHORD_SYMBOL
    match = _LABEL.fullmatch(label) if len(label) <= _LONGEST else None
    if match is None or (match["name"] or "maj") not in _SHORTHANDS:
        raise _no_label(label)
    if label.partition(":")[2] == _ALTERED_LABEL:
        return ChordSymbol(match["root"], ALTERED)
    try:
        degrees = _read_degrees(match)
        bass = degree_note(match["root"], match["bass"]) if match["bass"] else None
        return ChordSymbol(match["root"], tuple(degrees), bass)
    except ChordError:
        raise _no_label(label) from None


@lru_cache(maxsize=4096)
def label_to_symbol(label: str) -> str:
    """Write a Harte label as a player does.

    Parameters
    ----------
    label : str
        As `from_harte` reads it.

    Returns
    -------
    str
        Such as ``G7b9`` or ``Cmaj7/G``; ``N.C.`` for none.

    Raises
    ------
    ChordError
        If it is no label.

    Examples
    --------
    >>> label_to_symbol("G:7(b9,#9,b13)"), label_to_symbol("A:hdim7/b5")
    ('G7alt', 'Am7b5/Eb')
    """
    return write_symbol(from_harte(label))


def _read_degrees(match: re.Match[str]) -> set[str]:
    name = match["name"]
    if name == "" and match["degrees"] is None:
        raise ChordError("want a shorthand or degrees after the colon, got none")
    shorthand = "1" if name == "" else _SHORTHANDS[name or "maj"]
    degrees = set(shorthand.split())
    listed = match["degrees"].split(",") if match["degrees"] else []
    added = {degree for degree in listed if not degree.startswith("*")}
    for degree in listed:
        if degree.startswith("*"):
            tone = degree_semitones(degree[1:]) % 12
            degrees = {other for other in degrees if degree_semitones(other) % 12 != tone}
    for degree in added:
        degree_semitones(degree)
    return degrees | added


def _write_kind(symbol: ChordSymbol) -> str:
    if symbol.is_altered:
        return _ALTERED_LABEL
    wanted = set(symbol.degrees)

    def cost(name: str) -> int:
        return len(wanted.symmetric_difference(_SHORTHANDS[name].split()))

    name = min((name for name in _SHORTHANDS if name not in _ONLY_READ), key=cost)
    tones = _SHORTHANDS[name].split()
    listed = ["*" + degree for degree in tones if degree not in wanted]
    listed += [degree for degree in ORDER if degree in wanted - set(tones)]
    return f"{name}({','.join(listed)})" if listed else name


def _no_label(label: str) -> ChordError:
    shown = label if len(label) <= _LONGEST else label[:_LONGEST] + "..."
    return ChordError(f"want a chord label such as G:7(b9), C:maj7/3 or N, got {shown!r}")
