"""Where the notes of a solo stand in its bars: the same on the page of every part."""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.analysis import Analysis
from licklab.domain.instrument import INSTRUMENTS, Texture
from licklab.domain.note import Note
from licklab.domain.transcription import Transcription
from licklab.notation.frame import Frame, frame_bars
from licklab.notation.lines import Onsets, place_onsets

# Median of the soloists of the Weimar Jazz Database, where a recording does not tell.
_USUAL_RATIO = 1.4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The bars of a solo, and where its notes begin in them.

    Attributes
    ----------
    frame : Frame
        The bars.
    onsets : Onsets
        Of all notes.
    is_line : bool
        Whether one note sounds at a time.
    """

    frame: Frame
    onsets: Onsets
    is_line: bool


def read_rhythm(transcription: Transcription) -> Rhythm:
    """Decide where the notes of a transcription stand.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.

    Returns
    -------
    Rhythm
        With every note.
    """
    analysis = transcription.analysis or Analysis()
    frame = _frame(transcription.notes, analysis)
    is_line = _is_line(transcription)
    swing = analysis.swing
    onsets = place_onsets(
        transcription.notes,
        frame,
        is_line=is_line,
        swing_ratio=_played_ratio(analysis),
        delay_sec=(swing.delay_sec or 0.0) if swing is not None else 0.0,
    )
    return Rhythm(frame, onsets, is_line)


def _frame(notes: Sequence[Note], analysis: Analysis) -> Frame:
    if notes:
        return frame_bars(analysis.grid, notes[0].onset_sec, notes[-1].onset_sec)
    beats = analysis.grid.beats
    first, last = (beats[0].time_sec, beats[-1].time_sec) if beats else (0.0, 0.0)
    return frame_bars(analysis.grid, first, last)


def _is_line(transcription: Transcription) -> bool:
    if transcription.mode is not None:
        return transcription.mode is Texture.LINE
    return INSTRUMENTS[transcription.instrument].texture is Texture.LINE


def _played_ratio(analysis: Analysis) -> float:
    swing = analysis.swing
    if swing is None:
        return _USUAL_RATIO
    return swing.soloist_ratio or swing.ratio or _USUAL_RATIO
