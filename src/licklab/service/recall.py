"""What the evidence beside a transcription can still answer, without any model."""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

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
from licklab.errors import SchemaError
from licklab.formats.evidence_npz import read_chord_evidence, read_rhythm_evidence

log = logging.getLogger(__name__)


def recall_evidence(
    path: Path, start_sec: float, end_sec: float, read_notes: Callable[[], Sequence[Note]]
) -> Recall:
    """Tell what can be asked of evidence that is kept in a file.

    Parameters
    ----------
    path : Path
        The archive; it need not be there.
    start_sec, end_sec : float, seconds of the original file
        What was heard.
    read_notes : callable
        Gives the notes of the soloist, ordered by onset, when they are asked for.

    Returns
    -------
    Recall
        That answers from the evidence where there is some.
    """
    bare = Recall(start_sec, end_sec)
    try:
        rhythm = read_rhythm_evidence(path)
    except SchemaError as error:
        # What a person mends must not depend on a file that they cannot see.
        log.warning("%s: %s", path, error)
        return bare
    return bare if rhythm is None else _recall(path, rhythm, bare, cache(read_notes))


def _recall(
    path: Path, rhythm: RhythmEvidence, bare: Recall, read_notes: Callable[[], Sequence[Note]]
) -> Recall:
    @cache
    def chords() -> ChordEvidence:
        found = read_chord_evidence(path)
        assert found is not None  # an archive has both
        return found

    def follow_pulse(period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        return retrack_beats(rhythm, period_sec, pins_sec, bare.end_sec)

    def decode(grid: BeatGrid, key: Key | None) -> tuple[Chord, ...]:
        return decode_chords(grid, chords(), key=key)

    def describe_again(analysis: Analysis) -> Analysis:
        return describe(analysis, Evidence(rhythm, chords()), read_notes())

    return Recall(
        bare.start_sec,
        bare.end_sec,
        follow_pulse=follow_pulse,
        decode_chords=decode,
        describe=describe_again,
    )
