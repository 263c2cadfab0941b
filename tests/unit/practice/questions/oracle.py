"""Whether a choice is true, found out without the code that asks.

Degrees and places are counted from pitches and the metrical columns of the line; of figures,
resolutions and cadences the analysis is asked for whatever could make a choice true.
"""

import re

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.line_analysis import DeviceKind, LineAnalysis
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.practice.questions.device_questions import DEVICE_NAMES
from licklab.practice.questions.harmony_questions import CADENCE_NAMES
from licklab.practice.questions.question import Choice, Question, QuestionKind

_PLAIN = {
    "root": 0, "2nd": 2, "4th": 5, "5th": 7, "6th": 9, "9th": 2, "11th": 5, "13th": 9,
    "major 3rd": 4, "minor 3rd": 3, "major 7th": 11, "minor 7th": 10, "diminished 7th": 9,
}  # fmt: skip
_PLACE = re.compile(
    r"(?P<name>[A-G][b#]?)(?:,? (?:(?P<nth>\d+)(?:st|nd|rd|th) )?(?P<on>on|after) beat "
    r"(?P<beat>\d+) of bar (?P<bar>-?\d+)|, note (?P<number>\d+) of the lick)"
)
# A choice that names the first is true of the second as well.
_ALSO = {
    DeviceKind.ARPEGGIO: {DeviceKind.ARPEGGIO_FROM_THIRD, DeviceKind.UPPER_STRUCTURE},
    DeviceKind.SCALE_RUN: {DeviceKind.BEBOP_SCALE},
}


def check_question(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan, question: Question
) -> None:
    """Check that one choice is true, that it is the answer, and that the key names real notes."""
    told = [_is_true(line, analysis, span, question, one) for one in question.choices]
    assert told == [i == question.answer for i in range(len(told))], (question, told)
    assert 3 <= len(told) <= 4
    places = {one: i for i, one in enumerate(line.note_ids)}
    notes = [places[one] for one in question.key.note_ids]
    assert notes
    assert all(span.start <= note < span.stop for note in notes), question
    bars = sorted({int(line.bar[note]) for note in notes}) if line.has_beats else []
    assert list(question.key.bars) == bars
    _check_key(line, question, notes)


def _check_key(line: SoloLine, question: Question, notes: list[int]) -> None:
    right, text = question.choices[question.answer], question.key.text
    for bar in re.findall(r"bars? (-?\d+)(?:-(-?\d+))?", text):
        assert all(int(one) in question.key.bars for one in bar if one), text
    if question.kind in {QuestionKind.DEVICE, QuestionKind.CADENCE}:
        return
    if right.note_ids:
        assert set(right.note_ids) <= set(question.key.note_ids)
        name, _, place = right.text.partition(" ")
        assert name.rstrip(",") in text
        assert place in text
    elif question.kind is QuestionKind.BEGINNING:
        assert f"{right.text} of bar" in text
    else:
        symbol = line.symbol_at(notes[-1])
        assert symbol is not None
        assert f"the {right.text} of " in text


def _is_true(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan, question: Question, choice: Choice
) -> bool:
    kind = question.kind
    if kind is QuestionKind.CADENCE:
        return _is_cadence(line, analysis, question, choice)
    if kind is QuestionKind.DEVICE:
        return _is_device(line, analysis, span, question, choice)
    if kind is QuestionKind.BEGINNING:
        on, beat = re.fullmatch(r"(on|after) beat (\d+)", choice.text).groups()  # type: ignore[union-attr]
        is_on = int(line.tatum[span.start]) == 1
        return (on == "on", int(beat)) == (is_on, int(line.beat[span.start]))
    if kind in {QuestionKind.LAST_NOTE, QuestionKind.HIGHEST_NOTE, QuestionKind.DOWNBEAT}:
        return _is_degree(line, _asked_note(line, span, question), choice.text)
    note = _named_note(line, span, choice)
    if kind is QuestionKind.ENCLOSURE:
        return _is_enclosed(line, analysis, note)
    if kind is QuestionKind.GUIDE_TONE:
        symbol = line.symbol_at(note)
        assert symbol is not None
        guides = {symbol.third, symbol.suspension, symbol.seventh}
        return _above(line, note, symbol) in {degree_semitones(one) % 12 for one in guides if one}
    return _is_resolution(line, analysis, span, question, note)


