"""What to mind when a lick is played on an instrument: range, registers, breath, hands.

In: a lesson. Out: sentences; the notes that they name are where the instrument asks for care.
"""

from licklab.domain.coaching import CoachSentence
from licklab.domain.note_name import degree_note, simple_note
from licklab.domain.pitch_name import SpelledPitch
from licklab.domain.tab import usual_tuning
from licklab.practice.coach.hands import (
    say_fiddle_position,
    say_left_hand,
    say_mallets,
    say_position,
    say_roots_first,
)
from licklab.practice.coach.lesson import Lesson
from licklab.practice.coach.registers import REGISTERS
from licklab.theory.note_words import join_words

_OCTAVE_SHIFTS = (-12, 12, -24, 24)
_SHIFT_WORDS = {-12: "an octave lower", 12: "an octave higher", -24: "two octaves lower",
                24: "two octaves higher"}  # fmt: skip
_FEWEST_TO_BREATHE = 8
_BREATH_BEATS = 0.5
# On which degree of the sounding note the written one is.
_WRITTEN = {2: "2", 9: "6"}
_MOST = 2


def say_playing(lesson: Lesson) -> list[CoachSentence]:
    """Say what the instrument asks for.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        The most important first.
    """
    written = _say_written(lesson)
    beyond = _say_range(lesson)
    if beyond:
        return [*beyond, *written]
    found = [
        *_say_break(lesson), *_say_high(lesson), *_say_hands(lesson), *_say_breath(lesson),
    ]  # fmt: skip
    return [*found[: _MOST - len(written)], *written]


def _say_written(lesson: Lesson) -> list[CoachSentence]:
    """Say how a transposing instrument reads the first note."""
    degree = _WRITTEN.get(lesson.instrument.transposition_semitones % 12)
    if degree is None:
        return []
    first = lesson.notes[0]
    name = lesson.view.name(first)
    read = simple_note(degree_note(name, degree))
    text = (
        f"Names here are as they sound: the first note, {name}, is written {read} for "
        f"{lesson.instrument.name.lower()}{lesson.view.where([first])}."
    )
    return [lesson.say("written", text, [first])]


def _say_range(lesson: Lesson) -> list[CoachSentence]:
    notes = list(lesson.notes)
    low, high = min(notes, key=lesson.pitch), max(notes, key=lesson.pitch)
    one = lesson.instrument
    if lesson.pitch(low) >= one.lowest_midi and lesson.pitch(high) <= one.highest_midi:
        return []
    is_low = lesson.pitch(low) < one.lowest_midi
    worst, side, end = (low, "below", "lowest") if is_low else (high, "above", "highest")
    fitting = [
        shift for shift in _OCTAVE_SHIFTS
        if one.lowest_midi <= lesson.pitch(low) + shift
        and lesson.pitch(high) + shift <= one.highest_midi
    ]  # fmt: skip
    advice = (
        f"play all of it {_SHIFT_WORDS[fitting[0]]}" if fitting
        else "move the notes that you cannot reach by an octave"
    )  # fmt: skip
    text = (
        f"Its {end} note, {_octave_name(lesson, worst)}, is {side} the usual range of "
        f"{one.name.lower()}: {advice}{lesson.view.where([worst])}."
    )
    return [lesson.say("range", text, [worst])]


def _octave_name(lesson: Lesson, note: int) -> str:
    return str(SpelledPitch.on_letter(lesson.view.name(note)[0], lesson.pitch(note)))


def _say_break(lesson: Lesson) -> list[CoachSentence]:
    register = REGISTERS.get(lesson.instrument.id)
    if register is None or register.break_above_midi is None:
        return []
    last_below = register.break_above_midi - lesson.instrument.transposition_semitones
    pairs = [
        note for note in lesson.notes[:-1]
        if (lesson.pitch(note) <= last_below) != (lesson.pitch(note + 1) <= last_below)
        and lesson.goes_on(note)
    ]  # fmt: skip
    if not pairs:
        return []
    times = {1: "once", 2: "twice"}.get(len(pairs), f"{len(pairs)} times")
    named = [f"{lesson.view.name(note)} to {lesson.view.name(note + 1)}" for note in pairs[:3]]
    start = "" if len(pairs) <= len(named) else "first "
    text = (
        f"It crosses the break of {lesson.instrument.name.lower()} {times}, {start}"
        f"{join_words(named)}: play these steps alone with an even tone"
        f"{lesson.view.where([*pairs, *(note + 1 for note in pairs)])}."
    )
    return [lesson.say("break", text, [*pairs, *(note + 1 for note in pairs)])]


def _say_high(lesson: Lesson) -> list[CoachSentence]:
    register = REGISTERS.get(lesson.instrument.id)
    if register is None or register.high_from_midi is None:
        return []
    first_high = register.high_from_midi - lesson.instrument.transposition_semitones
    notes = [note for note in lesson.notes if lesson.pitch(note) >= first_high]
    if not notes:
        return []
    top = max(notes, key=lesson.pitch)
    text = (
        f"{_octave_name(lesson, top)} is high on {lesson.instrument.name.lower()}: practise the "
        f"lick an octave lower first, and rest often{lesson.view.where([top])}."
    )
    return [lesson.say("high", text, [top])]


def _say_breath(lesson: Lesson) -> list[CoachSentence]:
    register = REGISTERS.get(lesson.instrument.id)
    if register is None or not register.is_wind or len(lesson.notes) < _FEWEST_TO_BREATHE:
        return []
    line = lesson.line
    rests = [
        note for note in lesson.notes[:-1]
        if float(line.onset_sec[note + 1] - line.offset_sec[note])
        >= _BREATH_BEATS * float(line.beat_sec[note])
    ]  # fmt: skip
    if rests:
        first = f"after {lesson.view.name(rests[0])}{lesson.view.where(rests[:1])}"
        text = f"Breathe in the rests, first {first}."
        if len(rests) == 1:
            text = f"Breathe in the rest {first}, and nowhere else."
        return [lesson.say("breath", text, rests)]
    text = "It has no rest to breathe in: take the air before the first note, for all of it."
    return [lesson.say("breath", text, list(lesson.notes))]


def _say_hands(lesson: Lesson) -> list[CoachSentence]:
    if usual_tuning(lesson.instrument.id) is not None:
        return say_position(lesson)
    if lesson.instrument.id == "piano":
        return say_left_hand(lesson)
    if lesson.instrument.id == "violin":
        return say_fiddle_position(lesson)
    if lesson.instrument.id == "vibraphone":
        return say_mallets(lesson)
    if lesson.instrument.id == "bass":
        return say_roots_first(lesson)
    return []
