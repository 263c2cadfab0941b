"""What comes of edits of notes, and how it is laid over another hearing.

An operation is settled into changes: these notes give way to those. A note that gives way is known
by its id, and by its onset and pitch where a recording is heard again and the ids are others.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from licklab.domain.note import Note

# Onset tolerance of MIREX note tracking.
NEAR_SEC = 0.05
"""So near one another two onsets are one."""

# What a pitch is most often mistaken for: an octave, and a neighbour.
_MISTAKEN_SEMITONES = (1, -1, 12, -12)
_SAME_PITCH = 0.5


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note that an edit names.

    Attributes
    ----------
    id : str
        As it was when the edit was made.
    onset_sec : float, seconds of the original file
        Where it started then.
    pitch_midi : float
        Its pitch then.
    """

    id: str
    onset_sec: float
    pitch_midi: float


@dataclass(frozen=True, slots=True)
class NoteChange:
    """Notes that give way to others.

    Attributes
    ----------
    before : tuple of NoteMark
        That give way; none where a note is added.
    after : tuple of Note
        That are there then, with their ids; none where notes are removed.
    spare_ids : tuple of str
        Ids of those after it where another hearing has none of those before; as many.
    """

    before: tuple[NoteMark, ...]
    after: tuple[Note, ...]
    spare_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaidNotes:
    """Notes as they are mended.

    Attributes
    ----------
    notes : tuple of Note
        Ordered by onset, then pitch, all with ids.
    n_written : int
        Changes whose notes were not heard, but are there since a person wrote them.
    n_absent : int
        Changes that remove what was not heard.
    """

    notes: tuple[Note, ...]
    n_written: int = 0
    n_absent: int = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know, as sentences."""
        told = []
        if self.n_written:
            told.append(
                f"{self.n_written} of your edits of notes found no such note in this hearing: the "
                "notes that you wrote are there all the same."
            )
        if self.n_absent:
            told.append(
                f"{self.n_absent} of your edits of notes remove notes that this hearing does not "
                "have."
            )
        return tuple(told)


def mark_note(note: Note) -> NoteMark:
    """Tell how a note is known again.

    Parameters
    ----------
    note : Note
        With its id.

    Returns
    -------
    NoteMark
        Its id, onset and pitch.
    """
    return NoteMark(note.id, note.onset_sec, note.pitch_midi)


def order_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Put notes in order.

    Parameters
    ----------
    notes : iterable of Note
        Any.

    Returns
    -------
    tuple of Note
        Ordered by onset, then pitch.
    """
    return tuple(sorted(notes, key=lambda one: (one.onset_sec, one.pitch_midi)))


def lay_changes(
    heard: Sequence[Note], changes: Iterable[NoteChange], start_sec: float, end_sec: float
) -> LaidNotes:
    """Lay changes over notes.

    Parameters
    ----------
    heard : sequence of Note
        Ordered by onset, all with ids.
    changes : iterable of NoteChange
        In the order in which they were made.
    start_sec, end_sec : float, seconds of the original file
        What was heard; changes outside of it are passed over.

    Returns
    -------
    LaidNotes
        Over the hearing that they were made on exactly what their maker saw; over another one each
        takes the nearest note of its pitch, and where there is none gives what was wanted.
    """
    hearing = _Hearing(heard)
    # The first note may begin a little before the part that was heard.
    start_sec = min([start_sec, *(one.onset_sec for one in heard[:1])])
    n_written = n_absent = 0
    for one in changes:
        onsets = [note.onset_sec for note in one.after or one.before]
        if not all(start_sec <= onset_sec <= end_sec for onset_sec in onsets):
            continue
        found = hearing.lay(one)
        if one.before and not found:
            n_written += bool(one.after)
            n_absent += not one.after
    return LaidNotes(order_notes(hearing.notes.values()), n_written, n_absent)


