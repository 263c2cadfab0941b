"""A score as LilyPond source, for version 2.24 and later."""

from collections.abc import Sequence
from fractions import Fraction

from licklab.domain.instrument import Clef
from licklab.domain.key import Key, KeyMode
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Score, ScoreBar, ScoreEvent, ScoreHead
from licklab.formats.xml_text import clean_text

_SIGNS = {-2: "eses", -1: "es", 0: "", 1: "is", 2: "isis"}
_CLEFS = {
    Clef.TREBLE: ("treble",),
    Clef.BASS: ("bass",),
    Clef.TREBLE_OCTAVE_DOWN: ("treble_8",),
    Clef.GRAND_STAFF: ("treble", "bass"),
}


def write_lilypond(score: Score) -> bytes:
    """Write a score as LilyPond source.

    Parameters
    ----------
    score : Score
        To write.

    Returns
    -------
    bytes
        UTF-8; as written for the part. Chord symbols are text, as players write them.
    """
    lines = [
        '\\version "2.24.0"',
        "\\header {",
        f"  title = {_quoted(score.title)}",
        f"  composer = {_quoted(score.composer)}",
        f"  instrument = {_quoted(score.part.name)}",
        "  tagline = ##f",
        "}",
        "\\score {",
        "  <<",
    ]
    clefs = _CLEFS[score.part.clef]
    if len(clefs) > 1:
        lines.append("  \\new PianoStaff <<")
    for staff, clef in enumerate(clefs, 1):
        lines += _write_staff(score, staff, clef)
    if len(clefs) > 1:
        lines.append("  >>")
    lines += ["  >>", "  \\layout { }", "}"]
    return ("\n".join(lines) + "\n").encode()


def _write_staff(score: Score, staff: int, clef: str) -> list[str]:
    voices = sorted({one.voice for bar in score.bars for one in bar.voices if one.staff == staff})
    lines = ["  \\new Staff <<"]
    for voice in voices:
        name = f'"{staff}-{voice}"'
        lines.append(f"    \\new Voice = {name} {{")
        if len(voices) > 1:
            lines.append("      \\voiceOne" if voice == 1 else "      \\voiceTwo")
        lines.append(f'      \\clef "{clef}" {_key(score.key)}')
        lines += _heading(score) if (staff, voice) == (1, 1) else []
        before = None
        for i, bar in enumerate(score.bars):
            text = ""
            if bar.time_signature != before:
                before = bar.time_signature
                text += f"\\time {before} "
            if bar.is_pickup and i == 0:
                text += f"\\partial {_fraction(bar.length_quarter)} "
            if bar.begins_line and i:
                text += "\\break "
            text += _write_bar(bar, staff, voice, with_words=(staff, voice) == (1, 1))
            lines.append(f"      {text} |")
        lines += ['      \\bar "|."', "    }"]
    lines.append("  >>")
    return lines


def _heading(score: Score) -> list[str]:
    lines = []
    if score.tempo_bpm is not None:
        beat = "4." if score.bars[0].time_signature.is_compound else "4"
        feel = '"Swing" ' if score.is_swung else ""
        lines.append(f"      \\tempo {feel}{beat} = {round(score.tempo_bpm)}")
    return lines


def _write_bar(bar: ScoreBar, staff: int, voice: int, *, with_words: bool) -> str:
    events: Sequence[ScoreEvent] = next(
        (one.events for one in bar.voices if (one.staff, one.voice) == (staff, voice)), ()
    )
    if not events:
        return f"s1*{bar.length_quarter / 4}"
    chords = list(bar.chords) if with_words else []
    words = []
    marks = bar.section if bar.chorus is None else f"{bar.chorus}{bar.section}"
    if with_words and marks:
        words.append(f"\\mark {_quoted(marks)}")
    graces: list[str] = []
    for i, event in enumerate(events):
        if event.is_grace:
            graces.append(_heads(event) + "8")
            continue
        after = [one for one in events[i + 1 :] if not one.is_grace]
        following = after[0].onset_quarter if after else bar.length_quarter
        if graces:
            words.append("\\slashedGrace { " + " ".join(graces) + " }")
            graces = []
        if event.tuplet_begins:
            words.append(f"\\tuplet {event.value.actual}/{event.value.normal} {{")
        text = _write_event(event, bar)
        mine = [one for one in chords if one.onset_quarter < following]
        chords = chords[len(mine) :]
        if mine:
            text += f"^{_quoted('  '.join(one.symbol for one in mine))}"
        words.append(text)
        if event.tuplet_ends:
            words.append("}")
    return " ".join(words)


def _write_event(event: ScoreEvent, bar: ScoreBar) -> str:
    if event.is_rest and event.length_quarter == bar.length_quarter:
        return f"R1*{bar.length_quarter / 4}"
    value = event.value
    length = "\\breve" if value.base_quarter == 8 else str(Fraction(4) / value.base_quarter)
    length += "." * value.dots
    return ("r" if event.is_rest else _heads(event)) + length + _ties(event)


def _heads(event: ScoreEvent) -> str:
    names = [_head(one) for one in event.heads]
    return names[0] if len(names) == 1 else "<" + " ".join(names) + ">"


def _ties(event: ScoreEvent) -> str:
    return "~" if event.heads and all(one.tie_to for one in event.heads) else ""


def _head(head: ScoreHead) -> str:
    shown = "?" if head.is_courtesy else "!" if head.accidental is not None else ""
    return _pitch(head.pitch) + shown


def _pitch(pitch: SpelledPitch) -> str:
    octave = pitch.octave - 3
    return (
        pitch.letter.lower() + _SIGNS[pitch.alter] + ("'" * octave if octave > 0 else "," * -octave)
    )


def _key(key: Key | None) -> str:
    if key is None:
        return "\\key c \\major"
    alter = key.tonic.count("#") - key.tonic.count("b")
    mode = "minor" if key.mode is KeyMode.MINOR else "major"
    return f"\\key {key.tonic[0].lower()}{_SIGNS[alter]} \\{mode}"


def _fraction(quarter: Fraction) -> str:
    # Any length as so many of a short note.
    sixteenths = quarter * 4
    return f"16*{sixteenths}"


def _quoted(text: str) -> str:
    escaped = clean_text(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
