"""The notes of a tune in ABC notation.

`licklab.formats.abc_music` reads the music of each voice into bars; here voices become a part, and
repeats, endings and the order of parts are played.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.key import Key
from licklab.errors import ChordError, ScoreFileError
from licklab.formats.abc_bars import AbcBar, AbcNote, AbcVoice, check_place
from licklab.formats.abc_fields import read_parts
from licklab.formats.abc_file import AbcTune, split_tunes
from licklab.formats.abc_music import read_music
from licklab.formats.chart_bars import play_order
from licklab.formats.symbolic import (
    GRACE_QUARTER,
    MOST_BARS,
    MOST_NOTES,
    SymbolicBar,
    SymbolicNote,
    SymbolicPart,
)

_MOST_TIED = 4  # on one place of the staff: notes that no line could tell apart


def read_abc_part(content: bytes, part: str | None = None) -> SymbolicPart:
    """Read the notes of a tune.

    Parameters
    ----------
    content : bytes
        A file with one tune or several.
    part : str, optional
        Of one tune the name or number of the voice; of several the number (``X:``) or title of the
        tune. The first with notes if omitted.

    Returns
    -------
    SymbolicPart
        As it sounds, with repeats played.

    Raises
    ------
    ScoreFileError
        If it is no such file, or there is no such part.
    """
    tunes = split_tunes(content)
    if len(tunes) == 1:
        return read_tune(tunes[0], part)
    if part is None:
        return next((found for one in tunes if (found := read_tune(one)).notes), SymbolicPart())
    for one in tunes:
        if part.strip().lower() in {one.text_of("X").lower(), one.text_of("T").lower()}:
            return read_tune(one)
    told = ", ".join(f"{one.text_of('X')} {one.text_of('T')!r}" for one in tunes)
    raise ScoreFileError(f"want a tune, one of {told[:400]}; got {part[:80]!r}")


def read_tune(tune: AbcTune, part: str | None = None) -> SymbolicPart:
    """Read the notes of a tune.

    Parameters
    ----------
    tune : AbcTune
        As written.
    part : str, optional
        Name or number of the voice; voices of one name are one part. The first with notes if
        omitted.

    Returns
    -------
    SymbolicPart
        As it sounds, with repeats played.

    Raises
    ------
    ScoreFileError
        If it cannot be read, or there is no such voice.
    """
    music = read_music(tune)
    groups: dict[str, list[AbcVoice]] = {}
    for voice in music.voices:
        groups.setdefault(voice.name or voice.id, []).append(voice)
    name, voices = _choose(groups, part)
    found = SymbolicPart(
        name=name, gm_program=music.gm_program, title=tune.text_of("T"),
        is_swung="swing" in tune.text_of("Q").lower(),
    )  # fmt: skip
    if not voices:
        return found
    if music.key is not None:
        shift = voices[0].shift
        found.key = Key.of_pitch_class(music.key.pitch_class + shift, music.key.mode)
    if music.tempo is not None:
        found.tempos.append((Fraction(0), music.tempo))
    _play(voices, _order(voices[0].bars, read_parts(tune.text_of("P"))), found)
    return found


def _choose(
    groups: dict[str, list[AbcVoice]], wanted: str | None
) -> tuple[str, Sequence[AbcVoice]]:
    if wanted is None:
        has_notes = [
            (name, voices) for name, voices in groups.items()
            if any(bar.notes for voice in voices for bar in voice.bars)
        ]  # fmt: skip
        return has_notes[0] if has_notes else ("", ())
    for number, (name, voices) in enumerate(groups.items(), 1):
        ids = {voice.id.lower() for voice in voices}
        if wanted.strip().lower() in {str(number), name.lower()} | ids:
            return name, voices
    told = ", ".join(f"{k} {name!r}" for k, name in enumerate(groups, 1))
    raise ScoreFileError(f"want a voice, one of {told[:400]}; got {wanted[:80]!r}")


def _order(bars: Sequence[AbcBar], parts: Sequence[str]) -> list[int]:
    """Give the places of the bars as they are played."""
    starts = {bar.label: i for i, bar in reversed(list(enumerate(bars))) if bar.label}
    ordered = [(starts[one], one) for one in parts if one in starts]
    spans = [(0, len(bars))]
    if ordered:
        edges = [*sorted(starts.values()), len(bars)]
        spans = [(begin, edges[edges.index(begin) + 1]) for begin, _ in ordered]
    order: list[int] = []
    try:
        for begin, end in spans:
            marks = [bar.marks for bar in bars[begin:end]]
            order += [begin + i for i in play_order(marks, is_whole=True, most_bars=MOST_BARS)]
            if len(order) > MOST_BARS:
                raise ScoreFileError(f"want at most {MOST_BARS} bars, got more with the repeats")
    except ChordError as error:
        raise ScoreFileError(str(error)) from error
    return order


def _play(voices: Sequence[AbcVoice], order: Sequence[int], part: SymbolicPart) -> None:
    tied: list[dict[int, list[int]]] = [{} for _ in voices]
    at = Fraction(0)
    for place in order:
        played = [voice.bars[place] if place < len(voice.bars) else None for voice in voices]
        for bar, pending in zip(played, tied, strict=True):
            if bar is not None:
                for note in bar.notes:
                    _add(note, at, pending, part.notes)
                part.chords += [(at + where, symbol) for where, symbol in bar.chords]
        first = played[0]
        assert first is not None
        part.tempos += [(at + where, bpm) for where, bpm in first.tempos]
        length = max(bar.length_quarter for bar in played if bar is not None)
        part.bars.append(SymbolicBar(at, length, first.signature))
        at += length
        check_place(at)
        if max(len(part.notes), len(part.chords), len(part.tempos)) > MOST_NOTES:
            raise ScoreFileError(f"want at most {MOST_NOTES} notes, or chords, got more")


def _add(
    note: AbcNote, start: Fraction, tied: dict[int, list[int]], notes: list[SymbolicNote]
) -> None:
    onset = start + note.onset_quarter
    end = onset + note.length_quarter
    for k, grace in enumerate(note.graces):
        begin = max(onset - GRACE_QUARTER * (len(note.graces) - k), Fraction(0))
        notes.append(SymbolicNote(begin, begin + GRACE_QUARTER, grace))
    # A sign holds for the whole of a tied note, over the bar line too.
    waiting = [i for i in tied.pop(note.step, ()) if notes[i].end_quarter >= onset]
    here = [i for i in waiting if notes[i].end_quarter == onset]
    same = [i for i in here if notes[i].pitch_midi == note.pitch_midi]
    held = same if same or note.has_sign else here
    if held:
        at = held[0]
        waiting.remove(at)
        notes[at] = replace(notes[at], end_quarter=end)
    else:
        at = len(notes)
        notes.append(SymbolicNote(onset, end, note.pitch_midi))
    if note.is_tied:
        waiting.append(at)
    tied[note.step] = waiting[-_MOST_TIED:]
