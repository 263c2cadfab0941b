from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.domain.expression import Expression
from licklab.domain.grid_edit import DoubleTempo
from licklab.domain.mending import Edit, SettledEdit
from licklab.domain.note import Note
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
from licklab.domain.recall import Recall
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.domain.transcription_mending import (
    lay_note_edits,
    mend_transcription,
    name_notes,
    settle_next,
)
from licklab.errors import NoteError, UnknownNoteError
from tests.unit.domain.grids import blues_analysis

_RECALL = Recall(0.0, 60.0)
_SOURCE = Source("a.wav", 60.0, "0" * 64, 44_100, 1)


def _solo(*notes: Note) -> Transcription:
    return Transcription(
        _SOURCE, "tenor_sax", 440.0, notes, EngineInfo("0"), analysis=blues_analysis()
    )


def _line(n_notes: int = 12, delay_sec: float = 0.0) -> Transcription:
    return _solo(*(_note(1.0 + 0.5 * i + delay_sec, 60 + i) for i in range(n_notes)))


def _note(onset_sec: float, pitch_midi: int, length_sec: float = 0.4) -> Note:
    return Note(onset_sec, onset_sec + length_sec, pitch_midi, 80, 0.9)


def _make(heard: Transcription, *edits: Edit | NoteOperation) -> list[SettledEdit]:
    settled: list[SettledEdit] = []
    for one in edits:
        edit = one if isinstance(one, EditNotes | DoubleTempo) else EditNotes((one,))  # type: ignore[arg-type]
        settled.append(settle_next(edit, heard, settled, _RECALL))
    return settled


def _mend(heard: Transcription, *edits: Edit | NoteOperation) -> Transcription:
    return mend_transcription(heard, _make(heard, *edits), _RECALL)


def _places(one: Transcription) -> dict[str, tuple[float, float, float]]:
    return {n.id: (n.onset_sec, n.offset_sec, n.pitch_midi) for n in name_notes(one)}


_IDS = st.sampled_from(["n1", "n2", "n3", "n4", "n5", "n12", "e1.1", "e2.1", "e2.2", "e3.1"])
_TIMES = st.integers(0, 280).map(lambda one: one / 40)
_OPERATIONS = st.one_of(
    st.builds(
        lambda at, length, pitch: AddNote(at, at + length, pitch),
        _TIMES, st.sampled_from([0.05, 0.3]), st.integers(58, 75),
    ),
    st.builds(lambda one: RemoveNotes((one,)), _IDS),
    st.builds(SetPitch, _IDS, st.integers(50, 80)),
    st.builds(lambda n, ids: TransposeNotes(n, tuple(ids)), st.sampled_from([-12, 1]),
              st.lists(_IDS, min_size=1, max_size=3, unique=True)),
    st.builds(lambda n, at: TransposeNotes(n, from_sec=at), st.sampled_from([12, -1]), _TIMES),
    st.builds(MoveNote, _IDS, _TIMES, st.none() | _TIMES),
    st.builds(lambda ids: MergeNotes(tuple(ids)), st.lists(_IDS, min_size=2, max_size=3,
              unique=True)),
    st.builds(SplitNote, _IDS, _TIMES),
)  # fmt: skip


def _make_what_can_be(
    heard: Transcription, edits: list[list[NoteOperation]]
) -> tuple[list[EditNotes], list[SettledEdit]]:
    made: list[EditNotes] = []
    settled: list[SettledEdit] = []
    for operations in edits:
        possible: list[NoteOperation] = []
        for one in operations:
            with suppress(NoteError):
                settle_next(EditNotes((*possible, one)), heard, settled, _RECALL)
                possible.append(one)
        if possible:
            made.append(EditNotes(tuple(possible)))
            settled.append(settle_next(made[-1], heard, settled, _RECALL))
    return made, settled


@settings(deadline=None)
@given(st.lists(st.lists(_OPERATIONS, min_size=1, max_size=4), max_size=4))
def test_undo_gives_what_was_there_before_and_ids_are_never_shared(
    edits: list[list[NoteOperation]],
) -> None:
    heard = _line()
    made, settled = _make_what_can_be(heard, edits)
    for n in range(len(settled) + 1):
        mended = mend_transcription(heard, settled[:n], _RECALL)
        assert mended == mend_transcription(heard, _make(heard, *made[:n]), _RECALL)
        assert len(set(mended.note_ids)) == len(mended.notes)
        assert mended.warnings == ()
        changed = {mark.id for one in settled[:n] for c in one.notes or () for mark in c.before}
        kept = {i: place for i, place in _places(heard).items() if i not in changed}
        assert kept.items() <= _places(mended).items()
        ordered = sorted(mended.notes, key=lambda one: (one.onset_sec, one.pitch_midi))
        assert list(mended.notes) == ordered
    assert mend_transcription(heard, [], _RECALL) == heard


