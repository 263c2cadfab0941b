"""One voice of a tune in ABC notation: tokens become bars of notes."""

import re
from fractions import Fraction
from functools import lru_cache

from licklab.domain.beat import TimeSignature
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol, transpose
from licklab.domain.note_name import LETTERS, MAJOR_SCALE
from licklab.errors import ChordError, ScoreFileError
from licklab.formats.abc_bars import AbcBar, AbcNote, AbcVoice, check_place
from licklab.formats.abc_fields import (
    SIGNS,
    AbcKey,
    read_key,
    read_meter,
    read_shift,
    read_tempo,
    read_unit,
)
from licklab.formats.symbolic import LONGEST_BAR, MOST_BARS, MOST_NOTES

# Notes of a tuplet in the time of so many; the others take that of two, or three in compound time.
_NORMAL = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_MOST_TIMES = 16  # that a repeat is played, as in the other formats
_MOST_CHORDS = 16  # over one note


class VoiceState:
    """A voice while it is read.

    Parameters
    ----------
    voice : AbcVoice
        To fill.
    unit_quarter : Fraction
        Length of a note without a number.
    signature : TimeSignature or None
        At the beginning; None for free metre.
    key : AbcKey
        At the beginning.
    propagation : str
        What a sign holds for to the end of its bar: ``pitch`` (its letter in every octave, as the
        standard has it), ``octave`` or ``not``.
    """

    def __init__(
        self,
        voice: AbcVoice,
        unit_quarter: Fraction,
        signature: TimeSignature | None,
        key: AbcKey,
        propagation: str,
    ) -> None:
        self.voice = voice
        self.propagation = propagation
        self._unit = unit_quarter
        self._signature = signature or TimeSignature()
        self._alters = key.alters
        self._bar = AbcBar(self._signature)
        self._place = Fraction(0)
        self._signs: dict[str | int, int] = {}
        self._chord: list[AbcNote] | None = None  # while one is read
        self._graces: list[int] = []
        self._is_grace = False
        self._tuplet = (Fraction(1), 0)  # how long its notes are, how many are still to come
        self._scale = Fraction(1)  # of the next note, after a broken rhythm
        self._last: tuple[list[AbcNote], Fraction] | None = None
        self._texts: list[ChordSymbol] = []
        self._symbols: dict[str, ChordSymbol | None] = {}
        self._n_notes = 0

    def take(self, match: re.Match[str]) -> None:
        """Read one token.

        Parameters
        ----------
        match : re.Match
            Of the tokens of `licklab.formats.abc_music`.

        Raises
        ------
        ScoreFileError
            If it makes no sense.
        """
        if match["letter"]:
            self._take_note(match)
        elif match["bar"]:
            self._take_bar(match["bar"], match["ending"])
        elif match["text"] is not None:
            self._take_text(match["text"].strip())
        elif match["rest"]:
            self._add([], self._unit * _read_length(match["rest_length"]))
        elif match["whole_rest"]:
            self._rest_bars(int(match["rest_bars"] or 1))
        elif match["open"]:
            self._chord = []
        elif match["close"]:
            self._close_chord(_read_length(match["outer"]))
        elif match["grace"] or match["grace_end"]:
            self._is_grace = bool(match["grace"])
        elif match["tie"]:
            tied = self._chord[-1:] if self._chord is not None else self._last and self._last[0]
            for note in tied or ():
                note.is_tied = True
        elif match["broken"]:
            self._break_rhythm(match["broken"])
        elif match["tuplet"]:
            self._begin_tuplet(match)
        elif match["overlay"]:
            self._bar.length_quarter = max(self._bar.length_quarter, self._place)
            self._place, self._last = Fraction(0), None
        elif match["bare_ending"]:
            self._close_bar()
            self._bar.marks.endings = _read_endings(match["bare_ending"])
        elif match["field"]:
            self._take_field(match["field"], match["value"])

    def finish(self) -> AbcVoice:
        """End the last bar.

        Returns
        -------
        AbcVoice
            With all its bars.
        """
        self._close_bar()
        return self.voice

    def _take_note(self, match: re.Match[str]) -> None:
        letter = match["letter"].upper()
        ups = match["octave"].count("'") - match["octave"].count(",")
        octave = (5 if match["letter"].islower() else 4) + ups
        place = letter if self.propagation == "pitch" else 7 * octave + LETTERS.index(letter)
        alter = self._signs.get(place, self._alters.get(letter, 0))
        if match["sign"]:
            alter = SIGNS[match["sign"]]
            if self.propagation != "not":
                self._signs[place] = alter
        step = LETTERS.index(letter)
        pitch = 12 * (octave + 1) + MAJOR_SCALE[step] + alter + self.voice.shift
        if self._is_grace:
            self._graces.append(pitch)
            self._count(1)
            return
        length = self._unit * _read_length(match["length"])
        note = AbcNote(self._place, length, 7 * octave + step, pitch, bool(match["sign"]))
        if self._chord is None:
            self._add([note], length)
        else:
            self._count(1)
            self._chord.append(note)

    def _close_chord(self, outer: Fraction) -> None:
        chord, self._chord = self._chord, None
        if chord is None:
            raise ScoreFileError("want [ before ], got none")
        for note in chord:
            note.length_quarter *= outer
        if chord:  # it lasts as long as its first note
            self._add(chord, chord[0].length_quarter)

    def _add(self, notes: list[AbcNote], length: Fraction) -> None:
        if self._chord is not None:
            raise ScoreFileError("want notes in a chord, got a rest")
        self._count(len(notes))
        factor, left = self._tuplet
        if left:
            self._tuplet = (factor, left - 1)
        factor = (factor if left else 1) * self._scale
        self._scale = Fraction(1)
        for note in notes:
            note.onset_quarter = self._place
            if factor != 1:
                note.length_quarter *= factor
        if notes:
            notes[0].graces, self._graces = self._graces, []
        length = length if factor == 1 else length * factor
        for k, symbol in enumerate(self._texts):
            self._bar.chords.append((self._place + length * k / len(self._texts), symbol))
        self._texts = []
        self._bar.notes += notes
        self._place += length
        self._last = (notes, length)
        check_place(self._place)
        if self._place > LONGEST_BAR:
            raise ScoreFileError(f"want bars of at most {LONGEST_BAR} quarters, got a longer one")

    def _count(self, n_notes: int) -> None:
        self._n_notes += n_notes
        if self._n_notes > 2 * MOST_NOTES:  # those of chords are counted twice
            raise ScoreFileError(f"want at most {MOST_NOTES} notes, got more")

    def _break_rhythm(self, signs: str) -> None:
        if self._last is None:
            return
        notes, length = self._last
        short = Fraction(1, 2 ** len(signs))
        mine, other = (2 - short, short) if signs[0] == ">" else (short, 2 - short)
        for note in notes:
            note.length_quarter *= mine
        self._place += length * (mine - 1)
        self._last, self._scale = (notes, length * mine), other

    def _begin_tuplet(self, match: re.Match[str]) -> None:
        actual = int(match["tuplet"])
        usual = _NORMAL.get(actual, 3 if self._signature.is_compound else 2)
        normal = int(match["normal"] or usual)
        if actual == 0 or normal == 0:
            raise ScoreFileError(f"want a tuplet such as (3, got {match[0]!r}")
        self._tuplet = (Fraction(normal, actual), int(match["count"] or actual))

    def _rest_bars(self, n_bars: int) -> None:
        whole = Fraction(4 * self._signature.numerator, self._signature.denominator)
        for k in range(max(n_bars, 1)):
            if k:
                self._close_bar()
            self._add([], whole)

    def _take_bar(self, text: str, ending: str | None) -> None:
        lead = len(text) - len(text.lstrip(":"))
        trail = len(text) - len(text.rstrip(":"))
        if lead == len(text):  # :: ends one repeat and begins another
            lead = trail = len(text) // 2
        self._close_bar()
        if lead and self.voice.bars:
            self._end_repeat(min(lead + 1, _MOST_TIMES))
        inner = text.strip(":")
        self._bar.begins_section |= "||" in inner or "]" in inner or inner.startswith("[|")
        self._bar.marks.starts_repeat |= trail > 0
        if ending:
            self._bar.marks.endings = _read_endings(ending)

    def _end_repeat(self, times: int) -> None:
        bars = self.voice.bars
        marks = bars[-1].marks
        marks.ends_repeat, marks.times = True, times
        # Where no sign begins the repeat, the last double bar line does (section 4.8).
        section = None
        for k in range(len(bars) - 1, -1, -1):
            if bars[k].marks.starts_repeat:
                return
            section = bars[k] if section is None and bars[k].begins_section else section
            if k and bars[k - 1].marks.ends_repeat:
                break
        if section is not None:
            section.marks.starts_repeat = True

    def _close_bar(self) -> None:
        bar = self._bar
        bar.length_quarter = max(bar.length_quarter, self._place)
        if bar.length_quarter == 0:
            return  # two bar lines stand together
        self.voice.bars.append(bar)
        if len(self.voice.bars) > MOST_BARS:
            raise ScoreFileError(f"want at most {MOST_BARS} bars, got more")
        self._bar = AbcBar(self._signature)
        self._place, self._signs, self._last = Fraction(0), {}, None

    def _take_text(self, text: str) -> None:
        # Annotations are drawn and mean nothing, but for ours where no chord is played.
        is_drawn = text[:1] in {"^", "_", "<", ">", "@"}
        if text not in self._symbols:
            try:
                symbol: ChordSymbol | None = parse_symbol(text[1:] if is_drawn else text)
            except ChordError:
                symbol = None
            self._symbols[text] = None if symbol and is_drawn and not symbol.is_none else symbol
        found = self._symbols[text]
        if found is not None and len(self._texts) < _MOST_CHORDS:
            self._texts.append(transpose(found, self.voice.shift))

    def _take_field(self, letter: str, text: str) -> None:
        if letter == "K":
            key, shift = read_key(text), read_shift(text)
            self._alters = self._alters if key is None else key.alters
            self.voice.shift = self.voice.shift if shift is None else shift
        elif letter == "M":
            self._signature = read_meter(text) or TimeSignature()
            if self._place == 0:
                self._bar.signature = self._signature
        elif letter == "L":
            self._unit = read_unit(text, self._signature)
        elif letter == "Q":
            bpm = read_tempo(text, self._unit)
            if bpm is not None:
                self._bar.tempos.append((self._place, bpm))
        elif letter == "P":
            self._close_bar()
            self._bar.label = text.strip()[:1]


@lru_cache(maxsize=1024)
def _read_length(text: str) -> Fraction:
    over, slash, under = text.partition("/")
    slashes = len(under) - len(under.lstrip("/")) + len(slash)
    number = under.lstrip("/")
    denominator = int(number) if number else 2**slashes
    if denominator == 0 or (over and int(over) == 0):
        raise ScoreFileError(f"want a length such as 2, /2 or 3/2, got {text!r}")
    return Fraction(int(over or 1), denominator)


def _read_endings(text: str) -> frozenset[int]:
    found: set[int] = set()
    for one in re.findall(r"\d{1,3}(?:-\d{1,3})?", text):
        first, _, last = one.partition("-")
        found |= set(range(int(first), min(int(last or first), _MOST_TIMES) + 1))
    return frozenset(found or {1})
