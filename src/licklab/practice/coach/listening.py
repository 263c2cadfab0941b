"""What to listen for: moments of this recording, the same lick elsewhere, and other players.

In: a lesson. Out: sentences with times of the recording, and with the solos that they come from.
"""

import math

from licklab.domain.coaching import CoachLevel, CoachMatch, CoachSentence
from licklab.domain.lick import LickOccurrence
from licklab.domain.line_analysis import DeviceKind
from licklab.practice.coach.lesson import Lesson, clock
from licklab.theory.note_words import interval_words, join_words

_MOST_AGAIN = 2
_MOST_MATCHES = {CoachLevel.BEGINNER: 1, CoachLevel.INTERMEDIATE: 2, CoachLevel.ADVANCED: 3}
_SURE_OF_NOTES = 0.5
_MOST_DOUBTFUL = 3
_MOST_ROOTS = 4
_ARRIVALS = {DeviceKind.RESOLUTION, DeviceKind.DELAYED_RESOLUTION}


def say_listening(lesson: Lesson) -> list[CoachSentence]:
    """Say what to listen for.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        This recording first.
    """
    found = [*_say_sing(lesson), *_say_moment(lesson)]
    if lesson.level is not CoachLevel.BEGINNER and lesson.instrument.id != "bass":
        found += _say_roots(lesson)
    found += _say_doubt(lesson)
    for one in lesson.again[:_MOST_AGAIN]:
        found.append(_say_again(lesson, one))
    for match in lesson.matches[: _MOST_MATCHES[lesson.level]]:
        found.append(_say_match(lesson, match))
    return found


def _say_sing(lesson: Lesson) -> list[CoachSentence]:
    line, notes = lesson.line, list(lesson.notes)
    start = float(line.onset_sec[notes[0]])
    end = float(line.offset_sec[notes[0] : notes[-1] + 1].max())
    text = (
        f"Play the recording from {clock(start)} to {clock(math.ceil(end))} until you can sing "
        f"along, and only then play it yourself{lesson.view.where(notes)}."
    )
    return [lesson.say("sing", text, notes, stretch=(start, end))]


def _say_moment(lesson: Lesson) -> list[CoachSentence]:
    """Send to the last arrival, or else to the highest note."""
    view = lesson.view
    arrivals = [
        (one.span.start, one.target) for one in view.analysis.devices
        if one.kind in _ARRIVALS and one.target is not None and view.holds(one)
    ]  # fmt: skip
    if arrivals:
        note, target = arrivals[-1]
        text = (
            f"At {_time(lesson, target)} hear {view.name(note)} give way to {view.tone(target)}"
            f"{view.where([target])}: that is the moment when the chord changes in the line."
        )
        return [lesson.say("arrival", text, [note, target], stretch=_stretch(lesson, note, target),
                           of_chords=True)]  # fmt: skip
    pitches = [lesson.pitch(note) for note in lesson.notes]
    if pitches.count(max(pitches)) > 1:
        return []
    top = lesson.notes[pitches.index(max(pitches))]
    text = (
        f"At {_time(lesson, top)} the line is at its top, {view.name(top)}{view.where([top])}: "
        "hear how it gets there and how it leaves."
    )
    return [lesson.say("top", text, [top], stretch=_stretch(lesson, top, top))]


def _say_roots(lesson: Lesson) -> list[CoachSentence]:
    view, notes = lesson.view, lesson.first_over_roots()
    if not 2 <= len(notes) <= _MOST_ROOTS:
        return []
    roots = [lesson.root(note) for note in notes]
    text = (
        f"Sing the roots {join_words(roots)} while the recording plays, and hear each note of the "
        f"lick against them{view.where(notes)}."
    )
    return [lesson.say("sing roots", text, notes, of_chords=True)]


def _say_doubt(lesson: Lesson) -> list[CoachSentence]:
    doubtful = [n for n in lesson.notes if float(lesson.line.confidence[n]) < _SURE_OF_NOTES]
    if not doubtful:
        return []
    notes = doubtful[:_MOST_DOUBTFUL]
    named = [f"{lesson.view.name(note)} at {_time(lesson, note)}" for note in notes]
    what = "it was heard" if len(notes) == 1 else "they were heard"
    text = (
        f"Check {join_words(named)} by ear: {what} with doubt, and the recording is right"
        f"{lesson.view.where(notes)}."
    )
    return [lesson.say("doubt", text, notes, stretch=_stretch(lesson, notes[0], notes[-1]))]


def _say_again(lesson: Lesson, one: LickOccurrence) -> CoachSentence:
    notes = list(range(one.span.start, one.span.stop))
    start = float(lesson.line.onset_sec[notes[0]])
    end = float(lesson.line.offset_sec[notes[0] : notes[-1] + 1].max())
    shift = lesson.moves(lesson.notes[0], notes[0])
    how = "at the same pitch"
    if shift:
        how = f"{interval_words(abs(shift))} {'higher' if shift > 0 else 'lower'}"
    moves = [lesson.moves(a, a + 1) for a in lesson.notes[:-1]]
    is_same = moves == [lesson.moves(a, a + 1) for a in notes[:-1]]
    hear = "hear what is different" if not is_same else "hear where it is placed there"
    text = (
        f"Something like it comes at {clock(start)}{lesson.view.where(notes)}, starting {how}: "
        f"{hear}."
        if not is_same
        else f"It comes at {clock(start)} too{lesson.view.where(notes)}, {how}: {hear}."
    )
    return lesson.say("again", text, notes, stretch=(start, end))


def _say_match(lesson: Lesson, match: CoachMatch) -> CoachSentence:
    who = match.performer or "A solo of your library"
    verb = "plays" if match.performer else "has"
    title = f' in "{match.title}"' if match.title else ""
    where = f", bar {match.bars[0]}" if match.bars else ""
    if match.similarity >= 1.0:
        what = "exactly this"
    else:
        what = f"something {math.floor(100 * match.similarity)}% like it"
    text = f"{who} {verb} {what}{title}{where}: hear where it starts there and how it ends."
    return lesson.say("match", text, list(lesson.notes), match=match)


def _time(lesson: Lesson, note: int) -> str:
    return clock(float(lesson.line.onset_sec[note]))


def _stretch(lesson: Lesson, first: int, last: int) -> tuple[float, float]:
    return float(lesson.line.onset_sec[first]), float(lesson.line.offset_sec[last])