@given(st.integers(1, 11), st.floats(0.01, 0.39))
def test_a_note_that_is_split_and_merged_is_as_it_was(number: int, at: float) -> None:
    heard = _line()
    note = name_notes(heard)[number]
    there = _mend(heard, SplitNote(note.id, note.onset_sec + at))
    new = next(one for one in there.note_ids if one.startswith("e"))
    assert len(there.notes) == 13
    back = _mend(heard, SplitNote(note.id, note.onset_sec + at), MergeNotes((new, note.id)))
    assert _places(back) == _places(heard)


def test_notes_that_are_merged_and_split_have_their_times_and_the_first_its_id() -> None:
    heard = _line()
    both = _mend(heard, MergeNotes(("n3", "n2")), SplitNote("n2", 2.0))
    assert _places(both)["n2"] == (1.5, 2.0, 61)
    assert _places(both)["e2.2"] == (2.0, 2.4, 61)
    assert "n3" not in _places(both)
    longest = _solo(_note(1.0, 60, 0.1), _note(1.1, 67, 0.3))
    (merged,) = _mend(longest, MergeNotes(("n1", "n2"))).notes
    assert (merged.id, merged.pitch_midi) == ("n1", 67)
    assert merged.duration_sec == pytest.approx(0.4)


def test_a_persons_notes_are_certain_and_as_loud_as_their_neighbours() -> None:
    heard = _line()
    mended = _mend(heard, AddNote(2.05, 2.3, 70), SetPitch("n1", 48))
    notes = {one.id: one for one in mended.notes}
    assert (notes["e1.1"].velocity, notes["e1.1"].confidence) == (80, 1.0)
    assert (notes["n1"].velocity, notes["n1"].confidence) == (80, 1.0)
    assert notes["n2"].confidence == 0.9
    (alone,) = _mend(_solo(), AddNote(1.0, 2.0, 60)).notes
    assert alone.velocity == 64
    (loud,) = _mend(_solo(), AddNote(1.0, 2.0, 60, 111)).notes
    assert loud.velocity == 111


def test_an_octave_keeps_what_the_player_does_to_the_pitch_a_semitone_does_not() -> None:
    bent = Expression(5.0, 0.0, 0.0, 40.0, 0.0, 0.0)
    heard = _solo(replace(_note(1.0, 60), expression=bent))
    assert _mend(heard, TransposeNotes(-12, ("n1",))).notes[0].expression == bent
    assert _mend(heard, TransposeNotes(-1, ("n1",))).notes[0].expression is None


def test_edits_of_notes_leave_rhythm_and_harmony_alone_and_are_left_alone() -> None:
    heard = _line()
    mended = _mend(heard, SetPitch("n1", 48))
    assert mended.analysis == heard.analysis
    both = _mend(heard, SetPitch("n1", 48), DoubleTempo())
    assert both.notes == mended.notes
    assert both.analysis == _mend(heard, DoubleTempo()).analysis
    unknown = replace(heard, analysis=None)
    assert _mend(unknown, SetPitch("n1", 48)).analysis is None


def test_ids_of_notes_that_were_made_before_are_not_given_again() -> None:
    once = _mend(_line(), AddNote(20.0, 21.0, 60))
    twice = _mend(once, AddNote(22.0, 23.0, 60))
    assert [one for one in twice.note_ids if one.startswith("e")] == ["e1.1", "e2.1"]


_EDITS: list[NoteOperation] = [
    SetPitch("n3", 50),
    MoveNote("n3", 2.1, 2.3),
    RemoveNotes(("n5",)),
    SplitNote("n7", 4.2),
    MergeNotes(("n8", "n9")),
    AddNote(30.0, 31.0, 70),
]


def test_over_another_hearing_edits_find_their_notes_by_time_and_pitch() -> None:
    heard = _line()
    edits = _make(heard, *_EDITS)
    before = _places(mend_transcription(heard, edits, _RECALL))
    again = _solo(_note(0.2, 40), *_line(delay_sec=0.03).notes)
    laid = lay_note_edits(again, edits, _RECALL)
    assert laid.warnings == ()
    after = {one.id: (one.onset_sec, one.offset_sec, one.pitch_midi) for one in laid.notes}
    # Every heard note has the number of this hearing: one more.
    named = {"n4": "n3", "n8": "n7", "e4.2": "e4.2", "n9": "n8", "e6.1": "e6.1"}
    assert {one: after[one] for one in named} == {one: before[was] for one, was in named.items()}
    assert {"n6", "n10"}.isdisjoint(after)
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("heard_as", [62, 50, 61, 63, 74])
def test_a_pitch_that_is_mended_is_also_found_an_octave_or_a_semitone_away(heard_as: int) -> None:
    edits = _make(_line(), SetPitch("n3", 50))
    notes = list(_line().notes)
    notes[2] = replace(notes[2], pitch_midi=heard_as)
    laid = lay_note_edits(_solo(*notes), edits, _RECALL)
    assert (laid.n_written, len(laid.notes)) == (0, 12)
    assert next(one for one in laid.notes if one.id == "n3").pitch_midi == 50


