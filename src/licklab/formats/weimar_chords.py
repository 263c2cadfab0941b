"""Chord symbols as the Weimar Jazz Database spells them.

Accidentals stand behind the number: ``C79b13`` is C13b9 to a player, ``Bb-7911#`` has a minor third
and a raised eleventh. The spelling is described in Pfleiderer et al., Inside the Jazzomat (2017).
"""

import re

from licklab.domain.chord_degrees import ALTERED
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.errors import ChordError

_LONGEST = 40  # characters; the longest spelling has 11
_CHORD = re.compile(
    r"(?P<root>[A-G][b#]?)(?P<kind>m7b5|o|\+?-?|sus)(?P<seventh>j7|7|6|j)?(?P<alt>alt)?"
    r"(?P<tensions>(?:(?:9|11|13)[b#]?)*)(?:/(?P<bass>[A-G][b#]?))?"
)
_TENSION = re.compile(r"(9|11|13)([b#]?)")
_TRIADS = {
    "": ("3", "5"), "-": ("b3", "5"), "+": ("3", "#5"), "+-": ("b3", "#5"), "o": ("b3", "b5"),
    "sus": ("4", "5"), "m7b5": ("b3", "b5", "b7"),
}  # fmt: skip
_SEVENTHS = {"7": "b7", "j7": "7", "j": "7", "6": "6"}


def parse_weimar(text: str) -> ChordSymbol:
    """Read a chord of the Weimar Jazz Database.

    Parameters
    ----------
    text : str
        As the column ``chord`` of its beats has it.

    Returns
    -------
    ChordSymbol
        That it means.

    Raises
    ------
    ChordError
        If it is none.

    Examples
    --------
    >>> parse_weimar("Bb79b13").degrees
    ('1', '3', '5', 'b7', 'b9', '13')
    """
    if text == "NC":
        return NO_CHORD_SYMBOL
    match = _CHORD.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        raise ChordError(
            f"want a chord as the Weimar Jazz Database spells it, such as Ebj7 or G79b, "
            f"got {text[:_LONGEST]!r}"
        )
    if match["alt"]:
        return ChordSymbol(match["root"], ALTERED, match["bass"])
    degrees = ["1", *_TRIADS[match["kind"]]]
    if match["seventh"]:
        is_diminished = match["kind"] == "o" and match["seventh"] == "7"
        degrees.append("bb7" if is_diminished else _SEVENTHS[match["seventh"]])
    degrees += [sign + number for number, sign in _TENSION.findall(match["tensions"])]
    return ChordSymbol(match["root"], tuple(degrees), match["bass"])
