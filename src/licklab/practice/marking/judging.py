"""From an alignment to marks: what is said of each note, and what is left unsaid.

A player who is accused of an error that they did not make believes nothing any more. Where the
listener may be wrong, a note is marked as unsure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from licklab.domain.note import Note
from licklab.practice.marking.alignment import Alignment
from licklab.practice.marking.following import Followed, HeardRow
from licklab.practice.marking.marks import ExtraNote, MarkKind, NoteMark
from licklab.practice.marking.reference import Floats, Ints, Models
from licklab.practice.marking.timing import NEAR_SEC

SURE = 0.8
"""Of a heard note that an error is told by. Of the notes in attempts of validation players, the
listener is less sure of one in a hundred; of those that are not there, of three in four
(`benchmarks/practice`)."""

# Further from where it is written, a note of the recording is another place, not another feel.
_FURTHEST_BEATS = 0.5
# Ends of notes are heard less well than their beginnings.
_TOUCH_SEC = 0.03
# Overtones that are heard as notes: octave, twelfth, two octaves, and the third above them.
_OVERTONES = frozenset({12, 19, 24, 28})


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """When notes are in time: from where until where.

    Attributes
    ----------
    first_sec, last_sec : shape=(n_notes,), seconds of the attempt
        Where a note is written, and where the soloist of the recording plays it, in order.
    """

    first_sec: Floats
    last_sec: Floats

    def late_sec(self, index: int, onset_sec: float) -> float:
        """Tell how late a note is.

        Parameters
        ----------
        index : int
            Of the note.
        onset_sec : float, seconds of the attempt
            When it was played.

        Returns
        -------
        float, seconds
            Below 0 if it is early.
        """
        first, last = float(self.first_sec[index]), float(self.last_sec[index])
        return onset_sec - min(max(onset_sec, first), last)


def find_places(models: Models, followed: Followed) -> Places:
    """Tell when the notes of an attempt are in time.

    Parameters
    ----------
    models : Models
        The passage.
    followed : Followed
        How it was played.

    Returns
    -------
    Places
        Of its notes.
    """
    plain, clock = followed.reference, followed.clock
    ways = [clock.sec_at(plain.beats)]
    if models.recorded is not None:
        other = models.written if plain is models.recorded else models.recorded
        is_near = np.abs(other.beats - plain.beats) <= _FURTHEST_BEATS
        ways.append(clock.sec_at(np.where(is_near, other.beats, plain.beats)))
    return Places(np.min(ways, axis=0), np.max(ways, axis=0))


def judge_notes(
    models: Models, row: HeardRow, followed: Followed, expected_midi: Ints
) -> tuple[NoteMark, ...]:
    """Mark the notes of a passage.

    Parameters
    ----------
    models : Models
        The passage.
    row : HeardRow
        What was heard.
    followed : Followed
        How it was played.
    expected_midi : shape=(n_notes,), int
        Pitches of the passage, in the key of the attempt.

    Returns
    -------
    tuple of NoteMark
        One for each note of the passage.
    """
    places = find_places(models, followed)
    expected_sec = followed.clock.sec_at(followed.reference.beats)
    marks = []
    for i, j in enumerate(followed.alignment.heard):
        plain = NoteMark(
            i, followed.reference.note_ids[i], MarkKind.MISSED, float(expected_sec[i]),
            int(expected_midi[i]),
        )  # fmt: skip
        if j is None:
            is_doubtful = _is_swallowed(plain, expected_midi, row.notes, followed.alignment)
            marks.append(replace(plain, kind=MarkKind.UNSURE) if is_doubtful else plain)
            continue
        note, played = row.notes[j], int(row.pitch_midi[j])
        late_sec = places.late_sec(i, note.onset_sec)
        kind = _kind_of(played - plain.expected_midi, late_sec, note.confidence)
        marks.append(
            replace(
                plain,
                kind=kind,
                heard_id=row.ids[j],
                heard_midi=played,
                deviation_ms=1000 * late_sec,
            )
        )
    heard = dict(zip(row.ids, row.notes, strict=True))
    for i, following in enumerate(marks[1:]):
        if following.heard_id is not None:
            marks[i : i + 2] = _part_joined(marks[i], following, heard[following.heard_id])
    return tuple(marks)


def judge_extras(row: HeardRow, alignment: Alignment) -> tuple[ExtraNote, ...]:
    """Tell which notes were too many.

    Parameters
    ----------
    row : HeardRow
        What was heard.
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
        note = row.notes[j]
        before = [i for i, k in enumerate(alignment.heard) if k is not None and k < j]
        if note.confidence >= SURE and not _is_ghost(j, row.notes):
            found.append(ExtraNote(row.ids[j], note.onset_sec, int(row.pitch_midi[j]), before[-1]))
    return tuple(found)


def measure_spread(marks: Sequence[NoteMark]) -> float:
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
    one: NoteMark, expected_midi: Ints, heard: Sequence[Note], alignment: Alignment
) -> bool:
    """Tell whether a note may be in one that was heard as longer: a repeated note, joined."""
    i = one.index
    if i == 0 or expected_midi[i - 1] != one.expected_midi:
        return False
    before = alignment.heard[i - 1]
    return before is not None and heard[before].offset_sec > one.expected_sec + _TOUCH_SEC


def _part_joined(one: NoteMark, following: NoteMark, note: Note) -> tuple[NoteMark, NoteMark]:
    """Part a wrong note from the right one after it, when both have one pitch.

    They are heard as one long note, which is early for the second; it is on time for the first.
    """
    late_sec = note.onset_sec - one.expected_sec
    if (
        (one.kind, following.kind) != (MarkKind.MISSED, MarkKind.EARLY)
        or abs(late_sec) > NEAR_SEC
        or note.offset_sec < following.expected_sec + _TOUCH_SEC
    ):
        return one, following
    wrong = replace(
        one, kind=MarkKind.WRONG, heard_id=following.heard_id, heard_midi=following.heard_midi,
        deviation_ms=1000 * late_sec,
    )  # fmt: skip
    unsure = replace(
        following, kind=MarkKind.UNSURE, heard_id=None, heard_midi=None, deviation_ms=None
    )
    return wrong, unsure


def _is_ghost(j: int, heard: Sequence[Note]) -> bool:
    note = heard[j]
    for other in (*heard[max(j - 2, 0) : j], *heard[j + 1 : j + 2]):
        apart = abs(round(note.pitch_midi - other.pitch_midi))
        sounds = other.onset_sec - _TOUCH_SEC < note.onset_sec < other.offset_sec + _TOUCH_SEC
        if sounds and (apart in _OVERTONES or (apart == 0 and other.onset_sec < note.onset_sec)):
            return True
    return False
