"""What changes do: keys, Roman numerals, cadences and forms, joined.

In: the chords of a line. Out: `HarmonyAnalysis`. Chords become steps (`chord_steps`), steps have
keys (`key_tracking`); numerals (`roman`), cadences (`cadences`, `turnarounds`) and choruses
(`forms`) are read from them.
"""

from collections.abc import Sequence

from licklab.domain.harmony_function import ChordFunction, HarmonyAnalysis
from licklab.domain.key import Key
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
    keys = track_keys(steps, key)
    found = [
        *find_cadences(steps, keys),
        *find_turnarounds(steps, beats_per_bar),
        *find_coltrane_changes(steps),
    ]
    placed = [place_cadence(one, steps, chords) for one in found]
    return HarmonyAnalysis(
        _name_functions(chords, steps, keys),
        tuple(sorted(placed, key=lambda one: (one.first_chord, -one.last_chord, one.kind))),
        find_forms(chords, beats_per_bar),
    )


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
