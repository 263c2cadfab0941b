"""What a person may say about notes."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from licklab.errors import NoteError

MOST_OPERATIONS = 1000
"""Of one edit: more than the notes of a chorus that is played as fast as can be."""

_HIGHEST_MIDI = 127


@dataclass(frozen=True, slots=True)
class AddNote:
    """There is a note here.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        Where it starts and ends.
    pitch_midi : int, 0 to 127
        Sounding pitch.
    velocity : int or None, 1 to 127
        How loud; None is as loud as the nearest note.

    Raises
    ------
    NoteError
        If no note can be so.
    """

    onset_sec: float
    offset_sec: float
    pitch_midi: int
    velocity: int | None = None

    def __post_init__(self) -> None:
        require_span(self.onset_sec, self.offset_sec)
        require_pitch(self.pitch_midi)
        if self.velocity is not None and not 1 <= self.velocity <= 127:
            raise NoteError(f"want a velocity of 1 to 127, got {self.velocity}")


@dataclass(frozen=True, slots=True)
class RemoveNotes:
    """These are no notes.

    Attributes
    ----------
    ids : tuple of str
        At least one.
    """

    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        _require_ids(self.ids, 1)


@dataclass(frozen=True, slots=True)
class SetPitch:
    """The note has this pitch.

    Attributes
    ----------
    id : str
        Of the note.
    pitch_midi : int, 0 to 127
        Sounding pitch.
    """

    id: str
    pitch_midi: int

    def __post_init__(self) -> None:
        require_pitch(self.pitch_midi)


@dataclass(frozen=True, slots=True)
class TransposeNotes:
    """Notes are higher or lower than they were heard.

    Attributes
    ----------
    semitones : int
        Higher by so many, lower when negative: 12 is an octave.
    ids : tuple of str
        Of the notes; none where the stretch tells them.
    from_sec, to_sec : float or None, seconds of the original file
        All notes that begin from the one on and before the other; None without ids is from the
        first on, or to the last.

    Raises
    ------
    NoteError
        If it says nothing, or notes in two ways.
    """

    semitones: int
    ids: tuple[str, ...] = ()
    from_sec: float | None = None
    to_sec: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= abs(self.semitones) <= _HIGHEST_MIDI:
            raise NoteError(f"want 1 to {_HIGHEST_MIDI} semitones up or down, got {self.semitones}")
        has_stretch = self.from_sec is not None or self.to_sec is not None
        if self.ids and has_stretch:
            raise NoteError("want ids of notes or a stretch of time, got both")
        if not self.ids and not has_stretch:
            raise NoteError("want ids of notes or a stretch of time, got neither")
        if self.ids:
            _require_ids(self.ids, 1)
        else:
            from_sec = 0.0 if self.from_sec is None else self.from_sec
            to_sec = math.inf if self.to_sec is None else self.to_sec
            if not 0 <= from_sec < to_sec:
                raise NoteError(
                    f"want a stretch that begins before it ends, got {from_sec:g} to {to_sec:g} s"
                )


@dataclass(frozen=True, slots=True)
class MoveNote:
    """The note starts or ends elsewhere.

    Attributes
    ----------
    id : str
        Of the note.
    onset_sec, offset_sec : float or None, seconds of the original file
        Where it starts and ends; None leaves it. At least one is given.
    """

    id: str
    onset_sec: float | None = None
    offset_sec: float | None = None

    def __post_init__(self) -> None:
        if self.onset_sec is None and self.offset_sec is None:
            raise NoteError("want an onset or an offset to move a note to, got neither")


@dataclass(frozen=True, slots=True)
class MergeNotes:
    """These are one note: from where the first starts to where the last ends.

    Attributes
    ----------
    ids : tuple of str
        At least two.
    """

    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        _require_ids(self.ids, 2)


@dataclass(frozen=True, slots=True)
class SplitNote:
    """The note is two.

    Attributes
    ----------
    id : str
        Of the note; its first part keeps it.
    time_sec : float, seconds of the original file
        Where the second part starts.
    """

    id: str
    time_sec: float


NoteOperation: TypeAlias = (
    AddNote | RemoveNotes | SetPitch | TransposeNotes | MoveNote | MergeNotes | SplitNote
)
"""One thing that a person says about notes."""


@dataclass(frozen=True, slots=True)
class EditNotes:
    """What a person says about notes at once.

    Attributes
    ----------
    operations : tuple of NoteOperation
        One after another, 1 to 1,000.

    Raises
    ------
    NoteError
        If they are none, or too many.
    """

    operations: tuple[NoteOperation, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.operations) <= MOST_OPERATIONS:
            raise NoteError(f"want 1 to {MOST_OPERATIONS} operations, got {len(self.operations)}")


def require_pitch(pitch_midi: float) -> None:
    """Make sure that a number is a pitch.

    Parameters
    ----------
    pitch_midi : float
        The number.

    Raises
    ------
    NoteError
        If it is outside of 0 to 127.
    """
    if not 0 <= pitch_midi <= _HIGHEST_MIDI:
        raise NoteError(f"want a pitch of 0 to {_HIGHEST_MIDI}, got {pitch_midi}")


def require_span(onset_sec: float, offset_sec: float) -> None:
    """Make sure that a note can start and end so.

    Parameters
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        Its start and its end.

    Raises
    ------
    NoteError
        If it ends before it starts, or these are no times.
    """
    if not 0 <= onset_sec < offset_sec < math.inf:
        raise NoteError(
            f"want a note that ends after it starts, got {onset_sec:g} to {offset_sec:g} s"
        )


def _require_ids(ids: tuple[str, ...], least: int) -> None:
    if len(ids) < least:
        raise NoteError(f"want ids of {least} notes or more, got {len(ids)}")
    if len(set(ids)) < len(ids):
        raise NoteError(f"want each note once, got {max(ids, key=ids.count)!r} twice")
