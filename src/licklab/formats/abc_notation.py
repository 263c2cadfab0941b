"""A score in ABC notation, version 2.1."""

from collections.abc import Sequence
from fractions import Fraction

from licklab.domain.instrument import Clef
from licklab.domain.key import Key, KeyMode
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Accidental, Score, ScoreBar, ScoreEvent, ScoreHead
from licklab.formats.xml_text import clean_text

_UNIT = Fraction(1, 2)  # L:1/8
_SIGNS = {
    Accidental.DOUBLE_FLAT: "__",
    Accidental.FLAT: "_",
    Accidental.NATURAL: "=",
    Accidental.SHARP: "^",
    Accidental.DOUBLE_SHARP: "^^",
}
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
    for staff, voice in voices:
        lines.append(f'V:V{staff}{voice} clef={clefs[staff - 1]} name="{_word(score.part.name)}"')
    lines.append(f"K:{_key(score.key)}")
    for staff, voice in voices:
        if len(voices) > 1:
            lines.append(f"[V:V{staff}{voice}]")
        lines += _write_voice(score, staff, voice, with_chords=(staff, voice) == voices[0])
    return ("\n".join(lines) + "\n").encode()


def _write_voice(score: Score, staff: int, voice: int, *, with_chords: bool) -> list[str]:
    lines: list[str] = []
    row = ""
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
        row += _write_bar(events, bar, with_chords=with_chords)
        row += " |] " if i + 1 == len(score.bars) else " | "
    lines.append(row.strip())
    return lines


def _write_bar(events: Sequence[ScoreEvent], bar: ScoreBar, *, with_chords: bool) -> str:
    if not events:
        return f"x{_length(bar.length_quarter)}"
    chords = list(bar.chords) if with_chords else []
    marks = bar.section if bar.chorus is None else f"{bar.chorus}{bar.section}"
    text = f'"^{marks}"' if with_chords and marks else ""
    graces = ""
    for i, event in enumerate(events):
        if event.is_grace:
            graces += "".join(_pitch(head) for head in event.heads)
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
        text += _write_event(event, bar)
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


def _write_event(event: ScoreEvent, bar: ScoreBar) -> str:
    dotted = event.value.base_quarter * (2 - Fraction(1, 2**event.value.dots))
    if event.is_rest:
        whole = event.length_quarter == bar.length_quarter and not bar.is_pickup
        return "Z" if whole else f"z{_length(dotted)}"
    # A tie holds for the note that it follows.
    notes = [_pitch(head) + ("-" if head.tie_to else "") for head in event.heads]
    if len(notes) == 1:
        head = event.heads[0]
        return _pitch(head) + _length(dotted) + ("-" if head.tie_to else "")
    return "[" + "".join(notes) + "]" + _length(dotted)


def _pitch(head: ScoreHead) -> str:
    sign = "" if head.accidental is None else _SIGNS[head.accidental]
    return sign + _letter(head.pitch)


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
