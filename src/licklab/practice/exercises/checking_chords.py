"""Checks of claims about chords: endings, cadences, and the joint of two licks."""

from collections.abc import Iterator

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harmony_function import CadenceKind
from licklab.domain.key import KeyMode
from licklab.domain.line_analysis import ApproachKind, NoteRole
from licklab.domain.passage import Passage
from licklab.practice.exercises.analyzed import analyze_passage
from licklab.practice.exercises.exercise import (
    CadenceClaim,
    EndingClaim,
    ExerciseKind,
    JointClaim,
)
from licklab.theory.chord_steps import root_and_kind
from licklab.theory.chord_view import view_chord

_CADENCES = {
    ExerciseKind.MINOR: {CadenceKind.II_V_I_MINOR, CadenceKind.II_V},
    ExerciseKind.TRITONE: {CadenceKind.TRITONE},
    ExerciseKind.BACKDOOR: {CadenceKind.BACKDOOR},
}
_IN_PLACE = {NoteRole.GUIDE_TONE, NoteRole.CHORD_TONE, NoteRole.TENSION}
_STEP, _WIDEST_LEAP = 2, 5


def check_ending(passage: Passage, original: Passage, claim: EndingClaim) -> Iterator[str]:
    """Check that a lick ends on another degree of its last chord, by step.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    claim : EndingClaim
        On which degree.

    Yields
    ------
    str
        What is wrong.
    """
    if passage.chords != original.chords:
        yield "want the chords of the lick, got others"
    wrong_places = list(_check_places(passage, original))
    yield from wrong_places
    if wrong_places:
        return
    pitches, before = passage.pitches_midi, original.pitches_midi
    changed = [i for i, (new, old) in enumerate(zip(pitches, before, strict=True)) if new != old]
    last = len(before) - 1
    if len(changed) != claim.n_changed or changed not in ([last], [last - 1, last]):
        yield f"want the last {claim.n_changed} notes changed, got {changed} of {len(before)}"
    step = abs(pitches[-1] - pitches[-2])
    if not 1 <= step <= (1 if len(changed) > 1 else _STEP):
        yield f"want the last note reached by step, got {step} semitones"
    if len(changed) > 1 and not 1 <= abs(pitches[-2] - pitches[-3]) <= _WIDEST_LEAP:
        yield f"want no wide leap before the ending, got {pitches[-3:]}"
    yield from _check_degree(passage, claim)


def _check_degree(passage: Passage, claim: EndingClaim) -> Iterator[str]:
    last = passage.notes[-1]
    chords = {passage.chord_at(last.onset_quarter)} | {
        one.symbol
        for one in passage.chords
        if last.onset_quarter < one.onset_quarter < last.offset_quarter
    }
    view = view_chord(claim.chord)
    if view is None or claim.chord not in chords:
        yield f"want the chord under the last note, got {claim.chord}"
        return
    place = view.semitones(last.pitch_midi)
    number = claim.degree.lstrip("b#")
    roles = _IN_PLACE if number == "9" else _IN_PLACE - {NoteRole.TENSION}
    if view.degrees[place] != claim.degree or view.roles[place] not in roles:
        yield f"want {claim.degree} of {view.text}, got {view.degrees[place]}"
    if number not in {"3", "5", "9"}:
        yield f"want an ending on 3, 5 or 9, got {claim.degree}"


def _check_places(passage: Passage, original: Passage) -> Iterator[str]:
    """Check that as many notes begin and end where they did."""
    new, old = (
        [(one.onset_quarter, one.length_quarter, one.id) for one in part.notes]
        for part in (passage, original)
    )
    if new != old or passage.n_bars != original.n_bars:
        yield "want the rhythm of the lick, got another"


def check_cadence(
    kind: ExerciseKind, passage: Passage, original: Passage, claim: CadenceClaim
) -> Iterator[str]:
    """Check that a lick is over another cadence with every note in place.

    Parameters
    ----------
    kind : ExerciseKind
        Which cadence it is about.
    passage, original : Passage
        The exercise, and the lick.
    claim : CadenceClaim
        Which notes are over other chords.

    Yields
    ------
    str
        What is wrong.
    """
    wrong_places = list(_check_places(passage, original))
    yield from wrong_places
    if wrong_places:
        return
    if claim.cadence not in _CADENCES[kind]:
        yield f"want one of {_CADENCES[kind]}, got {claim.cadence}"
    places = [one.onset_quarter for one in original.notes]
    over = [i for i, at in enumerate(places) if passage.chord_at(at) != original.chord_at(at)]
    # A chord may be what it was already: a note over it need not have moved.
    if not set(over) <= set(claim.notes) or not claim.notes:
        yield f"want notes {over} over other chords, got {claim.notes}"
    yield from _check_shape(passage, original, claim)
    heard = analyze_passage(passage)
    for note in claim.notes:
        one = heard.analysis.notes[note]
        leads = one.approach not in {None, ApproachKind.ANTICIPATION}
        if one.role not in _IN_PLACE and not leads:
            yield f"want note {note} in place over its chord, got {one}"
    chords = {int(heard.line.chord[note]) for note in claim.notes}
    spans = [
        (one.first_chord, one.last_chord)
        for one in heard.analysis.harmony.cadences
        if one.kind is claim.cadence
        and (one.key.mode is KeyMode.MINOR or kind is not ExerciseKind.MINOR)
    ]
    if not any(first <= min(chords) and max(chords) <= last for first, last in spans):
        yield f"want {claim.cadence} under the notes, got {heard.analysis.harmony.cadences}"


