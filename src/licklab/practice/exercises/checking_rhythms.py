"""Checks of claims about rhythm and tempo."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median

from licklab.domain.passage import Passage
from licklab.practice.exercises.exercise import Rhythm

_THIRD = Fraction(1, 3)
_PLACES_IN_BEAT = {
    Rhythm.QUARTERS: (Fraction(0),),
    Rhythm.EIGHTHS: (Fraction(0), Fraction(1, 2)),
    Rhythm.TRIPLETS: (Fraction(0), _THIRD, 2 * _THIRD),
    Rhythm.DOTTED: (Fraction(0), Fraction(3, 4)),
}
_TWO_LEFT = (Fraction(0), Fraction(1, 2))
_SHORTEST_SEC = 0.125
_START, _RISE = (0.5, 0.6), (1.04, 1.05)


def check_rhythm(passage: Passage, original: Passage, rhythm: Rhythm) -> Iterator[str]:
    """Check that a passage is the notes of a lick in an even rhythm, each over its chord.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    rhythm : Rhythm
        Which.

    Yields
    ------
    str
        What is wrong.
    """
    notes = passage.notes
    if [(one.pitch_midi, one.id) for one in notes] != [
        (one.pitch_midi, one.id) for one in original.notes
    ]:
        yield "want the same notes in the same order, got others"
        return
    for one, before in zip(notes, original.notes, strict=True):
        if passage.chord_at(one.onset_quarter) != original.chord_at(before.onset_quarter):
            yield f"want note {before.id} over its chord, got another at {one.onset_quarter}"
    if any(later.onset_quarter != earlier.offset_quarter for earlier, later in pairwise(notes)):
        yield "want notes without rests, got some"
    if any(one.onset_quarter.denominator > 1 for one in passage.chords):
        yield "want chords on beats, got one between"
    changes = {one.onset_quarter for one in passage.chords}
    whole = _PLACES_IN_BEAT[rhythm]
    for beat, members in groupby(notes, key=lambda one: one.onset_quarter // 1):
        places = tuple(one.onset_quarter - beat for one in members)
        is_last = beat == notes[-1].onset_quarter // 1 or beat + 1 in changes
        left = {1: whole[:1], 2: _TWO_LEFT}.get(len(places))
        if places != whole and not (is_last and len(places) < len(whole) and places == left):
            yield f"want {rhythm} in beat {beat}, got {places}"
    yield from _check_speed(passage, original)


def _check_speed(passage: Passage, original: Passage) -> Iterator[str]:
    """Check that no note is shorter than a sixteenth at 120, or than most of the lick."""
    if passage.tempo_bpm > original.tempo_bpm:
        yield f"want {original.tempo_bpm} at most, got {passage.tempo_bpm}"
    shortest, own = (
        func(
            float(after.onset_quarter - before.onset_quarter) * 60 / one.tempo_bpm
            for before, after in pairwise(one.notes)
        )
        for one, func in ((passage, min), (original, median))
    )
    if shortest < min(_SHORTEST_SEC, own) - 1e-9:
        yield f"want notes of {min(_SHORTEST_SEC, own):.3f} s at least, got {shortest:.3f} s"


def check_ladder(passage: Passage, original: Passage, tempi_bpm: Sequence[int]) -> Iterator[str]:
    """Check that tempi rise by little to that of a lick.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    tempi_bpm : sequence of int
        Of the ladder.

    Yields
    ------
    str
        What is wrong.
    """
    if replace(passage, tempo_bpm=original.tempo_bpm) != original:
        yield "want the notes of the lick, got others"
    if passage.tempo_bpm != tempi_bpm[0] or tempi_bpm[-1] != round(original.tempo_bpm):
        yield f"want a ladder to {round(original.tempo_bpm)}, got {tempi_bpm}"
    lowest, highest = (round(share * tempi_bpm[-1]) for share in _START)
    if not lowest <= tempi_bpm[0] <= highest:
        yield f"want a start between {lowest} and {highest}, got {tempi_bpm[0]}"
    for place, (slow, fast) in enumerate(pairwise(tempi_bpm)):
        # Metronomes count whole beats: each of the two may be rounded.
        is_small = (fast - 0.5) / (slow + 0.5) <= _RISE[1]
        is_enough = (fast + 0.5) / (slow - 0.5) >= _RISE[0] or place + 2 == len(tempi_bpm)
        if not (slow < fast and is_small and is_enough):
            yield f"want a rise of 4 to 5 %, got {slow} to {fast}"
