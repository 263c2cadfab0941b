"""What a stretch of a line does, as JSON of schema `licklab.analysis/1`.

The schema (`schemas/analysis-1.json`) is frozen: members may be added, never changed or removed.
Every statement names the notes and bars that bear it out.
"""

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence
from licklab.domain.line_analysis import LineAnalysis, Statement
from licklab.domain.pitch import pitch_name
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.formats.note_json import TIME_DIGITS

SCHEMA = "licklab.analysis/1"


def analysis_schema() -> dict[str, Any]:
    """Give the JSON Schema of an analysis.

    Returns
    -------
    dict
        Of draft 2020-12.
    """
    text = resources.files("licklab.formats").joinpath("schemas/analysis-1.json").read_text()
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_line_analysis(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan, statements: Sequence[Statement]
) -> dict[str, Any]:
    """Write what a stretch of a line does.

    Parameters
    ----------
    line : SoloLine
        The solo.
    analysis : LineAnalysis
        Of the whole line.
    span : NoteSpan
        The stretch.
    statements : sequence of Statement
        About it, in words.

    Returns
    -------
    dict
        A document of schema `licklab.analysis/1`. Of figures that reach beyond the stretch those
        are told that begin and end in it; of cadences and scales those that it touches.
    """

    def inside(start: int, stop: int) -> bool:
        return span.start <= start and stop <= span.stop

    chords = {int(line.chord[i]) for i in range(span.start, span.stop)} - {-1}
    return {
        "schema": SCHEMA,
        **write_span(line, span),
        "statements": [write_statement(one) for one in statements],
        "notes": [_note(line, analysis, i) for i in range(span.start, span.stop)],
        "chords": [_chord(line, analysis, i) for i in sorted(chords)],
        "cadences": [
            _cadence(line, analysis, one)
            for one in analysis.harmony.cadences
            if chords & set(range(one.first_chord, one.last_chord + 1))
        ],
        "devices": [
            {
                "kind": one.kind.value,
                "detail": one.detail,
                **write_span(line, one.span),
                "target_id": None if one.target is None else line.note_ids[one.target],
            }
            for one in analysis.devices
            if inside(one.span.start, one.span.stop)
        ],
        "guide_tone_lines": [
            {
                "degrees": list(one.degrees),
                "note_ids": [line.note_ids[i] for i in one.notes],
                "bars": bars_of(line, one.notes),
            }
            for one in analysis.guide_lines
            if inside(min(one.notes), max(one.notes) + 1)
        ],
        "scales": [
            {
                "chord": write_symbol(line.chords[one.chord].symbol),
                "tonic": one.tonic,
                "scale": one.scale,
                "coverage": round(one.coverage, 3),
                "margin": round(one.margin, 3),
                "is_decided": one.is_decided,
                "rivals": list(one.rivals),
                **write_span(line, one.span),
            }
            for one in analysis.scales
            if one.span.overlap(span) > 0
        ],
        "forms": [
            {
                "kind": one.kind.value,
                "key": str(one.key),
                "first_bar": one.first_bar,
                "last_bar": one.last_bar,
            }
            for one in analysis.harmony.forms
            if line.has_beats
            and one.first_bar <= int(line.bar[span.stop - 1])
            and one.last_bar >= int(line.bar[span.start])
        ],
    }


def write_span(line: SoloLine, span: NoteSpan) -> dict[str, Any]:
    """Write where a stretch is.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        The stretch.

    Returns
    -------
    dict
        Its notes, times and bars.
    """
    notes = range(span.start, span.stop)
    return {
        "note_ids": [line.note_ids[i] for i in notes],
        "onset_sec": round(float(line.onset_sec[span.start]), TIME_DIGITS),
        "offset_sec": round(float(line.offset_sec[span.start : span.stop].max()), TIME_DIGITS),
        "bars": bars_of(line, notes),
    }


def write_statement(statement: Statement) -> dict[str, Any]:
    """Write a sentence with what bears it out.

    Parameters
    ----------
    statement : Statement
        The sentence.

    Returns
    -------
    dict
        Of the schema.
    """
    return {
        "kind": statement.kind,
        "text": statement.text,
        "note_ids": list(statement.note_ids),
        "bars": list(statement.bars),
    }


def bars_of(line: SoloLine, notes: Sequence[int]) -> list[int]:
    """List the bars of some notes.

    Parameters
    ----------
    line : SoloLine
        The solo.
    notes : sequence of int
        Indices.

    Returns
    -------
    list of int
        Ascending, each once; none without beats.
    """
    return sorted({int(line.bar[i]) for i in notes}) if line.has_beats else []


def spell_note(name: str, pitch_midi: int) -> str:
    """Name a note with its octave.

    Parameters
    ----------
    name : str
        Without octave, as the analysis has it; empty for the usual one.
    pitch_midi : int
        As it sounds.

    Returns
    -------
    str
        Sounding, such as ``Bb4``.
    """
    if not name:
        return pitch_name(pitch_midi)
    return str(SpelledPitch.on_letter(name[0], pitch_midi))


def _note(line: SoloLine, analysis: LineAnalysis, i: int) -> dict[str, Any]:
    one, symbol = analysis.notes[i], line.symbol_at(i)
    place: dict[str, Any] = {"bar": None, "beat": None}
    if line.has_beats:
        beat = int(line.beat[i]) + (int(line.tatum[i]) - 1) / int(line.division[i])
        place = {"bar": int(line.bar[i]), "beat": round(beat, 3)}
    return {
        "id": line.note_ids[i],
        "onset_sec": round(float(line.onset_sec[i]), TIME_DIGITS),
        "offset_sec": round(float(line.offset_sec[i]), TIME_DIGITS),
        "pitch_midi": int(line.pitch_midi[i]),
        "name": spell_note(one.name, int(line.pitch_midi[i])),
        **place,
        "chord": None if symbol is None else write_symbol(symbol),
        "degree": one.degree or None,
        "role": one.role.value,
        "weight": one.weight,
        "approach": None if one.approach is None else one.approach.value,
        "target_id": None if one.target is None else line.note_ids[one.target],
        "confidence": round(float(line.confidence[i]), 4),
    }


def _chord(line: SoloLine, analysis: LineAnalysis, chord: int) -> dict[str, Any]:
    one = line.chords[chord]
    function = next((f for f in analysis.harmony.functions if f.chord == chord), None)
    return {
        "symbol": write_symbol(one.symbol),
        "onset_sec": round(one.onset_sec, TIME_DIGITS),
        "offset_sec": round(one.offset_sec, TIME_DIGITS),
        "bar": one.bar if line.has_beats else None,
        "beat": one.beat if line.has_beats else None,
        "key": None if function is None else str(function.key),
        "roman": None if function is None else function.roman,
    }


def _cadence(line: SoloLine, analysis: LineAnalysis, one: Cadence) -> dict[str, Any]:
    chords = range(one.first_chord, one.last_chord + 1)
    romans = {f.chord: f.roman for f in analysis.harmony.functions}
    return {
        "kind": one.kind.value,
        "key": str(one.key),
        "chords": [write_symbol(line.chords[i].symbol) for i in chords],
        "romans": [romans.get(i) for i in chords],
        "onset_sec": round(one.onset_sec, TIME_DIGITS),
        "offset_sec": round(one.offset_sec, TIME_DIGITS),
        "first_bar": one.first_bar if line.has_beats else None,
        "last_bar": one.last_bar if line.has_beats else None,
    }
