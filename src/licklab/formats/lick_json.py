"""Phrases and licks as JSON of schema `licklab.licks/1`.

The schema (`schemas/licks-1.json`) is frozen: members may be added, never changed or removed.
"""

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from licklab.domain.chord_writing import write_symbol
from licklab.domain.lick import Lick, LickOccurrence
from licklab.domain.line_analysis import LineAnalysis
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.line_analysis_json import spell_note, write_span

SCHEMA = "licklab.licks/1"
_DIGITS = 4


def licks_schema() -> dict[str, Any]:
    """Give the JSON Schema of the licks of a solo.

    Returns
    -------
    dict
        Of draft 2020-12.
    """
    text = resources.files("licklab.formats").joinpath("schemas/licks-1.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_licks(
    line: SoloLine, analysis: LineAnalysis, phrases: Sequence[NoteSpan], licks: Sequence[Lick]
) -> dict[str, Any]:
    """Write the phrases and licks of a solo.

    Parameters
    ----------
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of the line.
    phrases : sequence of NoteSpan
        In order.
    licks : sequence of Lick
        The best first.

    Returns
    -------
    dict
        A document of schema `licklab.licks/1`.
    """
    return {
        "schema": SCHEMA,
        "phrases": [write_span(line, one) for one in phrases],
        "licks": [
            {"number": number, **write_lick(line, analysis, one)}
            for number, one in enumerate(licks, 1)
        ],
    }


def write_lick(line: SoloLine, analysis: LineAnalysis, lick: Lick) -> dict[str, Any]:
    """Write one lick.

    Parameters
    ----------
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of the line.
    lick : Lick
        To write.

    Returns
    -------
    dict
        Of the schema: where it is, its notes by name, degrees and chords, why it is a lick, and
        every place where it is played.
    """
    notes = range(lick.span.start, lick.span.stop)
    return {
        **write_span(line, lick.span),
        "pitch_midi": [int(line.pitch_midi[i]) for i in notes],
        "note_names": [spell_note(analysis.notes[i].name, int(line.pitch_midi[i])) for i in notes],
        "degrees": [analysis.notes[i].degree or None for i in notes],
        "chords": _chords_under(line, lick.span),
        "lickness": round(lick.lickness, _DIGITS),
        "reasons": [
            {"kind": one.kind.value, "value": round(one.value, _DIGITS), "text": one.text}
            for one in lick.reasons
        ],
        "occurrences": [_occurrence(line, one) for one in lick.occurrences],
    }


def _chords_under(line: SoloLine, span: NoteSpan) -> list[str]:
    """List the symbols under a stretch, each once where it is in force on."""
    indices = dict.fromkeys(int(line.chord[i]) for i in range(span.start, span.stop))
    return [write_symbol(line.chords[i].symbol) for i in indices if i >= 0]


def _occurrence(line: SoloLine, one: LickOccurrence) -> dict[str, Any]:
    return {
        **write_span(line, one.span),
        "transposition_semitones": one.transposition_semitones,
        "similarity": round(one.similarity, _DIGITS),
    }
