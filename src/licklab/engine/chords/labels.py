"""Chord labels and symbols: the one place where the decoder's chords get their names."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import NO_CHORD, QUALITIES, QUALITY_TONES, TENSIONS
from licklab.domain.key import Key, KeyMode
from licklab.engine.chords.language import KINDS, ROOTS

_FLATS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_SHARPS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
# Tonics of the major keys that are written with sharps.
_SHARP_KEYS = frozenset({7, 2, 9, 4, 11})
# Degrees of the tones of a chord, as Harte writes them, by semitones above the root.
_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "#5", "6", "b7", "7")


def spell_label(
    chord: int, key: Key | None = None, tensions: Sequence[int] = (), bass: int | None = None
) -> str:
    """Write a chord as Harte does.

    Parameters
    ----------
    chord : int
        Column of `licklab.domain.evidence.ChordEvidence`.
    key : Key, optional
        That the root is spelled in; with flats if omitted.
    tensions : sequence of int
        Places in `licklab.domain.chord.TENSIONS`.
    bass : int, 0 to 11, optional
        Pitch class of the bass, a tone of the chord; the root if omitted.

    Returns
    -------
    str
        Such as ``G:7(b9)`` or ``C:maj7/5``; ``N`` for no chord.
    """
    if chord == 0:
        return NO_CHORD
    root = int(ROOTS[chord])
    label = f"{spell_root(root, key)}:{QUALITIES[KINDS[chord]]}"
    if tensions:
        label += f"({','.join(TENSIONS[one] for one in sorted(tensions))})"
    if bass is not None and bass != root:
        is_dim7 = QUALITIES[KINDS[chord]] == "dim7"
        degree = _DEGREES[(bass - root) % 12]
        label += f"/{'bb7' if is_dim7 and degree == '6' else degree}"
    return label


def choose_bass(chord: int, bass: npt.NDArray[np.float64], least_odds: float) -> int | None:
    """Tell which tone of a chord the bass insists on.

    Parameters
    ----------
    chord : int
        Column of `licklab.domain.evidence.ChordEvidence`.
    bass : shape=(13,), log probability
        Of no bass and of each pitch class.
    least_odds : float
        By how much a tone must exceed the root.

    Returns
    -------
    int or None
        Pitch class; None for the root.
    """
    if chord == 0:
        return None
    root = int(ROOTS[chord])
    tones = [(root + tone) % 12 for tone in QUALITY_TONES[KINDS[chord]]]
    likeliest = max(tones, key=lambda tone: bass[1 + tone])
    insists = bass[1 + likeliest] - bass[1 + root] > least_odds
    return likeliest if insists and bass[1 + likeliest] > bass[0] else None


def spell_root(pitch_class: int, key: Key | None = None) -> str:
    """Write a root.

    Parameters
    ----------
    pitch_class : int, 0 to 11
        0 is C.
    key : Key, optional
        With sharps in keys with sharps; with flats if omitted.

    Returns
    -------
    str
        Such as ``Eb``.
    """
    if key is None:
        return _FLATS[pitch_class]
    home = key.pitch_class + (3 if key.mode is KeyMode.MINOR else 0)
    return (_SHARPS if home % 12 in _SHARP_KEYS else _FLATS)[pitch_class]


def read_root(name: str) -> int:
    """Read a root that `spell_root` wrote.

    Parameters
    ----------
    name : str
        Such as ``Eb``.

    Returns
    -------
    int, 0 to 11
        Pitch class; 0 is C.
    """
    return (_FLATS if name in _FLATS else _SHARPS).index(name)
