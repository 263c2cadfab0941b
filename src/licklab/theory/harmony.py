"""What changes do: keys, Roman numerals, cadences and forms, joined.

In: the chords of a line. Out: `HarmonyAnalysis`. Chords become steps (`chord_steps`); choruses
(`forms`) tell whether home is a blues, steps have keys (`key_tracking`); numerals (`roman`) and
cadences (`cadences`, `turnarounds`) are read from them.
"""

from collections.abc import Sequence

from licklab.domain.harmony_function import (
    ChangesForm,
    ChangesKind,
    ChordFunction,
    HarmonyAnalysis,
)
from licklab.domain.key import Key, KeyMode
from licklab.domain.solo_line import LineChord
from licklab.theory.cadences import find_cadences, place_cadence
from licklab.theory.chord_steps import ChordKind, ChordStep, read_steps
from licklab.theory.forms import find_forms
from licklab.theory.key_tracking import track_keys
from licklab.theory.roman import write_roman
from licklab.theory.turnarounds import find_coltrane_changes, find_turnarounds


def analyze_harmony(
    chords: Sequence[LineChord], key: Key | None, beats_per_bar: int
) -> HarmonyAnalysis:
    """Analyze the changes of a line.

    Parameters
    ----------
    chords : sequence of LineChord
        In order.
    key : Key or None
        Of the whole, where it is known.
    beats_per_bar : int
        Of most bars; 0 where there are no beats, and then no forms are found.

    Returns
    -------
    HarmonyAnalysis
        Empty where there are no chords.
    """
    steps = read_steps(chords)
    if not steps:
        return HarmonyAnalysis()
    forms = find_forms(chords, beats_per_bar)
    keys = track_keys(steps, _hear_home(key, forms, chords))
    found = [
        *find_cadences(steps, keys),
        *find_turnarounds(steps, beats_per_bar),
        *find_coltrane_changes(steps),
    ]
    placed = [place_cadence(one, steps, chords) for one in found]
    return HarmonyAnalysis(
        _name_functions(chords, steps, keys),
        tuple(sorted(placed, key=lambda one: (one.first_chord, -one.last_chord, one.kind))),
        forms,
    )


def _hear_home(
    key: Key | None, forms: Sequence[ChangesForm], chords: Sequence[LineChord]
) -> Key | None:
    """Hear a home in major as the blues where most bars are choruses of it: signatures say less."""
    if key is None or key.mode is not KeyMode.MAJOR:
        return key
    in_blues = sum(
        one.last_bar + 1 - one.first_bar
        for one in forms
        if one.kind is ChangesKind.BLUES and one.key.pitch_class == key.pitch_class
    )
    n_bars = chords[-1].bar + 1 - chords[0].bar
    return Key(key.tonic, KeyMode.BLUES) if 2 * in_blues > n_bars else key


def _name_functions(
    chords: Sequence[LineChord], steps: Sequence[ChordStep], keys: Sequence[Key]
) -> tuple[ChordFunction, ...]:
    found = []
    for at, (step, key) in enumerate(zip(steps, keys, strict=True)):
        if step.kind is not ChordKind.NONE:
            found += [
                ChordFunction(
                    i, key, write_roman(chords[i].symbol, step, key, steps[at + 1 : at + 3])
                )
                for i in range(step.first, step.last + 1)
            ]
    return tuple(found)
