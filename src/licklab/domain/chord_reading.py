"""Chord symbols of every habit of writing, read.

What is ambiguous is read as most lead sheets mean it: ``C^`` and ``Cj`` are major sevenths, ``CM``
and ``Cma`` triads; ``C2`` has its third; ``C13`` has a ninth and no eleventh; ``C-9`` is minor, the
minus of ``C7-9`` lowers; ``C+9`` has a raised fifth, ``C7+9`` a raised ninth; a tension of a triad,
as in ``C(b9)``, makes it a dominant.
"""

import re
from dataclasses import dataclass, field

from licklab.domain.chord_degrees import ALTERED
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.errors import ChordError

_LONGEST = 80  # characters; a symbol with every degree has fewer
_PLAIN = str.maketrans(
    {"♭": "b", "♯": "#", "\u2212": "-", "\u2013": "-", "△": "^", "Δ": "^", "∆": "^", "°": "o",
     "º": "o", "Ø": "ø", "[": "(", "]": ")"}
)  # fmt: skip
_NO_CHORD = re.compile(r"N\.?\s*C\.?|(?i:no chord|tacet)")
# Two accidentals belong to the root unless the second one alters a fifth, ninth or thirteenth.
_SYMBOL = re.compile(r"([A-G])(bb(?!5|9|13)|##(?!5|9|11)|b|#)?(.*?)(?:/([A-G](?:bb?|##?)?))?")
_TOKEN = re.compile(
    r"(?P<space>[\s,.]+|/(?=[#b\d+-]|maj)|dom(?=7|9|11|13))"
    r"|(?P<open>\()|(?P<close>\))"
    r"|(?P<alt>alt)"
    r"|add\s*(?P<add>[b#]*\d+|maj7)"
    r"|(?:no|omit)\s*(?P<no>[35])(?:rd|th)?"
    r"|sus(?P<sus>24|42|[24])?"
    r"|(?P<half>ø|h(?:alf-?)?dim|h)"
    r"|(?P<dim>dim|o)"
    r"|(?P<aug>aug|\+(?![59]|11))"
    r"|(?P<tri>\^|[jJ])"
    r"|(?P<maj>(?i:major|maj|ma(?!dd|lt|ug|j))|M(?![iI]))"
    r"|(?P<min>(?i:minor|min|mi)|m|-)"
    r"|(?P<six>6/9|69)"
    r"|(?P<sign>[b#+])(?P<altered>13|11|10|[2-7]|9)"
    r"|(?P<number>13|11|9|7|6|5|2)"
)
_FIRST_PLUS = re.compile(r"(?P<aug>\+)(?=9|13)")
_FLAT_MINUS = re.compile(r"-(?P<altered>13|11|9|5)")


@dataclass(slots=True)
class _Reading:
    third: str | None = "3"
    fifth: str = "5"
    is_major: bool = False
    is_triangle: bool = False
    is_half: bool = False
    is_diminished: bool = False
    is_altered: bool = False
    number: int | None = None
    depth: int = 0
    suspensions: str = ""
    degrees: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    omitted: set[str] = field(default_factory=set)


def parse_symbol(text: str) -> ChordSymbol:
    """Read a chord symbol.

    Parameters
    ----------
    text : str
        As a player writes it, with ASCII or Unicode signs.

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
    >>> parse_symbol("C-7b5") == parse_symbol("Cø")
    True
    >>> parse_symbol("F#7(b9,#11)/E")
    ChordSymbol(root='F#', degrees=('1', '3', '5', 'b7', 'b9', '#11'), bass='E')
    """
    plain = text.strip().translate(_PLAIN)
    if _NO_CHORD.fullmatch(plain):
        return NO_CHORD_SYMBOL
    match = _SYMBOL.fullmatch(plain) if len(plain) <= _LONGEST else None
    reading = _read_kind(match[3]) if match else None
    if match is None or reading is None:
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
        raise ChordError(f"want a chord symbol such as Cmaj7, F#m7b5, Bb7alt or C/E, got {shown!r}")
    return ChordSymbol(match[1] + (match[2] or ""), tuple(_build(reading)), match[4])


