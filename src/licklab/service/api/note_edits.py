"""The body of a request that mends notes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from licklab.domain.note_edit import MOST_OPERATIONS, EditNotes
from licklab.formats.note_edits_json import read_operations
from licklab.service.api.edits import Text, Time, VersionIn

_Id = Annotated[Text, Field(min_length=1, max_length=40, examples=["n7"])]
# Three hours of sixteenths at 200 bpm are fewer.
_Ids = Annotated[list[_Id], Field(max_length=150_000)]
_Pitch = Annotated[int, Field(strict=True, ge=0, le=127, description="60 is middle C.")]


class _OperationIn(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddIn(_OperationIn):
    """There is a note here; without `velocity` it is as loud as the nearest."""

    op: Literal["add"]
    onset_sec: Time
    offset_sec: Time
    pitch_midi: _Pitch
    velocity: int | None = Field(None, strict=True, ge=1, le=127)


class RemoveIn(_OperationIn):
    """These are no notes."""

    op: Literal["remove"]
    ids: _Ids


class PitchIn(_OperationIn):
    """The note has this pitch."""

    op: Literal["pitch"]
    id: _Id
    pitch_midi: _Pitch


class TransposeIn(_OperationIn):
    """Notes are higher by so many semitones, lower when negative: these, or those of a stretch."""

    op: Literal["transpose"]
    semitones: int = Field(strict=True, ge=-127, le=127, examples=[-12])
    ids: _Ids | None = None
    from_sec: Time | None = None
    to_sec: Time | None = None


class MoveIn(_OperationIn):
    """The note starts or ends elsewhere."""

    op: Literal["move"]
    id: _Id
    onset_sec: Time | None = None
    offset_sec: Time | None = None


class MergeIn(_OperationIn):
    """These are one note, with the id of the first and the pitch of the longest."""

    op: Literal["merge"]
    ids: _Ids


class SplitIn(_OperationIn):
    """The note is two, of which the first keeps its id."""

    op: Literal["split"]
    id: _Id
    time_sec: Time


OperationIn = Annotated[
    AddIn | RemoveIn | PitchIn | TransposeIn | MoveIn | MergeIn | SplitIn,
    Field(discriminator="op"),
]


class NotesIn(VersionIn):
    """What is different about the notes, one after another."""

    operations: list[OperationIn] = Field(min_length=1, max_length=MOST_OPERATIONS)

    def edit(self) -> EditNotes:
        """Give the edit that it asks for.

        Returns
        -------
        EditNotes
            Of the domain.

        Raises
        ------
        NoteError
            If it says what cannot be.
        """
        return read_operations([one.model_dump(exclude_none=True) for one in self.operations])


NOTES = TypeAdapter(NotesIn)
