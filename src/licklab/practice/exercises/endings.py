"""Another ending: the lick resolves on the third, the fifth or the ninth of its last chord.

The last note is reached by step; where none of the degree is a step away, the note before it leads
there by a semitone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.instrument import Instrument
from licklab.domain.line_analysis import NoteRole
from licklab.domain.passage import Passage, PassageNote
from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import EndingClaim, Exercise, ExerciseKind
from licklab.theory.chord_view import ChordView, view_chord
from licklab.theory.note_words import degree_word, name_by_degree

# The ending stays near the one that it replaces; a leap to the note that leads is no wider.
_FARTHEST, _WIDEST_LEAP = 7, 5
_STEPS, _SEMITONES = (1, 2), (-1, 1)
# A changed note more costs as much as an ending so many semitones farther away.
_CHANGE_COST = 3.0
_COLORS = {
    "3": "the 3rd says at once whether the chord is major or minor",
    "5": "the 5th rests as the root does and leaves more open",
    "9": "the 9th is at rest and still wants to be heard again",
}


@dataclass(frozen=True, slots=True)
class _Ending:
    last_but_one: int
    last: int
    cost: float


def change_ending(lick: AnalyzedPassage, instrument: Instrument) -> tuple[Exercise, ...]:
    """Resolve a lick elsewhere.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.
    instrument : Instrument
        Whose range counts.

    Returns
    -------
    tuple of Exercise
        At most three; none where the lick ends over no chord, or after a rest.
    """
    if len(lick) < 3 or _is_apart(lick):
        return ()
    symbol = _arrival(lick.passage)
    view = None if symbol is None else view_chord(symbol)
    if symbol is None or view is None:
        return ()
    found = []
    own = view.degrees[view.semitones(lick.notes[-1].pitch_midi)]
    for number in ("3", "5", "9"):
        degree = _degree_of(symbol, view, number)
        if degree is None or degree == own:
            continue
        endings = _endings(lick, view, degree, instrument)
        best = min(endings, key=lambda one: one.cost, default=None)
        if best is not None:
            found.append(_end_on(lick, symbol, degree, best))
    return tuple(found)


def _is_apart(lick: AnalyzedPassage) -> bool:
    before, last = lick.notes[-2:]
    return last.onset_quarter - before.offset_quarter > lick.passage.beat_quarter / 2


def _arrival(passage: Passage) -> ChordSymbol | None:
    """Give the chord that the last note belongs to: the next where it is held into that."""
    last = passage.notes[-1]
    if (last.onset_quarter / passage.beat_quarter).denominator > 1:
        for chord in passage.chords:
            if last.onset_quarter < chord.onset_quarter < last.offset_quarter:
                return None if chord.symbol.is_none else chord.symbol
    return passage.chord_at(last.onset_quarter)


def _degree_of(symbol: ChordSymbol, view: ChordView, number: str) -> str | None:
    """Give the third, the fifth or the ninth of a chord that one may rest on."""
    degree = {"3": symbol.third, "5": symbol.fifth, "9": "9"}[number]
    if degree is None or degree not in view.degrees:
        return None
    role = view.roles[view.degrees.index(degree)]
    return degree if role.is_of_chord or (degree == "9" and role is NoteRole.TENSION) else None


def _endings(
    lick: AnalyzedPassage, view: ChordView, degree: str, instrument: Instrument
) -> Iterator[_Ending]:
    before, last = lick.notes[-2].pitch_midi, lick.notes[-1].pitch_midi
    lowest = max(last - _FARTHEST, instrument.lowest_midi)
    highest = min(last + _FARTHEST, instrument.highest_midi)
    for goal in range(lowest, highest + 1):
        if view.degrees[view.semitones(goal)] != degree:
            continue
        away = abs(goal - last)
        if abs(goal - before) in _STEPS:
            yield _Ending(before, goal, away)
        elif _may_lead(lick):
            for side in _SEMITONES:
                leading = goal + side
                leap = abs(leading - lick.notes[-3].pitch_midi)
                if 0 < leap <= _WIDEST_LEAP and lowest <= leading <= highest:
                    yield _Ending(leading, goal, _CHANGE_COST + away / 2 + leap / 2)


def _may_lead(lick: AnalyzedPassage) -> bool:
    """Tell whether the last note but one is weaker than the last, so that it can lead there."""
    before = lick.notes[-2]
    is_stronger = lick.analysis.notes[-2].weight > lick.analysis.notes[-1].weight
    is_long = before.length_quarter > lick.passage.beat_quarter
    return not is_stronger and not is_long


def _end_on(lick: AnalyzedPassage, symbol: ChordSymbol, degree: str, ending: _Ending) -> Exercise:
    notes = (*lick.notes[:-2], *_changed(lick.notes[-2:], ending))
    n_changed = sum(
        one.pitch_midi != other.pitch_midi for one, other in zip(notes, lick.notes, strict=True)
    )
    word, chord = degree_word(symbol, degree), write_symbol(symbol)
    name = name_by_degree(ending.last, symbol, degree)
    side = "above" if ending.last_but_one > ending.last else "below"
    step = "a semitone" if abs(ending.last_but_one - ending.last) == 1 else "a whole tone"
    return Exercise(
        ExerciseKind.ENDING,
        f"Ending on the {word}",
        f"Let the lick end on {name}, the {word} of {chord}, from {step} {side}: "
        f"{_COLORS[degree.lstrip('b#')]}.",
        replace(lick.passage, notes=notes),
        EndingClaim(degree, symbol, n_changed),
        lick.ids(range(len(lick))),
    )


def _changed(notes: tuple[PassageNote, ...], ending: _Ending) -> tuple[PassageNote, ...]:
    before, last = notes
    return (
        replace(before, pitch_midi=ending.last_but_one),
        replace(last, pitch_midi=ending.last),
    )