def _read_kind(kind: str) -> _Reading | None:
    reading = _Reading()
    kind, place = kind.lstrip(), 0
    while place < len(kind):
        # At the start a minus is minor and a plus the fifth; elsewhere they alter what follows.
        sign = (_FLAT_MINUS if place else _FIRST_PLUS).match(kind, place)
        match = sign or _TOKEN.match(kind, place)
        if match is None or not _take(reading, match):
            return None
        place = match.end()
    return reading if reading.depth == 0 else None


def _take(reading: _Reading, match: re.Match[str]) -> bool:
    """Put one token into the reading; False where it makes no sense."""
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if match[0].startswith("sus"):
        reading.third = None
        reading.suspensions += found.get("sus", "4")
    elif "open" in found or "close" in found:
        reading.depth += 1 if "open" in found else -1
        return 0 <= reading.depth <= 1
    elif "altered" in found:
        _take_sign(reading, found.get("sign", "-").replace("-", "b").replace("+", "#"), found)
    elif "number" in found or "six" in found:
        return _take_number(reading, found.get("number", "69"))
    elif "add" in found:
        reading.added.append("7" if found["add"] == "maj7" else found["add"])
    elif "no" in found:
        reading.omitted.add(found["no"])
    elif "space" not in found:
        return _take_word(reading, next(iter(found)), is_first=match.start() == 0)
    return True


def _take_word(reading: _Reading, word: str, *, is_first: bool) -> bool:
    if word in {"maj", "tri"}:
        reading.is_triangle |= word == "tri"
        was_major, reading.is_major = reading.is_major, True
        return not was_major
    if word == "aug":
        reading.fifth = "#5"
    elif word == "alt":
        reading.is_altered = True
        return reading.third == "3" and not reading.is_major
    elif word == "min":
        reading.third = "b3"
        return is_first
    else:
        reading.third, reading.fifth = "b3", "b5"
        reading.is_half, reading.is_diminished = word == "half", word == "dim"
        return is_first
    return True


def _take_sign(reading: _Reading, sign: str, found: dict[str, str]) -> None:
    degree = sign + found["altered"]
    if degree in {"b5", "#5"} and reading.fifth in {"5", "b5"}:
        if reading.fifth == "b5" and not reading.is_half:
            reading.degrees.append(degree)
        else:
            reading.fifth = degree
    elif degree == "#7":
        reading.is_major, reading.number = True, reading.number or 7
    else:
        reading.degrees.append({"#10": "11", "#3": "11"}.get(degree, degree))


def _take_number(reading: _Reading, number: str) -> bool:
    if number == "5":
        reading.omitted.add("3")
        return reading.third == "3" and reading.number is None
    if number == "2":
        reading.added.append("9")
    elif reading.number is None and not (reading.depth and not reading.is_major):
        reading.number = int(number)
    elif number == "69":
        return False
    elif not (number == "7" and reading.is_major):  # Cm9(maj7) has its seventh by the word
        reading.added.append({"7": "b7"}.get(number, number))
    return True


def _build(reading: _Reading) -> list[str]:
    if reading.is_altered:
        return list(ALTERED)
    degrees = ["1", reading.fifth, *reading.degrees]
    degrees += [reading.third] if reading.third else []
    degrees += list(reading.suspensions)
    number = reading.number
    if number is None and (reading.is_triangle or reading.is_half or _asks_seventh(reading)):
        number = 7
    if number in {6, 69}:
        degrees += ["6", "9"] if number == 69 else ["6"]
    elif number:
        is_diminished = reading.is_diminished and not reading.is_major
        degrees.append("bb7" if is_diminished else "7" if reading.is_major else "b7")
    if number in {9, 11, 13} and not {"b9", "#9"} & set(degrees):
        degrees.append("9")
    if number in {11, 13} and not (number == 11 and "#11" in degrees):
        degrees.append(str(number))
    degrees += reading.added
    return [degree for degree in degrees if degree.lstrip("b#") not in reading.omitted]


def _asks_seventh(reading: _Reading) -> bool:
    is_dominant = reading.third != "b3" and not reading.is_major
    return is_dominant and bool({"b9", "#9", "b13"} & set(reading.degrees))
