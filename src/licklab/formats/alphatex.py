"""A score as AlphaTex, the text that alphaTab 1.8 draws and plays."""

from collections.abc import Sequence
from fractions import Fraction

from licklab.domain.instrument import INSTRUMENTS, Clef
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.score import Score, ScoreBar, ScoreEvent, ScoreHead
from licklab.domain.signature import key_fifths
from licklab.formats.xml_text import clean_text

_FORCED = {-2: "forceDoubleFlat", -1: "forceFlat", 0: "forceNatural", 1: "forceSharp",
           2: "forceDoubleSharp"}  # fmt: skip
_CLEFS = {
    Clef.TREBLE: ("G2",),
    Clef.BASS: ("F4",),
    Clef.TREBLE_OCTAVE_DOWN: ("G2",),
    Clef.GRAND_STAFF: ("G2", "F4"),
}
_MAJORS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_DEFAULT_BPM = 120


def write_alphatex(score: Score) -> bytes:
    """Write a score as AlphaTex.

    Parameters
    ----------
    score : Score
        To write.

    Returns
    -------
    bytes
        UTF-8. Pitches sound as heard; the staff shows them as the part is written. Where the part
        has a fingerboard, notes are strings and frets, and tablature is shown too.
    """
    lines = [f"\\title {_quoted(score.title)}"]
    if score.composer:
        lines.append(f"\\music {_quoted(score.composer)}")
    lines.append(f"\\tempo {round(score.tempo_bpm or _DEFAULT_BPM)}")
    instrument = INSTRUMENTS.get(score.part.instrument)
    program = instrument.gm_program if instrument else 0
    lines.append(f"\\track {_quoted(score.part.name)} {{ defaultSystemsLayout 4 }}")
    for staff, clef in enumerate(_CLEFS[score.part.clef], 1):
        lines += _write_staff(score, staff, clef, program)
    return ("\n".join(lines) + "\n").encode()


def _write_staff(score: Score, staff: int, clef: str, program: int) -> list[str]:
    part = score.part
    tuning = part.tuning
    lines = ["\\staff {score tabs}" if tuning is not None else "\\staff {score}"]
    if tuning is not None:
        strings = " ".join(_string_name(midi) for midi in tuning.open_midi)
        lines.append(f"\\tuning ({strings}) {{ hide }}")
    else:
        lines.append("\\tuning none")
    shown = part.transposition_semitones + (12 if part.clef is Clef.TREBLE_OCTAVE_DOWN else 0)
    lines.append(f"\\instrument {program}")
    lines.append(f"\\displayTranspose {shown}")
    numbers = sorted({one.voice for bar in score.bars for one in bar.voices if one.staff == staff})
    for number in numbers:
        lines.append("\\voice")
        for i, bar in enumerate(score.bars):
            before = score.bars[i - 1] if i else None
            head = _bar_head(score, bar, before, clef) if number == numbers[0] else ""
            events = next(
                (one.events for one in bar.voices if (one.staff, one.voice) == (staff, number)), ()
            )
            chords = bar if staff == 1 and number == numbers[0] else None
            lines.append(f"{head}{_write_bar(score, events, chords)} |")
    return lines


def _bar_head(score: Score, bar: ScoreBar, before: ScoreBar | None, clef: str) -> str:
    words = []
    if before is None:
        words += [f"\\ks {_MAJORS[key_fifths(score.key) + 7]}", f"\\clef {clef}"]
        if score.is_swung:
            words.append("\\tf triplet8th")
    if before is None or before.time_signature != bar.time_signature:
        signature = bar.time_signature
        words.append(f"\\ts ({signature.numerator} {signature.denominator})")
    if bar.is_pickup:
        words.append("\\ac")
    if bar.chorus is not None or bar.section:
        name = bar.section if bar.chorus is None else f"{bar.chorus}{bar.section}"
        words.append(f"\\section {_quoted(name)}")
    return "".join(word + " " for word in words)


def _write_bar(score: Score, events: Sequence[ScoreEvent], bar: ScoreBar | None) -> str:
    chords = list(bar.chords) if bar is not None else []
    words = []
    for i, event in enumerate(events):
        effects = []
        following = events[i + 1].onset_quarter if i + 1 < len(events) else None
        mine = [
            one for one in chords
            if not event.is_grace and (following is None or one.onset_quarter < following)
        ]  # fmt: skip
        if mine:
            # A chord that changes under a long note stands over its beginning beside the other.
            effects.append(f"ch {_quoted('  '.join(one.symbol for one in mine))}")
            chords = chords[len(mine) :]
        words.append(_write_event(score, event, effects))
    return " ".join(words)


def _write_event(score: Score, event: ScoreEvent, effects: list[str]) -> str:
    value = event.value
    effects += {1: ["d"], 2: ["dd"]}.get(value.dots, [])
    if value.actual != 1:
        effects.append(f"tu ({value.actual} {value.normal})")
    if event.is_grace:
        effects.append("gr")
    length = int(Fraction(4) / value.base_quarter) if value.base_quarter <= 4 else 1
    tail = f".{length}" + (f" {{ {' '.join(effects)} }}" if effects else "")
    if event.is_rest:
        return f"r{tail}"
    heads = [one for one in (_write_head(score, head) for head in event.heads) if one]
    # What cannot be played on this fingerboard has no place in a text of strings and frets.
    return f"({' '.join(heads)}){tail}" if heads else f"r{tail}"


def _write_head(score: Score, head: ScoreHead) -> str:
    effects = ["t"] if head.tie_from else []
    if head.pitch.alter or head.accidental is not None:
        effects.append(f"acc {_FORCED[head.pitch.alter]}")
    if head.is_doubtful:
        effects.append("g")
    if score.part.tuning is None:
        text = str(SpelledPitch.on_letter(*_sounding(head)))
    elif head.place is None:
        return ""
    else:
        text = f"{head.place.fret}.{head.place.string}"
    return text + (f" {{ {' '.join(effects)} }}" if effects else "")


def _sounding(head: ScoreHead) -> tuple[str, int]:
    """Give a letter on which the sounding pitch takes few signs, and the pitch."""
    letters = "CCDDEFFGGAAB" if head.pitch.alter > 0 else "CDDEEFGGAABB"
    return letters[head.sounding_midi % 12], head.sounding_midi


def _string_name(midi: int) -> str:
    return str(SpelledPitch.on_letter("CDDEEFGGAABB"[midi % 12], midi))


def _quoted(text: str) -> str:
    escaped = clean_text(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