def _check_shape(passage: Passage, original: Passage, claim: CadenceClaim) -> Iterator[str]:
    """Check that notes move by a whole tone at most, and the line rises and falls as it did."""
    new, old = passage.pitches_midi, original.pitches_midi
    moves = [after - before for before, after in zip(old, new, strict=True)]
    wrong = [i for i, move in enumerate(moves) if move and (abs(move) > 2 or i not in claim.notes)]
    if wrong:
        yield f"want notes moved by a step over other chords, got {wrong} of {moves}"
    if sum(move != 0 for move in moves) != claim.n_changed:
        yield f"want {claim.n_changed} notes changed, got {moves}"
    for i in range(1, len(new)):
        rise, was = new[i] - new[i - 1], old[i] - old[i - 1]
        if (rise > 0, rise < 0) != (was > 0, was < 0):
            yield f"want the shape of the lick, got {rise} for {was} before note {i}"


def check_joint(passage: Passage, original: Passage, claim: JointClaim) -> Iterator[str]:
    """Check that a lick leads into another by step, over chords that go on.

    Parameters
    ----------
    passage, original : Passage
        The exercise, and the lick.
    claim : JointClaim
        Which other lick, and how it is moved.

    Yields
    ------
    str
        What is wrong.
    """
    count = len(original.notes)
    moved = claim.following.moved(claim.semitones)
    if passage.notes[:count] != original.notes:
        yield "want the lick first, got other notes"
    second = [
        (one.onset_quarter - claim.onset_quarter, one.length_quarter, one.pitch_midi)
        for one in passage.notes[count:]
    ]
    if second != [(one.onset_quarter, one.length_quarter, one.pitch_midi) for one in moved.notes]:
        yield "want the other lick after it, got other notes"
        return
    if claim.onset_quarter % passage.bar_quarter:
        yield f"want the second at a bar line, got {claim.onset_quarter}"
    for part, place, by in ((original, 0, 0), (moved, count, claim.onset_quarter)):
        for one in passage.notes[place : place + len(part.notes)]:
            if passage.chord_at(one.onset_quarter) != part.chord_at(one.onset_quarter - by):
                yield f"want notes over their own chords, got another at {one.onset_quarter}"
    step = abs(passage.notes[count].pitch_midi - passage.notes[count - 1].pitch_midi)
    if step > _STEP:
        yield f"want a step or the same note at the joint, got {step} semitones"
    yield from _check_progression(passage, original, moved, claim)


def _check_progression(
    passage: Passage, original: Passage, moved: Passage, claim: JointClaim
) -> Iterator[str]:
    """Check that chords go on at the joint: the same one, in a cadence, or in the same key."""
    change = claim.change_quarter
    before = [one for one in passage.chords if one.onset_quarter < change]
    until = [one for one in passage.chords if one.onset_quarter <= change]
    if not before or not moved.chords or passage.chord_at(change) is None:
        yield "want chords at the joint, got none"
        return
    end, start = before[-1].symbol, until[-1].symbol
    place = len(before) - 1
    in_cadence = any(
        one.first_chord <= place < one.last_chord
        for one in analyze_passage(passage).analysis.harmony.cadences
    )
    of_second = [one for one in moved.chords if one.onset_quarter + claim.onset_quarter <= change]
    keys = [
        {
            (function.key.pitch_class, function.key.mode)
            for function in analyze_passage(part).analysis.harmony.functions
            if function.chord == chord
        }
        for part, chord in ((original, place), (moved, len(of_second) - 1))
    ]
    if not (
        len(before) == len(until)
        or root_and_kind(end) == root_and_kind(start)
        or in_cadence
        or keys[0] == keys[1] != set()
    ):
        yield f"want chords that go on, got {_text(end)} and {_text(start)}"


def _text(symbol: ChordSymbol) -> str:
    view = view_chord(symbol)
    return "no chord" if view is None else view.text
