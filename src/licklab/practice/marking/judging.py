"""From an alignment to marks: what is said of each note, and what is left unsaid.

A player who is accused of an error that they did not make believes nothing any more. Where the
listener may be wrong, a note is marked as unsure.
"""

from collections.abc import Sequence

import numpy as np

from licklab.domain.note import Note
from licklab.practice.marking.alignment import Alignment
from licklab.practice.marking.marks import ExtraNote, MarkKind, NoteMark
from licklab.practice.marking.reference import Floats, Ints, Reference
from licklab.practice.marking.timing import NEAR_SEC

SURE = 0.8
"""Of a heard note that an error is told by. Of the notes that validation players' attempts have, the
listener is less sure of one in a hundred; of those that are not there, of three in four
(`benchmarks/practice`)."""

# A note that is struck again is heard as one with the note before when both touch.
_TOUCH_SEC = 0.05
# Overtones that are heard as notes: octave, twelfth, two octaves, and the third above them.
_OVERTONES = frozenset({12, 19, 24, 28})


def judge_notes(
    reference: Reference,
    expected_sec: Floats,
    expected_midi: Ints,
    heard: Sequence[Note],
    heard_ids: Sequence[str],
    alignment: Alignment,
) -> tuple[NoteMark, ...]:
    """Mark the notes of a passage.

    Parameters
    ----------
    reference : Reference
        The passage.
    expected_sec : shape=(n_notes,), seconds of the attempt
        When its notes were to be played.
    expected_midi : shape=(n_notes,), int
        Their pitches, in the key of the attempt.
    heard : sequence of Note
        In order.
    heard_ids : sequence of str
        Their ids.
    alignment : Alignment
        Which was played for which.

    Returns
    -------
    tuple of NoteMark
        One for each note of the passage.
    """
    marks = []
    for i, j in enumerate(alignment.heard):
        wanted, midi = float(expected_sec[i]), int(expected_midi[i])
        if j is None:
            kind = MarkKind.MISSED
            if _is_swallowed(i, wanted, expected_midi, heard, alignment):
                kind = MarkKind.UNSURE
            marks.append(NoteMark(i, reference.note_ids[i], kind, wanted, midi))
            continue
        note = heard[j]
        late_sec = note.onset_sec - wanted
        played = round(note.pitch_midi)
        marks.append(
            NoteMark(
                i, reference.note_ids[i], _kind_of(played - midi, late_sec, note.confidence),
                wanted, midi, heard_ids[j], played, 1000 * late_sec,
            )
        )  # fmt: skip
    return tuple(marks)


def judge_extras(
    expected_midi: Ints,
    heard: Sequence[Note],
    heard_ids: Sequence[str],
    alignment: Alignment,
) -> tuple[ExtraNote, ...]:
    """Tell which notes were too many.

    Parameters
    ----------
    expected_midi : shape=(n_notes,), int
        Pitches of the passage, in the key of the attempt.
    heard : sequence of Note
        In order.
    heard_ids : sequence of str
        Their ids.
    alignment : Alignment
        Which was played for which.

    Returns
    -------
    tuple of ExtraNote
        Without those that the listener may have made up: of which it is not sure, overtones of
        what sounds, and a second beginning of a note that goes on.
    """
    found = []
    for j in alignment.extras:
        note = heard[j]
        before = [i for i, k in enumerate(alignment.heard) if k is not None and k < j]
        if note.confidence < SURE or _is_ghost(j, heard):
            continue
        found.append(
            ExtraNote(heard_ids[j], note.onset_sec, round(note.pitch_midi), before[-1])
        )
    return tuple(found)


def _kind_of(semitones: int, late_sec: float, confidence: float) -> MarkKind:
    if semitones:
        # An octave away is the listener's usual error, and rarely the player's.
        is_doubtful = confidence < SURE or semitones % 12 == 0
        return MarkKind.UNSURE if is_doubtful else MarkKind.WRONG
    if abs(late_sec) <= NEAR_SEC:
        return MarkKind.RIGHT
    if confidence < SURE:
        return MarkKind.UNSURE
    return MarkKind.LATE if late_sec > 0 else MarkKind.EARLY


def _is_swallowed(
    i: int, wanted_sec: float, expected_midi: Ints, heard: Sequence[Note], alignment: Alignment
) -> bool:
    """Tell whether a note may be in one that was heard as longer: a repeated note, joined."""
    if i == 0 or expected_midi[i - 1] != expected_midi[i]:
        return False
    before = alignment.heard[i - 1]
    return before is not None and heard[before].offset_sec > wanted_sec + _TOUCH_SEC


def _is_ghost(j: int, heard: Sequence[Note]) -> bool:
    note = heard[j]
    for other in (*heard[max(j - 2, 0) : j], *heard[j + 1 : j + 2]):
        apart = abs(round(note.pitch_midi - other.pitch_midi))
        sounds = other.onset_sec - _TOUCH_SEC < note.onset_sec < other.offset_sec + _TOUCH_SEC
        if sounds and (apart in _OVERTONES or (apart == 0 and other.onset_sec < note.onset_sec)):
            return True
    return False


def spread_ms(marks: Sequence[NoteMark]) -> float:
    """Tell how evenly notes were played.

    Parameters
    ----------
    marks : sequence of NoteMark
        Of one pass.

    Returns
    -------
    float, milliseconds
        Spread of the deviations around their middle, from the median of the absolute ones, as one
        standard deviation of a normal spread; 0 with fewer than two notes.
    """
    late = np.array([one.deviation_ms for one in marks if one.deviation_ms is not None])
    if len(late) < 2:
        return 0.0
    return 1.4826 * float(np.median(np.abs(late - np.median(late))))
