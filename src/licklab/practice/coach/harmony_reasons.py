"""Why a lick works over its changes: tension and rest, guide tones, goals, colours.

In: a lesson. Out: sentences, each of which holds by the pitches, places and chords of the notes
that it names. That a note which its new chord does not have wants to move, and that thirds and
sevenths tell chords apart, is what every book of harmony says (Ligon, "Connecting Chords with
Linear Harmony", 1996); that the ear takes a note between beats as the way and one on a beat as the
goal, is Baker's ("How to Play Bebop", 1985).
"""

from licklab.domain.chord_symbol import ChordSymbol, pitch_classes
from licklab.domain.chord_writing import write_symbol
from licklab.domain.coaching import CoachSentence
from licklab.domain.line_analysis import ApproachKind, DeviceKind, NoteRole
from licklab.domain.note_name import note_pitch_class
from licklab.practice.coach.lesson import Lesson, step_words
from licklab.theory.chord_view import view_chord
from licklab.theory.note_words import degree_word, join_words

_LEADING = {ApproachKind.CHROMATIC_PASSING, ApproachKind.APPROACH}
_FEWEST_ON_BEATS, _CLEAR = 4, 0.75
_FEWEST_ON_SCALE_BEATS = 3
# A semitone above the fifth or the root of these, from below: what a bebop scale adds.
_ADDED = {"dominant": 11, "major": 8, "dorian": 4, "melodic minor": 8}


def say_release(lesson: Lesson) -> list[CoachSentence]:
    """Say why the last resolution is one.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One, or none.
    """
    view = lesson.view
    for one in reversed(view.analysis.devices):
        if one.target is None or not view.holds(one):
            continue
        if one.kind is DeviceKind.DELAYED_RESOLUTION:
            return [_say_delay(lesson, one.span.start, one.target)]
        if one.kind is DeviceKind.RESOLUTION:
            return _say_resolution(lesson, one.span.start, one.target)
    return []


def _say_resolution(lesson: Lesson, first: int, target: int) -> list[CoachSentence]:
    view, moves = lesson.view, lesson.moves(first, target)
    name, goal, chord = view.name(first), view.degree_name(target), view.chord(target)
    symbol = lesson.line.symbol_at(target)
    assert symbol is not None
    word = degree_word(symbol, view.analysis.notes[target].degree)
    side = "above" if moves > 0 else "below"
    where = f", on {lesson.beat_of(target)}" if lesson.is_on_beat(target) else ""
    if _wants_to_move(lesson, first, symbol):
        text = (
            f"{name} is no tone of {chord}, so it wants to move when that chord comes; {goal}, the "
            f"{word} of {chord}, waits a {step_words(moves)} {side}{where}."
        )
        return [lesson.say("release", text, [first, target], of_chords=True)]
    if abs(moves) == 1:
        text = (
            f"{name} lies only a half step {'below' if moves > 0 else 'above'} {goal}, the {word} "
            f"of {chord}: the ear hears where it goes before it is there{where}."
        )
        return [lesson.say("near goal", text, [first, target], of_chords=True)]
    return []


def _wants_to_move(lesson: Lesson, note: int, coming: ChordSymbol) -> bool:
    """Tell whether a note has no place in the coming chord: a ninth of it would sound well."""
    pitch, one = lesson.pitch(note), lesson.view.analysis.notes[note]
    if pitch % 12 in pitch_classes(coming):
        return False
    seen = view_chord(coming)
    assert seen is not None  # a resolution is onto a chord
    is_strange = seen.roles[seen.semitones(pitch)] in {NoteRole.AVOID, NoteRole.CHROMATIC}
    return is_strange or one.degree == "b7"


def _say_delay(lesson: Lesson, first: int, target: int) -> CoachSentence:
    view = lesson.view
    old = write_symbol(lesson.line.chords[int(lesson.line.chord[target]) - 1].symbol)
    text = (
        f"{view.name(first)} is late on purpose: it still belongs to {old}, and the ear waits for "
        f"{view.tone(target)}{view.where([target])}."
    )
    return lesson.say("delay", text, [first, target], of_chords=True)


