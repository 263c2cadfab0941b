"""Chords that a search wants around a match."""

import re
from collections.abc import Sequence

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.note_name import note_pitch_class
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import ChordError, QueryError


def read_context(text: str) -> tuple[ChordSymbol, ...]:
    """Read chord symbols that a match is to stand over.

    Parameters
    ----------
    text : str
        Symbols between spaces, bar lines, commas or arrows.

    Returns
    -------
    tuple of ChordSymbol
        At least one.

    Raises
    ------
    QueryError
        If one of them is none.
    """
    words = [one for one in re.split(r"[\s|,>]+|->", text) if one.strip("-")]
    if not words:
        raise QueryError(f"want chord symbols such as 'Dm7 G7', got {text!r}")
    try:
        symbols = tuple(parse_symbol(one) for one in words)
    except ChordError as error:
        raise QueryError(f"want chord symbols such as 'Dm7 G7': {error}") from error
    if any(one.is_none for one in symbols):
        raise QueryError("want chords around the match, got N.C.")
    return symbols


def symbols_under(line: SoloLine, span: NoteSpan) -> tuple[ChordSymbol, ...]:
    """List the chords in force under some notes, each once while it lasts.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        Its notes.

    Returns
    -------
    tuple of ChordSymbol
        In order, from the first note's to the last one's.
    """
    first, last = int(line.chord[span.start]), int(line.chord[span.stop - 1])
    found: list[ChordSymbol] = []
    for one in line.chords[max(first, 0) : last + 1]:
        if not found or found[-1] != one.symbol:
            found.append(one.symbol)
    return tuple(found)


def stands_over(
    wanted: Sequence[ChordSymbol], found: Sequence[ChordSymbol], semitones: int | None
) -> bool:
    """Tell whether chords contain others in a row.

    Parameters
    ----------
    wanted : sequence of ChordSymbol
        To look for. A chord meets every one that has all its degrees: ``G7`` meets ``G13b9``.
    found : sequence of ChordSymbol
        To look in.
    semitones : int or None
        How much higher they must be; any interval if None.

    Returns
    -------
    bool
        Whether they are there.
    """
    for start in range(len(found) - len(wanted) + 1):
        part = found[start : start + len(wanted)]
        if any(one.is_none for one in part):
            continue
        moves = {
            (note_pitch_class(there.root) - note_pitch_class(here.root)) % 12
            for here, there in zip(wanted, part, strict=True)
        }
        is_moved_right = semitones is None or moves == {semitones % 12}
        if len(moves) == 1 and is_moved_right and all(
            set(here.degrees) <= set(there.degrees)
            for here, there in zip(wanted, part, strict=True)
        ):  # fmt: skip
            return True
    return False