def test_where_nothing_is_found_what_was_wanted_is_there_and_removals_do_nothing() -> None:
    edits = _make(_line(), *_EDITS)
    laid = lay_note_edits(_solo(_note(50.0, 60)), edits, _RECALL)
    wanted = [(one.onset_sec, one.pitch_midi) for one in laid.notes]
    assert wanted == [(2.1, 50), (4.0, 66), (4.2, 66), (4.5, 67), (30.0, 70), (50.0, 60)]
    assert (laid.n_written, laid.n_absent) == (3, 1)
    assert len(laid.warnings) == 2
    ids = [one.id for one in laid.notes]
    assert len(set(ids)) == 6
    assert [one for one in ids if one.startswith("n")] == ["n1"]


def test_what_is_heard_where_a_note_is_written_gives_way_to_it() -> None:
    edits = _make(_line(), AddNote(30.0, 31.0, 70), MoveNote("n3", 20.0, 21.0))
    laid = lay_note_edits(_solo(_note(20.01, 62), _note(30.02, 70)), edits, _RECALL)
    assert [(one.onset_sec, one.pitch_midi) for one in laid.notes] == [(20.0, 62), (30.0, 70)]


_HEARD = st.lists(st.tuples(_TIMES, st.integers(58, 75)), max_size=12, unique=True).map(
    lambda notes: _solo(*(_note(*one) for one in sorted(notes)))
)


@settings(deadline=None)
@given(st.lists(st.lists(_OPERATIONS, min_size=1, max_size=3), max_size=3), _HEARD)
def test_over_any_hearing_no_id_is_shared_and_what_is_not_edited_stays(
    edits: list[list[NoteOperation]], again: Transcription
) -> None:
    _, settled = _make_what_can_be(_line(), edits)
    laid = lay_note_edits(again, settled, _RECALL)
    assert len({one.id for one in laid.notes}) == len(laid.notes)
    changed = [(one, c) for one in settled for c in one.notes or ()]
    assert laid.n_written + laid.n_absent <= len(changed)
    certain = {(n.onset_sec, n.pitch_midi) for _, c in changed for n in c.after}
    assert {(n.onset_sec, n.pitch_midi) for n in laid.notes if n.confidence == 1.0} <= certain
    if not changed:
        assert laid.notes == name_notes(again)


def test_edits_that_were_made_on_several_hearings_hold_on_each_of_them() -> None:
    first = _line()
    settled = _make(first, SetPitch("n3", 50), AddNote(30.0, 31.0, 70))
    second = _solo(_note(50.0, 60))
    settled.append(settle_next(EditNotes((MoveNote("e1.1", 2.1),)), second, settled, _RECALL))
    settled.append(settle_next(EditNotes((RemoveNotes(("n1",)),)), second, settled, _RECALL))
    back = lay_note_edits(first, settled, _RECALL)
    places = {one.id: (one.onset_sec, one.pitch_midi) for one in back.notes}
    assert (places["n3"], places["e2.1"], len(places)) == ((2.1, 50), (30.0, 70), 13)
    assert (back.n_written, back.n_absent) == (0, 1)
    assert places["n1"] == (1.0, 60)


def test_of_edits_outside_of_what_is_heard_now_nothing_is_told() -> None:
    edits = _make(_line(), *_EDITS)
    part = _solo(_note(10.0, 60))
    laid = lay_note_edits(part, edits, Recall(9.0, 20.0))
    assert (laid.notes, laid.warnings) == (name_notes(part), ())


def test_a_note_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownNoteError, match="want the id of a note, got 'n13'"):
        _make(_line(), SetPitch("n13", 60))
    with pytest.raises(UnknownNoteError, match="got 'n2'"):
        _make(_line(), EditNotes((RemoveNotes(("n2",)), SetPitch("n2", 60))))
    with pytest.raises(NoteError, match="want 1 to 1000 operations, got 1001"):
        EditNotes((SetPitch("n2", 60),) * 1001)
