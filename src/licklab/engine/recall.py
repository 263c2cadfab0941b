"""What evidence that was kept can still answer, without any model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.recall import ChartFit, Recall
from licklab.engine.analysis import describe, is_unsure, says_little
from licklab.engine.beats.line_pulse import track_line
from licklab.engine.beats.retrack import retrack_beats
from licklab.engine.chords.align import align_chart
from licklab.engine.chords.changes import decode_chords
from licklab.errors import ChordError

ReadChart = Callable[[str, TimeSignature], tuple[Sequence[str], Sequence[int]]]
"""Reads a chart: its text and how bars are counted, to the Harte label that is in force on each
beat of one chorus, and the beats, from 0, that begin a bar."""


# Fewer known beats tell no tempo of their own.
_LEAST_TAPS = 2


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """Where the evidence of a recording is read, each part once and not before it is asked.

    Attributes
    ----------
    rhythm, chords : callable
        Read the evidence of beats and of chords.
    notes : callable
        Reads the notes of the soloist, ordered by onset.
    """

    rhythm: Callable[[], RhythmEvidence]
    chords: Callable[[], ChordEvidence]
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
    rhythm, chords, notes = cache(kept.rhythm), cache(kept.chords), cache(kept.notes)

    def follow_pulse(period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        beats = retrack_beats(rhythm(), period_sec, pins_sec, end_sec)
        if len(pins_sec) < _LEAST_TAPS or not is_unsure(np.array(beats), rhythm()):
            return beats
        followed = track_line(notes(), end_sec, taps_sec=pins_sec)
        if not says_little(np.array(beats), followed, rhythm()):
            return beats
        return [float(one) for one in followed if one >= start_sec]

    def decode(grid: BeatGrid, key: Key | None) -> tuple[Chord, ...]:
        return decode_chords(grid, chords(), key=key)

    def describe_again(analysis: Analysis) -> Analysis:
        return describe(analysis, Evidence(rhythm(), chords()), notes())

    def align(text: str, grid: BeatGrid) -> tuple[tuple[Chord, ...], ChartFit]:
        assert read_chart is not None
        labels, bar_starts = read_chart(text, grid.time_signature)
        laid = align_chart(chords(), grid, labels, bar_starts=bar_starts)
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
