"""Scales that players choose for chords.

In: a chord, and what it does. Out: the scales that a player may think of over it, each with how
readily. Which scale goes with which chord is as in Levine, "The Jazz Theory Book" (1995), and
Nettles and Graf, "The Chord Scale Theory and Jazz Harmony" (1997).
"""

from dataclasses import dataclass
from functools import lru_cache

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.note_name import degree_semitones
from licklab.theory.chord_view import ChordFamily, family_of

SCALES: dict[str, frozenset[int]] = {
    name: frozenset(int(one) for one in tones.split())
    for name, tones in (
        ("major", "0 2 4 5 7 9 11"),
        ("lydian", "0 2 4 6 7 9 11"),
        ("lydian augmented", "0 2 4 6 8 9 11"),
        ("mixolydian", "0 2 4 5 7 9 10"),
        ("lydian dominant", "0 2 4 6 7 9 10"),
        ("altered", "0 1 3 4 6 8 10"),
        ("half-whole diminished", "0 1 3 4 6 7 9 10"),
        ("whole tone", "0 2 4 6 8 10"),
        ("phrygian dominant", "0 1 4 5 7 8 10"),
        ("mixolydian b13", "0 2 4 5 7 8 10"),
        ("dorian", "0 2 3 5 7 9 10"),
        ("natural minor", "0 2 3 5 7 8 10"),
        ("phrygian", "0 1 3 5 7 8 10"),
        ("dorian b2", "0 1 3 5 7 9 10"),
        ("melodic minor", "0 2 3 5 7 9 11"),
        ("harmonic minor", "0 2 3 5 7 8 11"),
        ("locrian", "0 1 3 5 6 8 10"),
        ("locrian #2", "0 2 3 5 6 8 10"),
        ("locrian natural 6", "0 1 3 5 6 9 10"),
        ("whole-half diminished", "0 2 3 5 6 8 9 11"),
        ("superlocrian bb7", "0 1 3 4 6 8 9"),
        ("blues", "0 3 5 6 7 10"),
        ("major blues", "0 2 3 4 7 9"),
    )
}
"""Semitones above the tonic of each scale."""

# The first is what the chord asks for by itself; the others in the order in which textbooks name
# them.
_CHOICES = {
    ChordFamily.MAJOR: ("major", "lydian", "lydian augmented", "major blues", "blues"),
    ChordFamily.DOMINANT: (
        "mixolydian", "lydian dominant", "altered", "half-whole diminished", "phrygian dominant",
        "whole tone", "mixolydian b13", "blues", "major blues",
    ),
    ChordFamily.SUSPENDED: ("mixolydian", "phrygian", "dorian", "dorian b2"),
    ChordFamily.MINOR: (
        "dorian", "natural minor", "phrygian", "melodic minor", "harmonic minor", "blues",
    ),
    ChordFamily.TONIC_MINOR: ("melodic minor", "dorian", "harmonic minor"),
    ChordFamily.HALF_DIMINISHED: ("locrian", "locrian #2", "locrian natural 6"),
    ChordFamily.DIMINISHED: ("whole-half diminished", "superlocrian bb7"),
}  # fmt: skip


# How readily a scale is thought of, in shares of the weight of the notes over a chord. As much as
# one note between beats weighs in a bar of eighths, where twelve are the whole: less is no
# evidence. What the function asks for comes before what the chord alone asks for.
_FIRST, _ASKED = 0.06, 0.09
_STEP = 0.002


@dataclass(frozen=True, slots=True)
class ChordSetting:
    """What a chord does, as far as scales ask.

    Attributes
    ----------
    symbol : ChordSymbol
        The chord.
    step : int or None
        Semitones of its root above the tonic of the key; None where none is known.
    is_minor_key : bool
        Whether that key is minor.
    leads_to_minor : bool
        Whether the next chord is a minor one whose root is a fourth above.
    is_substitute : bool
        Whether the next chord is a semitone below, or a whole tone above and of rest.
    """

    symbol: ChordSymbol
    step: int | None = None
    is_minor_key: bool = False
    leads_to_minor: bool = False
    is_substitute: bool = False


@lru_cache(maxsize=4096)
def choose_scales(setting: ChordSetting) -> tuple[tuple[str, float], ...]:
    """List the scales that a player may think of over a chord.

    Parameters
    ----------
    setting : ChordSetting
        The chord, and what it does.

    Returns
    -------
    tuple of (str, float)
        Names of `SCALES`, each with how readily, the readiest first. All of them hold the tones
        and tensions that the symbol names; where none does, those that hold most.

    Examples
    --------
    >>> choose_scales(ChordSetting(ChordSymbol("D", ("1", "b3", "5", "b7"))))[0][0]
    'dorian'
    """
    names = _CHOICES[family_of(setting.symbol)]
    tones = {degree_semitones(one) % 12 for one in setting.symbol.degrees}
    # A fifth is left out of the altered and the whole-tone scale, whatever the symbol says of it.
    if setting.symbol.fifth == "5" and "b7" in setting.symbol.degrees:
        tones -= {7}
    missing = {name: len(tones - SCALES[name]) for name in names}
    # Blues scales go over chords that they do not hold: the third rubs, and should.
    least = min(missing[name] for name in names if "blues" not in name)
    kept = [one for one in names if missing[one] == least or "blues" in one]
    asked = _asked(setting)
    priors = {
        name: (_ASKED if name in asked else _FIRST if place == 0 else 0)
        - _STEP * place
        - 2 * _STEP * ("blues" in name)
        for place, name in enumerate(kept)
    }
    return tuple(sorted(priors.items(), key=lambda one: -one[1]))


def scales_of_family(symbol: ChordSymbol) -> tuple[str, ...]:
    """List the scales of all chords that ask for the same, whatever this one's tensions.

    Parameters
    ----------
    symbol : ChordSymbol
        Any but none.

    Returns
    -------
    tuple of str
        Names of `SCALES`.
    """
    return _CHOICES[family_of(symbol)]


def home_scale(setting: ChordSetting) -> frozenset[int]:
    """Give the scale that a chord asks for before any note is played.

    Parameters
    ----------
    setting : ChordSetting
        The chord, and what it does.

    Returns
    -------
    frozenset of int, 0 to 11
        Semitones above the root.
    """
    return SCALES[choose_scales(setting)[0][0]]


def _asked(setting: ChordSetting) -> tuple[str, ...]:
    """Name the scales that the function of a chord asks for.

    Nettles and Graf (1997): the fourth degree of major is lydian, the third phrygian, the sixth
    natural minor; dominants that do not fall by a fifth are lydian; those of minor chords have a
    flat ninth and a flat thirteenth.
    """
    family = family_of(setting.symbol)
    if family is ChordFamily.DOMINANT:
        if setting.is_substitute:
            return ("lydian dominant",)
        return ("phrygian dominant",) if setting.leads_to_minor else ()
    if family is ChordFamily.MAJOR and setting.step == 5:
        return ("lydian",)
    if family is ChordFamily.MINOR and not setting.is_minor_key:
        return {4: ("phrygian",), 9: ("natural minor",)}.get(setting.step or 0, ())
    return ()
