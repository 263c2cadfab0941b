"""What happens in a lick: the sentences of the theory that matter at a level."""

from collections import Counter

from licklab.domain.coaching import CoachLevel, CoachSentence
from licklab.practice.coach.lesson import Lesson
from licklab.theory.words import describe_span

# Sentences at most, besides the one that says that the changes are a guess and the one about the
# shape.
_MOST = {CoachLevel.BEGINNER: 3, CoachLevel.INTERMEDIATE: 4, CoachLevel.ADVANCED: 6}
# Of a beginner's first lick nothing is said that asks for a book of scales.
_LATER = {
    CoachLevel.BEGINNER: {
        "guide-tone line", "scale", "tension", "guide tone", "upper structure", "side-slipping",
        "digital pattern",
    },
    # The reasons tell the same line of guide tones in plainer words.
    CoachLevel.INTERMEDIATE: {"guide-tone line", "guide tone"},
    CoachLevel.ADVANCED: {"guide tone"},
}  # fmt: skip
_ALWAYS = {"guess", "shape"}
_MOST_OF_A_KIND = {CoachLevel.BEGINNER: 1, CoachLevel.INTERMEDIATE: 2, CoachLevel.ADVANCED: 2}


def say_happening(lesson: Lesson) -> list[CoachSentence]:
    """Say what happens.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        The shape of the lick first, then what is most important.
    """
    places = {one: i for i, one in enumerate(lesson.line.note_ids)}
    view = lesson.view
    found = [
        lesson.say(
            one.kind, one.text, [places[note] for note in one.note_ids],
            of_chords=one.kind not in _ALWAYS,
        )
        for one in describe_span(view.line, view.analysis, view.span)
    ]  # fmt: skip
    first = [one for one in found if one.kind in _ALWAYS]
    counts: Counter[str] = Counter()
    others = []
    for one in found:
        counts[one.kind] += 1
        is_late = one.kind in _ALWAYS | _LATER[lesson.level]
        if not is_late and counts[one.kind] <= _MOST_OF_A_KIND[lesson.level]:
            others.append(one)
    return [*first, *others[: _MOST[lesson.level]]]
