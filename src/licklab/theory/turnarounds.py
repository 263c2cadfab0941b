"""Turnarounds and Coltrane changes: progressions of four chords and more.

In: the steps of some changes. Out: cadences of these two kinds, which may overlap others. A
turnaround has four chords in the places of I, VI, ii and V, each itself or a substitute of it, and
turns back to I or iii. It takes two bars, half a bar a chord; only the I may have rested before,
up to two bars. Slower ones are cadences like others: in a blues, ii and V of a bar each after
III and VI are heard as a ii-V-I. Coltrane changes go through three tonics a major third apart, each
reached by its dominant, with or without the ii before it.

Levine, The Jazz Theory Book (1995), on turnarounds, on Tadd Dameron's with major sevenths, and on
Coltrane changes.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from licklab.domain.harmony_function import CadenceKind
from licklab.domain.key import Key, KeyMode
from licklab.theory.cadences import FoundCadence
from licklab.theory.chord_steps import ChordKind, ChordStep

_M, _MIN, _D, _H, _O, _A, _NONE = tuple(ChordKind)
_Places = tuple[frozenset[tuple[int, ChordKind]], ...]


def _places(*each: dict[int, set[ChordKind]]) -> _Places:
    return tuple(
        frozenset((degree, kind) for degree, kinds in place.items() for kind in kinds)
        for place in each
    )


# Degrees in semitones above the tonic. iii for I; VI7, bIII7, bIIImaj7 and the diminished chords
# that pass for vi; II7, bVI7 and bVImaj7 for ii; bII7 and bIImaj7 for V.
_MAJOR = _places(
    {0: {_M, _D}, 4: {_MIN, _H, _D}},
    {9: {_MIN, _D, _H}, 3: {_D, _M, _O, _MIN}, 1: {_O}},
    {2: {_MIN, _D, _H}, 8: {_D, _M}},
    {7: {_D}, 1: {_D, _M}},
)
# In minor: vi half-diminished or bVI, ii half-diminished.
_MINOR = _places(
    {0: {_MIN}},
    {9: {_H, _D}, 8: {_M, _D}, 3: {_M, _D}},
    {2: {_H, _D, _MIN}, 8: {_M, _D}},
    {7: {_D}, 1: {_D, _M}},
)
_N_PLACES = 4
_MOST_BARS = (2, 0.5, 0.5, 0.5)
_MAJOR_THIRDS = frozenset({4, 8})
_LEAST_TONICS = 3


def find_turnarounds(steps: Sequence[ChordStep], beats_per_bar: int) -> Iterator[FoundCadence]:
    """Find turnarounds.

    Parameters
    ----------
    steps : sequence of ChordStep
        In order.
    beats_per_bar : int
        0 where there are no beats.

    Yields
    ------
    FoundCadence
        None beginning within another.
    """
    place = 0
    while place + _N_PLACES <= len(steps):
        found = _read_turnaround(steps, place, beats_per_bar)
        if found is None:
            place += 1
        else:
            yield found
            place += _N_PLACES


def _read_turnaround(
    steps: Sequence[ChordStep], place: int, beats_per_bar: int
) -> FoundCadence | None:
    four = steps[place : place + _N_PLACES]
    # Of three beats half a bar is one or two.
    if beats_per_bar and any(
        step.n_beats > ceil(beats_per_bar * n_bars)
        for step, n_bars in zip(four, _MOST_BARS, strict=True)
    ):
        return None
    dominant = four[-1]
    if dominant.kind not in {_D, _M}:
        return None
    after = steps[place + _N_PLACES] if place + _N_PLACES < len(steps) else None
    for above in (5, 11):  # the tonic as V and as bII see it
        tonic = (dominant.root + above) % 12
        degrees = [((step.root - tonic) % 12, step.kind) for step in four]
        for allowed, mode in ((_MAJOR, KeyMode.MAJOR), (_MINOR, KeyMode.MINOR)):
            fits = all(one in ones for one, ones in zip(degrees, allowed, strict=True))
            returns = after is None or ((after.root - tonic) % 12, after.kind) in allowed[0]
            if fits and returns:
                last = place + _N_PLACES - (after is None)
                key = Key.of_pitch_class(tonic, mode)
                return FoundCadence(
                    CadenceKind.TURNAROUND, place, last, arrives=after is not None, key=key
                )
    return None


def find_coltrane_changes(steps: Sequence[ChordStep]) -> Iterator[FoundCadence]:
    """Find Coltrane changes.

    Parameters
    ----------
    steps : sequence of ChordStep
        In order.

    Yields
    ------
    FoundCadence
        As long as the tonics go on by major thirds; its key is that of the last.
    """
    place = 0
    while place < len(steps):
        arrivals = [place] if steps[place].kind is _M else []
        while arrivals:
            after = _next_tonic(steps, arrivals[-1])
            if after is None:
                break
            arrivals.append(after)
        if len(arrivals) >= _LEAST_TONICS:
            last = arrivals[-1]
            key = Key.of_pitch_class(steps[last].root, KeyMode.MAJOR)
            yield FoundCadence(CadenceKind.COLTRANE, place, last, arrives=True, key=key)
        place = max(place + 1, arrivals[-1] if len(arrivals) >= _LEAST_TONICS else 0)


def _next_tonic(steps: Sequence[ChordStep], place: int) -> int | None:
    """Find the tonic a major third away that the steps lead to at once, by V or by ii and V."""
    for n_before in (1, 2):
        last = place + n_before + 1
        if last >= len(steps) or steps[last].kind is not _M:
            continue
        tonic = steps[last].root
        dominant, prepared = steps[last - 1], steps[last - 2]
        if dominant.kind is not _D or (tonic - dominant.root) % 12 != 5:
            continue
        is_prepared = prepared.kind is _MIN and (tonic - prepared.root) % 12 == 10
        if (n_before == 1 or is_prepared) and (tonic - steps[place].root) % 12 in _MAJOR_THIRDS:
            return last
    return None
