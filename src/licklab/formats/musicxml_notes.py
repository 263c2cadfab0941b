"""The notes of a part in MusicXML."""

import re
from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from licklab.domain.beat import TimeSignature
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import LETTERS, MAJOR_SCALE
from licklab.errors import ChordError, MeterError, ScoreFileError
from licklab.formats.chart_bars import WrittenBar, play_order
from licklab.formats.chart_musicxml_bar import read_barline, read_direction, read_harmony
from licklab.formats.score_file import open_musicxml
from licklab.formats.symbolic import (
    GRACE_QUARTER,
    LONGEST_BAR,
    MOST_BARS,
    SymbolicBar,
    SymbolicNote,
    SymbolicPart,
)

# Unpacked: an hour of piano, as programs write it, has 20 MB, and a tree of it ten times as much.
_MOST_BYTES = 24_000_000
# Tonics of the major keys by the number of their sharps, from 7 flats.
_TONICS = ("B", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "Db")
_UNITS = {
    "whole": Fraction(4), "half": Fraction(2), "quarter": Fraction(1), "eighth": Fraction(1, 2),
    "16th": Fraction(1, 4),
}  # fmt: skip
# Of a bar: no piece has more than 9,999, whatever a file says.
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


def read_musicxml_part(content: bytes, part: str | None = None) -> SymbolicPart:
    """Read the notes of a part.

    Parameters
    ----------
    content : bytes
        A ``.musicxml`` or a ``.mxl`` file.
    part : str, optional
        Its name or its number from 1; the first with notes if omitted.

    Returns
    -------
    SymbolicPart
        As it sounds, with repeats played.

    Raises
    ------
    ScoreFileError
        If it is no such file, or there is no such part.
    """
    root = open_musicxml(content, _MOST_BYTES)
    names = {
        one.get("id", ""): (one.findtext("part-name") or "").strip()
        for one in root.iter("score-part")
    }
    element, number = _choose(root, names, part)
    name = names.get(element.get("id", ""), "")
    program = root.findtext(f"part-list/score-part[{number}]/midi-instrument/midi-program")
    reader = _PartReader(name, _whole(program, 0) - 1 if program else None)
    reader.part.title = (
        root.findtext("work/work-title") or root.findtext("movement-title") or ""
    ).strip()
    reader.read(element.findall("measure"))
    return reader.part


def _choose(root: Element, names: dict[str, str], wanted: str | None) -> tuple[Element, int]:
    parts = root.findall("part")
    if not parts:
        raise ScoreFileError("want a score with a part, got none")
    for number, one in enumerate(parts, 1):
        name = names.get(one.get("id", ""), "")
        if wanted is None and one.find("measure/note/pitch") is not None:
            return one, number
        if wanted is not None and wanted.strip().lower() in {str(number), name.lower()}:
            return one, number
    if wanted is None:
        return parts[0], 1
    told = ", ".join(f"{k} {names.get(one.get('id', ''), '')!r}" for k, one in enumerate(parts, 1))
    raise ScoreFileError(f"want a part, one of {told[:400]}; got {wanted[:80]!r}")


