"""Questions that ask for one of the notes of a lick, or for where it begins."""

from collections.abc import Iterator

from licklab.domain.line_analysis import DeviceKind, NoteRole
from licklab.practice.questions.asking_view import AskingView
from licklab.practice.questions.likeness import seems_enclosed
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.theory.note_words import degree_word, join_words

_GUIDES = {"3", "7"}


def ask_enclosure(view: AskingView) -> Iterator[Question]:
    """Ask which note is approached by an enclosure.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        About each enclosure, the longer ones first; notes that seem enclosed are not offered.
    """
    enclosures = [
        one
        for one in view.span.analysis.devices
        if one.kind is DeviceKind.ENCLOSURE and view.span.holds(one)
    ]
    for one in sorted(enclosures, key=lambda one: (-len(one.span), one.span.start)):
        assert one.target is not None
        target = one.target
        if target not in view.places or not view.is_sure(target):
            continue
        wrong = [
            note
            for note in view.places
            # The first notes have too little before them for an enclosure to be looked for.
            if note >= view.span.span.start + 2
            and not seems_enclosed(view.line, note)
            and all(note != other.target for other in enclosures)
        ]
        view.chance.shuffle(wrong)
        wrong.sort(key=lambda note: view.span.analysis.notes[note].weight == 0)
        around = list(range(one.span.start, target))
        names = join_words(view.span.names(around))
        key = view.span.say(
            one.kind,
            f"{names} enclose {view.span.tone(target)}, {view.places[target]}.",
            [*around, target],
        )
        question = view.ask(
            QuestionKind.ENCLOSURE,
            "Which of these notes is approached by an enclosure?",
            view.note_choice(target),
            [view.note_choice(note) for note in wrong],
            key,
        )
        if question is not None:
            yield question


def ask_guide_tone(view: AskingView) -> Iterator[Question]:
    """Ask which note is the third or seventh of its chord.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        One, where such a note stands on a beat; sixths and fourths in the place of sevenths and
        thirds are not offered.
    """
    sure = [note for note in view.places if view.is_sure(note)]
    notes = view.span.analysis.notes
    right = [
        note
        for note in sure
        if notes[note].role is NoteRole.GUIDE_TONE
        and _number(notes[note].degree) in _GUIDES
        and notes[note].weight
    ]
    wrong = [
        note
        for note in sure
        if notes[note].role is not NoteRole.GUIDE_TONE
        and _number(notes[note].degree) not in _GUIDES
    ]
    if not right:
        return
    note = view.chance.choice(right)
    view.chance.shuffle(wrong)
    wrong.sort(key=lambda one: notes[one].weight == 0)
    symbol = view.line.symbol_at(note)
    assert symbol is not None
    word = degree_word(symbol, notes[note].degree)
    right_one = view.note_choice(note)
    text = f"{right_one.text} is the {word} of {view.span.chord(note)}."
    key = view.span.say("guide tone", text, [note])
    question = view.ask(
        QuestionKind.GUIDE_TONE,
        "Which of these notes is the 3rd or the 7th of its chord?",
        right_one,
        [view.note_choice(one) for one in wrong],
        key,
    )
    if question is not None:
        yield question


def ask_beginning(view: AskingView) -> Iterator[Question]:
    """Ask where in the bar the lick begins.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        One, where the place of the first note is known.
    """
    first = view.span.span.start
    if not view.line.has_beats or first not in view.places:
        return
    beat, is_on = int(view.line.beat[first]), bool(view.line.is_on_beat[first])
    places = [
        (one, on)
        for one in range(1, view.line.beats_per_bar + 1)
        for on in (True, False)
        if (one, on) != (beat, is_on)
    ]
    view.chance.shuffle(places)
    key = view.span.say(
        "beginning",
        f"The first note, {view.span.name(first)}, is {_words(beat, is_on=is_on)} of bar "
        f"{view.line.bar[first]}.",
        [first],
    )
    question = view.ask(
        QuestionKind.BEGINNING,
        "Where in the bar does the lick begin?",
        Choice(_words(beat, is_on=is_on)),
        [Choice(_words(one, is_on=on)) for one, on in places],
        key,
    )
    if question is not None:
        yield question


def _number(degree: str) -> str:
    return degree.lstrip("b#")


def _words(beat: int, *, is_on: bool) -> str:
    return f"{'on' if is_on else 'after'} beat {beat}"
