"""Marks of attempts as JSON: kept in their rows, and given as they are."""

from typing import Any

from licklab.domain.key import Key
from licklab.domain.passage import Passage
from licklab.practice.marking.marks import AttemptMarks, MarkKind, PassMarks

NOT_RECOGNISED = (
    "The lick was not recognised in this recording: fewer than half of its notes were heard one "
    "after another, at a tempo within 40 % of the lick's. Play it once more, alone, and say the "
    "key or the tempo."
)
"""Of an attempt without marks."""


def write_marks(
    passage: Passage | None, marks: AttemptMarks | None, message: str | None = None
) -> dict[str, Any]:
    """Write the marks of an attempt.

    Parameters
    ----------
    passage : Passage or None
        What was to be played; None when it is no longer there.
    marks : AttemptMarks or None
        Of the attempt.
    message : str, optional
        Why there are none.

    Returns
    -------
    dict
        Each time through the passage, which of them is the best, and a message when there is
        none.
    """
    if passage is None or marks is None or not marks.passes:
        return {"best": None, "passes": [], "message": message or NOT_RECOGNISED}
    return {
        "best": next(i for i, one in enumerate(marks.passes) if one is marks.best),
        "passes": [_write_pass(passage, one) for one in marks.passes],
        "message": None,
    }


def _write_pass(passage: Passage, one: PassMarks) -> dict[str, Any]:
    key = passage.key
    moved = key and Key.of_pitch_class(key.pitch_class + one.semitones, key.mode)
    return {
        "onset_sec": round(one.onset_sec, 4),
        "offset_sec": round(one.offset_sec, 4),
        "semitones": one.semitones,
        "key": None if moved is None else str(moved),
        "tempo_bpm": round(one.tempo_bpm, 2),
        "tempo_percent": round(100 * one.tempo_bpm / passage.tempo_bpm, 1),
        "drift_percent": round(one.drift_percent, 1),
        "swing_ratio": _rounded(one.swing_ratio),
        "wanted_swing_ratio": _rounded(one.wanted_swing_ratio),
        "bias_ms": round(one.bias_ms, 1),
        "spread_ms": round(one.spread_ms, 1),
        "accuracy": round(one.accuracy, 4),
        "is_clean": one.is_clean,
        "counts": {kind.value: one.count(kind) for kind in MarkKind} | {"extra": len(one.extras)},
        "notes": [
            {
                "note_id": note.note_id,
                "kind": note.kind.value,
                "expected_sec": round(note.expected_sec, 4),
                "expected_midi": note.expected_midi,
                "heard_id": note.heard_id,
                "heard_midi": note.heard_midi,
                "deviation_ms": None if note.deviation_ms is None else round(note.deviation_ms, 1),
            }
            for note in one.notes
        ],
        "extras": [
            {
                "heard_id": extra.heard_id,
                "onset_sec": round(extra.onset_sec, 4),
                "pitch_midi": extra.pitch_midi,
                "after_note_id": one.notes[extra.after_index].note_id,
            }
            for extra in one.extras
        ],
        "sentences": [
            {
                "text": said.text,
                "note_ids": list(said.note_ids),
                "heard_ids": list(said.heard_ids),
            }
            for said in one.sentences
        ],
    }


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 2)
