"""Edits of notes, and what came of them, as JSON."""

from typing import Any

from licklab.domain.note_change import NoteChange, NoteMark
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
)
from licklab.errors import SchemaError
from licklab.formats.note_json import read_note, write_note


def write_operations(edit: EditNotes) -> list[dict[str, Any]]:
    """Write the operations of an edit.

    Parameters
    ----------
    edit : EditNotes
        What a person said.

    Returns
    -------
    list of dict
        Each with the member `op`.
    """
    return [_operation_to_json(one) for one in edit.operations]


def _operation_to_json(one: NoteOperation) -> dict[str, Any]:
    match one:
        case AddNote(onset_sec, offset_sec, pitch_midi, velocity):
            added = {"onset_sec": onset_sec, "offset_sec": offset_sec, "pitch_midi": pitch_midi}
            return {"op": "add", **added, **_given(velocity=velocity)}
        case RemoveNotes(ids):
            return {"op": "remove", "ids": list(ids)}
        case SetPitch(note_id, pitch_midi):
            return {"op": "pitch", "id": note_id, "pitch_midi": pitch_midi}
        case TransposeNotes(semitones, ids, from_sec, to_sec):
            chosen = {"ids": list(ids)} if ids else _given(from_sec=from_sec, to_sec=to_sec)
            return {"op": "transpose", "semitones": semitones, **chosen}
        case MoveNote(note_id, onset_sec, offset_sec):
            moved = _given(onset_sec=onset_sec, offset_sec=offset_sec)
            return {"op": "move", "id": note_id, **moved}
        case MergeNotes(ids):
            return {"op": "merge", "ids": list(ids)}
        case SplitNote(note_id, time_sec):
            return {"op": "split", "id": note_id, "time_sec": time_sec}


def _given(**members: float | None) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def read_operations(documents: list[dict[str, Any]]) -> EditNotes:
    """Read an edit from its operations.

    Parameters
    ----------
    documents : list of dict
        As `write_operations` makes them.

    Returns
    -------
    EditNotes
        What a person said.

    Raises
    ------
    SchemaError
        If one is not known.
    NoteError
        If one says what cannot be.
    KeyError, ValueError, TypeError
        If one lacks a member, or has another one.
    """
    return EditNotes(tuple(_operation_from_json(one) for one in documents))


def _operation_from_json(one: dict[str, Any]) -> NoteOperation:
    match one["op"]:
        case "add":
            span = float(one["onset_sec"]), float(one["offset_sec"])
            return AddNote(*span, _whole(one["pitch_midi"]), one.get("velocity"))
        case "remove":
            return RemoveNotes(_ids(one["ids"]))
        case "pitch":
            return SetPitch(str(one["id"]), _whole(one["pitch_midi"]))
        case "transpose":
            stretch = _time(one, "from_sec"), _time(one, "to_sec")
            return TransposeNotes(_whole(one["semitones"]), _ids(one.get("ids", ())), *stretch)
        case "move":
            return MoveNote(str(one["id"]), _time(one, "onset_sec"), _time(one, "offset_sec"))
        case "merge":
            return MergeNotes(_ids(one["ids"]))
        case "split":
            return SplitNote(str(one["id"]), float(one["time_sec"]))
        case other:
            raise SchemaError(f"want an operation that is known, got {str(other)[:80]!r}")


def _ids(ids: Any) -> tuple[str, ...]:
    if isinstance(ids, str):
        raise TypeError(f"want a list of ids, got {ids[:80]!r}")
    return tuple(str(one) for one in ids)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"want a whole number, got {str(value)[:80]!r}")
    return value


def _time(document: dict[str, Any], name: str) -> float | None:
    value = document.get(name)
    return None if value is None else float(value)


def write_change(change: NoteChange) -> dict[str, Any]:
    """Write what changed.

    Parameters
    ----------
    change : NoteChange
        Of an edit of notes.

    Returns
    -------
    dict
        Marks of the notes before, and the notes after.
    """
    return {
        "before": [[one.id, one.onset_sec, one.pitch_midi] for one in change.before],
        "after": [write_note(one, one.id) for one in change.after],
        "spare_ids": list(change.spare_ids),
    }


def read_change(document: dict[str, Any]) -> NoteChange:
    """Read what changed.

    Parameters
    ----------
    document : dict
        As `write_change` makes it.

    Returns
    -------
    NoteChange
        Of an edit of notes.

    Raises
    ------
    KeyError, ValueError, TypeError
        If it is no such document.
    """
    return NoteChange(
        tuple(
            NoteMark(str(note_id), float(onset_sec), pitch_midi)
            for note_id, onset_sec, pitch_midi in document["before"]
        ),
        tuple(read_note(one, str(one["id"])) for one in document["after"]),
        tuple(str(one) for one in document["spare_ids"]),
    )
