"""What names in sentences look like, and what the words for intervals and degrees measure.

Written beside those of the theory, not taken from them: what both have wrong would not be found.
"""

import re

NAME = r"[A-G][b#]?"
NAMES = rf"{NAME}(?:(?:, | and ){NAME})*"
ROW = rf"{NAME}(?: {NAME})*"
CHORD = r"[A-G][b#]?(?:[\w#+]|\([^()\s]*\))*(?:/[A-G][b#]?)?"
CHORDS = rf"{CHORD}(?:(?:, | and ){CHORD})*"
DEGREE = r"(?:(?:major|minor|diminished) )?[#b\w]+"
TONE = rf"(?P<name>{NAME}), the (?P<word>{DEGREE}) of (?P<chord>{CHORD})"
WHERE = r"(?: \(bars? (?P<first>-?\d+)(?:-(?P<last>-?\d+))?\))?"
SIZE = r"(?:an?|two|three|\d+) [\w ]+?"
BEAT = r"beat (?P<beat>\d+) of bar (?P<bar>-?\d+)"
CLOCK = r"\d+:[0-5]\d"

DEGREES = {
    "root": 0, "2nd": 2, "4th": 5, "5th": 7, "6th": 9, "9th": 2, "11th": 5, "13th": 9,
    "major 3rd": 4, "minor 3rd": 3, "major 7th": 11, "minor 7th": 10, "diminished 7th": 9,
}  # fmt: skip
"""Semitones above the root; those of a plain third or seventh are the chord's."""

_SIZES = {
    "unison": 0, "minor 2nd": 1, "major 2nd": 2, "minor 3rd": 3, "major 3rd": 4, "4th": 5,
    "tritone": 6, "5th": 7, "minor 6th": 8, "major 6th": 9, "minor 7th": 10, "major 7th": 11,
    "octave": 12, "minor 9th": 13, "major 9th": 14, "minor 10th": 15, "major 10th": 16, "11th": 17,
    "12th": 19, "minor 13th": 20, "major 13th": 21, "minor 14th": 22, "major 14th": 23,
}  # fmt: skip
_COUNTS = {"two": 2, "three": 3}


def measure(words: str) -> int | None:
    """Measure an interval.

    Parameters
    ----------
    words : str
        Such as ``a minor 3rd`` or ``two octaves and a 4th``.

    Returns
    -------
    int, semitones, or None
        None where the words are no interval.

    Examples
    --------
    >>> measure("an octave and a tritone"), measure("a blue 3rd")
    (18, None)
    """
    total = 0
    for part in words.split(" and "):
        count, _, unit = part.partition(" ")
        if unit == "octaves" and (count in _COUNTS or count.isdigit()):
            total += 12 * (_COUNTS.get(count) or int(count))
        elif count in {"a", "an"} and unit in _SIZES:
            total += _SIZES[unit]
        else:
            return None
    return total


def split_names(text: str) -> list[str]:
    """Take a list apart.

    Parameters
    ----------
    text : str
        Names between commas, spaces, hyphens or a last ``and``.

    Returns
    -------
    list of str
        In order.

    Examples
    --------
    >>> split_names("D, Db and B"), split_names("C E G")
    (['D', 'Db', 'B'], ['C', 'E', 'G'])
    """
    return re.split(r", | and |-| ", text)
