"""What evidence that was kept can still answer, without any model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from licklab.domain.analysis import Analysis
from licklab.domain.beat import BeatGrid
from licklab.domain.chord import Chord
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.recall import Recall
from licklab.engine.analysis import describe
from licklab.engine.beats.retrack import retrack_beats
from licklab.engine.chords.changes import decode_chords


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


def recall_from(kept: KeptEvidence, start_sec: float, end_sec: float) -> Recall:
    """Tell what can be asked of evidence.

    Parameters
    ----------
    kept : KeptEvidence
        Where it is read.
    start_sec, end_sec : float, seconds of the original file
        What was heard.

    Returns
    -------
    Recall
        That answers from the evidence.
    """
    rhythm, chords, notes = cache(kept.rhythm), cache(kept.chords), cache(kept.notes)

    def follow_pulse(period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        return retrack_beats(rhythm(), period_sec, pins_sec, end_sec)

    def decode(grid: BeatGrid, key: Key | None) -> tuple[Chord, ...]:
        return decode_chords(grid, chords(), key=key)

    def describe_again(analysis: Analysis) -> Analysis:
        return describe(analysis, Evidence(rhythm(), chords()), notes())

    return Recall(
        start_sec,
        end_sec,
        follow_pulse=follow_pulse,
        decode_chords=decode,
        describe=describe_again,
    )