def _named_note(line: SoloLine, span: NoteSpan, choice: Choice) -> int:
    """Find the one note of the lick that a choice names by its place."""
    found = _PLACE.fullmatch(choice.text)
    assert found, choice
    notes = list(range(span.start, span.stop))
    if found["number"]:
        notes = [span.start + int(found["number"]) - 1]
    else:
        bar, beat, is_on = int(found["bar"]), int(found["beat"]), found["on"] == "on"
        notes = [
            note
            for note in notes
            if (int(line.bar[note]), int(line.beat[note])) == (bar, beat)
            and (int(line.tatum[note]) == 1) == is_on
        ]
        if found["nth"]:
            notes = [notes[int(found["nth"]) - 1]]
    assert len(notes) == 1, choice
    assert choice.note_ids == (line.note_ids[notes[0]],)
    assert note_pitch_class(found["name"]) == int(line.pitch_midi[notes[0]]) % 12
    return notes[0]


def _asked_note(line: SoloLine, span: NoteSpan, question: Question) -> int:
    notes = list(range(span.start, span.stop))
    if question.kind is QuestionKind.LAST_NOTE:
        return notes[-1]
    if question.kind is QuestionKind.HIGHEST_NOTE:
        top = max(int(line.pitch_midi[note]) for note in notes)
        [highest] = [note for note in notes if int(line.pitch_midi[note]) == top]
        return highest
    found = re.search(r"on beat 1 of bar (-?\d+)", question.text)
    assert found
    place = (int(found[1]), 1, 1)
    [one] = [
        note
        for note in notes
        if (int(line.bar[note]), int(line.beat[note]), int(line.tatum[note])) == place
    ]
    return one


def _above(line: SoloLine, note: int, symbol: ChordSymbol) -> int:
    return (int(line.pitch_midi[note]) - note_pitch_class(symbol.root)) % 12


def _is_degree(line: SoloLine, note: int, word: str) -> bool:
    symbol = line.symbol_at(note)
    assert symbol is not None
    if word in {"3rd", "7th"}:
        degree = symbol.third if word == "3rd" else symbol.seventh
        assert degree is not None
        semitones = degree_semitones(degree) % 12
    else:
        semitones = _PLAIN[word] if word in _PLAIN else degree_semitones(word) % 12
    return _above(line, note, symbol) == semitones


def _is_enclosed(line: SoloLine, analysis: LineAnalysis, note: int) -> bool:
    """Whether it is the target of an enclosure, or two notes at once before it are around it."""
    if any(one.kind is DeviceKind.ENCLOSURE and one.target == note for one in analysis.devices):
        return True
    first, second = (int(line.pitch_midi[note - k] - line.pitch_midi[note]) for k in (2, 1))
    return first * second < 0 and max(abs(first), abs(second)) <= 2


def _is_resolution(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan, question: Question, note: int
) -> bool:
    ids = {one: i for i, one in enumerate(line.note_ids)}
    dominant = int(line.chord[ids[question.key.note_ids[0]]])
    if any(
        one.kind in {DeviceKind.RESOLUTION, DeviceKind.DELAYED_RESOLUTION}
        and one.target == note
        and int(line.chord[note]) == dominant + 1
        for one in analysis.devices
    ):
        return True
    if int(line.chord[note]) != dominant + 1 or note == span.start:
        return False
    symbol = line.symbol_at(note)
    assert symbol is not None
    resting = {
        degree_semitones(one) % 12 for one in ("1", symbol.third, symbol.fifth or "5") if one
    }
    step = abs(int(line.pitch_midi[note] - line.pitch_midi[note - 1]))
    return _above(line, note, symbol) in resting and step in {1, 2}


def _is_device(
    line: SoloLine, analysis: LineAnalysis, span: NoteSpan, question: Question, choice: Choice
) -> bool:
    """Whether a figure of the lick touches the bars, or the notes, that are asked about."""
    [kind] = [one for one, name in DEVICE_NAMES.items() if name == choice.text]
    found = re.search(r"in (bars?|notes) (-?\d+)(?: to (-?\d+))?", question.text)
    assert found
    first, last = int(found[2]), int(found[3] or found[2])
    if found[1] == "notes":
        notes = set(range(span.start + first - 1, span.start + last))
    else:
        lick = range(span.start, span.stop)
        notes = {note for note in lick if first <= int(line.bar[note]) <= last}
    kinds = {kind} | _ALSO.get(kind, set())
    return any(
        one.kind in kinds
        and span.start <= one.span.start
        and one.span.stop <= span.stop
        and notes & set(range(one.span.start, one.span.stop))
        for one in analysis.devices
    )


def _is_cadence(line: SoloLine, analysis: LineAnalysis, question: Question, choice: Choice) -> bool:
    [kind] = [one for one, name in CADENCE_NAMES.items() if name == choice.text]
    ids = {one: i for i, one in enumerate(line.note_ids)}
    named = {int(line.chord[ids[one]]) for one in question.key.note_ids}
    return any(
        one.kind is kind and len(named & set(range(one.first_chord, one.last_chord + 1))) > 1
        for one in analysis.harmony.cadences
    )
