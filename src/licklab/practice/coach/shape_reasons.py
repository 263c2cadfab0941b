"""Why a lick works as a line, whatever the changes: its cells, leaps, direction and placement.

In: a lesson. Out: sentences, each of which holds by the pitches and places of the notes that it
names. That a leap is balanced by steps the other way, and that a line with one goal is easy to
follow, is the old rule of counterpoint (Salzer and Schachter, "Counterpoint in Composition", 1969).
"""

from itertools import pairwise

from licklab.domain.coaching import CoachSentence
from licklab.practice.coach.lesson import Lesson, step_words
from licklab.theory.note_words import interval_words

_CELLS = (6, 5, 4, 3)
_LEAP, _STEPS = 5, {1, 2}  # semitones: a fourth is heard as a leap
_FEWEST_IN_ARCH, _FEWEST_IN_SLOPE = 6, 7
_MOSTLY = 0.75
_SMALL = 9  # semitones, less than an octave: a tune for any voice


def say_cell(lesson: Lesson) -> list[CoachSentence]:
    """Say which cell is played twice in a row.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the longest, or none.
    """
    moves = [lesson.moves(a, b) for a, b in pairwise(lesson.notes)]
    for size in _CELLS:
        for start in range(len(lesson.notes) - 2 * size + 1):
            cell = moves[start : start + size - 1]
            if cell != moves[start + size : start + 2 * size - 1] or not _has_turn(cell):
                continue
            first = lesson.notes[start]
            notes = range(first, first + 2 * size)
            shift = lesson.moves(first, first + size)
            names = " ".join(lesson.view.names(range(first, first + size)))
            text = (
                f"The cell {names} comes at once again, {_shift_words(shift)}: the ear knows it "
                f"already{lesson.view.where(notes)}."
            )
            return [lesson.say("cell", text, notes)]
    return []


def _has_turn(cell: list[int]) -> bool:
    """Tell whether a cell is a figure, not a piece of a scale or a repeated note."""
    if len({one > 0 for one in cell}) == 2 and 0 not in cell:
        return True
    return any(abs(one) > max(_STEPS) for one in cell) and len(set(cell)) > 1


def _shift_words(semitones: int) -> str:
    if semitones == 0:
        return "at the same pitch"
    return f"{interval_words(abs(semitones))} {'higher' if semitones > 0 else 'lower'}"


def say_leap(lesson: Lesson) -> list[CoachSentence]:
    """Say how a leap is balanced.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the widest that is followed by a step the other way, or none.
    """
    found = []
    for note in lesson.notes[1:-1]:
        leap, back = lesson.moves(note - 1, note), lesson.moves(note, note + 1)
        is_linked = lesson.goes_on(note - 1) and lesson.goes_on(note)
        if is_linked and abs(leap) >= _LEAP and abs(back) in _STEPS and leap * back < 0:
            found.append((abs(leap), note))
    if not found:
        return []
    size, note = max(found, key=lambda one: one[0])
    way = "up" if lesson.moves(note - 1, note) > 0 else "down"
    names = lesson.view.names([note - 1, note, note + 1])
    text = (
        f"The line leaps {way} {interval_words(size)} from {names[0]} to {names[1]} and at once "
        f"turns back by {step_words(lesson.moves(note, note + 1))} to {names[2]}: that keeps it "
        f"in balance{lesson.view.where([note - 1, note, note + 1])}."
    )
    return [lesson.say("leap", text, [note - 1, note, note + 1])]


def say_direction(lesson: Lesson) -> list[CoachSentence]:
    """Say which way the line goes: over a top, or mostly one way.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One, or none.
    """
    return _say_arch(lesson) or _say_slope(lesson)


def _say_arch(lesson: Lesson) -> list[CoachSentence]:
    notes = list(lesson.notes)
    pitches = [lesson.pitch(note) for note in notes]
    top = pitches.index(max(pitches))
    if len(notes) < _FEWEST_IN_ARCH or pitches.count(pitches[top]) > 1:
        return []
    moves = [b - a for a, b in pairwise(pitches)]
    before, after = moves[:top], moves[top:]
    if min(len(before), len(after)) < 2:
        return []
    if sum(one > 0 for one in before) < _MOSTLY * len(before):
        return []
    if sum(one < 0 for one in after) < _MOSTLY * len(after):
        return []
    first, last = lesson.view.name(notes[0]), lesson.view.name(notes[-1])
    text = (
        f"The line climbs {interval_words(pitches[top] - pitches[0])} from {first} to "
        f"{lesson.view.name(notes[top])}, its highest note, and comes down again to {last}: one "
        f"arch, easy to follow{lesson.view.where(notes)}."
    )
    return [lesson.say("arch", text, notes)]


def _say_slope(lesson: Lesson) -> list[CoachSentence]:
    notes = list(lesson.notes)
    moves = [lesson.moves(a, b) for a, b in pairwise(notes)]
    if len(notes) < _FEWEST_IN_SLOPE:
        return []
    for way, sign in (("down", -1), ("up", 1)):
        count = sum(one * sign > 0 for one in moves)
        if count >= _MOSTLY * len(moves) and lesson.moves(notes[0], notes[-1]) * sign > 0:
            size = interval_words(abs(lesson.moves(notes[0], notes[-1])))
            text = (
                f"{count} of its {len(moves)} moves go {way}, {size} in all, from "
                f"{lesson.view.name(notes[0])} to {lesson.view.name(notes[-1])}: the line knows "
                f"where it is going{lesson.view.where(notes)}."
            )
            return [lesson.say("slope", text, notes)]
    return []


def say_placement(lesson: Lesson) -> list[CoachSentence]:
    """Say how the line begins and ends between beats and on them.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One, or none where it begins on a beat or there are no beats.
    """
    first, last = lesson.notes[0], lesson.notes[-1]
    if not lesson.line.has_beats or lesson.is_on_beat(first):
        return []
    if lesson.is_on_beat(last):
        text = (
            f"It starts between the beats, after {lesson.beat_of(first)}, and ends on "
            f"{lesson.beat_of(last)}: it pulls forward until it has arrived."
        )
    else:
        text = (
            f"It starts between the beats, after {lesson.beat_of(first)}, and ends between them "
            f"too, after {lesson.beat_of(last)}: that keeps it light."
        )
    return [lesson.say("placement", text, [first, last])]


def say_motion(lesson: Lesson) -> list[CoachSentence]:
    """Say how the line moves, where nothing more particular is to be said.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about steps, a small range or a wide one.
    """
    notes = list(lesson.notes)
    moves = [lesson.moves(a, b) for a, b in pairwise(notes)]
    pitches = [lesson.pitch(note) for note in notes]
    size = max(pitches) - min(pitches)
    steps = sum(abs(one) in _STEPS for one in moves)
    low, high = (notes[pitches.index(edge(pitches))] for edge in (min, max))
    names = lesson.view.names([low, high])
    where = lesson.view.where(notes)
    if size == 0:
        text = f"All of it is one note, {names[0]}: what counts is the rhythm{where}."
    elif 2 * steps > len(moves):
        text = f"{steps} of its {len(moves)} moves are steps: a line like that can be sung{where}."
    elif size <= _SMALL:
        text = (
            f"All of it lies within {interval_words(size)}, from {names[0]} to {names[1]}: so "
            f"little is easy to keep in the ear{where}."
        )
    else:
        text = (
            f"It leaps more than it steps and covers {interval_words(size)}, from {names[0]} to "
            f"{names[1]}: that gives it its energy{where}."
        )
    return [lesson.say("motion", text, notes)]