class _Hearing:
    """Notes by their ids, while changes are laid over them."""

    def __init__(self, heard: Sequence[Note]) -> None:
        self.notes = {one.id: one for one in heard}
        self._heard = heard
        # Where a note of an earlier change is now: its id in this hearing may be another.
        self._now: dict[NoteMark, str] = {}
        self._written: list[Note] = []

    def lay(self, change: NoteChange) -> bool:
        """Make a change; tell whether any of the notes that give way was there."""
        pitches = _pitches_of(change)
        found: dict[str, str] = {}
        for mark in change.before:
            note_id = self._find(mark, pitches)
            if note_id is not None:
                found[mark.id] = note_id
                del self.notes[note_id]
        marked = {mark.id for mark in change.before}
        for note, spare_id in zip(change.after, change.spare_ids, strict=True):
            if not found:
                self._take_away(note)
            # Of several that are merged the first may be missing here.
            kept_id = found.get(note.id, next(iter(found.values()), spare_id))
            note_id = kept_id if note.id in marked else note.id
            self.notes[note_id] = replace(note, id=note_id)
            self._written.append(self.notes[note_id])
            self._now[mark_note(note)] = note_id
        return bool(found)

    def _find(self, mark: NoteMark, pitches: Sequence[float]) -> str | None:
        moved_id = self._now.get(mark)
        if moved_id in self.notes:
            return moved_id
        same = self.notes.get(mark.id)
        if same is not None and is_near(same, mark.onset_sec, mark.pitch_midi):
            return mark.id
        written = [
            one
            for one in self._written
            if abs(one.onset_sec - mark.onset_sec) <= NEAR_SEC and self.notes.get(one.id) is one
        ]
        for pitch_midi in pitches or [mark.pitch_midi]:
            # What was written on one hearing may have had another id on the next.
            nearest = self._nearest(mark.onset_sec, pitch_midi) or _find_nearest(
                written, mark.onset_sec, pitch_midi
            )
            if nearest is not None:
                return nearest.id
        return None

    def _take_away(self, note: Note) -> None:
        """Remove what was heard in the very place of a note that is written."""
        nearest = self._nearest(note.onset_sec, note.pitch_midi)
        if nearest is not None:
            del self.notes[nearest.id]

    def _nearest(self, onset_sec: float, pitch_midi: float) -> Note | None:
        """Find the nearest note that was heard and that no change has touched."""
        first = bisect_left(self._heard, onset_sec - NEAR_SEC, key=lambda one: one.onset_sec)
        last = bisect_right(self._heard, onset_sec + NEAR_SEC, key=lambda one: one.onset_sec)
        untouched = [one for one in self._heard[first:last] if self.notes.get(one.id) is one]
        return _find_nearest(untouched, onset_sec, pitch_midi)


def _find_nearest(notes: Iterable[Note], onset_sec: float, pitch_midi: float) -> Note | None:
    near = [one for one in notes if is_near(one, onset_sec, pitch_midi)]
    return min(near, key=lambda one: abs(one.onset_sec - onset_sec), default=None)


def _pitches_of(change: NoteChange) -> list[float]:
    """Give the pitches that a note may be heard with whose pitch is changed; none otherwise."""
    if len(change.before) != 1 or len(change.after) != 1:
        return []
    before, after = change.before[0].pitch_midi, change.after[0].pitch_midi
    if before == after:
        return []
    return [before, after, *(before + one for one in _MISTAKEN_SEMITONES)]


def is_near(note: Note, onset_sec: float, pitch_midi: float) -> bool:
    """Tell whether a note is the one that is meant.

    Parameters
    ----------
    note : Note
        As it was heard.
    onset_sec : float, seconds of the original file
        Where the one that is meant starts.
    pitch_midi : float
        Its pitch.

    Returns
    -------
    bool
        So at the same pitch, within 50 ms.
    """
    return (
        abs(note.onset_sec - onset_sec) <= NEAR_SEC
        and abs(note.pitch_midi - pitch_midi) < _SAME_PITCH
    )
