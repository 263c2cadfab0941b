"""Questions about the degree of one note over its chord."""

from collections.abc import Iterator

from licklab.domain.line_analysis import NoteRole
from licklab.domain.note_name import degree_semitones
from licklab.practice.questions.asking_view import AskingView
from licklab.practice.questions.question import Choice, Question, QuestionKind
from licklab.theory.chord_view import view_chord
from licklab.theory.note_words import degree_word

_PLAUSIBLE = (
    {NoteRole.GUIDE_TONE, NoteRole.CHORD_TONE},
    {NoteRole.TENSION},
    {NoteRole.AVOID, NoteRole.CHROMATIC},
)


def ask_last_note(view: AskingView) -> Iterator[Question]:
    """Ask which degree the last note is.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        One, where its chord is known.
    """
    yield from _ask(view, QuestionKind.LAST_NOTE, view.span.span.stop - 1, "the last note")


def ask_highest_note(view: AskingView) -> Iterator[Question]:
    """Ask which degree the highest note is.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        One, where one note is the highest and its chord is known.
    """
    pitches = {note: int(view.line.pitch_midi[note]) for note in view.span.notes}
    top = max(pitches.values())
    highest = [note for note, pitch in pitches.items() if pitch == top]
    if len(highest) == 1:
        yield from _ask(view, QuestionKind.HIGHEST_NOTE, highest[0], "the highest note")


def ask_downbeats(view: AskingView) -> Iterator[Question]:
    """Ask which degrees the notes on the first beats of bars are.

    Parameters
    ----------
    view : AskingView
        The lick.

    Yields
    ------
    Question
        About each whose chord is known, but for the last note of the lick.
    """
    for note, place in view.places.items():
        bar = int(view.line.bar[note])
        is_last = note == view.span.span.stop - 1
        if view.line.has_beats and not is_last and place == f"on beat 1 of bar {bar}":
            yield from _ask(view, QuestionKind.DOWNBEAT, note, f"the note {place}")


def _ask(view: AskingView, kind: QuestionKind, note: int, which: str) -> Iterator[Question]:
    symbol = view.line.symbol_at(note)
    seen = None if symbol is None else view_chord(symbol)
    if symbol is None or seen is None or not view.is_sure(note):
        return
    degree = view.span.analysis.notes[note].degree
    played = degree_semitones(degree) % 12
    wrong: list[str] = []
    for roles in _PLAUSIBLE:
        some = [
            one
            for semitones, one in enumerate(seen.degrees)
            if seen.roles[semitones] in roles and semitones != played
        ]
        view.chance.shuffle(some)
        wrong += some
    tones, rest = wrong[:3], wrong[3:]
    # Not always the chord tones: of three one may be a tension.
    if rest:
        tones[-1] = view.chance.choice([tones[-1], rest[0]])
    text = which[0].upper() + which[1:]
    place = view.places.get(note)
    where = "" if place is None or place in which else f", {place}"
    key = view.span.say(kind, f"{text} is {view.span.tone(note)}{where}.", [note])
    question = view.ask(
        kind,
        f"Which degree of {view.span.chord(note)} is {which}?",
        Choice(degree_word(symbol, degree)),
        [Choice(degree_word(symbol, one)) for one in (*tones, *rest)],
        key,
    )
    if question is not None:
        yield question
