"""Whether an exercise is what it says: its claim is looked for again, by the theory engine.

In: an exercise, and the lick that it was made of. Out: what is wrong. Nothing here asks how an
exercise was made.
"""

from collections.abc import Iterator

from licklab.domain.instrument import UNNAMED, find_instrument
from licklab.domain.passage import Passage
from licklab.practice.exercises.checking_chords import check_cadence, check_ending, check_joint
from licklab.practice.exercises.checking_places import check_answer, check_displaced, check_tail
from licklab.practice.exercises.checking_rhythms import check_ladder, check_rhythm
from licklab.practice.exercises.checking_skeleton import (
    check_approaches,
    check_targets,
    check_whole,
)
from licklab.practice.exercises.checking_words import check_words
from licklab.practice.exercises.exercise import (
    AnswerClaim,
    ApproachesClaim,
    CadenceClaim,
    Claim,
    DisplacedClaim,
    EndingClaim,
    Exercise,
    ExerciseKind,
    JointClaim,
    LadderClaim,
    RhythmClaim,
    TailClaim,
    TargetsClaim,
    WholeClaim,
)

_CLAIMS: dict[ExerciseKind, type[Claim]] = {
    ExerciseKind.TARGETS: TargetsClaim,
    ExerciseKind.APPROACHES: ApproachesClaim,
    ExerciseKind.WHOLE: WholeClaim,
    ExerciseKind.BACKWARD: TailClaim,
    ExerciseKind.DISPLACED: DisplacedClaim,
    ExerciseKind.ENDING: EndingClaim,
    ExerciseKind.MINOR: CadenceClaim,
    ExerciseKind.TRITONE: CadenceClaim,
    ExerciseKind.BACKDOOR: CadenceClaim,
    ExerciseKind.RHYTHM: RhythmClaim,
    ExerciseKind.CONNECTED: JointClaim,
    ExerciseKind.ANSWER: AnswerClaim,
    ExerciseKind.LADDER: LadderClaim,
}


def check_exercise(
    exercise: Exercise, original: Passage, *, instrument_id: str | None = None
) -> tuple[str, ...]:
    """Check what an exercise claims.

    Parameters
    ----------
    exercise : Exercise
        To check.
    original : Passage
        The lick that it was made of.
    instrument_id : str, optional
        Of the instrument whose range counts.

    Returns
    -------
    tuple of str
        What is wrong, in words; empty when all is right.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that id.
    """
    wanted = _CLAIMS[exercise.kind]
    if not isinstance(exercise.claim, wanted):
        return (f"want a {wanted.__name__} of {exercise.kind}, got {exercise.claim}",)
    problems = (
        *_check_notes(exercise, original, instrument_id),
        *_check_claim(exercise, original),
    )
    # What is said of notes is asked only where they are what they should be.
    return problems or tuple(check_words(exercise, original))


def _check_notes(exercise: Exercise, original: Passage, instrument_id: str | None) -> Iterator[str]:
    ids = {one.id for one in original.notes if one.id}
    if not set(exercise.note_ids) <= ids:
        yield f"want ids of notes of the lick, got {sorted(set(exercise.note_ids) - ids)}"
    claim = exercise.claim
    others = {one.id for one in claim.following.notes} if isinstance(claim, JointClaim) else set()
    strange = {one.id for one in exercise.passage.notes if one.id} - ids - others
    if strange:
        yield f"want notes of the lick, got {sorted(strange)}"
    if exercise.passage.signature != original.signature:
        yield f"want {original.signature} as in the lick, got {exercise.passage.signature}"
    instrument = find_instrument(instrument_id or UNNAMED)
    lowest, highest = instrument.lowest_midi, instrument.highest_midi
    outside = [one for one in exercise.passage.pitches_midi if not lowest <= one <= highest]
    if outside:
        yield f"want notes from {lowest} to {highest} on {instrument.name}, got {outside}"


def _check_claim(exercise: Exercise, original: Passage) -> Iterator[str]:
    passage = exercise.passage
    match exercise.claim:
        case TargetsClaim(targets):
            yield from check_targets(passage, original, targets)
        case ApproachesClaim(targets, approaches):
            yield from check_approaches(passage, original, targets, approaches)
        case WholeClaim():
            yield from check_whole(passage, original)
        case TailClaim(first_note):
            yield from check_tail(passage, original, first_note)
        case DisplacedClaim() as claim:
            yield from check_displaced(passage, original, claim)
        case RhythmClaim(rhythm):
            yield from check_rhythm(passage, original, rhythm)
        case AnswerClaim(n_bars):
            yield from check_answer(passage, original, n_bars)
        case LadderClaim(tempi_bpm):
            yield from check_ladder(passage, original, tempi_bpm)
        case EndingClaim() as claim:
            yield from check_ending(passage, original, claim)
        case CadenceClaim() as claim:
            yield from check_cadence(exercise.kind, passage, original, claim)
        case JointClaim() as claim:
            yield from check_joint(passage, original, claim)