def say_guide_line(lesson: Lesson) -> list[CoachSentence]:
    """Say which few notes tell the changes.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the longest guide-tone line, or none.
    """
    view = lesson.view
    lines = [
        [note for note in one.notes if note in view.notes] for one in view.analysis.guide_lines
    ]
    notes = max(lines, key=len, default=[])
    if len(notes) < 2:
        return []
    names = [view.degree_name(note) for note in notes]
    chords = [view.chord(note) for note in notes]
    text = (
        f"Play only {join_words(names)} and you still hear {join_words(chords)}: these are 3rds "
        f"and 7ths, the notes that tell chords apart{view.where(notes)}."
    )
    return [lesson.say("guide tones", text, notes, of_chords=True)]


def say_circled(lesson: Lesson) -> list[CoachSentence]:
    """Say why an enclosure makes its note a goal.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the longest whose goal stands on a beat, or none.
    """
    view = lesson.view
    found = [
        one for one in view.analysis.devices
        if one.kind is DeviceKind.ENCLOSURE and one.target is not None and view.holds(one)
        and lesson.is_on_beat(one.target) and not lesson.is_on_beat(one.target - 1)
    ]  # fmt: skip
    if not found:
        return []
    one = max(found, key=lambda device: len(device.span))
    assert one.target is not None
    around = list(range(one.span.start, one.target))
    text = (
        f"{join_words(view.names(around))} come first, on both sides, and only then "
        f"{view.degree_name(one.target)} itself, on {lesson.beat_of(one.target)}: a note that is "
        "circled like this sounds like a goal."
    )
    return [lesson.say("circled", text, [*around, one.target], of_chords=True)]


def say_way(lesson: Lesson) -> list[CoachSentence]:
    """Say why a note that its chord does not have sounds right.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the last such note that leads to a chord tone on a beat by half step, or none;
        notes outside the chord before its tensions.
    """
    view = lesson.view
    found = [note for note in view.notes if _leads_to_beat(lesson, note)]
    outside = [n for n in found if view.analysis.notes[n].role is NoteRole.CHROMATIC]
    if outside:
        note = outside[-1]
        text = (
            f"{view.name(note)} is outside {view.chord(note)} and still right: it passes between "
            f"the beats, and {view.tone(note + 1)}, a half step away, comes at once on "
            f"{lesson.beat_of(note + 1)}."
        )
        return [lesson.say("outside", text, [note, note + 1], of_chords=True)]
    if not found:
        return []
    note = found[-1]
    text = (
        f"{view.name(note)} falls between the beats and {view.tone(note + 1)}, on "
        f"{lesson.beat_of(note + 1)}, a half step away: the ear takes the first as the way and the "
        "second as the goal."
    )
    return [lesson.say("way", text, [note, note + 1], of_chords=True)]


def _leads_to_beat(lesson: Lesson, note: int) -> bool:
    one = lesson.view.analysis.notes[note]
    if one.approach not in _LEADING or one.target != note + 1 or not lesson.goes_on(note):
        return False
    is_on_the_way = not lesson.is_on_beat(note) and lesson.is_on_beat(note + 1)
    is_goal = lesson.is_tone(note + 1) and not lesson.is_tone(note)
    has_chords = bool(lesson.view.chord(note) and lesson.view.chord(note + 1))
    return is_on_the_way and is_goal and has_chords and abs(lesson.moves(note, note + 1)) == 1


def say_clear(lesson: Lesson) -> list[CoachSentence]:
    """Say how many notes on beats are chord tones, where most are.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One, or none.
    """
    view = lesson.view
    strong = [note for note in view.notes if lesson.is_on_beat(note) and view.chord(note)]
    tones = [note for note in strong if lesson.is_tone(note)]
    if len(strong) < _FEWEST_ON_BEATS or len(tones) < _CLEAR * len(strong):
        return []
    if len(tones) == len(strong):
        count = f"All {len(strong)} notes that fall on beats belong to their chords"
    else:
        count = f"{len(tones)} of the {len(strong)} notes that fall on beats belong to their chords"
    text = f"{count}: the harmony is heard even without a band{view.where(strong)}."
    return [lesson.say("clear", text, strong, of_chords=True)]


