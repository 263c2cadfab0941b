"""Notes of a solo as a few lines of text: small notation for the terminal.

Three rows a system, a column a note::

       9  Dm7                              G7
         |D5  F   A   C6  B5  A   Ab  F   |E   -   G
          1   +   2   +   3   +   4   +    1       3

In front is the number of the first bar. Chords stand where they enter. A name has its octave where
that is not the one of the name before; a rest of half a beat or more is a ``-``. Below is the place
in the bar: a beat, or how much of it has passed (``e + a`` its quarters, ``⅓ ⅔`` its thirds, a dot
anything else).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from licklab.corpus import note_names
from licklab.domain.chord_writing import write_symbol
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.line_analysis_json import spell_note

WIDTH = 80
"""Columns of a terminal, as they have been since the first ones."""

_GUTTER = 9
_NARROWEST = 4
_PLACES = {
    Fraction(1, 4): "e", Fraction(1, 2): "+", Fraction(3, 4): "a", Fraction(1, 3): "⅓",
    Fraction(2, 3): "⅔",
}  # fmt: skip
_LEVELS = "▁▂▃▄▅▆▇█"


@dataclass(slots=True)
class _Column:
    """A note or a rest: what stands over it, its name, what stands below it."""

    chord: str
    name: str
    place: str
    mark: str
    bar: int
    begins_bar: bool
    width: int = _NARROWEST


def draw_line_text(
    line: SoloLine,
    span: NoteSpan,
    analysis: LineAnalysis | None = None,
    *,
    marks: Mapping[int, str] | None = None,
    width: int = WIDTH,
) -> list[str]:
    """Draw some notes.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        Its notes.
    analysis : LineAnalysis, optional
        Of the line, for the names of notes.
    marks : mapping of int to str, optional
        Words of three letters at most under notes, by their index, in a row of their own.
    width : int, columns
        Of the terminal.

    Returns
    -------
    list of str
        Rows; three a system, or four with marks.
    """
    names = name_notes(line, span, analysis)
    columns = list(_columns(line, span, names, marks or {}))
    rows: list[str] = []
    for system in _systems(columns, width - _GUTTER):
        rows += _draw(system, has_bars=line.has_beats, has_marks=bool(marks))
    return rows


def name_notes(line: SoloLine, span: NoteSpan, analysis: LineAnalysis | None = None) -> list[str]:
    """Name notes by what they are to their chords.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        Its notes.
    analysis : LineAnalysis, optional
        Of the line, which knows too where notes lead.

    Returns
    -------
    list of str
        Such as ``Eb5``, in order.
    """
    if analysis is None:
        return list(note_names.name_notes(line, span))
    return [
        spell_note(analysis.notes[i].name, int(line.pitch_midi[i]))
        for i in range(span.start, span.stop)
    ]


def draw_contour(pitches: Sequence[int]) -> str:
    """Draw how a line goes up and down.

    Parameters
    ----------
    pitches : sequence of int
        MIDI numbers.

    Returns
    -------
    str
        A block for each note, the higher the higher.

    Examples
    --------
    >>> draw_contour([60, 62, 67, 64])
    '▁▃█▅'
    """
    if not pitches:
        return ""
    lowest = min(pitches)
    compass = max(max(pitches) - lowest, len(_LEVELS) - 1)
    return "".join(_LEVELS[round((one - lowest) / compass * 7)] for one in pitches)


def _columns(
    line: SoloLine, span: NoteSpan, names: Sequence[str], marks: Mapping[int, str]
) -> Iterator[_Column]:
    octave, chord, bar = "", None, None
    for i, name in zip(range(span.start, span.stop), names, strict=True):
        letters = name.rstrip("-0123456789")
        shown = letters if name[len(letters) :] == octave else name
        octave = name[len(letters) :]
        now, here = int(line.chord[i]), int(line.bar[i])
        over = write_symbol(line.chords[now].symbol) if now >= 0 and now != chord else ""
        begins = line.has_beats and here != bar
        chord, bar = now, here
        yield _Column(over, shown, _place(line, i), marks.get(i, ""), here, begins)
        if i + 1 < span.stop:
            gap = float(line.onset_sec[i + 1] - line.offset_sec[i])
            if gap >= float(line.beat_sec[i]) / 2:
                yield _Column("", "-", "", "", here, begins_bar=False)


def _place(line: SoloLine, i: int) -> str:
    if not line.has_beats:
        return ""
    passed = Fraction(int(line.tatum[i]) - 1, int(line.division[i]))
    return str(int(line.beat[i])) if passed == 0 else _PLACES.get(passed, "·")


def _systems(columns: Sequence[_Column], width: int) -> Iterator[list[_Column]]:
    """Break lines before bars, and within a bar that is too long for one."""
    _widen(columns)
    bars: list[list[_Column]] = []
    for one in columns:
        if one.begins_bar or not bars:
            bars.append([])
        bars[-1].append(one)
    system: list[_Column] = []
    for bar in bars:
        if system and _width(system) + _width(bar) > width:
            yield system
            system = []
        for one in bar:
            needed = max(one.width, len(one.chord) + 1) + one.begins_bar
            if system and _width(system) + needed > width:
                yield system
                system = []
            system.append(one)
    if system:
        yield system


def _width(columns: Sequence[_Column]) -> int:
    return sum(one.width + one.begins_bar for one in columns)


def _widen(columns: Sequence[_Column]) -> None:
    """Give every column room for what is in it, and chords up to the next one or the bar line."""
    for one in columns:
        one.width = max(_NARROWEST, len(one.name) + 1, len(one.mark) + 1)
    room, chord = 0, ""  # of the chord that was last, and the columns since
    end = _Column("", "", "", "", 0, begins_bar=True)
    for before, one in pairwise([end, *columns, end]):
        if one.chord or one.begins_bar:
            before.width += max(len(chord) + 1 - room, 0) if chord else 0
            room, chord = 0, one.chord
        room += one.width


def _draw(columns: Sequence[_Column], *, has_bars: bool, has_marks: bool) -> Iterator[str]:
    number = str(columns[0].bar) if has_bars else ""
    rows = [f"{number:>{_GUTTER - 1}} ", " " * _GUTTER, " " * _GUTTER, " " * _GUTTER]
    for one in columns:
        line_sign = ("|" if one.begins_bar else "", " " if one.begins_bar else "")
        texts = (one.chord, one.name, one.place, one.mark)
        for k, text in enumerate(texts):
            # A chord may be longer than its column, where the next ones have none.
            if k == 0:
                rows[0] = rows[0].ljust(len(rows[1])) + line_sign[1] + text
            else:
                rows[k] += line_sign[0 if k == 1 else 1] + text.ljust(one.width)
    for row in rows[: 4 if has_marks else 3]:
        yield row.rstrip()
