"""Chord symbols as players write them, in one house style."""

from licklab.domain.chord_symbol import ChordSymbol

NO_CHORD_TEXT = "N.C."
"""How players write that no chord is played."""

_STEMS = {
    ("b3", None): "m", ("b3", "6"): "m6", ("b3", "b7"): "m7", ("b3", "7"): "m(maj7)",
    ("3", None): "", ("3", "6"): "6", ("3", "b7"): "7", ("3", "7"): "maj7",
}  # fmt: skip
_DIMINISHED = {None: "dim", "bb7": "dim7", "7": "dim(maj7)"}
_SUSPENSIONS = {"4": "sus4", "2": "sus2", None: ""}


def write_symbol(symbol: ChordSymbol) -> str:
    """Write a chord symbol.

    Parameters
    ----------
    symbol : ChordSymbol
        To write.

    Returns
    -------
    str
        In ASCII, such as ``Cmaj7``, ``F#m7b5``, ``G13b9`` or ``C/E``. `parse_symbol` reads the
        same symbol from it.
    """
    if symbol.is_none:
        return NO_CHORD_TEXT
    bass = f"/{symbol.bass}" if symbol.bass else ""
    return symbol.root + _write_kind(symbol) + bass


def _write_kind(symbol: ChordSymbol) -> str:
    if symbol.is_altered:
        return "7alt"
    if symbol.degrees == ("1", "5"):
        return "5"
    rest = [degree for degree in symbol.degrees if degree not in {"1", "b3", "3", "2", "4"}]
    stem = _take_stem(symbol, rest)
    signs = [sign for sign in ("b5", "#5", "b9", "#9", "#11", "b13") if sign in rest]
    if symbol.seventh in {None, "6", "bb7"}:  # without a seventh a tension would ask for one
        signs = [sign for sign in signs if sign in {"b5", "#5"}]
    plain = [degree for degree in rest if degree not in signs]
    added = ["add" + ("maj7" if degree == "7" else degree) for degree in plain]
    stem += _SUSPENSIONS[symbol.suspension]
    # A sign at once after the root would be the root's own; several are easier to read apart.
    is_bare = not stem or symbol.suspension or stem.endswith(")")
    if len(signs) > 1 or (signs and is_bare):
        stem += f"({','.join(signs)})"
    else:
        stem += "".join(signs)
    if symbol.third is None and symbol.suspension is None:
        added.append("no3")
    if symbol.fifth is None:
        added.append("no5")
    if not stem and added == ["add9"]:
        return "add9"
    return stem + (f"({','.join(added)})" if added else "")


def _take_stem(symbol: ChordSymbol, rest: list[str]) -> str:
    third, seventh = symbol.third or "3", symbol.seventh
    rest[:] = [degree for degree in rest if degree not in {"5", seventh}]
    if third == "b3" and symbol.fifth == "b5" and seventh in _DIMINISHED:
        rest.remove("b5")
        return _DIMINISHED[seventh]
    if third == "3" and symbol.fifth == "#5" and seventh is None and symbol.suspension is None:
        rest.remove("#5")
        return "+"
    if seventh == "6" and "9" in rest:
        rest.remove("9")
        return _STEMS[third, seventh] + "9"
    if seventh in {"b7", "7"}:
        return _STEMS[third, seventh].replace("7", _take_number(rest))
    return _STEMS[third, seventh]


def _take_number(rest: list[str]) -> str:
    """Take the highest natural extension with all that it implies out of the rest."""
    has_ninth = bool({"b9", "9", "#9"} & set(rest))
    number = "7"
    if "13" in rest and has_ninth:
        number = "13"
    elif "11" in rest and has_ninth and "#11" not in rest:
        number = "11"
    elif "9" in rest and not {"b9", "#9"} & set(rest):
        number = "9"
    if number == "7":
        return number
    # An altered ninth takes the place of the natural one; where both are, that one is added.
    taken = {number} if {"b9", "#9"} & set(rest) else {number, "9"}
    rest[:] = [degree for degree in rest if degree not in taken]
    return number