def say_clear_note(lesson: Lesson) -> list[CoachSentence]:
    """Say which third or seventh tells its chord at once.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about the last of them on the strongest beat, or none.
    """
    view = lesson.view
    found = [
        (view.analysis.notes[note].weight, note) for note in view.notes
        if view.analysis.notes[note].role is NoteRole.GUIDE_TONE and lesson.is_on_beat(note)
        and view.analysis.notes[note].degree.lstrip("b") in {"3", "7"}
    ]  # fmt: skip
    if not found:
        return []
    _, note = max(found)
    text = f"{view.tone(note)}, falls on {lesson.beat_of(note)}: one note, and the chord is clear."
    return [lesson.say("clear note", text, [note], of_chords=True)]


def say_extra_note(lesson: Lesson) -> list[CoachSentence]:
    """Say what the extra note of a bebop scale does.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One where chord tones fall on the beats thanks to it, or none.
    """
    view = lesson.view
    for one in view.analysis.devices:
        if one.kind is not DeviceKind.BEBOP_SCALE or not view.holds(one):
            continue
        name, _, chord = one.detail.partition(" bebop scale of ")
        notes = range(one.span.start, one.span.stop)
        over = [note for note in notes if view.chord(note) == chord]
        added = [note for note in over[1:-1] if _above(lesson, note) == _ADDED.get(name)]
        strong = [note for note in notes if lesson.is_on_beat(note)]
        if len(over) < len(notes) or not added or added[0] in strong:
            continue
        if len(strong) >= _FEWEST_ON_SCALE_BEATS and all(map(lesson.is_tone, strong)):
            text = (
                f"{view.name(added[0])} is the extra note of the {name} bebop scale: thanks to it "
                f"tones of {chord} fall on the beats, {join_words(view.names(strong))}"
                f"{view.where(notes)}."
            )
            return [lesson.say("extra note", text, notes, of_chords=True)]
    return []


def _above(lesson: Lesson, note: int) -> int:
    symbol = lesson.line.symbol_at(note)
    assert symbol is not None
    return (lesson.pitch(note) - note_pitch_class(symbol.root)) % 12


def say_colour(lesson: Lesson) -> list[CoachSentence]:
    """Say what an altered tension does before it moves on.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One about that which goes on to a chord tone by the smallest step, or none.
    """
    view = lesson.view
    found = []
    for note in view.notes:
        one = view.analysis.notes[note]
        if one.role is not NoteRole.TENSION or one.degree[0] not in "b#" or one.approach:
            continue
        if lesson.goes_on(note) and lesson.is_tone(note + 1):
            found.append((abs(lesson.moves(note, note + 1)), -note))
    size, place = min(found, default=(0, 0))
    if size not in {1, 2}:
        return []
    note = -place
    way = "up" if lesson.moves(note, note + 1) > 0 else "down"
    text = (
        f"{view.tone(note)}, is a colour to pass through: the line goes {way} by "
        f"{step_words(size)} to {view.tone(note + 1)}{view.where([note, note + 1])}."
    )
    return [lesson.say("colour", text, [note, note + 1], of_chords=True)]


def say_end(lesson: Lesson) -> list[CoachSentence]:
    """Say what the last note does.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One over a chord, or none.
    """
    view, last = lesson.view, lesson.notes[-1]
    one = view.analysis.notes[last]
    if not one.degree or one.approach is not None:
        return []
    if one.role is NoteRole.TENSION:
        what = "a colour above the chord: the line stays open"
    elif one.degree in {"3", "b3"} and lesson.is_tone(last):
        what = "the note that makes a chord major or minor: a clear end"
    elif one.degree == "1":
        what = "the note that the chord is named after: a firm end"
    else:
        return []
    text = f"The last note is {view.tone(last)}, {what}{view.where([last])}."
    return [lesson.say("end", text, [last], of_chords=True)]
