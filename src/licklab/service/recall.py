"""What the evidence beside a transcription can still answer, without any model."""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from licklab.domain.evidence import RhythmEvidence
from licklab.domain.pulse import spread_pulse
from licklab.domain.recall import Recall
from licklab.engine.beats.retrack import retrack_beats
from licklab.errors import SchemaError
from licklab.formats.evidence_npz import read_rhythm_evidence

log = logging.getLogger(__name__)


def recall_evidence(path: Path, start_sec: float, end_sec: float) -> Recall:
    """Tell what can be asked of evidence that is kept in a file.

    Parameters
    ----------
    path : Path
        The archive; it is read when something is asked, and need not be there.
    start_sec, end_sec : float, seconds of the original file
        What was heard.

    Returns
    -------
    Recall
        That answers from the evidence where there is some.
    """
    if not path.is_file():
        return Recall(start_sec, end_sec)

    @cache
    def rhythm() -> RhythmEvidence | None:
        try:
            return read_rhythm_evidence(path)
        except SchemaError as error:
            # What a person mends must not depend on a file that they cannot see.
            log.warning("%s: %s", path, error)
            return None

    def follow_pulse(period_sec: float, pins_sec: Sequence[float]) -> list[float]:
        evidence = rhythm()
        if evidence is None:
            return spread_pulse(period_sec, pins_sec, start_sec, end_sec)
        return retrack_beats(evidence, period_sec, pins_sec, end_sec)

    return Recall(start_sec, end_sec, follow_pulse=follow_pulse)
