"""Scores of transcribed notes, thin over mir_eval (Raffel et al., ISMIR 2014).

mir_eval is a development dependency: measuring needs it, listening does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.domain.note import Note

_ONSET_TOLERANCE_SEC = 0.05
_PITCH_TOLERANCE_CENTS = 50.0
_OFFSET_RATIO = 0.2


@dataclass(frozen=True, slots=True)
class NoteScores:
    """How well notes were found.

    Attributes
    ----------
    precision, recall, f1 : float, 0 to 1
        Onset within 50 ms and pitch within 50 cents.
    f1_with_offset : float, 0 to 1
        The same, and the offset within 50 ms or a fifth of the note's length.
    """

    precision: float
    recall: float
    f1: float
    f1_with_offset: float


def score_notes(reference: Sequence[Note], estimated: Sequence[Note]) -> NoteScores:
    """Compare notes with the truth.

    Parameters
    ----------
    reference, estimated : sequence of Note
        In any order.

    Returns
    -------
    NoteScores
        All 1 when both are equal, or both empty; all 0 when only one is empty.
    """
    if not reference or not estimated:
        perfect = float(len(reference) == len(estimated))
        return NoteScores(perfect, perfect, perfect, perfect)
    from mir_eval.transcription import precision_recall_f1_overlap

    arguments: tuple[Any, ...] = (*_arrays(reference), *_arrays(estimated))
    settings = {
        "onset_tolerance": _ONSET_TOLERANCE_SEC,
        "pitch_tolerance": _PITCH_TOLERANCE_CENTS,
    }
    precision, recall, f1, _ = precision_recall_f1_overlap(
        *arguments, **settings, offset_ratio=None
    )
    _, _, with_offset, _ = precision_recall_f1_overlap(
        *arguments, **settings, offset_ratio=_OFFSET_RATIO
    )
    return NoteScores(float(precision), float(recall), float(f1), float(with_offset))


def _arrays(
    notes: Sequence[Note],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    intervals = np.array([[note.onset_sec, note.offset_sec] for note in notes])
    frequencies = np.array([440.0 * 2 ** ((note.pitch_midi - 69) / 12) for note in notes])
    return intervals, frequencies
