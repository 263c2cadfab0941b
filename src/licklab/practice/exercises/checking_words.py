"""Whether the sentence of an exercise says what is in its notes."""

from collections.abc import Iterator

from licklab.domain.chord_writing import write_symbol
from licklab.domain.passage import Passage
from licklab.practice.exercises.analyzed import analyze_passage
from licklab.practice.exercises.exercise import (
    AnswerClaim,
    ApproachesClaim,
    CadenceClaim,
    DisplacedClaim,
    EndingClaim,
    Exercise,
    JointClaim,
    LadderClaim,
    TargetsClaim,
)
from licklab.theory.note_words import degree_word, interval_words

_MOST_NAMED = 4


def check_words(exercise: Exercise, original: Passage) -> Iterator[str]:
    """Check that an exercise explains itself in one sentence, with the facts of its passage.

    Parameters
    ----------
    exercise : Exercise
        To check.
    original : Passage
        The lick that it was made of.

    Yields
    ------
    str
        What is wrong.
    """
    sentence = exercise.sentence
    if not sentence.endswith(".") or ". " in sentence or not sentence[0].isupper():
        yield f"want one sentence, got {sentence!r}"
    if not exercise.title or exercise.title.endswith("."):
        yield f"want a title without a full stop, got {exercise.title!r}"
    for words in _facts(exercise, original):
        if words not in sentence:
            yield f"want {words!r} said, got {sentence!r}"


def _facts(exercise: Exercise, original: Passage) -> Iterator[str]:
    """List the words that must be in the sentence."""
    passage, claim = exercise.passage, exercise.claim
    match claim:
        case TargetsClaim(targets):
            yield from _facts_of_targets(original, targets)
        case ApproachesClaim(_, approaches):
            yield _count(len(approaches), "the note that leads", "the {} notes that lead")
        case DisplacedClaim(_, n_other_chord):
            if passage.chords:
                many = "{} notes meet another chord"
                yield _count(n_other_chord, "one note meets another chord", many)
        case EndingClaim(degree, chord):
            yield f"the {degree_word(chord, degree)} of {write_symbol(chord)}"
            step = passage.pitches_midi[-2] - passage.pitches_midi[-1]
            yield f"from {_step(step)}"
        case CadenceClaim(notes=notes, n_changed=n_changed):
            yield _count(n_changed, "one note moves", "{} notes move", "it fits as it is")
            for part in (passage, original):
                for note in notes:
                    symbol = part.chord_at(original.notes[note].onset_quarter)
                    yield "no chord" if symbol is None else write_symbol(symbol)
        case JointClaim(semitones=semitones):
            step = (
                passage.pitches_midi[len(original.notes)]
                - passage.pitches_midi[len(original.notes) - 1]
            )
            yield f"{_step(step)} your last note" if step else "on your last note"
            if semitones:
                side = "up" if semitones > 0 else "down"
                yield f"moved {side} by {interval_words(abs(semitones))}"
        case AnswerClaim(n_bars):
            yield _count(n_bars, "the next bar is", "the next {} bars are")
        case LadderClaim(tempi_bpm):
            yield f"at {tempi_bpm[0]} of {tempi_bpm[-1]} beats a minute"
        case _:
            yield f"{len(passage.notes)}"
            if passage.tempo_bpm < original.tempo_bpm:
                yield f"at {passage.tempo_bpm:g} beats a minute"


def _facts_of_targets(original: Passage, targets: tuple[int, ...]) -> Iterator[str]:
    if len(targets) > _MOST_NAMED:
        yield f"{len(targets)} chord tones"
        return
    heard = analyze_passage(original)
    for note in targets:
        symbol = heard.line.symbol_at(note)
        if symbol is not None:
            word = degree_word(symbol, heard.analysis.notes[note].degree)
            yield f"({word} of {write_symbol(symbol)})"


def _step(semitones: int) -> str:
    size = "a semitone" if abs(semitones) == 1 else "a whole tone"
    return f"{size} {'above' if semitones > 0 else 'below'}"


def _count(count: int, one: str, many: str, none: str = "no note") -> str:
    return {0: none, 1: one}.get(count, many.format(count))
