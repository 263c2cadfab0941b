"""Roman numerals: what a chord does in its key.

In: a chord, the key in force and the chord after it. Out: such as ``ii7``, ``V7/ii``, ``subV7/V``.
Numerals count from the major scale of the tonic in every key; large ones have a major third. A
dominant is named by where it leads or, where it does not go there, by where it would: ``V7/x`` a
fifth above its goal, ``subV7/x`` a semitone above. A minor chord before such a dominant is its
``ii``. What is behind the last stroke is the bass, as a degree of the chord: ``Imaj7/3``.

Secondary, substitute and related chords after Nettles and Graf, The Chord Scale Theory and Jazz
Harmony (1997).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from licklab.domain.chord_symbol import ChordSymbol, quality_of
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import note_degree, note_pitch_class
from licklab.theory.chord_steps import ChordKind, ChordStep

_NUMERALS = ("I", "bII", "II", "bIII", "III", "IV", "#IV", "V", "bVI", "VI", "bVII", "VII")
# In the order of `licklab.domain.chord.QUALITIES`.
_SUFFIXES = ("", "", "7", "maj7", "7", "6", "6", "(maj7)", "ø7", "°7", "7sus4", "+")
# Degrees, in semitones above the tonic, that a secondary dominant leads to, by the quality that
# belongs there. The tonic is no goal of its own: its dominant is V7.
_GOALS = {
    KeyMode.MAJOR: {2: "ii", 4: "iii", 5: "IV", 7: "V", 9: "vi"},
    KeyMode.MINOR: {3: "bIII", 5: "iv", 7: "V", 8: "bVI", 10: "bVII"},
    KeyMode.BLUES: {2: "ii", 4: "iii", 5: "IV", 7: "V", 9: "vi"},
}  # fmt: skip
# Dominants at home in the key wherever they go: V7, the backdoor's bVII7, and of the blues I7 and
# IV7; the subdominant's IV7 in major and minor (of the melodic minor there) as well.
_AT_HOME = {
    KeyMode.MAJOR: frozenset({5, 7, 10}),
    KeyMode.MINOR: frozenset({5, 7, 10}),
    KeyMode.BLUES: frozenset({0, 5, 7, 10}),
}
# Minor and half-diminished chords that belong to the key, and need no dominant to be explained.
_MINOR_AT_HOME = {
    KeyMode.MAJOR: frozenset({2, 4, 5, 9}),
    KeyMode.MINOR: frozenset({0, 2, 5, 7}),
    KeyMode.BLUES: frozenset({2, 4, 5, 9}),
}
_SMALL = frozenset({ChordKind.MINOR, ChordKind.HALF_DIMINISHED, ChordKind.DIMINISHED})


@dataclass(frozen=True, slots=True)
class _Places:
    """Roots of a chord and of the two after it, in semitones above the tonic."""

    mode: KeyMode
    root: int
    kind: ChordKind
    next_root: int
    next_kind: ChordKind
    second: tuple[int, ChordKind]

    @property
    def motion(self) -> int | None:
        is_last = self.next_kind is ChordKind.NONE
        return None if is_last else (self.next_root - self.root) % 12


def write_roman(
    symbol: ChordSymbol, step: ChordStep, key: Key, following: Sequence[ChordStep] = ()
) -> str:
    """Write what a chord does in its key.

    Parameters
    ----------
    symbol : ChordSymbol
        The chord; not the lack of one.
    step : ChordStep
        That it belongs to.
    key : Key
        In force.
    following : sequence of ChordStep
        The steps that come next; two are looked at.

    Returns
    -------
    str
        Its numeral.
    """
    tonic = key.pitch_class
    roots = [((one.root - tonic) % 12, one.kind) for one in following[:2]]
    next_root, next_kind = roots[0] if roots else (0, ChordKind.NONE)
    places = _Places(
        key.mode, (step.root - tonic) % 12, step.kind, next_root, next_kind,
        roots[1] if len(roots) > 1 else (0, ChordKind.NONE),
    )  # fmt: skip
    suffix, bass = _suffix_and_bass(symbol, step)
    if step.kind is ChordKind.DOMINANT:
        return _name_dominant(places, suffix) + bass
    if step.kind in {ChordKind.MINOR, ChordKind.HALF_DIMINISHED}:
        related = _name_related(places, suffix)
        if related is not None:
            return related + bass
    return _numeral(places) + suffix + bass


def _suffix_and_bass(symbol: ChordSymbol, step: ChordStep) -> tuple[str, str]:
    root = note_pitch_class(symbol.root)
    if root != step.root:  # a chord over the bass of a suspended dominant
        return "7sus4", ""
    quality = quality_of(symbol)
    assert quality is not None
    suffix = _SUFFIXES[quality]
    if suffix in {"°7", "7sus4"} and symbol.seventh is None:
        suffix = suffix.replace("7", "")
    return suffix, f"/{note_degree(symbol.root, symbol.bass)}" if symbol.bass else ""


def _numeral(places: _Places) -> str:
    """Name the degree; a diminished chord that rises by a semitone is raised, not lowered."""
    name = _NUMERALS[places.root]
    if places.kind is ChordKind.DIMINISHED and name[0] == "b" and places.motion == 1:
        name = "#" + _NUMERALS[places.root - 1]
    return name.lower() if places.kind in _SMALL else name


def _name_dominant(places: _Places, suffix: str) -> str:
    goals = _GOALS[places.mode]
    fifth_below, semitone_below = (places.root + 5) % 12, (places.root - 1) % 12
    if places.root == 7:
        return "V" + suffix
    if places.motion == 11 and (semitone_below in goals or semitone_below == 0):
        goal = "" if semitone_below == 0 else "/" + goals[semitone_below]
        return f"subV{suffix}{goal}"
    if places.motion == 5 and not (places.mode is KeyMode.BLUES and places.root == 0):
        resolution = _name_goal(places, places.next_root, places.next_kind)
        if resolution:
            return f"V{suffix}/{resolution}"
    if places.root not in _AT_HOME[places.mode] and fifth_below in goals:
        return f"V{suffix}/{goals[fifth_below]}"
    return _NUMERALS[places.root] + suffix


def _name_goal(places: _Places, root: int, kind: ChordKind) -> str | None:
    """Name what a dominant leads to, as it is where it is major or minor."""
    if kind in {ChordKind.MAJOR, ChordKind.MINOR, ChordKind.HALF_DIMINISHED}:
        name = _NUMERALS[root]
        return name.lower() if kind in _SMALL else name
    return _GOALS[places.mode].get(root)


def _name_related(places: _Places, suffix: str) -> str | None:
    """Name a minor chord that prepares a dominant of another degree; None where it is at home."""
    if places.next_kind is not ChordKind.DOMINANT or places.root in _MINOR_AT_HOME[places.mode]:
        return None
    if places.motion not in {5, 11}:  # V7 and subV7 after it lead to the same place
        return None
    root = (places.root + 10) % 12
    kind = places.second[1] if places.second[0] == root else ChordKind.NONE
    goal = _name_goal(places, root, kind) if root else None
    return f"ii{suffix}/{goal}" if goal else None
