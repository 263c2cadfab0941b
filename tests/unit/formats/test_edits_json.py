import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.chord_edit import LayChart, SetKey, WriteChords
from licklab.domain.grid_edit import (
    DoubleTempo,
    HalveTempo,
    MarkDownbeat,
    MoveBeat,
    Pin,
    PinBeats,
    SetTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.key import Key, KeyMode
from licklab.domain.mending import Edit, SettledEdit
from licklab.domain.note import Note
from licklab.domain.note_change import NoteChange, mark_note
from licklab.domain.note_edit import (
    AddNote,
    EditNotes,
    MergeNotes,
    MoveNote,
    RemoveNotes,
    SetPitch,
    SplitNote,
    TransposeNotes,
)
from licklab.domain.recall import ChartFit
from licklab.errors import InputError
from licklab.formats.edits_json import read_edit, read_outcome, write_edit, write_outcome
from tests.unit.formats.strategies import beat_grids, chords, notes

_EDITS: list[Edit] = [
    SetTempo(132.5),
    DoubleTempo(),
    HalveTempo(),
    ShiftBeats(-0.5),
    MarkDownbeat(12.3),
    MoveBeat(12.3, 12.4),
    SetTimeSignature(TimeSignature(6, 8)),
    TapBeats((1.0, 1.5, 2.1)),
    PinBeats((Pin(1.0), Pin(2.0, 3), Pin(3.0, 4, 2))),
    WriteChords((Chord(1.0, 2.0, "G:7(b9)", "G7b9"),)),
    LayChart("| Dm7 G7 | Cmaj7 | % |"),
    SetKey(Key("Bb", KeyMode.BLUES)),
    EditNotes(
        (
            AddNote(1.0, 2.0, 60),
            AddNote(1.0, 2.0, 60, 99),
            RemoveNotes(("n1", "n2")),
            SetPitch("n3", 61),
            TransposeNotes(-12, ("n4",)),
            TransposeNotes(1, from_sec=0.0, to_sec=3.5),
            MoveNote("n5", 1.5),
            MoveNote("n5", 1.5, 1.75),
            MergeNotes(("n5", "n6")),
            SplitNote("n7", 4.25),
        )
    ),
]


@pytest.mark.parametrize("edit", _EDITS)
def test_an_edit_is_read_back(edit: Edit) -> None:
    assert read_edit(json.loads(json.dumps(write_edit(edit)))) == edit


@given(st.none() | beat_grids().filter(lambda one: one.beats), st.none() | st.lists(chords()))
def test_what_came_of_an_edit_is_read_back(grid: Any, written: list[Chord] | None) -> None:
    settled = SettledEdit(
        LayChart("| C |"),
        1.5,
        60.25,
        grid=grid,
        chords=None if written is None else tuple(written),
        fit=ChartFit(0.75, 3, 16, 4),
    )
    document = json.loads(json.dumps(write_outcome(settled)))
    assert read_outcome(settled.edit, document) == settled


@pytest.mark.parametrize(
    "document",
    [{}, {"op": "triple"}, {"op": "tempo"}, {"op": "tempo", "tempo_bpm": "fast"},
     {"op": "tempo", "tempo_bpm": 3}, {"op": "taps", "taps_sec": 3}, {"op": ["tempo"]},
     {"op": "pins", "pins": [3]}, {"op": "chords", "chords": [{}]}, {"op": "key", "key": "H"},
     {"op": "time_signature", "time_signature": 3}],
)  # fmt: skip
def test_what_is_no_edit_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="want"):
        read_edit(document)


@given(st.lists(notes(), min_size=2, max_size=2))
def test_what_came_of_an_edit_of_notes_is_read_back(pair: list[Note]) -> None:
    named = tuple(replace(one, id=f"e3.{i}") for i, one in enumerate(pair))
    change = NoteChange((mark_note(named[0]),), named, ("e3.1", "e3.2"))
    settled = SettledEdit(EditNotes((RemoveNotes(("n1",)),)), 1.5, 60.25, notes=(change,))
    document = json.loads(json.dumps(write_outcome(settled)))
    assert read_outcome(settled.edit, document) == settled


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "bend"},
        {"op": "pitch", "id": "n1", "pitch_midi": 60.5},
        {"op": "pitch", "id": "n1"},
        {"op": "remove", "ids": "n1"},
        {"op": "add", "onset_sec": 1, "offset_sec": 2, "pitch_midi": 60, "velocity": "loud"},
        {"op": "add", "onset_sec": 1, "offset_sec": float("inf"), "pitch_midi": 60},
        7,
    ],
)
def test_an_operation_that_says_nothing_is_refused(operation: Any) -> None:
    with pytest.raises(InputError, match="want "):
        read_edit({"op": "notes", "operations": [operation]})
