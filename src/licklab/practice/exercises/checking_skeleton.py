"""Checks of claims about the skeleton of a lick: targets, what leads to them, and the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.passage import Passage, PassageNote
from licklab.practice.exercises.analyzed import analyze_passage
from licklab.theory.chord_view import view_chord

_STEPS = {1, 2, -1, -2}


def check_targets(passage: Passage, original: Passage, targets: Sequence[int]) -> Iterator[str]:
    """Check that a passage is the chord tones on beats of a lick.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    targets : sequence of int
        Notes of the lick.

    Yields
    ------
    str
        What is wrong.
    """
    yield from _check_kept(passage, original, targets)
    yield from _check_tones(original, targets)


def check_approaches(
    passage: Passage, original: Passage, targets: Sequence[int], approaches: Sequence[int]
) -> Iterator[str]:
    """Check that a passage is targets of a lick and notes that lead to them.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    targets, approaches : sequence of int
        Notes of the lick.

    Yields
    ------
    str
        What is wrong.
    """
    if not approaches or set(targets) & set(approaches):
        yield f"want approaches beside the targets, got {approaches} beside {targets}"
    yield from _check_kept(passage, original, sorted((*targets, *approaches)))
    yield from _check_tones(original, targets)
    heard = analyze_passage(original).analysis.notes
    pitches = original.pitches_midi
    for note in approaches:
        is_step = note + 1 in targets and pitches[note + 1] - pitches[note] in _STEPS
        if not is_step and heard[note].target not in targets:
            yield f"want a note that leads to a target, got note {note}"


def _check_tones(original: Passage, targets: Sequence[int]) -> Iterator[str]:
    if len(targets) < 2:
        yield f"want two targets at least, got {targets}"
    heard = analyze_passage(original).analysis.notes
    for note in targets:
        if not heard[note].role.is_of_chord or heard[note].weight < 1:
            yield f"want a chord tone on a beat, got note {note}: {heard[note]}"


def _check_kept(passage: Passage, original: Passage, kept: Sequence[int]) -> Iterator[str]:
    """Check that some notes are as in the lick, each held to the next or to a rest of the lick."""
    if list(kept) != sorted(set(kept)) or not all(0 <= one < len(original.notes) for one in kept):
        yield f"want notes of the lick in order, got {kept}"
        return
    if replace(passage, notes=()) != replace(original, notes=()):
        yield "want the bars and chords of the lick, got others"
    if len(kept) != len(passage.notes):
        yield f"want {len(kept)} notes, got {len(passage.notes)}"
        return
    for note, one, following in zip(kept, passage.notes, (*passage.notes[1:], None), strict=True):
        same = replace(original.notes[note], length_quarter=one.length_quarter)
        if one != same:
            yield f"want note {note} as in the lick, got {one}"
        is_joined = following is not None and one.offset_quarter == following.onset_quarter
        longest = max(original.bar_quarter, original.notes[note].length_quarter)
        if one.length_quarter > longest:
            yield f"want note {note} held for a bar at most, got {one}"
        is_longest = one.length_quarter == longest
        if not (is_joined or is_longest or _may_end(original, one, kept)):
            yield f"want note {note} held to the next, a rest or another chord, got {one}"
        if any(
            original.notes[note].offset_quarter <= at < one.offset_quarter
            for at in _foreign_chords(original, one)
        ):
            yield f"want note {note} held over its own chords, got {one}"


def _may_end(original: Passage, held: PassageNote, kept: Sequence[int]) -> bool:
    """Tell whether the lick rests here, a kept note follows, or a chord that is another's."""
    if held.offset_quarter in _foreign_chords(original, held):
        return True
    for at, one in enumerate(original.notes):
        if one.offset_quarter == held.offset_quarter:
            if at + 1 == len(original.notes) or at + 1 in kept:
                return True
            gap = original.notes[at + 1].onset_quarter - one.offset_quarter
            return gap > original.beat_quarter / 2
    return False


def _foreign_chords(original: Passage, note: PassageNote) -> set[Fraction]:
    """List where chords begin that a note is no tone of."""
    views = [(one.onset_quarter, view_chord(one.symbol)) for one in original.chords]
    return {at for at, view in views if view is None or not view.is_tone(note.pitch_midi)}


def check_whole(passage: Passage, original: Passage) -> Iterator[str]:
    """Check that a passage is the lick.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.

    Yields
    ------
    str
        What is wrong.
    """
    if passage != original:
        yield "want the lick as it is, got another passage"
