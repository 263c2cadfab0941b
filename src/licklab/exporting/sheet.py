"""A score for a screen: drawn lines, and a map from what is drawn to what is heard.

In: a transcription and what somebody wants to see. Out: `Sheet`. Everything that a page needs to
light notes while they sound, to find a bar by a click, or to name a chord is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from licklab.domain.analysis import Analysis
from licklab.domain.key import Key
from licklab.domain.score import Score, ScoreBar, ScoreChord
from licklab.domain.solo_line import SURE_OF_CHORDS
from licklab.domain.transcription import Transcription
from licklab.engraving.heads import NamedHead, name_heads
from licklab.engraving.screen import Screen
from licklab.engraving.style import PageStyle
from licklab.exporting.request import ExportRequest, choose_tuning
from licklab.notation.arrange import take_bars, write_part
from licklab.notation.parts import move_key
from licklab.notation.rhythm import Rhythm
from licklab.notation.solo_lines import place_chords
from licklab.theory.harmony import analyze_harmony


@dataclass(frozen=True, slots=True)
class SheetChord:
    """A chord over a bar.

    Attributes
    ----------
    chord : ScoreChord
        As written.
    onset_sec : float, seconds of the original file
        When it begins, by the beats.
    roman : str or None
        What it does, such as ``V7/ii``; None where the listener is not sure of the chord.
    """

    chord: ScoreChord
    onset_sec: float
    roman: str | None


@dataclass(frozen=True, slots=True)
class SheetBar:
    """A bar and where it stands.

    Attributes
    ----------
    bar : ScoreBar
        As written.
    line : int
        Index of its line.
    chords : tuple of SheetChord
        In order.
    """

    bar: ScoreBar
    line: int
    chords: tuple[SheetChord, ...]


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A heard note and its heads.

    Attributes
    ----------
    first : NamedHead
        Its first head: bar, place, name and times are those of the note.
    head_ids : tuple of str
        Ids of its heads in the drawings, in order.
    """

    first: NamedHead
    head_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score for a screen.

    Attributes
    ----------
    score : Score
        That is drawn.
    concert_key : Key or None
        In which it sounds.
    screen : Screen
        Its lines, drawn when they are asked for.
    bars : tuple of SheetBar
        In order.
    notes : tuple of SheetNote
        By their onsets.
    """

    score: Score
    concert_key: Key | None
    screen: Screen
    bars: tuple[SheetBar, ...]
    notes: tuple[SheetNote, ...]


def make_sheet(
    transcription: Transcription,
    request: ExportRequest,
    id_prefix: str = "",
    around: frozenset[str] | None = None,
    written: Score | None = None,
) -> Sheet:
    """Make the sheet of a part.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    request : ExportRequest
        Which part of it and how it looks.
    id_prefix : str
        Put before every id.
    around : frozenset of str, optional
        Ids of notes: only the bars in which they stand are drawn, and those between.
    written : Score, optional
        What `write_for_sheet` gave for an equal part, where it is at hand.

    Returns
    -------
    Sheet
        With every heard note of its bars.

    Raises
    ------
    InputError
        If it cannot be written so.
    """
    whole = written or write_for_sheet(transcription, request)
    score = take_bars(whole, replace(request.score, around=around))
    analysis = transcription.analysis or Analysis()
    estimate = analysis.key
    key = None if estimate is None else move_key(estimate.key, score.moved_semitones)
    return lay_out_sheet(score, request.style, id_prefix, key, _romans(analysis))


def write_for_sheet(
    transcription: Transcription, request: ExportRequest, rhythm: Rhythm | None = None
) -> Score:
    """Write the part of which a sheet shows bars.

    Parameters
    ----------
    transcription : Transcription
        As heard or mended.
    request : ExportRequest
        Which part of it; bars and style do not count.
    rhythm : Rhythm, optional
        Of the transcription, where it is at hand.

    Returns
    -------
    Score
        Of all bars.

    Raises
    ------
    PartError
        If there is no such part.
    """
    tuning = choose_tuning(request, transcription)
    return write_part(transcription, replace(request.score, tuning=tuning), rhythm)


def lay_out_sheet(
    score: Score,
    style: PageStyle,
    id_prefix: str = "",
    concert_key: Key | None = None,
    romans: Mapping[int, str] | None = None,
) -> Sheet:
    """Lay out a score that is written already; its lines are drawn when somebody asks for them.

    Parameters
    ----------
    score : Score
        Of a solo, or of an exercise.
    style : PageStyle
        How it looks.
    id_prefix : str
        Put before every id.
    concert_key : Key, optional
        In which it sounds.
    romans : mapping of int to str, optional
        What chords do, by their index.

    Returns
    -------
    Sheet
        With every note of the score.
    """
    screen = Screen(score, style, id_prefix)
    known = romans or {}
    return Sheet(
        score,
        concert_key,
        screen,
        tuple(
            SheetBar(bar, at, _chords(bar, known))
            for at, bars in enumerate(screen.bars)
            for bar in bars
        ),
        _notes(score, id_prefix),
    )


def _romans(analysis: Analysis) -> Mapping[int, str]:
    """Name what chords do, by their index; only where the listener is sure of the chord."""
    chords = place_chords(analysis.chords, analysis.grid)
    estimate, beats = analysis.key, analysis.grid
    beats_per_bar = beats.time_signature.beats_per_bar if len(beats.beats) > 1 else 0
    harmony = analyze_harmony(chords, None if estimate is None else estimate.key, beats_per_bar)
    return {
        one.chord: one.roman
        for one in harmony.functions
        if chords[one.chord].confidence >= SURE_OF_CHORDS
    }


def _chords(bar: ScoreBar, romans: Mapping[int, str]) -> tuple[SheetChord, ...]:
    return tuple(
        SheetChord(
            one,
            _sec_in_bar(bar, one.onset_quarter),
            None if one.index is None else romans.get(one.index),
        )
        for one in bar.chords
    )


def _sec_in_bar(bar: ScoreBar, quarter: Fraction) -> float:
    """Tell when a place in a bar is played, between its beats where it is none."""
    times: Sequence[float] = (*bar.beat_secs, bar.offset_sec)
    n_beats = len(bar.beat_secs)
    if not n_beats:
        share = float(quarter / bar.length_quarter)
        return bar.onset_sec + share * (bar.offset_sec - bar.onset_sec)
    beat = float(quarter * n_beats / bar.length_quarter)
    at = min(int(beat), n_beats - 1)
    return times[at] + (beat - at) * (times[at + 1] - times[at])


def _notes(score: Score, id_prefix: str) -> tuple[SheetNote, ...]:
    firsts: dict[str, NamedHead] = {}
    ids: dict[str, list[str]] = {}
    for one in name_heads(score):
        firsts.setdefault(one.head.note_id, one)
        ids.setdefault(one.head.note_id, []).append(id_prefix + one.id)
    found = [SheetNote(first, tuple(ids[note_id])) for note_id, first in firsts.items()]
    return tuple(sorted(found, key=lambda one: one.first.head.onset_sec))
