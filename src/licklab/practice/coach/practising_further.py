"""What to practise of a lick that is in the fingers: other keys, other ends, other places."""

from dataclasses import replace

from licklab.domain.chord_symbol import ChordSymbol, transpose
from licklab.domain.chord_writing import write_symbol
from licklab.domain.coaching import CoachSentence
from licklab.domain.note_name import degree_note, simple_note, spell_root
from licklab.practice.coach.lesson import Lesson
from licklab.theory.note_words import degree_word, join_words, name_by_degree, simple_name

_FOURTH = 5  # semitones: the next key of the circle
_MOST_CHORDS = 4
_ENDS = ("3", "b3", "5", "9", "1")
_NO_NINTH = {"b9", "#9", "b5", "2"}
_TWO = 2


def say_keys(lesson: Lesson) -> list[CoachSentence]:
    """Say what the lick becomes a fourth higher.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One.
    """
    view, first = lesson.view, lesson.notes[0]
    indices = list(dict.fromkeys(int(lesson.line.chord[i]) for i in view.notes if view.chord(i)))
    moved = [
        _a_fourth_up(lesson.line.chords[at].symbol) for at in indices[:_MOST_CHORDS]
    ]  # fmt: skip
    symbol = lesson.line.symbol_at(first)
    if symbol is None:
        start = spell_root(lesson.pitch(first) + _FOURTH)
    else:
        there = _a_fourth_up(symbol)
        degree = view.analysis.notes[first].degree
        start = name_by_degree(lesson.pitch(first) + _FOURTH, there, degree)
    text = f"Take it through the keys in fourths. Up a 4th it starts on {start}"
    if moved:
        verb = "the chord is" if len(moved) == 1 else "the chords are"
        so_far = "" if len(indices) <= _MOST_CHORDS else "first "
        named = join_words([write_symbol(one) for one in moved])
        text += f", and {verb} {so_far}{named}"
    notes = [first, *(i for i in view.notes if int(lesson.line.chord[i]) in indices)]
    return [lesson.say("keys", f"{text}.", notes, of_chords=bool(moved))]


def _a_fourth_up(symbol: ChordSymbol) -> ChordSymbol:
    """Move a chord, on the letter of the fourth where that is a usual name."""
    moved = transpose(symbol, _FOURTH)
    root = degree_note(symbol.root, "4")
    return moved if simple_name(root) != root else replace(moved, root=root)


def say_other_end(lesson: Lesson) -> list[CoachSentence]:
    """Say on which other notes the lick can end.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One where it ends on a tone of a chord, else none.
    """
    view, last = lesson.view, lesson.notes[-1]
    symbol = lesson.line.symbol_at(last)
    if symbol is None or not lesson.is_tone(last) or symbol.is_altered:
        return []
    has = set(symbol.degrees)
    # A ninth is good over any chord that does not alter it.
    wanted = [one for one in _ENDS if one in has or (one == "9" and not has & _NO_NINTH)]
    others = [one for one in wanted if one != view.analysis.notes[last].degree][:_TWO]
    if len(others) < _TWO:
        return []
    told = [f"{simple_note(degree_note(symbol.root, one))}, the {degree_word(symbol, one)}"
            for one in others]  # fmt: skip
    text = (
        f"Give it other ends over {view.chord(last)}: {told[0]}, or {told[1]}, in place of "
        f"{view.degree_name(last)}{view.where([last])}."
    )
    return [lesson.say("other end", text, [last], of_chords=True)]


def say_shift(lesson: Lesson) -> list[CoachSentence]:
    """Say where else in the bar the lick can start.

    Parameters
    ----------
    lesson : Lesson
        Of the lick.

    Returns
    -------
    list of CoachSentence
        One where there are beats, else none.
    """
    first = lesson.notes[0]
    if not lesson.line.has_beats:
        return []
    beat = int(lesson.line.beat[first])
    later = beat % lesson.line.beats_per_bar + 1
    word = "on" if lesson.is_on_beat(first) else "after"
    text = (
        f"It starts {word} beat {beat}{lesson.view.where([first])}. Start it {word} beat {later} "
        "too: the same notes get other accents."
    )
    return [lesson.say("shift", text, [first])]
