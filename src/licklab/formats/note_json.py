"""One note as JSON, as transcriptions and edits have it."""

from typing import Any

from licklab.domain.beat import BeatGrid
from licklab.domain.expression import Expression
from licklab.domain.note import Note
from licklab.domain.placement import place_on_grid
from licklab.domain.transcription import Transcription

TIME_DIGITS = 6
"""Microseconds: finer than a sample at any rate in use, and no noise of binary fractions."""

# Finer than the pitch of a note can be followed.
_CENTS_DIGITS = 1
_RATE_DIGITS = 2
_CONFIDENCE_DIGITS = 4


def write_notes(transcription: Transcription) -> list[dict[str, Any]]:
    """Write the notes of a transcription, each with its place in the bars.

    Parameters
    ----------
    transcription : Transcription
        With them, and the beats.

    Returns
    -------
    list of dict
        In their order.
    """
    analysis = transcription.analysis
    grid = BeatGrid() if analysis is None else analysis.grid
    pairs = zip(transcription.notes, transcription.note_ids, strict=True)
    return [write_note(note, note_id, grid) for note, note_id in pairs]


def write_note(note: Note, note_id: str, grid: BeatGrid | None = None) -> dict[str, Any]:
    """Write a note.

    Parameters
    ----------
    note : Note
        To write.
    note_id : str
        Its id.
    grid : BeatGrid, optional
        The beats that it is placed on.

    Returns
    -------
    dict
        With `bar` and `beat` where there are beats, and `expression` where that is known.
    """
    document: dict[str, Any] = {
        "id": note_id,
        "onset_sec": round(note.onset_sec, TIME_DIGITS),
        "offset_sec": round(note.offset_sec, TIME_DIGITS),
        "pitch_midi": note.pitch_midi,
        "velocity": note.velocity,
        "confidence": round(note.confidence, _CONFIDENCE_DIGITS),
    }
    place = None if grid is None else place_on_grid(note.onset_sec, grid)
    if place is not None:
        document["bar"], document["beat"] = place
    if note.expression is not None:
        document["expression"] = _expression_to_json(note.expression)
    return document


def read_notes(documents: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Read notes.

    Parameters
    ----------
    documents : list of dict
        As `write_notes` makes them.

    Returns
    -------
    tuple of Note
        In their order; those whose id is their number have none, as when they were heard.

    Raises
    ------
    KeyError, ValueError, TypeError
        If these are no notes.
    """
    return tuple(
        read_note(one, "" if one["id"] == f"n{i}" else str(one["id"]))
        for i, one in enumerate(documents, 1)
    )


def read_note(document: dict[str, Any], note_id: str) -> Note:
    """Read a note.

    Parameters
    ----------
    document : dict
        As `write_note` makes it.
    note_id : str
        Its id.

    Returns
    -------
    Note
        What the document says.

    Raises
    ------
    KeyError, ValueError, TypeError
        If it is none.
    """
    return Note(
        onset_sec=float(document["onset_sec"]),
        offset_sec=float(document["offset_sec"]),
        pitch_midi=document["pitch_midi"],
        velocity=document["velocity"],
        confidence=float(document["confidence"]),
        expression=_expression_from_json(document.get("expression")),
        id=note_id,
    )


def _expression_to_json(expression: Expression) -> dict[str, float]:
    return {
        "pitch_cents": round(expression.pitch_cents, _CENTS_DIGITS),
        "scoop_cents": round(expression.scoop_cents, _CENTS_DIGITS),
        "fall_cents": round(expression.fall_cents, _CENTS_DIGITS),
        "bend_cents": round(expression.bend_cents, _CENTS_DIGITS),
        "vibrato_hz": round(expression.vibrato_hz, _RATE_DIGITS),
        "vibrato_cents": round(expression.vibrato_cents, _CENTS_DIGITS),
    }


def _expression_from_json(document: dict[str, Any] | None) -> Expression | None:
    if document is None:
        return None
    return Expression(
        pitch_cents=float(document["pitch_cents"]),
        scoop_cents=float(document["scoop_cents"]),
        fall_cents=float(document["fall_cents"]),
        bend_cents=float(document["bend_cents"]),
        vibrato_hz=float(document["vibrato_hz"]),
        vibrato_cents=float(document["vibrato_cents"]),
    )
