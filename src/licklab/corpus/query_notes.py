"""Notes as a person types them: numbers, names, intervals, degrees over chords.

In go words between spaces, out come pitches, and how long each lasts where that is said. One text
is in one notation:

* **numbers** of keys as MIDI counts them: ``60 62 63 65``;
* **names**: ``C4 D4 Eb4 F4``. Without an octave the nearest note of that name to the one before is
  meant, the higher one where both are as near; the first one is the one from middle C up;
* **intervals** in semitones, each with its sign: ``+2 +1 +2 -3``, and ``0`` for a repeated note;
* **degrees** of the major scale on the root of a chord: ``1 2 b3 5 over Cm7``. After a chord there
  may come more degrees and another chord. Octaves as with names, so that 9 and 2 are the same. The
  chords are wanted under the notes, too.

``^`` or ``v`` before a name without octave, or before a degree, asks for the next one above or
below (an octave, where it is the same note). A colon leads in the length in beats: ``C4:1 D4:1/2``;
notes without one last as long as the note before, the first a beat. ``r`` is a rest, and ``x`` a
note of any pitch, in texts of nothing but lengths.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.errors import ChordError, QueryError

_MIDDLE_C = 60
_PLAIN = str.maketrans(
    {"♭": "b", "♯": "#", "\u2212": "-", "\u2013": "-", "↑": "^", "↓": "v", ",": " ", ";": " ",
     "|": " "}
)  # fmt: skip
_LENGTH = re.compile(r"(\d{1,4})/([1-9]\d{0,3})|(\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})")
_NUMBER = re.compile(r"\d{1,3}")
_INTERVAL = re.compile(r"[+-]\d{1,2}|0")
_NAME = re.compile(r"([\^v]?)([A-Ga-g])(bb|b|##|#)?(-?\d)?")
_DEGREE = re.compile(r"([\^v]?)([b#]{0,2}(?:1[0-3]|[1-9]))")
_OVER = re.compile(r"(?:^|\s)over\s+(\S+)", re.IGNORECASE)
# Numbers up to here are degrees to a musician, and no key of a piano to MIDI.
_HIGHEST_DEGREE = 13


class QueryNotation(StrEnum):
    """How a pattern is written."""

    NUMBERS = "numbers"
    NAMES = "names"
    INTERVALS = "intervals"
    DEGREES = "degrees"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class TypedNotes:
    """A pattern as it was typed.

    Attributes
    ----------
    notation : QueryNotation
        In which it was written.
    pitches : tuple of int
        MIDI numbers; of intervals from middle C on. Empty for mere lengths.
    onset_beat, offset_beat : tuple of Fraction
        When notes begin and end, in beats. Empty where no lengths are given.
    chords : tuple of ChordSymbol
        That degrees are of, in order, each once while it lasts; empty in other notations.
    """

    notation: QueryNotation
    pitches: tuple[int, ...]
    onset_beat: tuple[Fraction, ...] = ()
    offset_beat: tuple[Fraction, ...] = ()
    chords: tuple[ChordSymbol, ...] = ()


def read_typed_notes(text: str) -> TypedNotes:
    """Read a pattern.

    Parameters
    ----------
    text : str
        In one of the notations above.

    Returns
    -------
    TypedNotes
        What it says.

    Raises
    ------
    QueryError
        If it is in none of them, or in several.

    Examples
    --------
    >>> read_typed_notes("C D Eb F G").pitches
    (60, 62, 63, 65, 67)
    >>> read_typed_notes("+2 +1 -3").pitches
    (60, 62, 63, 60)
    >>> read_typed_notes("b3 5 b7 9 over Dm7").pitches
    (65, 69, 72, 76)
    """
    plain = text.translate(_PLAIN).strip()
    if _OVER.search(plain) is not None:
        return _read_degrees(list(_split_chords(plain)))
    words = plain.split()
    bodies = [word.partition(":")[0] for word in words]
    sounding = [one for one in bodies if one.lower() != "r"]
    if not sounding:
        raise QueryError("want a pattern of notes, got none")
    if all(one.lower() == "x" for one in sounding):
        return _timed(QueryNotation.RHYTHM, words, ())
    if all(_NUMBER.fullmatch(one) for one in sounding) and set(sounding) != {"0"}:
        return _timed(QueryNotation.NUMBERS, words, _read_numbers(sounding, text))
    if all(_INTERVAL.fullmatch(one) for one in sounding):
        return _read_intervals(words)
    if all(_DEGREE.fullmatch(one) for one in sounding):  # b3 is a degree, unless notes are about
        raise QueryError(
            f"want the chord of degrees, such as '{' '.join(sounding[:8])} over Cm7', got none"
        )
    if all(_NAME.fullmatch(one) for one in sounding):
        return _timed(QueryNotation.NAMES, words, tuple(_read_names(sounding)))
    raise QueryError(_explain(sounding))


def _explain(words: Sequence[str]) -> str:
    kinds = (_NUMBER, _INTERVAL, _NAME)
    wrong = [one for one in words if not any(kind.fullmatch(one) for kind in kinds)]
    if wrong:
        return (
            "want notes (C4 D4 Eb4 F4), MIDI numbers (60 62 63 65), intervals (+2 +1 +2), degrees "
            f"over a chord (1 2 b3 5 over Cm7) or ABC (abc: D2 EF G2); got {wrong[0][:40]!r}"
        )
    if any(one[:1] in {"+", "-"} for one in words):
        unsigned = next((one for one in words if one[:1] not in {"+", "-"} and one != "0"), "")
        return f"want every interval with its sign, such as +3 or -2; got {unsigned[:40]!r}"
    return (
        "want a pattern in one notation, notes or MIDI numbers, got both: "
        f"{' '.join(words[:8])[:60]!r}"
    )


def _read_numbers(words: Sequence[str], text: str) -> tuple[int, ...]:
    pitches = tuple(int(one) for one in words)
    if max(pitches) <= _HIGHEST_DEGREE:
        raise QueryError(
            f"want MIDI numbers such as 60, intervals with signs, or degrees with their chord "
            f"({text.strip()[:40]} over Cm7); got {text.strip()[:40]!r}"
        )
    if max(pitches) > 127:
        raise QueryError(f"want MIDI numbers from 0 to 127, got {max(pitches)}")
    return pitches


def _read_intervals(words: Sequence[str]) -> TypedNotes:
    if any(":" in one or one.lower() == "r" for one in words):
        raise QueryError("want intervals without lengths and rests, got some; write notes instead")
    pitches = [_MIDDLE_C]
    for one in words:
        pitches.append(pitches[-1] + int(one))
    lowest, highest = min(pitches), max(pitches)
    if highest - lowest > 127:
        raise QueryError(f"want intervals within 127 semitones, got {highest - lowest}")
    shift = max(-lowest, 0) - max(highest - 127, 0)
    return TypedNotes(QueryNotation.INTERVALS, tuple(one + shift for one in pitches))


def _read_names(words: Sequence[str]) -> Iterator[int]:
    before: int | None = None
    for word in words:
        match = _NAME.fullmatch(word)
        assert match is not None
        mark, letter, sign, octave = match.groups()
        pitch_class = note_pitch_class(letter.upper() + (sign or ""))
        if octave is not None:
            if mark:
                raise QueryError(f"want a note with an octave or with {mark}, got {word[:20]!r}")
            # The octave is the letter's: Cb4 is below C4, B#3 sounds as C4.
            signs = (sign or "").count("#") - (sign or "").count("b")
            natural = note_pitch_class(letter.upper())
            before = 12 * (int(octave) + 1) + natural + signs
        else:
            before = _place(pitch_class, mark, before)
        if not 0 <= before <= 127:
            raise QueryError(f"want pitches from 0 to 127, got {before} for {word[:20]!r}")
        yield before


def _place(pitch_class: int, mark: str, before: int | None) -> int:
    if before is None:
        return _MIDDLE_C + pitch_class
    up = (pitch_class - before) % 12
    if mark == "^":
        return before + (up or 12)
    if mark == "v":
        return before + (up - 12)
    return before + (up if up <= 6 else up - 12)


def _split_chords(text: str) -> Iterator[tuple[str, str]]:
    """Give each degree with the chord that follows it."""
    place = 0
    for match in _OVER.finditer(text):
        words = text[place : match.start()].split()
        if not words:
            raise QueryError(f"want degrees before 'over {match[1][:40]}', got none")
        for word in words:
            yield word, match[1]
        place = match.end()
    if text[place:].strip():
        raise QueryError(f"want the chord of {text[place:].strip()[:40]!r}: 'over', and a symbol")


def _read_degrees(words: Sequence[tuple[str, str]]) -> TypedNotes:
    pitches: list[int] = []
    chords: list[ChordSymbol] = []
    before: int | None = None
    for word, chord in words:
        symbol = _read_chord(chord)
        if chords[-1:] != [symbol]:
            chords.append(symbol)
        body = word.partition(":")[0]
        if body.lower() == "r":
            continue
        match = _DEGREE.fullmatch(body)
        if match is None:
            raise QueryError(f"want a degree such as 1, b3, #11 or ^5, got {word[:40]!r}")
        root = note_pitch_class(symbol.root)
        if before is None:
            # The first chord has its root from middle C up.
            before = _MIDDLE_C + root + degree_semitones(match[2]) % 12
        else:
            before = _place((root + degree_semitones(match[2])) % 12, match[1], before)
        if not 0 <= before <= 127:
            raise QueryError(f"want pitches from 0 to 127, got {before} for {word[:20]!r}")
        pitches.append(before)
    typed = _timed(QueryNotation.DEGREES, [word for word, _ in words], tuple(pitches))
    return replace(typed, chords=tuple(chords))


def _read_chord(chord: str) -> ChordSymbol:
    try:
        symbol = parse_symbol(chord)
    except ChordError as error:
        raise QueryError(str(error)) from error
    if symbol.is_none:
        raise QueryError("want a chord under the degrees, got N.C.")
    return symbol


def _timed(notation: QueryNotation, words: Sequence[str], pitches: tuple[int, ...]) -> TypedNotes:
    """Add the lengths, where at least one is given."""
    if not any(":" in word for word in words):
        if any(word.lower() == "r" for word in words) or notation is QueryNotation.RHYTHM:
            raise QueryError("want lengths, such as C4:1 r:1/2, to tell what a rest is; got none")
        return TypedNotes(notation, pitches)
    onsets, offsets = [], []
    at, length = Fraction(0), Fraction(1)
    for word in words:
        body, colon, written = word.partition(":")
        length = _read_length(written) if colon else length
        if body.lower() != "r":
            onsets.append(at)
            offsets.append(at + length)
        at += length
    return TypedNotes(notation, pitches, tuple(onsets), tuple(offsets))


def _read_length(text: str) -> Fraction:
    match = _LENGTH.fullmatch(text)
    length = Fraction(0)
    if match is not None:
        length = Fraction(int(match[1]), int(match[2])) if match[1] else Fraction(match[3])
    if length <= 0:
        raise QueryError(f"want a length in beats such as 1, .5 or 1/3, got {text[:20]!r}")
    return length