class _PartReader:
    """Reads the measures of a part in the order in which they are played."""

    def __init__(self, name: str, program: int | None) -> None:
        self.part = SymbolicPart(name=name, gm_program=program)
        self._divisions = 1
        self._signature = TimeSignature()
        self._shift = 0  # from written to sounding
        self._tied: dict[int, int] = {}  # sounding pitch to the index of the note that is tied on

    def read(self, measures: Sequence[Element]) -> None:
        marks = [_marks(one) for one in measures]
        try:
            order = play_order(marks, is_whole=True, most_bars=MOST_BARS)
        except ChordError as error:
            raise ScoreFileError(str(error)) from error
        if order == list(range(len(measures))):  # what is played twice has no number of its own
            self.part.first_bar = _first_number(measures)
        at = Fraction(0)
        for i in order:
            length = self._read_measure(measures[i], at)
            self.part.bars.append(SymbolicBar(at, length, self._signature))
            at += length

    def _read_measure(self, measure: Element, start: Fraction) -> Fraction:
        place, longest = Fraction(0), Fraction(0)
        before = Fraction(0)  # onset of the note before, for chords
        graces: list[int] = []
        for one in measure:
            if one.tag == "attributes":
                self._read_attributes(one)
            elif one.tag == "direction":
                self._read_direction(one, start + place)
            elif one.tag == "sound":
                self._read_tempo(one, start + place)
            elif one.tag == "harmony":
                self._read_harmony(one, start + place)
            elif one.tag in {"backup", "forward"}:
                length = self._duration(one)
                place += -length if one.tag == "backup" else length
            elif one.tag == "note":
                if one.find("grace") is not None:
                    graces += self._grace(one)
                    continue
                onset = before if one.find("chord") is not None else place
                length = self._duration(one)
                self._read_note(one, start + onset, start + onset + length, graces)
                graces = [] if one.find("chord") is None else graces
                if one.find("chord") is None:
                    before, place = place, place + length
            longest = max(longest, place)
            if place < 0 or place > LONGEST_BAR:
                raise ScoreFileError(f"want bars of at most {LONGEST_BAR} quarters, got {place}")
        signature = self._signature
        whole = Fraction(4 * signature.numerator, signature.denominator)
        is_short = measure.get("implicit") == "yes" or longest > whole
        return longest if is_short and longest > 0 else whole

    def _duration(self, one: Element) -> Fraction:
        text = (one.findtext("duration") or "0").strip()
        if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text) is None:
            raise ScoreFileError(f"want a duration in divisions, got {text[:20]!r}")
        return Fraction(text) / self._divisions

    def _grace(self, note: Element) -> list[int]:
        pitch = self._pitch(note)
        return [] if pitch is None else [pitch]

    def _read_note(
        self, note: Element, onset: Fraction, end: Fraction, graces: Sequence[int]
    ) -> None:
        pitch = self._pitch(note)
        if pitch is None or note.find("cue") is not None:
            return
        if _is_tablature_copy(note):
            return
        for k, grace in enumerate(graces):
            # Ornaments come before the beat, in the time of what is before them.
            begin = max(onset - GRACE_QUARTER * (len(graces) - k), Fraction(0))
            self.part.notes.append(SymbolicNote(begin, begin + GRACE_QUARTER, grace))
        ties = {one.get("type") for one in note.findall("tie")}
        tied = self._tied.pop(pitch, None) if "stop" in ties else None
        if tied is not None and self.part.notes[tied].end_quarter == onset:
            begun = self.part.notes[tied]
            self.part.notes[tied] = SymbolicNote(begun.onset_quarter, end, pitch)
        else:
            tied = len(self.part.notes)
            self.part.notes.append(SymbolicNote(onset, end, pitch))
        if "start" in ties:
            self._tied[pitch] = tied

    def _pitch(self, note: Element) -> int | None:
        step = (note.findtext("pitch/step") or "").strip()
        if not step:
            return None
        if step not in LETTERS or len(step) != 1:
            raise ScoreFileError(f"want a step A to G, got {step[:20]!r}")
        alter = _number(note.findtext("pitch/alter"))
        octave = _whole(note.findtext("pitch/octave"), 4)
        return 12 * (octave + 1) + MAJOR_SCALE[LETTERS.index(step)] + round(alter) + self._shift

    def _read_attributes(self, attributes: Element) -> None:
        self._divisions = max(1, _whole(attributes.findtext("divisions"), self._divisions))
        beats, unit = attributes.findtext("time/beats"), attributes.findtext("time/beat-type")
        if beats and unit:
            try:
                self._signature = TimeSignature.parse(f"{beats}/{unit}")
            except MeterError as error:
                raise ScoreFileError(str(error)) from error
        transpose = attributes.find("transpose")
        if transpose is not None:
            octaves = _whole(transpose.findtext("octave-change"), 0)
            self._shift = round(_number(transpose.findtext("chromatic"))) + 12 * octaves
            if abs(self._shift) > 48:
                raise ScoreFileError(f"want a transposition within 48 semitones, got {self._shift}")
        fifths = (attributes.findtext("key/fifths") or "").strip()
        if self.part.key is None and re.fullmatch(r"-?[0-7]", fifths):
            major = Key(_TONICS[int(fifths) + 7])
            is_minor = attributes.findtext("key/mode", "major").strip() == "minor"
            mode = KeyMode.MINOR if is_minor else KeyMode.MAJOR
            tonic = major.pitch_class - (3 if is_minor else 0) + self._shift
            self.part.key = Key.of_pitch_class(tonic, mode)

    def _read_direction(self, direction: Element, at: Fraction) -> None:
        words = " ".join(one.text or "" for one in direction.iter("words")).lower()
        self.part.is_swung |= "swing" in words
        sound = direction.find("sound")
        if sound is not None and sound.get("tempo"):
            self._read_tempo(sound, at)
            return
        for metronome in direction.iter("metronome"):
            unit = _UNITS.get((metronome.findtext("beat-unit") or "").strip())
            if unit is not None and metronome.find("beat-unit-dot") is not None:
                unit = unit * Fraction(3, 2)
            text = re.search(r"\d{1,4}(\.\d{1,4})?", metronome.findtext("per-minute") or "")
            if unit and text:
                self._add_tempo(at, Fraction(text[0]) * unit)

    def _read_tempo(self, sound: Element, at: Fraction) -> None:
        text = (sound.get("tempo") or "").strip()
        if re.fullmatch(r"\d{1,4}(\.\d{1,6})?", text):
            self._add_tempo(at, Fraction(text))

    def _add_tempo(self, at: Fraction, bpm: Fraction) -> None:
        if not 10 <= bpm <= 1000:
            raise ScoreFileError(
                f"want a tempo of 10 to 1000 quarters a minute, got {float(bpm):g}"
            )
        self.part.tempos.append((at, bpm))

    def _read_harmony(self, harmony: Element, at: Fraction) -> None:
        offset = Fraction(_whole(harmony.findtext("offset"), 0), self._divisions)
        try:
            symbol = read_harmony(harmony, self._shift)
        except ChordError:
            return  # a chord that nobody can name costs the score nothing but itself
        self.part.chords.append((max(at + offset, Fraction(0)), symbol))


