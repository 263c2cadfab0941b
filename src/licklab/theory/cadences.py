"""Cadences: progressions of two to four chords that players know by name.

In: the steps of some changes and the key of each. Out: cadences, found by templates on the motion
of roots and the kind of chord. Each dominant is looked at once, and belongs to one at most:

- ii-V-I: a minor or half-diminished chord, a dominant a fourth above it, and a chord a fourth above
  that. The arrival decides: major, minor, or the dominant seventh on the tonic of a blues. The
  dominant may be followed by its own tritone substitute.
- tritone substitution: the dominant a semitone above the arrival, with the ii before it or, without
  it, into the tonic.
- backdoor: iv, the dominant a fourth above it, and a chord a whole tone above that; or bVII7 alone
  into a major tonic.
- ii-V: the two without the arrival.
- V-I: a dominant that falls by a fifth into the tonic, without ii.

Levine, The Jazz Theory Book (1995); Nettles and Graf, The Chord Scale Theory and Jazz Harmony
(1997).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from licklab.domain.harmony_function import Cadence, CadenceKind
from licklab.domain.key import Key, KeyMode
from licklab.domain.solo_line import LineChord
from licklab.theory.chord_steps import ChordKind, ChordStep

_PREPARING = frozenset({ChordKind.MINOR, ChordKind.HALF_DIMINISHED})
_MINOR = ChordKind.MINOR
_ARRIVING = {ChordKind.MAJOR: KeyMode.MAJOR, ChordKind.MINOR: KeyMode.MINOR}
# Motions of roots, in semitones upward.
_FOURTH, _SEMITONE_DOWN, _WHOLE_TONE, _TRITONE = 5, 11, 2, 6
_NAMES = {
    ChordKind.MAJOR: CadenceKind.II_V_I_MAJOR,
    ChordKind.MINOR: CadenceKind.II_V_I_MINOR,
    ChordKind.DOMINANT: CadenceKind.II_V_I_BLUES,
}


@dataclass(frozen=True, slots=True)
class FoundCadence:
    """A cadence among steps.

    Attributes
    ----------
    kind : CadenceKind
        What it is.
    first, last : int
        Indices of its first and last step.
    arrives : bool
        Whether the last step is the arrival.
    key : Key
        Where it leads, or would lead.
    """

    kind: CadenceKind
    first: int
    last: int
    arrives: bool
    key: Key


def find_cadences(steps: Sequence[ChordStep], keys: Sequence[Key]) -> tuple[FoundCadence, ...]:
    """Find the cadences of some changes.

    Parameters
    ----------
    steps : sequence of ChordStep
        In order.
    keys : sequence of Key
        Of each step.

    Returns
    -------
    tuple of FoundCadence
        Ordered by their first step.
    """
    search = _Search(steps, keys)
    return tuple(sorted(search.find(), key=lambda one: (one.first, one.last)))


def place_cadence(
    found: FoundCadence, steps: Sequence[ChordStep], chords: Sequence[LineChord]
) -> Cadence:
    """Tell where a cadence stands in the line.

    Parameters
    ----------
    found : FoundCadence
        Among the steps.
    steps : sequence of ChordStep
        Of the changes.
    chords : sequence of LineChord
        That the steps were read from.

    Returns
    -------
    Cadence
        Up to the first chord of its arrival, or to the last one of its last step.
    """
    last = steps[found.last]
    first_chord, last_chord = steps[found.first].first, last.first if found.arrives else last.last
    return Cadence(
        found.kind,
        first_chord,
        last_chord,
        found.key,
        chords[first_chord].onset_sec,
        chords[last_chord].offset_sec,
        chords[first_chord].bar,
        chords[last_chord].bar,
    )


class _Search:
    def __init__(self, steps: Sequence[ChordStep], keys: Sequence[Key]) -> None:
        self._steps = steps
        self._keys = keys

    def find(self) -> Iterator[FoundCadence]:
        taken = -1  # the substitute that ends a ii-V-subV-I is no dominant of its own
        for place, step in enumerate(self._steps):
            if step.kind is not ChordKind.DOMINANT or place == taken:
                continue
            found = self._with_preparation(place) or self._alone(place)
            if found is not None:
                yield found
                if found.arrives and found.last == place + 2:
                    taken = place + 1

    def _with_preparation(self, place: int) -> FoundCadence | None:
        """Name a dominant with the minor chord before it."""
        if not place or self._steps[place - 1].kind not in _PREPARING:
            return None
        motion = self._motion(place - 1)
        if motion == _SEMITONE_DOWN and self._arrives(place + 1, self._root(place, -1)):
            return self._name(CadenceKind.TRITONE, place - 1, place + 1)
        if motion != _FOURTH:
            return None
        goal = self._root(place, _FOURTH)
        substitute = place + 1
        is_doubled = self._is(substitute, ChordKind.DOMINANT) and self._motion(place) == _TRITONE
        arrival = place + 2 if is_doubled else place + 1
        if self._arrives(arrival, goal):
            return self._name(_NAMES[self._steps[arrival].kind], place - 1, arrival)
        is_minor = self._steps[place - 1].kind is ChordKind.MINOR
        if is_minor and self._is_backdoor(place):
            return self._name(CadenceKind.BACKDOOR, place - 1, place + 1)
        mode = KeyMode.MAJOR if is_minor else KeyMode.MINOR
        key = self._spell(goal, mode, place)
        return FoundCadence(CadenceKind.II_V, place - 1, place, arrives=False, key=key)

    def _alone(self, place: int) -> FoundCadence | None:
        """Name a dominant that goes to the tonic of the key in force."""
        arrival = place + 1
        if arrival >= len(self._steps):
            return None
        motion, step = self._motion(place), self._steps[arrival]
        if step.root != self._keys[arrival].pitch_class or not self._arrives(arrival, step.root):
            return None
        if motion == _FOURTH:
            return self._name(CadenceKind.V_I, place, arrival)
        if motion == _SEMITONE_DOWN:
            return self._name(CadenceKind.TRITONE, place, arrival)
        if motion == _WHOLE_TONE and step.kind is ChordKind.MAJOR:
            return self._name(CadenceKind.BACKDOOR, place, arrival)
        return None

    def _is_backdoor(self, place: int) -> bool:
        """Whether iv and bVII7 go to I: to a minor chord they may as well be ii and V to vi."""
        goal = self._root(place, _WHOLE_TONE)
        if place + 1 >= len(self._steps) or self._steps[place + 1].root != goal:
            return False
        kind, key = self._steps[place + 1].kind, self._keys[place + 1]
        is_tonic = key.pitch_class == goal and (key.mode is KeyMode.MINOR) == (kind is _MINOR)
        return kind is ChordKind.MAJOR or (is_tonic and kind in {_MINOR, ChordKind.DOMINANT})

    def _arrives(self, place: int, root: int) -> bool:
        """Whether a step is an arrival: major, minor, or the tonic of a blues."""
        if place >= len(self._steps) or self._steps[place].root != root:
            return False
        kind, key = self._steps[place].kind, self._keys[place]
        is_blues = key.mode is KeyMode.BLUES and key.pitch_class == root
        return kind in _ARRIVING or (kind is ChordKind.DOMINANT and is_blues)

    def _name(self, kind: CadenceKind, first: int, last: int) -> FoundCadence:
        step = self._steps[last]
        mode = _ARRIVING.get(step.kind, KeyMode.BLUES)
        return FoundCadence(kind, first, last, arrives=True, key=self._spell(step.root, mode, last))

    def _spell(self, tonic: int, mode: KeyMode, place: int) -> Key:
        """Spell a key as the one in force where they have the tonic in common."""
        in_force = self._keys[place]
        if in_force.pitch_class == tonic:
            return Key(in_force.tonic, mode)
        return Key.of_pitch_class(tonic, mode)

    def _is(self, place: int, kind: ChordKind) -> bool:
        return place < len(self._steps) and self._steps[place].kind is kind

    def _root(self, place: int, above: int) -> int:
        return (self._steps[place].root + above) % 12

    def _motion(self, place: int) -> int:
        return (self._steps[place + 1].root - self._steps[place].root) % 12
