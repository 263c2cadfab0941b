"""What the hands have to do in a lick: positions, shells, mallets, roots."""

from licklab.domain.coaching import CoachSentence
from licklab.domain.note_name import degree_note, simple_note
from licklab.domain.tab import usual_tuning
from licklab.practice.coach.lesson import Lesson
from licklab.practice.coach.registers import GUITAR_FRETS, VIOLIN_FIRST_POSITION
from licklab.theory.note_words import interval_words, join_words

_MIDDLE_FRET = 5  # where most of a guitarist's first scales lie
_HIGHEST_POSITION = 15
_MOST_CHORDS, _MOST_ROOTS = 3, 4
_WIDE = 7  # semitones, a fifth


def say_position(lesson: Lesson) -> list[CoachSentence]:
    """Say whether one position of the left hand holds the lick.

    Parameters
    ----------
    lesson : Lesson
        Of the lick, for an instrument with frets.

    Returns
    -------
    list of CoachSentence
        One.
    """
    tuning = usual_tuning(lesson.instrument.id)
    assert tuning is not None
    pitches = {lesson.pitch(note) for note in lesson.notes}
    fitting = [
        fret for fret in range(1, _HIGHEST_POSITION + 1)
        if all(
            any(fret <= pitch - string < fret + GUITAR_FRETS for string in tuning.open_midi)
            for pitch in pitches
        )
    ]  # fmt: skip
    if fitting:
        fret = min(fitting, key=lambda one: abs(one - _MIDDLE_FRET))
        text = (
            f"Your hand can stay in one position: all of it lies between frets {fret} and "
            f"{fret + GUITAR_FRETS - 1}."
        )
    else:
        text = (
            f"No position of {GUITAR_FRETS} frets holds all of it: choose where the hand moves "
            "before you play it fast."
        )
    return [lesson.say("position", text, list(lesson.notes))]


def say_left_hand(lesson: Lesson) -> list[CoachSentence]:
    """Say which shells the left hand of a pianist plays.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the first chords that have third and seventh, or none.
    """
    view = lesson.view
    indices = dict.fromkeys(int(lesson.line.chord[i]) for i in view.notes if view.chord(i))
    parts, used = [], []
    for at in indices:
        symbol = lesson.line.chords[at].symbol
        if symbol.third is None or symbol.seventh is None:
            continue
        third, seventh = (
            simple_note(degree_note(symbol.root, one)) for one in (symbol.third, symbol.seventh)
        )
        note = next(i for i in view.notes if int(lesson.line.chord[i]) == at)
        parts.append(f"{third} and {seventh} for {view.chord(note)}")
        used.append(note)
    if not parts:
        return []
    parts, used = parts[:_MOST_CHORDS], used[:_MOST_CHORDS]
    shells = ", then ".join(parts)
    text = f"Let the left hand hold two notes of each chord: {shells}{view.where(used)}."
    return [lesson.say("left hand", text, used, of_chords=True)]


def say_fiddle_position(lesson: Lesson) -> list[CoachSentence]:
    """Say whether a violinist can stay in first position.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One.
    """
    low, high = VIOLIN_FIRST_POSITION
    notes = list(lesson.notes)
    beyond = [note for note in notes if not low <= lesson.pitch(note) <= high]
    if not beyond:
        text = "All of it lies in first position: start there, with one bow for each note."
        return [lesson.say("first position", text, notes)]
    text = (
        f"{lesson.view.name(beyond[0])} lies above first position: choose where the hand moves "
        f"before you play it fast{lesson.view.where(beyond[:1])}."
    )
    return [lesson.say("first position", text, beyond[:1])]


def say_mallets(lesson: Lesson) -> list[CoachSentence]:
    """Say how the mallets take turns.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One.
    """
    sizes = [(abs(lesson.moves(note, note + 1)), note) for note in lesson.notes[:-1]]
    size, note = max(sizes, key=lambda one: one[0], default=(0, 0))
    if size < _WIDE:
        text = "Play it hand to hand first, left and right in turn, and only then choose doublings."
        return [lesson.say("mallets", text, list(lesson.notes))]
    names = lesson.view.names([note, note + 1])
    text = (
        f"Play it hand to hand, and choose first which mallets take {names[0]} and {names[1]}, "
        f"{interval_words(size)} apart{lesson.view.where([note, note + 1])}."
    )
    return [lesson.say("mallets", text, [note, note + 1])]


def say_roots_first(lesson: Lesson) -> list[CoachSentence]:
    """Say which roots a bass player plays first.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One over two chords or more, else none.
    """
    view, notes = lesson.view, lesson.first_over_roots()
    if not 2 <= len(notes) <= _MOST_ROOTS:
        return []
    roots = [lesson.root(note) for note in notes]
    text = (
        f"Play the roots {join_words(roots)} in time first, and hear the lick above them"
        f"{view.where(notes)}."
    )
    return [lesson.say("roots", text, notes, of_chords=True)]
