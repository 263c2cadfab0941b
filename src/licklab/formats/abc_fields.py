"""What the fields of a tune in ABC notation say: metre, tempo, key, clef, order of parts.

Of Walshaw, "The abc music standard 2.1" (2011), sections 3.1 and 4.6.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from licklab.domain.beat import TimeSignature
from licklab.domain.key import Key, KeyMode
from licklab.domain.signature import signature_alters
from licklab.errors import MeterError, ScoreFileError

_CIRCLE = "FCGDAEB"  # of fifths
_KEY = re.compile(r"([A-G])([b#]?)\s*([A-Za-z]*)")
# Steps down the circle of fifths from the major key of the same tonic.
_MODES = {
    "": 0, "maj": 0, "ion": 0, "mix": 1, "dor": 2, "m": 3, "min": 3, "aeo": 3, "phr": 4, "loc": 5,
    "lyd": -1, "exp": 0,
}  # fmt: skip
_MINORS = frozenset({"dor", "m", "min", "aeo", "phr", "loc"})
_SIGN = re.compile(r"(\^\^|\^|__|_|=)([A-Ga-g])")
SIGNS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
"""Semitones of each sign before a note."""

_TEMPO = re.compile(r"((?:\d{1,3}/\d{1,3}\s+)*\d{1,3}/\d{1,3})\s*=\s*(\d{1,4}(?:\.\d{1,3})?)")
_BARE_TEMPO = re.compile(r"(?:C(\d?)\s*=\s*)?(\d{1,4}(?:\.\d{1,3})?)\s*$")
_CLEF = re.compile(r"(?:^|[\s=])(?:treble|bass|alto|tenor|perc|none)\d?([+-](?:8|15))?(?!\S)")
_SHIFT = re.compile(r"\b(octave|transpose)=([+-]?\d{1,2})\b")
_MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class AbcKey:
    """A key as ABC gives it.

    Attributes
    ----------
    key : Key or None
        Home; of the church modes that with the same tonic and third. None where there is none.
    alters : dict of str to int
        Semitones that the signature adds, by letter.
    """

    key: Key | None
    alters: dict[str, int]


def read_meter(text: str) -> TimeSignature | None:
    """Read ``M:``.

    Parameters
    ----------
    text : str
        Such as ``4/4``, ``C|``, ``(2+2+3)/8`` or ``none``.

    Returns
    -------
    TimeSignature or None
        None for free metre.

    Raises
    ------
    ScoreFileError
        If it is no metre, or one that is not written here.
    """
    plain = text.strip()
    if plain.lower() in {"", "none"}:
        return None
    if plain in {"C", "C|"}:
        return TimeSignature(4, 4) if plain == "C" else TimeSignature(2, 2)
    match = re.fullmatch(r"\(?\s*(\d{1,2}(?:\s*\+\s*\d{1,2}){0,9})\s*\)?\s*/\s*(\d{1,2})", plain)
    if match is None:
        raise ScoreFileError(f"want a metre such as M:4/4, got {plain[:40]!r}")
    try:
        return TimeSignature(sum(int(one) for one in match[1].split("+")), int(match[2]))
    except MeterError as error:
        raise ScoreFileError(str(error)) from error


def read_unit(text: str, signature: TimeSignature | None) -> Fraction:
    """Read ``L:``, the length of a note without a number.

    Parameters
    ----------
    text : str
        Such as ``1/8``; empty where the tune does not say it.
    signature : TimeSignature or None
        Decides it then: a sixteenth in bars shorter than three quarters, else an eighth.

    Returns
    -------
    Fraction, quarters
        The length.

    Raises
    ------
    ScoreFileError
        If it is no such length.
    """
    if not text.strip():
        is_short = signature is not None and 4 * signature.numerator < 3 * signature.denominator
        return Fraction(1, 4) if is_short else Fraction(1, 2)
    match = re.fullmatch(r"\s*1\s*(?:/\s*(1|2|4|8|16|32|64|128|256)\s*)?", text)
    if match is None:
        raise ScoreFileError(f"want a length of notes such as L:1/8, got {text[:40]!r}")
    return Fraction(4, int(match[1] or 1))


def read_tempo(text: str, unit_quarter: Fraction) -> Fraction | None:
    """Read ``Q:``.

    Parameters
    ----------
    text : str
        Such as ``1/4=120``, ``"Swing" 1/4=120``, ``1/4 3/8=60``, or of old ``120`` or ``C3=40``,
        which count in notes without a number.
    unit_quarter : Fraction
        Length of a note without a number.

    Returns
    -------
    Fraction or None
        Quarters a minute; None where it names none, or one that cannot be.
    """
    plain = re.sub(r'"[^"]*"', " ", text).strip()
    match = _TEMPO.match(plain)
    bare = _BARE_TEMPO.match(plain)
    if match is not None:
        beats = [one.split("/") for one in match[1].split()]
        if any(int(under) == 0 for _, under in beats):
            return None
        beat = sum((Fraction(4 * int(over), int(under)) for over, under in beats), Fraction(0))
        bpm = Fraction(match[2]) * beat
    elif bare is not None:
        bpm = Fraction(bare[2]) * unit_quarter * int(bare[1] or 1)
    else:
        return None
    return bpm if 10 <= bpm <= 1000 else None


def read_key(text: str) -> AbcKey | None:
    """Read ``K:``.

    Parameters
    ----------
    text : str
        Such as ``Bb``, ``F#m``, ``D dor``, ``C exp _b ^f``, ``HP`` or ``none``; a clef may follow.

    Returns
    -------
    AbcKey or None
        None where it only speaks of the clef.

    Raises
    ------
    ScoreFileError
        If it has more than seven signs.
    """
    plain = text.strip()
    word = plain.split()[0] if plain else "none"
    if word in {"HP", "Hp"}:  # the scale of the bagpipe, whether its signs are drawn or not
        return AbcKey(None, _alters(2))
    match = _KEY.match(plain)
    if match is None:
        is_none = word.lower() == "none"
        return AbcKey(None, _alters(0) | _read_signs(plain)) if is_none else None
    mode = match[3].lower()[:3]
    if mode not in _MODES:  # the clef stands there
        mode = ""
    tonic = match[1] + match[2]
    fifths = _CIRCLE.index(match[1]) - 1 + 7 * {"": 0, "b": -1, "#": 1}[match[2]] - _MODES[mode]
    home = Key(tonic, KeyMode.MINOR if mode in _MINORS else KeyMode.MAJOR)
    alters = _alters(0 if mode == "exp" else fifths)
    return AbcKey(home, alters | _read_signs(plain[match.end(2) :]))


def read_shift(text: str) -> int | None:
    """Read what ``K:`` or ``V:`` say about sounding higher or lower than written.

    Parameters
    ----------
    text : str
        Of the field, such as ``clef=treble-8 transpose=-2``.

    Returns
    -------
    int, semitones, or None
        Upward; an octave of the clef counts unless ``octave=`` says it. None where nothing is said.
    """
    told = {name: int(value) for name, value in _SHIFT.findall(text)}
    clef = _CLEF.search(text)
    if clef is None and not told:
        return None
    octaves = {"8": 1, "15": 2}.get(clef[1][1:], 0) if clef is not None and clef[1] else 0
    if octaves and clef is not None and clef[1].startswith("-"):
        octaves = -octaves
    return 12 * told.get("octave", octaves) + told.get("transpose", 0)


def read_parts(text: str) -> list[str]:
    """Read ``P:`` at the head of a tune, the order in which its parts are played.

    Parameters
    ----------
    text : str
        Such as ``ABA`` or ``(AB)2C3``.

    Returns
    -------
    list of str
        Letters; empty where it says no order.

    Raises
    ------
    ScoreFileError
        If there are too many.
    """
    stack: list[list[str]] = [[]]
    last: list[str] = []
    for one in re.findall(r"[A-Za-z]|\(|\)|\d{1,3}", text):
        if one == "(":
            stack.append([])
            continue
        if one == ")":
            if len(stack) == 1:
                return []
            last = stack.pop()
        elif one.isalpha():
            last = [one]
        more = last * (int(one) - 1) if one.isdigit() else last
        stack[-1] += more
        if len(stack) > 10 or len(stack[-1]) > _MOST_PARTS:
            raise ScoreFileError(f"want at most {_MOST_PARTS} parts of a tune, got more (P:)")
    return stack[0] if len(stack) == 1 else []


def _alters(fifths: int) -> dict[str, int]:
    if abs(fifths) > 7:
        raise ScoreFileError(f"want a key with at most 7 signs, got {abs(fifths)}")
    return signature_alters(fifths)


def _read_signs(text: str) -> dict[str, int]:
    return {letter.upper(): SIGNS[sign] for sign, letter in _SIGN.findall(text)}
