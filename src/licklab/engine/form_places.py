"""What stands where in a chorus, in any key: learned from the Weimar choruses.

The figures of `forms.json` are derived from the Weimar Jazz Database (The Jazzomat Research
Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0) by `training.harmony.forms`. A chord is
a degree above the tonic and one of four families; which tonic is right is tried for each place at
which choruses might begin.
"""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import Chord

Codes = npt.NDArray[np.int64]
Table = npt.NDArray[np.float64]

N_FAMILIES = 4
N_CODES = 12 * N_FAMILIES
"""Major, dominant, minor and diminished chords on twelve roots."""

NO_CODE = -1
"""Where no chord is."""

HALVES = (0.05, 0.55)
"""Where in a bar its chords are read: behind its first beat and behind its middle."""

_FILE = Path(__file__).with_name("forms.json")
_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_STARTS = (
    ("maj", 0), ("minmaj", 2), ("min7(b5)", 3), ("min", 2), ("hdim", 3), ("dim", 3), ("sus", 1),
    ("aug", 1), ("6", 0), ("7", 1), ("9", 1), ("11", 1), ("13", 1),
)  # fmt: skip
# Likeness of chords on one root of different families: what is mistaken for each other most.
_SAME_ROOT = 0.5


@dataclass(frozen=True, slots=True)
class Places:
    """What stands where.

    Attributes
    ----------
    lengths : dict of int to float
        Log probability of each length of a chorus, in bars.
    tables : dict of int to array, shape=(length, 2, N_CODES), log probability
        By length: of each chord in each half of each bar, against its share anywhere.
    """

    lengths: dict[int, float]
    tables: dict[int, Table]

    def score_phases(self, codes: Codes, length: int) -> Table:
        """Tell how well choruses of a length fit if they begin on each bar.

        Parameters
        ----------
        codes : shape=(n_bars, 2)
            As `code_bars` gives them.
        length : int, bars
            Of a chorus.

        Returns
        -------
        array, shape=(length,), log likelihood
            Of the best tonic.
        """
        table = self.tables[length]
        counts = np.zeros((length, 2, N_CODES + 1))
        place: Any = np.arange(len(codes)) % length
        for half in range(2):
            at: Any = (place, half, codes[:, half])
            np.add.at(counts, at, 1)
        # By tonic: the chord that many semitones lower.
        by_tonic = counts[:, :, :N_CODES].reshape(length, 2, 12, N_FAMILIES)
        tonics = np.stack([np.roll(by_tonic, -one, axis=2) for one in range(12)])
        flat = tonics.reshape(12, length, -1)
        scores = [
            np.einsum("tbc,bc->t", np.roll(flat, -phase, axis=1), table.reshape(length, -1)).max()
            for phase in range(length)
        ]
        return np.array(scores)


@functools.cache
def load_places() -> Places:
    """Load what was learned.

    Returns
    -------
    Places
        Made once and kept.
    """
    learned = json.loads(_FILE.read_text(encoding="utf-8"))
    tables = {int(one): np.asarray(table) for one, table in learned["tables"].items()}
    lengths = {int(one): float(value) for one, value in learned["lengths"].items()}
    for one in lengths:
        if one not in tables:
            tables[one] = _stretch(np.asarray(learned["section"]), one)
    return Places(lengths, tables)


def _stretch(section: Table, length: int) -> Table:
    """Make a chorus of sections: whole ones, and the last with what is over."""
    n_bars = len(section)
    over = length % n_bars
    bars = list(range(n_bars)) * (length // n_bars)
    if over:
        # The last four bars of a chorus are those of a section, whatever comes before.
        bars = (
            bars[:-4] + [one % n_bars for one in range(n_bars - 4, n_bars - 4 + over)] + bars[-4:]
        )
    return section[bars]


def code_bars(chords: Sequence[Chord], edges_sec: Table) -> Codes:
    """Read the chords of bars.

    Parameters
    ----------
    chords : sequence of Chord
        In order.
    edges_sec : shape=(n_bars + 1,)
        Where bars begin, and the end of the last.

    Returns
    -------
    array, shape=(n_bars, 2)
        ``N_FAMILIES * root + family`` of the chord in each half, or `NO_CODE`.
    """
    known = np.array([*(code_label(one.label) for one in chords), NO_CODE])
    onsets = np.array([one.onset_sec for one in chords])
    offsets = np.array([*(one.offset_sec for one in chords), -np.inf])
    at_sec = edges_sec[:-1, None] + np.diff(edges_sec)[:, None] * np.array(HALVES)
    place = np.searchsorted(onsets, at_sec, side="right") - 1
    return np.asarray(np.where(at_sec < offsets[place], known[place], NO_CODE))


def code_label(label: str) -> int:
    """Read a Harte label.

    Parameters
    ----------
    label : str
        Such as ``G:7(b9)``.

    Returns
    -------
    int
        ``N_FAMILIES * root + family``, or `NO_CODE`.
    """
    root, _, kind = label.partition("/")[0].partition(":")
    if root[:1] not in _PITCH_CLASSES:
        return NO_CODE
    pitch_class = _PITCH_CLASSES[root[0]] + root.count("#") - root[1:].count("b")
    family = next((one for start, one in _STARTS if kind.startswith(start)), 0)
    return N_FAMILIES * (pitch_class % 12) + family


def liken_codes(codes: Codes) -> Table:
    """Compare every bar with every other.

    Parameters
    ----------
    codes : shape=(n_bars, 2)
        As `code_bars` gives them.

    Returns
    -------
    array, shape=(n_bars, n_bars), 0 to 1
        1 where both halves have the same chord.
    """
    left, right = codes[:, None], codes[None]
    same_root = (left // N_FAMILIES == right // N_FAMILIES) & (left >= 0) & (right >= 0)
    likeness = np.where(left == right, 1.0, np.where(same_root, _SAME_ROOT, 0.0))
    return np.asarray(likeness.mean(axis=2))
