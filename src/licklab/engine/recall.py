"""What evidence that was kept can still answer, without any model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.evidence import ChordEvidence, RhythmEvidence
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.recall import NO_HARMONY, ChartFit, Recall
from licklab.engine.analysis import describe, is_unsure, says_little
from licklab.engine.beats.line_pulse import track_line
from licklab.engine.beats.retrack import retrack_beats
from licklab.engine.chords.align import align_chart
from licklab.engine.chords.changes import decode_chords
from licklab.errors import ChordError

ReadChart = Callable[[str, TimeSignature], tuple[Sequence[str], Sequence[int]]]
"""Reads a chart: its text and how bars are counted, to the Harte label that is in force on each
beat of one chorus, and the beats, from 0, that begin a bar."""


# Fewer known beats tell no tempo of their own; where there are more than in 16 bars of four, the
# line has nothing to add, and following it takes seconds.
_LEAST_TAPS, _MOST_TAPS = 2, 64


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """Where the evidence of a recording is read, each part once and not before it is asked.

    Attributes
    ----------
    rhythm, chords : callable
        Read the evidence of beats and of chords; of chords None where it cannot be read.
    notes : callable
        Reads the notes of the soloist, ordered by onset.
    """

    rhythm: Callable[[], RhythmEvidence]
    chords: Callable[[], ChordEvidence | None]
    notes: Callable[[], Sequence[Note]]


def recall_from(
    kept: KeptEvidence, start_sec: float, end_sec: float, read_chart: ReadChart | None = None
) -> Recall:
    """Tell what can be asked of evidence.

    Parameters
    ----------
    kept : KeptEvidence
        Where it is read.
    start_sec, end_sec : float, seconds of the original file
        What was heard.
    read_chart : callable, optional
        Reads charts; none can be laid over the recording without it.

    Returns
    -------
    Recall
        That answers from the evidence.
    """
    rhythm, notes = cache(kept.rhythm), cache(kept.notes)

    @cache
    def chords() -> ChordEvidence | None:
        read = kept.chords()
        return read if read is not None and len(read.chords) else None

    def follow_pulse(period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        beats = retrack_beats(rhythm(), period_sec, pins_sec, end_sec)
        if not _LEAST_TAPS <= len(pins_sec) <= _MOST_TAPS:
            return beats
        if not is_unsure(np.array(beats), rhythm()):
            return beats
        followed = track_line(notes(), end_sec, taps_sec=pins_sec)
        if not says_little(np.array(beats), followed, rhythm()):
            return beats
        return [float(one) for one in followed if one >= start_sec]

    def decode(grid: BeatGrid, key: Key | None) -> tuple[Chord, ...] | None:
        heard = chords()
        return None if heard is None else decode_chords(grid, heard, key=key)

    def describe_again(analysis: Analysis) -> Analysis:
        return describe(analysis, rhythm(), notes())

    def align(text: str, grid: BeatGrid) -> tuple[tuple[Chord, ...], ChartFit]:
        assert read_chart is not None
        heard = chords()
        if heard is None:
            raise ChordError(NO_HARMONY)
        labels, bar_starts = read_chart(text, grid.time_signature)
        laid = align_chart(heard, grid, labels, bar_starts=bar_starts)
        if not laid.choruses:
            raise ChordError("want a chart that is played in the recording, got one that is not")
        first = laid.choruses[0]
        fit = ChartFit(laid.fit, laid.transposition_semitones, first.first_beat, len(laid.choruses))
        return laid.chords, fit

    return Recall(
        start_sec,
        end_sec,
        follow_pulse=follow_pulse,
        decode_chords=decode,
        describe=describe_again,
        align_chart=None if read_chart is None else align,
    )
