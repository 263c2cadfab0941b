"""Edits of any kind, laid over a transcription: rhythm, harmony and notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from licklab.domain.analysis import Analysis
from licklab.domain.mending import Edit, SettledEdit, mend, settle_edit
from licklab.domain.note import Note
from licklab.domain.note_change import LaidNotes, lay_changes
from licklab.domain.note_edit import EditNotes
from licklab.domain.note_settling import settle_operations
from licklab.domain.recall import Recall
from licklab.domain.transcription import Transcription

_MADE_ID = re.compile(r"e(\d{1,9})\.\d+")


def name_notes(transcription: Transcription) -> tuple[Note, ...]:
    """Give notes their ids.

    Parameters
    ----------
    transcription : Transcription
        With notes that may have none.

    Returns
    -------
    tuple of Note
        The same notes, all with ids.
    """
    pairs = zip(transcription.notes, transcription.note_ids, strict=True)
    return tuple(one if one.id else replace(one, id=note_id) for one, note_id in pairs)


def lay_note_edits(heard: Transcription, edits: Iterable[SettledEdit], recall: Recall) -> LaidNotes:
    """Lay edits of notes over those that were heard.

    Parameters
    ----------
    heard : Transcription
        With them.
    edits : iterable of SettledEdit
        In the order in which they were made; those of other kinds change no note.
    recall : Recall
        What was heard.

    Returns
    -------
    LaidNotes
        As they are wanted.
    """
    changes = [change for one in edits for change in one.notes or ()]
    return lay_changes(name_notes(heard), changes, recall.start_sec, recall.end_sec)


def settle_note_edit(
    edit: EditNotes, notes: Sequence[Note], number: int, recall: Recall
) -> SettledEdit:
    """Find out what comes of an edit of notes.

    Parameters
    ----------
    edit : EditNotes
        What a person says.
    notes : sequence of Note
        That they see, all with ids.
    number : int
        Of the edit, as no other one of the recording has.
    recall : Recall
        What was heard.

    Returns
    -------
    SettledEdit
        To be kept.

    Raises
    ------
    NoteError
        If the notes cannot be so.
    """
    span = recall.start_sec, recall.end_sec
    return SettledEdit(edit, *span, notes=settle_operations(edit, notes, number, *span))


def settle_next(
    edit: Edit, heard: Transcription, edits: Sequence[SettledEdit], recall: Recall
) -> SettledEdit:
    """Find out what comes of one more edit.

    Parameters
    ----------
    edit : Edit
        What a person says.
    heard : Transcription
        What was heard.
    edits : sequence of SettledEdit
        Those before it.
    recall : Recall
        What its evidence can answer.

    Returns
    -------
    SettledEdit
        To be kept.

    Raises
    ------
    InputError
        If it cannot be so.
    """
    if not isinstance(edit, EditNotes):
        return settle_edit(edit, mend(heard.analysis or Analysis(), edits, recall), recall)
    notes = lay_note_edits(heard, edits, recall).notes
    # Notes that were made by edits of before may count as heard.
    made = [_MADE_ID.fullmatch(one.id) for one in (*heard.notes, *notes)]
    numbers = [int(one[1]) for one in made if one is not None]
    return settle_note_edit(edit, notes, max([len(edits), *numbers]) + 1, recall)


def mend_transcription(
    heard: Transcription, edits: Sequence[SettledEdit], recall: Recall
) -> Transcription:
    """Lay edits over a transcription.

    Parameters
    ----------
    heard : Transcription
        What was heard.
    edits : sequence of SettledEdit
        In the order in which they were made.
    recall : Recall
        What its evidence can answer.

    Returns
    -------
    Transcription
        As it is wanted; its warnings tell where another hearing lacks what an edit names.
    """
    mended = heard
    if any(one.notes is None for one in edits):
        mended = replace(mended, analysis=mend(heard.analysis or Analysis(), edits, recall))
    if any(one.notes is not None for one in edits):
        mended = with_notes(mended, lay_note_edits(heard, edits, recall))
    return mended


def with_notes(transcription: Transcription, laid: LaidNotes) -> Transcription:
    """Put mended notes into a transcription.

    Parameters
    ----------
    transcription : Transcription
        With others.
    laid : LaidNotes
        The mended ones.

    Returns
    -------
    Transcription
        With these, and what is to be told of them.
    """
    warnings = (*transcription.warnings, *laid.warnings)
    return replace(transcription, notes=laid.notes, warnings=warnings)
