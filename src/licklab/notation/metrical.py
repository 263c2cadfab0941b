"""The metrical place of each note as it was played, in the manner of the Weimar Jazz Database.

The page (`licklab.notation.quantize`) writes a pair of late eighths as eighths. Whoever studies
timing, or looks for a rhythm in a corpus, wants to know that they were late: the database divides
each beat into as many tatums as its notes ask for, and so does this. `metrical_patterns.npz` holds,
for every such pattern, how often it is played at which tempo and how its onsets scatter about its
places, learned by `training.notation.metrical` from the training players of the database (The
Jazzomat Research Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0).
"""

import functools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.notation.patterns import Pattern
from licklab.notation.quantize import best_path

Floats = npt.NDArray[np.float64]

TEMPI_BPM = (100.0, 141.0, 200.0, 283.0)
"""Between the classes of tempo that habits are told apart by: half an octave each."""

# Shortly before a beat: a seventh of the database's notes stand on a beat that comes after them.
_EARLY_BEATS = 0.35
# A pattern that the database does not have, and each of its notes.
_UNKNOWN, _UNKNOWN_NOTE, _OUTSIDE = -12.0, -0.5, -50.0
_LOG_2PI = float(np.log(2 * np.pi))
_FILE = Path(__file__).with_name("metrical_patterns.npz")


@dataclass(frozen=True, slots=True)
class MetricalPlace:
    """Where in its beat a note was played.

    Attributes
    ----------
    beat : int
        Index of the beat.
    division : int
        Tatums of the beat.
    tatum : int
        From 1.
    """

    beat: int
    division: int
    tatum: int


@dataclass(frozen=True, slots=True)
class PlayedPatterns:
    """The patterns of a number of notes.

    Attributes
    ----------
    divisions : shape=(n_patterns,), int
        Tatums of the beat.
    tatums : shape=(n_patterns, n_notes), int
        Of the notes, from 1.
    mean : shape=(n_patterns, n_notes), beats
        Where they are played.
    precision : shape=(n_patterns, n_notes, n_notes)
        Inverse of how they scatter.
    log_volume : shape=(n_patterns,)
        Logarithm of the determinant of the scatter.
    log_prior : shape=(n_patterns, n_tempi)
        Logarithm of how often they are played, by the class of tempo.
    """

    divisions: npt.NDArray[np.int64]
    tatums: npt.NDArray[np.int64]
    mean: Floats
    precision: Floats
    log_volume: Floats
    log_prior: Floats


def tempo_class(beat_length_sec: float) -> int:
    """Tell the class of a tempo.

    Parameters
    ----------
    beat_length_sec : float, seconds
        Of a beat.

    Returns
    -------
    int
        From 0, the slowest.
    """
    return int(np.searchsorted(TEMPI_BPM, 60.0 / beat_length_sec, side="right"))


def place_played(onsets_beat: Floats, beat_lengths_sec: Floats) -> tuple[MetricalPlace, ...]:
    """Find the metrical places of onsets.

    Parameters
    ----------
    onsets_beat : shape=(n_onsets,), beats
        From the first beat; ascending.
    beat_lengths_sec : shape=(n_beats,), seconds
        Of the beats.

    Returns
    -------
    tuple of MetricalPlace
        One for each onset, in order.
    """
    chosen = best_path(onsets_beat, beat_lengths_sec, _judge_played, _EARLY_BEATS)
    found: list[MetricalPlace] = []
    for beat, pattern in enumerate(chosen):
        if pattern:
            division, tatums = _read_pattern(pattern)
            found += [MetricalPlace(beat, division, tatum) for tatum in tatums]
    return tuple(found)


def _read_pattern(pattern: Pattern) -> tuple[int, tuple[int, ...]]:
    """Read a pattern whose first member is its division."""
    return int(pattern[0]), tuple(int(one) for one in pattern[1:])


def _judge_played(onsets: Floats, length_sec: float) -> tuple[float, Pattern]:
    known, empty = _load()
    tempo = tempo_class(length_sec)
    n_notes = len(onsets)
    if n_notes == 0:
        return float(empty[tempo]), ()
    table = known.get(n_notes)
    if table is None:
        outside = max(0.0, -float(onsets[0])) + max(0.0, float(onsets[-1]) - 1)
        likelihood = _UNKNOWN + _UNKNOWN_NOTE * n_notes + _OUTSIDE * outside
        return likelihood, tuple(Fraction(k) for k in (n_notes, *range(1, n_notes + 1)))
    away = onsets - table.mean
    distance = np.einsum("ki,kij,kj->k", away, table.precision, away)
    likelihoods = table.log_prior[:, tempo] - 0.5 * (
        distance + table.log_volume + n_notes * _LOG_2PI
    )
    k = int(likelihoods.argmax())
    pattern = (Fraction(int(table.divisions[k])), *(Fraction(int(t)) for t in table.tatums[k]))
    return float(likelihoods[k]), pattern


@functools.cache
def _load() -> tuple[dict[int, PlayedPatterns], Floats]:
    with np.load(_FILE, allow_pickle=False) as stored:
        sizes = {int(name.split("_")[0]) for name in stored.files if name != "empty"}
        names = PlayedPatterns.__dataclass_fields__
        known = {
            size: PlayedPatterns(**{name: stored[f"{size}_{name}"] for name in names})
            for size in sizes
        }
        return known, stored["empty"]
