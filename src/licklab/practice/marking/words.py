"""Marks as sentences: what was played, what the lick has, and where."""

from collections.abc import Iterator
from fractions import Fraction

from licklab.domain.passage import Passage
from licklab.practice.marking.marks import (
    ExtraNote,
    MarkKind,
    MarkSentence,
    NoteMark,
    PassMarks,
)
from licklab.practice.marking.timing import NEAR_SEC
from licklab.theory.note_words import name_note

# Below these nobody needs to be told: tempi that are said are rounded to whole beats a minute, and
# swing to a tenth.
_TOLD_DRIFT_PERCENT = 2.0
_TOLD_SWING = 0.25


def say_marks(passage: Passage, marks: PassMarks) -> tuple[MarkSentence, ...]:
    """Say what is to be done otherwise.

    Parameters
    ----------
    passage : Passage
        What was to be played.
    marks : PassMarks
        Of one time through it.

    Returns
    -------
    tuple of MarkSentence
        One for each error in order, then what the listener is not sure of, then the tempo.
    """
    moved = passage.moved(marks.semitones)
    said = [(float(one.index), _say_note(moved, one)) for one in marks.notes if one.kind.is_error]
    said += [(one.after_index + 0.5, _say_extra(moved, marks, one)) for one in marks.extras]
    said.sort(key=lambda one: one[0])
    return (
        *(sentence for _, sentence in said),
        *_say_unsure(moved, marks),
        *_say_tempo(passage, marks),
    )


def place_text(passage: Passage, onset_quarter: Fraction) -> str:
    """Name a place in bars.

    Parameters
    ----------
    passage : Passage
        Whose bars are counted.
    onset_quarter : Fraction
        From the beginning of its first bar.

    Returns
    -------
    str
        Such as ``bar 2, beat 3`` or ``bar 2, the and of 3``.
    """
    bar, rest = divmod(onset_quarter, passage.bar_quarter)
    whole, part = divmod(rest / passage.beat_quarter, 1)
    beat = f"beat {whole + 1}"
    if part == Fraction(1, 2):
        beat = f"the and of {whole + 1}"
    elif part:
        beat = f"after beat {whole + 1}"
    return f"bar {passage.first_bar + bar}, {beat}"


def _say_note(moved: Passage, one: NoteMark) -> MarkSentence:
    wanted = _name(moved, one.index, one.expected_midi)
    where = _capital(place_text(moved, moved.notes[one.index].onset_quarter))
    if one.kind is MarkKind.MISSED:
        text = f"{where}: the {wanted} is missing."
    elif one.kind is MarkKind.WRONG:
        assert one.heard_midi is not None
        played = _name(moved, one.index, one.heard_midi)
        text = f"{where}: you played {played}, the lick has {wanted}{_how_late(one)}."
    else:
        text = f"{where}: the {wanted} is {_late_text(one)}."
    return MarkSentence(text, (one.note_id,), _heard(one))


def _say_extra(moved: Passage, marks: PassMarks, one: ExtraNote) -> MarkSentence:
    after = marks.notes[one.after_index]
    name = _name(moved, one.after_index, one.pitch_midi)
    where = place_text(moved, moved.notes[one.after_index].onset_quarter)
    text = f"After {where}: you played {_article(name)} {name} that the lick does not have."
    return MarkSentence(text, (after.note_id,), (one.heard_id,))


def _say_unsure(moved: Passage, marks: PassMarks) -> Iterator[MarkSentence]:
    unsure = [one for one in marks.notes if one.kind is MarkKind.UNSURE]
    if not unsure:
        return
    places = "; ".join(place_text(moved, moved.notes[one.index].onset_quarter) for one in unsure)
    notes = "one note was" if len(unsure) == 1 else f"{len(unsure)} notes were"
    yield MarkSentence(
        f"Not sure what {notes}, and not counted: {places}.",
        tuple(one.note_id for one in unsure),
        tuple(heard for one in unsure for heard in _heard(one)),
    )


def _say_tempo(passage: Passage, marks: PassMarks) -> Iterator[MarkSentence]:
    drift = marks.drift_percent
    way = ""
    if abs(drift) >= _TOLD_DRIFT_PERCENT:
        way = f", and {abs(drift):.0f} % {'faster' if drift > 0 else 'slower'} by the end"
    tempo = f"{marks.tempo_bpm:.0f} beats a minute"
    yield MarkSentence(f"You played at {tempo} (the lick: {passage.tempo_bpm:.0f}){way}.")
    ratio, wanted = marks.swing_ratio, marks.wanted_swing_ratio
    if ratio is not None and wanted is not None and abs(ratio - wanted) >= _TOLD_SWING:
        more = "straighter" if ratio < wanted else "more swung"
        yield MarkSentence(
            f"Your eighths are {more} than the lick's: {ratio:.1f} to 1, not {wanted:.1f} to 1. "
            "That is not counted as early or late."
        )


def _how_late(one: NoteMark) -> str:
    is_off = one.deviation_ms is not None and abs(one.deviation_ms) > 1000 * NEAR_SEC
    return f"; {_late_text(one)}" if is_off else ""


def _late_text(one: NoteMark) -> str:
    assert one.deviation_ms is not None
    return f"{abs(one.deviation_ms):.0f} ms {'late' if one.deviation_ms > 0 else 'early'}"


def _name(moved: Passage, index: int, pitch_midi: int) -> str:
    return name_note(pitch_midi, moved.chord_at(moved.notes[index].onset_quarter), moved.key)


def _article(name: str) -> str:
    return "an" if name[0] in "AEF" else "a"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _heard(one: NoteMark) -> tuple[str, ...]:
    return () if one.heard_id is None else (one.heard_id,)
