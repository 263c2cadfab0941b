"""What a sentence names: notes, chords, degrees, numbers, beats, bars, times, in their order.

In: a sentence in plain letters. Out: facts in the order of their words, bars and times by
themselves, and the words that are left. The same reading is made of a rule's sentence and of its
rephrasing; where the two differ, one of them is not what the notes say.
"""

import re
from dataclasses import dataclass

from licklab.practice.coach.rephrasing.vocabulary import SIDE_OF, words_of

_ROOT = r"[A-G][b#]?"
_KIND = r"(?:maj|min|m|M|dim|aug|sus|add|alt|no|\d+|[b#]\d+|\+|-(?=\d)|\([^()\s]*\))"
_CHORD = rf"{_ROOT}{_KIND}*(?:/{_ROOT})?"
_DEGREE = r"(?:(?:major|minor|diminished) )?[#b\w]+"
_NUMERAL = r"(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)"
_SUFFIX = r"(?:maj|sus|dim|m|[°ø+#b]|\d|\([^()\s]*\))*"
_NUMBERS = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_ORDINALS = words_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth"
)
_TIMES = {"once": "1x", "twice": "2x"}
_INTERVALS = {"octave": "octave", "octaves": "octaves", "tritone": "tritone", "unison": "unison"}
# Not steps alone: what comes before a number or a letter changes it.
_QUALITIES = frozenset(
    words_of(
        "major minor diminished augmented dominant altered flat sharp natural perfect suspended "
        "chromatic whole-tone dorian phrygian lydian mixolydian aeolian ionian locrian "
        "superlocrian blues bebop harmonic melodic"
    )
)
_TOKEN = re.compile(
    rf"""
    (?P<sign>\{{\d+\}})
  | (?P<time>\d+:[0-5]\d)
  | (?P<bar>\b[Bb]ars?\ -?\d+(?:(?:-|\ to\ |\ and\ )-?\d+)?)
  | (?P<beat>\b(?:(?:[Oo]n|[Aa]fter|[Bb]efore|[Aa]t|[Ii]n)\ )?[Bb]eats?\ \d+)
  | (?P<step>\b(?:half|whole|semi)[ -]?(?:step|tone)s?\b)
  | (?P<numeral>(?<![\w#])(?:sub)?[b#]?{_NUMERAL}{_SUFFIX}
      (?:[-/](?:sub)?[b#]?{_NUMERAL}{_SUFFIX})*(?![\w#]))
  | (?P<row>(?<![\w#])[b#]*\d+(?:-[b#]*\d+)+(?![\w#]))
  | (?P<degree>(?<![\w#])(?:[b#]+\d+|\d+(?:st|nd|rd|th)s?)(?![\w#]))
  | (?P<number>(?<![\w#])\d+(?:\.\d+)?(?:\ ?%)?)
  | (?P<name>(?<![\w#]){_CHORD}(?![\w#]))
  | (?P<word>[A-Za-z][A-Za-z'-]*)
    """,
    re.VERBOSE,
)
_TURNED = re.compile(rf"\b[Tt]he ({_DEGREE}) of ({_CHORD})(?:, | \()({_ROOT})(?![\w#])\)?")
_ACCIDENTALS = {"flat": "b", "sharp": "#"}
_SAID_ACCIDENTAL = re.compile(r"\b([A-G])[- ](flat|sharp)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence names.

    Attributes
    ----------
    named : tuple of (str, str)
        Kind and value of notes, chords, degrees, numbers, beats and such, in order.
    places : tuple of (str, str)
        Bars and times, in order.
    sides : tuple of (str, int)
        Words that turn a sentence round, each with how many facts are named before it.
    words : tuple of str
        All other words, in small letters.
    capitals : tuple of str
        Those of them that begin with a capital, or hold one, within a sentence.
    """

    named: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    sides: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    capitals: tuple[str, ...] = ()


def read_facts(text: str) -> Facts:
    """Read what a sentence names.

    Parameters
    ----------
    text : str
        In plain letters, names of people hidden.

    Returns
    -------
    Facts
        Of its words. A capital letter by itself is a note, as in ``A``; numbers in words count as
        numbers.

    Examples
    --------
    >>> read_facts("In bar 2 the third of G7, B, rises a half step.").named
    (('name', 'B'), ('degree', '3'), ('name', 'G7'), ('step', 'half'))
    """
    plain = _SAID_ACCIDENTAL.sub(lambda one: one[1] + _ACCIDENTALS[one[2]], text)
    plain = _TURNED.sub(lambda one: f"{one[3]}, the {one[1]} of {one[2]}", plain)
    named: list[tuple[str, str]] = []
    places: list[tuple[str, str]] = []
    sides: list[tuple[str, int]] = []
    words: list[str] = []
    capitals: list[str] = []
    for token in _TOKEN.finditer(plain):
        kind = token.lastgroup
        assert kind is not None
        value = token[0]
        if kind == "word":
            _read_word(value, named, sides, words)
            is_start = plain[: token.start()].rstrip(" (")[-1:] in {"", ".", ":", ";"}
            inner = value[1:] if is_start else value
            if inner != inner.lower():
                capitals.append(value)
        elif kind == "bar":
            places.append(("bar", re.sub(r"^\w+ |\s", "", value).replace("to", "-")))
        elif kind == "time":
            places.append((kind, value))
        else:
            named.append((kind, _value(kind, value)))
    return Facts(tuple(named), tuple(places), tuple(sides), tuple(words), tuple(capitals))


def _value(kind: str, text: str) -> str:
    if kind == "beat":
        where = re.match(r"after|before", text.lower())
        return f"{where[0] if where else 'on'} {text.split()[-1]}"
    if kind == "step":
        return "whole" if text.startswith("whole") else "half"
    if kind == "degree":
        return re.sub(r"(?<=\d)(?:st|nd|rd|th)s?$", "", text)
    return text.replace(" ", "") if kind == "number" else text


def _read_word(
    text: str,
    named: list[tuple[str, str]],
    sides: list[tuple[str, int]],
    words: list[str],
) -> None:
    """Read a word: a number or an interval, one that turns the sentence round, or another."""
    whole = text.lower()
    for word in [whole] if whole in _QUALITIES else whole.split("-"):
        single = word.removesuffix("s")
        if word in _NUMBERS:
            named.append(("number", str(_NUMBERS.index(word))))
        elif single in _ORDINALS:
            named.append(("degree", str(_ORDINALS.index(single) + 1)))
        elif word in _TIMES:
            named.append(("number", _TIMES[word]))
        elif word in _INTERVALS:
            named.append(("interval", _INTERVALS[word]))
        elif word in _QUALITIES:
            named.append(("quality", word))
        elif word in SIDE_OF:
            sides.append((SIDE_OF[word], len(named)))
        elif word:
            words.append(word)
