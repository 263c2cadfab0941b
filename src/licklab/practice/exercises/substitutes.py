"""The lick over another cadence: the minor ii-V, the tritone substitute, the backdoor.

The cadence with most of the notes is replaced, chord by chord, and the notes are fitted to it.
Substitutes after Levine, "The Jazz Theory Book" (1995): the dominant a tritone away has the same
guide tones; iv and bVII7 come to the tonic through the back door.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harmony_function import Cadence, CadenceKind
from licklab.domain.instrument import Instrument
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import spell_root
from licklab.domain.passage import Passage
from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import CadenceClaim, Exercise, ExerciseKind
from licklab.practice.exercises.refitting import refit
from licklab.theory.chord_steps import ChordKind, read_steps

_MINOR7 = ("1", "b3", "5", "b7")
_HALF_DIMINISHED = ("1", "b3", "b5", "b7")
_DOMINANT = ("1", "3", "5", "b7")
_FLAT_NINE = ("1", "3", "5", "b7", "b9")
_MINOR6 = ("1", "b3", "5", "6")
# Degrees of the key that the chords of a cadence are built on, semitones above its tonic.
_TWO, _FIVE = 2, 7
# So few notes over what is new do not show it.
_FEWEST_NOTES, _FEWEST_DOMINANT = 3, 2

# For each way: the chord in place of ii, V and I, as semitones above the tonic and degrees; None
# keeps what is there.
_Place = tuple[int, tuple[str, ...]] | None


@dataclass(frozen=True, slots=True)
class _Way:
    kind: ExerciseKind
    cadence: CadenceKind
    of: frozenset[CadenceKind]
    two: _Place
    five: _Place
    one: _Place
    why: str


_TO_MAJOR = frozenset({CadenceKind.II_V_I_MAJOR, CadenceKind.V_I})
_WAYS = (
    _Way(
        ExerciseKind.MINOR, CadenceKind.II_V_I_MINOR,
        frozenset({CadenceKind.II_V_I_MAJOR, CadenceKind.II_V}),
        (2, _HALF_DIMINISHED), (7, _FLAT_NINE), (0, _MINOR6),
        "with these notes it is yours in minor, too",
    ),
    _Way(
        ExerciseKind.TRITONE, CadenceKind.TRITONE,
        _TO_MAJOR | {CadenceKind.II_V_I_MINOR, CadenceKind.II_V_I_BLUES},
        None, (1, _DOMINANT), None,
        "the root now comes to its goal from a semitone above, and your line has to agree with it",
    ),
    _Way(
        ExerciseKind.BACKDOOR, CadenceKind.BACKDOOR,
        _TO_MAJOR | {CadenceKind.II_V_I_BLUES},
        (5, _MINOR7), (10, _DOMINANT), None,
        "you come to the same tonic from the other side, with darker notes",
    ),
)  # fmt: skip


def change_cadence(lick: AnalyzedPassage, instrument: Instrument) -> tuple[Exercise, ...]:
    """Play a lick over other cadences.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.
    instrument : Instrument
        Whose range counts.

    Returns
    -------
    tuple of Exercise
        At most three; none where the lick is over no cadence that can be another.
    """
    made = [_over(lick, _choose(lick, way), way, instrument) for way in _WAYS]
    return tuple(one for one in made if one is not None)


def _choose(lick: AnalyzedPassage, way: _Way) -> Cadence | None:
    """Choose the cadence with most of the notes over it."""
    chord = lick.line.chord.tolist()
    is_minor = way.kind is ExerciseKind.MINOR
    found = [
        one
        for one in lick.analysis.harmony.cadences
        if one.kind in way.of and not (is_minor and one.key.mode is KeyMode.MINOR)
    ]
    return max(
        found,
        key=lambda one: sum(one.first_chord <= at <= one.last_chord for at in chord),
        default=None,
    )


def _over(
    lick: AnalyzedPassage, cadence: Cadence | None, way: _Way, instrument: Instrument
) -> Exercise | None:
    if cadence is None:
        return None
    chords = _replace_chords(lick, cadence, way)
    places = lick.line.chord.tolist()
    changed = [note for note, at in enumerate(places) if at in chords]
    n_dominant = sum(chords[places[note]].third == "3" for note in changed)
    if len(changed) < _FEWEST_NOTES or n_dominant < _FEWEST_DOMINANT:
        return None
    fitted = refit(lick, _put(lick.passage, chords, cadence, way), changed, instrument)
    # A ii-V that does not arrive is a ii-V in minor, too.
    kind = CadenceKind.II_V if cadence.kind is CadenceKind.II_V else way.cadence
    if fitted is None or not _is_heard(fitted, kind, changed):
        return None
    n_changed = sum(
        one.pitch_midi != other.pitch_midi
        for one, other in zip(fitted.notes, lick.notes, strict=True)
    )
    new, old = (
        " - ".join(dict.fromkeys(write_symbol(symbols[at]) for at in sorted(chords)))
        for symbols in (chords, [one.symbol for one in lick.line.chords])
    )
    how = {0: "where it fits as it is", 1: "where one note moves by a step at most"}.get(
        n_changed, f"where {n_changed} notes move by a step at most"
    )
    return Exercise(
        way.kind,
        f"{way.kind[0].upper()}{way.kind[1:]}",
        f"Play the lick over {new} in place of {old}, {how}: {way.why}.",
        fitted.passage,
        CadenceClaim(kind, tuple(changed), n_changed),
        lick.ids(range(len(lick))),
    )


def _replace_chords(lick: AnalyzedPassage, cadence: Cadence, way: _Way) -> dict[int, ChordSymbol]:
    """Give the new symbols of the chords of a cadence that a way replaces."""
    key = Key(cadence.key.tonic, KeyMode.MINOR) if way.one else cadence.key
    found: dict[int, ChordSymbol] = {}
    for step in read_steps(lick.line.chords):
        if step.last < cadence.first_chord or step.first > cadence.last_chord:
            continue
        degree = (step.root - cadence.key.pitch_class) % 12
        if step.kind is ChordKind.DOMINANT and degree != 0:
            place = way.five  # the dominant, or the substitute that follows it
        else:
            place = {_TWO: way.two, 0: way.one}.get(degree)
        if place is not None:
            above, degrees = place
            root = spell_root(cadence.key.pitch_class + above, key)
            found |= {at: ChordSymbol(root, degrees) for at in range(step.first, step.last + 1)}
    return found


def _put(passage: Passage, chords: dict[int, ChordSymbol], cadence: Cadence, way: _Way) -> Passage:
    key = passage.key
    if way.one is not None and key is not None and key.pitch_class == cadence.key.pitch_class:
        key = Key(key.tonic, KeyMode.MINOR)
    placed = tuple(
        replace(one, symbol=chords.get(at, one.symbol)) for at, one in enumerate(passage.chords)
    )
    return replace(passage, chords=placed, key=key)


def _is_heard(heard: AnalyzedPassage, kind: CadenceKind, changed: Sequence[int]) -> bool:
    """Tell whether a cadence is heard where the changed notes are."""
    chords = {int(heard.line.chord[note]) for note in changed}
    return any(
        one.kind is kind
        and (kind is not CadenceKind.II_V or one.key.mode is KeyMode.MINOR)
        and one.first_chord <= min(chords)
        and max(chords) <= one.last_chord
        for one in heard.analysis.harmony.cadences
    )
