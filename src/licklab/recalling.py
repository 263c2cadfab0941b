"""What the evidence beside a transcription can still answer: files and engine, joined."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from licklab.domain.beat import TimeSignature
from licklab.domain.evidence import ChordEvidence
from licklab.domain.harte import to_harte
from licklab.domain.note import Note
from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription
from licklab.engine.recall import KeptEvidence, recall_from
from licklab.errors import SchemaError
from licklab.formats.chart import read_chart
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
    try:
        rhythm = read_rhythm_evidence(path)
    except SchemaError as error:
        # What a person mends must not depend on a file that they cannot see.
        log.warning("%s: %s", path, error)
        rhythm = None
    if rhythm is None:
        return Recall(start_sec, end_sec)

    def read_chords() -> ChordEvidence | None:
        try:
            return read_chord_evidence(path)
        except SchemaError as error:
            log.warning("%s: %s", path, error)
            return None

    def read_line() -> Sequence[Note]:
        try:
            return read_notes()
        except (OSError, SchemaError) as error:
            log.warning("no notes beside %s: %s", path, error)
            return ()

    kept = KeptEvidence(lambda: rhythm, read_chords, read_line)
    return recall_from(kept, start_sec, end_sec, _read_chart)


def _read_chart(text: str, time_signature: TimeSignature) -> tuple[list[str], list[int]]:
    """Read a chart of any kind to the label on each beat, and the beats that begin a bar."""
    chart = read_chart(text, time_signature)
    per_bar = chart.time_signature.beats_per_bar
    labels: list[str] = []
    for bar in chart.bars:
        for beat in range(per_bar):
            sounding = [one for one in bar.chords if one.beat <= beat]
            labels.append(to_harte(sounding[-1].symbol))
    return labels, list(range(0, len(labels), per_bar))


def heard_span(transcription: Transcription) -> tuple[float, float]:
    """Tell what was heard of a recording.

    Parameters
    ----------
    transcription : Transcription
        What was heard in it.

    Returns
    -------
    start_sec, end_sec : float, seconds of the original file
        Its region, or the whole.
    """
    region = transcription.region
    if region is None:
        return 0.0, transcription.source.duration_sec
    assert region.start_sec is not None
    assert region.end_sec is not None
    return region.start_sec, region.end_sec
