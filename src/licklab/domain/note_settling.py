"""What a person says about notes, as changes of the notes that they see."""

import math
from collections.abc import Sequence
from dataclasses import replace

from licklab.domain.note import Note
from licklab.domain.note_change import NoteChange, is_near, mark_note
from licklab.domain.note_edit import (
    AddNote,
    EditNotes,
    MergeNotes,
    MoveNote,
    NoteOperation,
    RemoveNotes,
    SetPitch,
    SplitNote,
    TransposeNotes,
    require_pitch,
    require_span,
)
from licklab.errors import NoteError, UnknownNoteError

# What an instrument sends that cannot tell how loud (MIDI 1.0).
_PLAIN_VELOCITY = 64
# Microseconds, as in files: what is settled is found again after it was written.
_TIME_DIGITS = 6


def settle_operations(
    edit: EditNotes, notes: Sequence[Note], number: int, start_sec: float, end_sec: float
) -> tuple[NoteChange, ...]:
    """Find out what comes of operations.

    Parameters
    ----------
    edit : EditNotes
        What a person says.
    notes : sequence of Note
        That they see, all with ids.
    number : int
        Of the edit, as no other one of the recording has: ids of new notes tell it.
    start_sec, end_sec : float, seconds of the original file
        What was heard.

    Returns
    -------
    tuple of NoteChange
        In order; notes in them are certain (confidence 1).

    Raises
    ------
    UnknownNoteError
        If an operation names a note that is not there.
    NoteError
        If the notes cannot be so.
    """
    bench = _Bench(notes, number, start_sec, end_sec)
    for one in edit.operations:
        bench.make(one)
    return tuple(bench.changes)


class _Bench:
    """Notes while one operation after another is made."""

    def __init__(
        self, notes: Sequence[Note], number: int, start_sec: float, end_sec: float
    ) -> None:
        self.changes: list[NoteChange] = []
        self._notes = {one.id: one for one in notes}
        self._number, self._n_ids = number, 0
        self._start_sec, self._end_sec = start_sec, end_sec

    def make(self, operation: NoteOperation) -> None:
        match operation:
            case AddNote():
                self._add(operation)
            case RemoveNotes(ids):
                for note_id in ids:
                    self._change([self._note(note_id)], [])
            case SetPitch(note_id, pitch_midi):
                self._set_pitch(self._note(note_id), pitch_midi)
            case TransposeNotes():
                for one in self._chosen(operation):
                    self._set_pitch(one, one.pitch_midi + operation.semitones)
            case MoveNote():
                self._move(operation)
            case MergeNotes(ids):
                self._merge([self._note(one) for one in ids])
            case SplitNote(note_id, time_sec):
                self._split(self._note(note_id), round(time_sec, _TIME_DIGITS))

    def _note(self, note_id: str) -> Note:
        try:
            return self._notes[note_id]
        except KeyError:
            raise UnknownNoteError(f"want the id of a note, got {note_id[:80]!r}") from None

    def _change(self, before: Sequence[Note], after: Sequence[Note]) -> None:
        for one in before:
            del self._notes[one.id]
        spare_ids, made = [], []
        for one in after:
            self._n_ids += 1
            spare_ids.append(f"e{self._number}.{self._n_ids}")
            made.append(replace(one, id=one.id or spare_ids[-1], confidence=1.0))
        self._notes |= {one.id: one for one in made}
        marks = tuple(mark_note(one) for one in before)
        self.changes.append(NoteChange(marks, tuple(made), tuple(spare_ids)))

    def _require_inside(self, onset_sec: float, offset_sec: float) -> None:
        require_span(onset_sec, offset_sec)
        if not self._start_sec <= onset_sec < offset_sec <= self._end_sec:
            raise NoteError(
                f"want notes inside what was heard, {self._start_sec:.2f} to "
                f"{self._end_sec:.2f} s; got {onset_sec:.2f} to {offset_sec:.2f} s"
            )

    def _add(self, added: AddNote) -> None:
        onset_sec = round(added.onset_sec, _TIME_DIGITS)
        offset_sec = round(added.offset_sec, _TIME_DIGITS)
        self._require_inside(onset_sec, offset_sec)
        for one in self._notes.values():
            if is_near(one, onset_sec, added.pitch_midi):
                raise NoteError(
                    f"want a note where there is none, got {one.id} at {one.onset_sec:.2f} s, "
                    f"pitch {one.pitch_midi:g}"
                )
        near = min(
            self._notes.values(), key=lambda one: abs(one.onset_sec - onset_sec), default=None
        )
        velocity = added.velocity or (_PLAIN_VELOCITY if near is None else near.velocity)
        self._change([], [Note(onset_sec, offset_sec, added.pitch_midi, velocity, 1.0)])

    def _chosen(self, operation: TransposeNotes) -> list[Note]:
        if operation.ids:
            return [self._note(one) for one in operation.ids]
        from_sec, to_sec = operation.from_sec or 0.0, operation.to_sec
        to_sec = math.inf if to_sec is None else to_sec
        chosen = [one for one in self._notes.values() if from_sec <= one.onset_sec < to_sec]
        if not chosen:
            raise NoteError(f"want notes from {from_sec:.2f} to {to_sec:.2f} s, got none")
        return chosen

    def _set_pitch(self, note: Note, pitch_midi: float) -> None:
        require_pitch(pitch_midi)
        # What the player does to the pitch was told from the one that was heard; of octaves it is
        # the same.
        is_octave = (pitch_midi - note.pitch_midi) % 12 == 0
        expression = note.expression if is_octave else None
        self._change([note], [replace(note, pitch_midi=pitch_midi, expression=expression)])

    def _move(self, operation: MoveNote) -> None:
        note = self._note(operation.id)
        onset_sec, offset_sec = operation.onset_sec, operation.offset_sec
        onset_sec = note.onset_sec if onset_sec is None else round(onset_sec, _TIME_DIGITS)
        offset_sec = note.offset_sec if offset_sec is None else round(offset_sec, _TIME_DIGITS)
        self._require_inside(onset_sec, offset_sec)
        self._change([note], [replace(note, onset_sec=onset_sec, offset_sec=offset_sec)])

    def _merge(self, notes: Sequence[Note]) -> None:
        """Make one note with the pitch of the longest and the id of the first."""
        in_order = sorted(notes, key=lambda one: (one.onset_sec, one.pitch_midi))
        longest = max(in_order, key=lambda one: one.duration_sec)
        offset_sec = max(one.offset_sec for one in in_order)
        first = in_order[0]
        merged = Note(first.onset_sec, offset_sec, longest.pitch_midi, longest.velocity, 1.0)
        self._change(in_order, [replace(merged, id=first.id)])

    def _split(self, note: Note, time_sec: float) -> None:
        if not note.onset_sec < time_sec < note.offset_sec:
            raise NoteError(
                f"want a time inside the note, {note.onset_sec:.3f} to {note.offset_sec:.3f} s; "
                f"got {time_sec:.3f} s"
            )
        first = replace(note, offset_sec=time_sec, expression=None)
        second = replace(note, onset_sec=time_sec, expression=None, id="")
        self._change([note], [first, second])
