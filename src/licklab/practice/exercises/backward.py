"""The last notes first: the arrival is learned before the way to it, a little more each time."""

from dataclasses import replace
from fractions import Fraction

from licklab.domain.passage import Passage, PassageChord
from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import Exercise, ExerciseKind, TailClaim

# Notes that a step adds at least, and steps at most: more are no longer practised.
_FEWEST_ADDED, _MOST_STEPS = 3, 4


def chain_backward(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Make the way from the last notes to the whole lick.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        The shortest first, the last one with all notes; none for a lick too short to be divided.
    """
    starts = _choose_starts(lick)
    if len(starts) < 2:
        return ()
    befores = (None, *starts[:-1])
    return tuple(_tail(lick, start, before) for before, start in zip(befores, starts, strict=True))


def _choose_starts(lick: AnalyzedPassage) -> list[int]:
    """Choose first notes, each the first of its beat, from the end to the beginning."""
    beat = lick.passage.beat_quarter
    beats = [one.onset_quarter // beat for one in lick.notes]
    firsts = [i for i in range(len(lick)) if i == 0 or beats[i] != beats[i - 1]]
    size = max(_FEWEST_ADDED, -(-len(lick) // _MOST_STEPS))
    starts, last = [], len(lick)
    for first in reversed(firsts):
        if last - first >= size or first == 0:
            starts.append(first)
            last = first
    # What is left at the beginning is no step of its own where it is a note or two.
    if len(starts) > 1 and starts[-2] < _FEWEST_ADDED:
        del starts[-2]
    return starts


def _tail(lick: AnalyzedPassage, start: int, before: int | None) -> Exercise:
    count = len(lick) - start
    if start == 0:
        title, told = "From the first note on", f"Play all {count} notes from the beginning"
        why = "every step of the way leads to a place that you have reached before"
    elif before is None:
        title, told = f"The last {count} notes", f"Play only the last {count} notes, up to the end"
        why = "who knows where a lick arrives plays towards it"
    else:
        title = f"The last {count} notes"
        told = f"Begin {before - start} notes earlier and play the last {count}"
        why = "only the beginning is new, and it leads into what you know already"
    return Exercise(
        ExerciseKind.BACKWARD,
        title,
        f"{told}: {why}.",
        _cut(lick.passage, start),
        TailClaim(start),
        lick.ids(range(start, len(lick))),
    )


def _cut(passage: Passage, start: int) -> Passage:
    """Cut off the notes before one, and the bars before its own."""
    n_bars_off = int(passage.notes[start].onset_quarter // passage.bar_quarter)
    off = n_bars_off * passage.bar_quarter
    ends = [*(one.onset_quarter for one in passage.chords[1:]), passage.length_quarter]
    chords = [
        PassageChord(max(one.onset_quarter - off, Fraction(0)), one.symbol)
        for one, end in zip(passage.chords, ends, strict=False)
        if end > off
    ]
    return replace(
        passage,
        notes=tuple(
            replace(one, onset_quarter=one.onset_quarter - off) for one in passage.notes[start:]
        ),
        chords=tuple(chords),
        n_bars=passage.n_bars - n_bars_off,
        first_bar=passage.first_bar + n_bars_off,
    )
