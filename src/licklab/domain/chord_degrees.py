"""The tones of a chord as degrees, in one normal form.

The same sound is always the same degrees, but for what a player tells apart: a lowered fifth and a
raised eleventh, a raised fifth and a lowered thirteenth.
"""

from collections.abc import Iterable

from licklab.domain.note_name import degree_semitones

ORDER = (
    "1", "2", "b3", "3", "4", "b5", "5", "#5", "6", "bb7", "b7", "7", "b9", "9", "#9", "11", "#11",
    "b13", "13",
)  # fmt: skip
"""Every degree of the normal form, in its order."""

ALTERED = ("1", "3", "b7", "b9", "#9", "#11", "b13")
"""Of the altered dominant: every tension is raised or lowered, and so there is no fifth."""

# Harte labels write it so in short: a dominant with these three tensions is no other chord.
_ALTERED_SIGNS = frozenset({"3", "b7", "b9", "#9"})
_RAISED_FIFTHS = frozenset({"#5", "b13"})
# Names of each sound for degrees that chords are not built from, such as b4 or #6.
_BY_SEMITONES = ("1", "b9", "9", "b3", "3", "11", "b5", "5", "#5", "6", "b7", "7")
# Compound names of the simple degrees; tensions are compound where the chord has its third.
_COMPOUND = {"b2": "b9", "#2": "#9", "#4": "#11", "b6": "b13"}
_SIMPLE = {"8": "1", "10": "3", "12": "5"}


def normalize_degrees(degrees: Iterable[str]) -> tuple[str, ...]:
    """Bring the degrees of a chord into the normal form.

    Parameters
    ----------
    degrees : iterable of str
        As Harte writes them, in any order.

    Returns
    -------
    tuple of str
        From `ORDER`, each sound once, the root always among them.

    Raises
    ------
    ChordError
        If one is no degree.

    Examples
    --------
    >>> normalize_degrees(["7", "b3", "1", "3", "5"])
    ('1', '3', '5', '7', '#9')
    >>> normalize_degrees(["1", "11", "5", "b7"])
    ('1', '4', '5', 'b7')
    """
    found = {"1"} | {_plain(degree) for degree in degrees}
    _settle_third(found)
    _settle_fifth(found)
    _settle_seventh(found)
    is_altered = found >= _ALTERED_SIGNS and found & _RAISED_FIFTHS
    if is_altered and found <= {*ALTERED, "b5", "5", "#5"}:
        found = set(ALTERED)
    return tuple(degree for degree in ORDER if degree in found)


def _plain(degree: str) -> str:
    semitones = degree_semitones(degree)
    number = degree.lstrip("b#")
    name = degree[: len(degree) - len(number)] + _SIMPLE.get(number, number)
    name = _COMPOUND.get(name, name)
    return name if name in ORDER else _BY_SEMITONES[semitones % 12]


def _settle_third(found: set[str]) -> None:
    if {"b3", "3"} <= found:
        _rename(found, "b3", "#9")
    elif "b3" in found:
        found.discard("#9")
    if found & {"b3", "3"}:
        _rename(found, "4", "11")
        _rename(found, "2", "9")
        return
    _rename(found, "11", "4")
    if "4" in found:
        _rename(found, "2", "9")
    else:
        _rename(found, "9", "2")


def _settle_fifth(found: set[str]) -> None:
    # A second fifth is a tension.
    if "b5" in found and found & {"5", "#5"}:
        _rename(found, "b5", "#11")
    if "5" in found:
        _rename(found, "#5", "b13")
    if "b5" in found:
        found.discard("#11")
    if "#5" in found:
        found.discard("b13")


def _settle_seventh(found: set[str]) -> None:
    if found & {"6", "13", "bb7"}:
        found -= {"6", "13", "bb7"}
        has_seventh = bool(found & {"b7", "7"})
        is_diminished = {"b3", "b5"} <= found
        found.add("13" if has_seventh else "bb7" if is_diminished else "6")


def _rename(found: set[str], old: str, new: str) -> None:
    if old in found:
        found.discard(old)
        found.add(new)
