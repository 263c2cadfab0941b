"""Why a lick works: the reasons that its notes bear out, the strongest first."""

from collections.abc import Callable

from licklab.domain.coaching import CoachLevel, CoachSentence
from licklab.practice.coach.harmony_reasons import (
    say_circled,
    say_clear,
    say_clear_note,
    say_colour,
    say_end,
    say_extra_note,
    say_guide_line,
    say_release,
    say_way,
)
from licklab.practice.coach.lesson import Lesson
from licklab.practice.coach.shape_reasons import (
    say_cell,
    say_direction,
    say_leap,
    say_motion,
    say_placement,
)

_MOST = {CoachLevel.BEGINNER: 2, CoachLevel.INTERMEDIATE: 3, CoachLevel.ADVANCED: 4}
_REASONS: tuple[Callable[[Lesson], list[CoachSentence]], ...] = (
    say_release, say_guide_line, say_circled, say_way, say_cell, say_extra_note, say_colour,
    say_leap, say_clear, say_clear_note, say_direction, say_end, say_placement,
)  # fmt: skip
_FEWEST = 2
# Colours are for those who know the plain chords.
_LATER = {CoachLevel.BEGINNER: {"colour", "extra note"}}


def say_reasons(lesson: Lesson) -> list[CoachSentence]:
    """Say why it works.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        The strongest first; no two about the same last note.
    """
    found: list[CoachSentence] = []
    goals: set[str] = set()
    later = _LATER.get(lesson.level, set())
    for say in _REASONS:
        for one in say(lesson):
            # One about the whole line is about no goal in particular.
            is_whole = len(one.note_ids) == len(lesson.notes)
            if one.kind in later or (not is_whole and one.note_ids[-1] in goals):
                continue
            found.append(one)
            if not is_whole:
                goals.add(one.note_ids[-1])
    has_direction = any(one.kind in {"arch", "slope"} for one in found)
    if len(found) < _FEWEST and not has_direction:
        found += say_motion(lesson)
    return found[: _MOST[lesson.level]]
