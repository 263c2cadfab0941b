"""A score in ABC notation, version 2.1."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.instrument import Clef
from licklab.domain.key import Key, KeyMode
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Score, ScoreBar, ScoreEvent, ScoreHead
from licklab.domain.signature import key_fifths, signature_alters
from licklab.formats.xml_text import clean_text

_UNIT = Fraction(1, 2)  # L:1/8
_SIGNS = {-2: "__", -1: "_", 0: "=", 1: "^", 2: "^^"}
_CLEFS = {
    Clef.TREBLE: ("treble",),
    Clef.BASS: ("bass",),
    Clef.TREBLE_OCTAVE_DOWN: ("treble-8",),
    Clef.GRAND_STAFF: ("treble", "bass"),
}


def write_abc(score: Score) -> bytes:
    """Write a score in ABC notation.

    Parameters
    ----------
    score : Score
        To write.

    Returns
    -------
    bytes
        UTF-8, one tune; as written for the part.
    """
    signature = score.bars[0].time_signature
    lines = ["%abc-2.1", "X:1", f"T:{_word(score.title) or 'Untitled'}"]
    if score.composer:
        lines.append(f"C:{_word(score.composer)}")
    lines += [f"M:{signature}", "L:1/8"]
    if score.tempo_bpm is not None:
        beat = "3/8" if signature.is_compound else f"1/{signature.denominator}"
        feel = '"Swing" ' if score.is_swung else ""
        lines.append(f"Q:{feel}{beat}={round(score.tempo_bpm)}")
    voices = sorted({(one.staff, one.voice) for bar in score.bars for one in bar.voices})
    clefs = _CLEFS[score.part.clef]
    if len(voices) > 1:
        lines.append("%%score " + " ".join(f"V{s}{v}" for s, v in voices))
    semitones = score.part.transposition_semitones
    sounds = f" transpose={-semitones}" if semitones else ""
    for staff, voice in voices:
        name = _word(score.part.name)
        # abc2midi reads an octave clef only at the end of the line.
        lines.append(f'V:V{staff}{voice} name="{name}"{sounds} clef={clefs[staff - 1]}')
    lines.append(f"K:{_key(score.key)}")
    for staff, voice in voices:
        if len(voices) > 1:
            lines.append(f"[V:V{staff}{voice}]")
        lines += _write_voice(score, staff, voice, with_chords=(staff, voice) == voices[0])
    return ("\n".join(lines) + "\n").encode()


def _write_voice(score: Score, staff: int, voice: int, *, with_chords: bool) -> list[str]:
    lines: list[str] = []
    row = ""
    pen = _Pen(score)
    before = score.bars[0].time_signature
    for i, bar in enumerate(score.bars):
        if bar.begins_line and row:
            lines.append(row.strip())
            row = ""
        if bar.time_signature != before:
            before = bar.time_signature
            row += f"[M:{before}]"
        events: Sequence[ScoreEvent] = next(
            (one.events for one in bar.voices if (one.staff, one.voice) == (staff, voice)), ()
        )
        row += _write_bar(events, bar, pen, with_chords=with_chords)
        row += " |] " if i + 1 == len(score.bars) else " | "
    lines.append(row.strip())
    return lines


class _Pen:
    """Writes pitches; each voice has its own.

    On a staff a sign holds for the voices on it and in its own octave, in ABC for its own voice and
    in every octave (section 4.2). Where programs may differ the sign is written.
    """

    def __init__(self, score: Score) -> None:
        self._signature = signature_alters(key_fifths(score.key))
        # The notes of an octave clef stand an octave from where they sound, as on the staff.
        self._octaves = 1 if score.part.clef is Clef.TREBLE_OCTAVE_DOWN else 0
        self._by_letter: dict[str, int] = {}
        self._by_place: dict[tuple[str, int], int] = {}

    def begin_bar(self) -> None:
        self._by_letter, self._by_place = {}, {}

    def write(self, head: ScoreHead) -> str:
        pitch = head.pitch
        usual = self._signature[pitch.letter]
        place = (pitch.letter, pitch.octave)
        in_force = {
            self._by_letter.get(pitch.letter, usual),
            self._by_place.get(place, usual),
        }
        if head.tie_from:
            in_force = {pitch.alter}  # the tie brings it along
        sign = "" if in_force == {pitch.alter} and head.accidental is None else _SIGNS[pitch.alter]
        if sign:
            self._by_letter[pitch.letter] = self._by_place[place] = pitch.alter
        return sign + _letter(replace(pitch, octave=pitch.octave + self._octaves))


def _write_bar(events: Sequence[ScoreEvent], bar: ScoreBar, pen: _Pen, *, with_chords: bool) -> str:
    pen.begin_bar()
    if not events:
        return f"x{_length(bar.length_quarter)}"
    chords = list(bar.chords) if with_chords else []
    marks = bar.section if bar.chorus is None else f"{bar.chorus}{bar.section}"
    text = f'"^{marks}"' if with_chords and marks else ""
    graces = ""
    for i, event in enumerate(events):
        if event.is_grace:
            graces += "".join(pen.write(head) for head in event.heads)
            continue
        after = [one for one in events[i + 1 :] if not one.is_grace]
        following = after[0].onset_quarter if after else bar.length_quarter
        if event.tuplet_begins:
            text += _tuplet(events[i:])
        while chords and chords[0].onset_quarter < following:
            text += _chord(chords.pop(0).symbol)
        if graces:
            text += "{/" + graces + "}"
            graces = ""
        text += _write_event(event, bar, pen)
        # Notes that stand apart are not beamed.
        is_beamed = bool(after and event.beams and after[0].beams) and not _ends_beam(event)
        text += "" if is_beamed else " "
    return text.rstrip()


def _chord(symbol: str) -> str:
    # What is no chord is text over the staff.
    return f'"{_word(symbol)}"' if symbol[:1] in "ABCDEFG" else f'"^{_word(symbol)}"'


def _ends_beam(event: ScoreEvent) -> bool:
    return event.beams[0] == "end"


def _tuplet(events: Sequence[ScoreEvent]) -> str:
    count = 0
    for event in events:
        count += not event.is_grace
        if event.tuplet_ends:
            break
    value = events[0].value
    return f"({value.actual}:{value.normal}:{count}"


def _write_event(event: ScoreEvent, bar: ScoreBar, pen: _Pen) -> str:
    dotted = event.value.base_quarter * (2 - Fraction(1, 2**event.value.dots))
    if event.is_rest:
        whole = event.length_quarter == bar.length_quarter and not bar.is_pickup
        return "Z" if whole else f"z{_length(dotted)}"
    # A tie holds for the note that it follows.
    if len(event.heads) == 1:
        head = event.heads[0]
        return pen.write(head) + _length(dotted) + ("-" if head.tie_to else "")
    notes = [pen.write(head) + ("-" if head.tie_to else "") for head in event.heads]
    return "[" + "".join(notes) + "]" + _length(dotted)


def _letter(pitch: SpelledPitch) -> str:
    # C is C4, c is C5.
    if pitch.octave >= 5:
        return pitch.letter.lower() + "'" * (pitch.octave - 5)
    return pitch.letter + "," * (4 - pitch.octave)


def _length(quarter: Fraction) -> str:
    units = quarter / _UNIT
    if units == 1:
        return ""
    return str(units.numerator) if units.denominator == 1 else str(units)


def _key(key: Key | None) -> str:
    if key is None:
        return "C"
    return key.tonic + ("m" if key.mode is KeyMode.MINOR else "")


def _word(text: str) -> str:
    # A quotation mark would end a string, a percent sign begin a comment.
    return clean_text(text.replace('"', "'").replace("%", " ").replace("\\", "/"))
