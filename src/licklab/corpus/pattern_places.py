"""Where a pattern is played."""

from dataclasses import dataclass

from licklab.corpus.note_names import name_notes
from licklab.corpus.solo import CorpusSolo, SoloInfo
from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import NoteSpan


@dataclass(frozen=True, slots=True)
class PatternPlace:
    """A place where a pattern is played.

    Attributes
    ----------
    info : SoloInfo
        Of the solo.
    span : NoteSpan
        Its notes there.
    bar, beat : int
        Where it begins; 0 without beats.
    onset_sec, offset_sec : float, seconds
        From when until when.
    chords : tuple of str
        Symbols in force meanwhile, in order.
    pitch_midi : tuple of int
        The notes.
    note_names : tuple of str
        Their names by what they are to their chords, such as ``Eb5``.
    """

    info: SoloInfo
    span: NoteSpan
    bar: int
    beat: int
    onset_sec: float
    offset_sec: float
    chords: tuple[str, ...]
    pitch_midi: tuple[int, ...]
    note_names: tuple[str, ...]


def place_pattern(solo: CorpusSolo, span: NoteSpan) -> PatternPlace:
    """Tell what is around some notes.

    Parameters
    ----------
    solo : CorpusSolo
        That they are of.
    span : NoteSpan
        Of its notes.

    Returns
    -------
    PatternPlace
        With bar, time and chords.
    """
    line = solo.line
    under = dict.fromkeys(line.chord[span.start : span.stop].tolist())
    symbols = [line.chords[at].symbol for at in under if at >= 0]
    return PatternPlace(
        solo.info,
        span,
        int(line.bar[span.start]),
        int(line.beat[span.start]),
        float(line.onset_sec[span.start]),
        float(line.offset_sec[span.stop - 1]),
        tuple(write_symbol(one) for one in symbols if not one.is_none),
        tuple(line.pitch_midi[span.start : span.stop].tolist()),
        name_notes(line, span),
    )
