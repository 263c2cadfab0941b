"""Checks of claims about places: the end of a lick, the lick later, the lick and room after it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.passage import Passage, PassageNote
from licklab.practice.exercises.exercise import DisplacedClaim


def check_tail(passage: Passage, original: Passage, first_note: int) -> Iterator[str]:
    """Check that a passage is the end of a lick.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    first_note : int
        Of the lick.

    Yields
    ------
    str
        What is wrong.
    """
    off = (original.n_bars - passage.n_bars) * original.bar_quarter
    if not _are_moved(passage.notes, original.notes[first_note:], -off):
        yield f"want the notes from {first_note} on, got {passage.notes}"
    if passage.first_bar - original.first_bar != original.n_bars - passage.n_bars:
        yield f"want the last bars of the lick, got them from {passage.first_bar} on"
    if first_note:
        before, first = original.notes[first_note - 1 : first_note + 1]
        beat = original.beat_quarter
        if before.onset_quarter // beat == first.onset_quarter // beat:
            yield f"want to begin with the first note of a beat, got note {first_note}"
    yield from _check_chords(passage, original, -off)


def check_displaced(passage: Passage, original: Passage, claim: DisplacedClaim) -> Iterator[str]:
    """Check that a passage is a lick later over the same chords.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    claim : DisplacedClaim
        How much later.

    Yields
    ------
    str
        What is wrong.
    """
    if claim.by_quarter not in {Fraction(1, 2), original.beat_quarter}:
        yield f"want an eighth or a beat, got {claim.by_quarter}"
    if not _are_moved(passage.notes, original.notes, claim.by_quarter):
        yield f"want all notes {claim.by_quarter} later, got others"
    if passage.chords != original.chords:
        yield "want the chords where they are, got others"
    n_other = sum(
        passage.chord_at(one.onset_quarter + claim.by_quarter)
        != original.chord_at(one.onset_quarter)
        for one in original.notes
    )
    if n_other != claim.n_other_chord:
        yield f"want {claim.n_other_chord} notes over another chord, got {n_other}"


def check_answer(passage: Passage, original: Passage, n_bars: int) -> Iterator[str]:
    """Check that as many empty bars follow a lick as it has.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    n_bars : int
        Of the lick.

    Yields
    ------
    str
        What is wrong.
    """
    if n_bars != original.n_bars or passage.n_bars != 2 * n_bars:
        yield f"want twice {original.n_bars} bars, got {passage.n_bars}"
    if passage.notes != original.notes:
        yield "want the notes of the lick and no others, got others"
    yield from _check_chords(passage, original, Fraction(0))
    yield from _check_chords(passage, original, original.length_quarter)


def _are_moved(
    notes: Sequence[PassageNote], originals: Sequence[PassageNote], by: Fraction
) -> bool:
    """Tell whether notes are others so much later."""
    return len(notes) == len(originals) and all(
        one.onset_quarter == other.onset_quarter + by
        and replace(one, onset_quarter=other.onset_quarter) == other
        for one, other in zip(notes, originals, strict=True)
    )


def _check_chords(passage: Passage, original: Passage, by: Fraction) -> Iterator[str]:
    """Check that the chords of the lick are there, so much later."""
    places = {one.onset_quarter for one in original.chords} | {-by, Fraction(0)}
    places |= {one.onset_quarter - by for one in passage.chords}
    for place in sorted(places):
        is_in_both = 0 <= place < original.length_quarter and place + by >= 0
        if is_in_both and passage.chord_at(place + by) != original.chord_at(place):
            yield f"want the chords of the lick, got another at {place + by}"