def _first_number(measures: Sequence[Element]) -> int | None:
    """Give the number that is printed at the first bar, where the others count on from it."""
    texts = [one.get("number", "").strip() for one in measures]
    if not texts or _NUMBER.fullmatch(texts[0]) is None:
        return None
    first = int(texts[0])
    return first if texts == [str(first + i) for i in range(len(texts))] else None


def _marks(measure: Element) -> WrittenBar:
    bar = WrittenBar()
    try:
        for one in measure:
            if one.tag == "direction":
                read_direction(one, bar)
            elif one.tag == "barline":
                read_barline(one, bar)
    except ChordError as error:
        raise ScoreFileError(str(error)) from error
    return bar


def _is_tablature_copy(note: Element) -> bool:
    """Tell whether a note only says where another is played: our own second staff."""
    return note.find("notations/technical/fret") is not None and note.findtext("stem") == "none"


def _whole(text: str | None, default: int) -> int:
    if text is None or not text.strip():
        return default
    if re.fullmatch(r"\s*[+-]?\d{1,9}\s*", text) is None:
        raise ScoreFileError(f"want a whole number, got {text[:20]!r}")
    return int(text)


def _number(text: str | None) -> float:
    if text is None or not text.strip():
        return 0.0
    if re.fullmatch(r"\s*[+-]?\d{1,3}(\.\d{1,6})?\s*", text) is None:
        raise ScoreFileError(f"want a number of semitones, got {text[:20]!r}")
    return float(text)
