"""The language of jazz changes: which chord follows which, where they change, what the bass plays.

The figures of `language.json` are derived from the Weimar Jazz Database (The Jazzomat Research
Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0) by `training/harmony/language.py`. They
hold in every key: a chord is a quality, and the next a quality so many semitones above.
"""

import functools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES

Table = npt.NDArray[np.float64]

N_QUALITIES = len(QUALITIES)
N_CHORDS = 1 + 12 * N_QUALITIES
"""No chord, and each quality on each root, as `licklab.domain.evidence.ChordEvidence` has them."""

ROOTS = np.concatenate([[0], np.repeat(np.arange(12), N_QUALITIES)])
"""Pitch class of each chord's root; of no chord it means nothing."""

KINDS = np.concatenate([[0], np.tile(np.arange(N_QUALITIES), 12)])
"""Place of each chord's quality in `licklab.domain.chord.QUALITIES`."""

_FILE = Path(__file__).with_name("language.json")
# Chords stop and begin again a few times a recording: in an introduction, a break, at the end.
_TO_SILENCE = 0.01


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of changes before anything is heard.

    Attributes
    ----------
    in_force : shape=(n_chords,), probability
        Of a chord at any beat.
    following : shape=(n_chords, n_chords), probability
        From a chord to the next, given that it changes.
    change : dict of int to array, shape=(beats_per_bar,), probability
        That the chord changes, by beats in a bar and position.
    bass_new, bass_bar, bass_other : shape=(13, n_chords), probability times 12
        What the bass plays (row 0: nothing, which tells nothing) where the chord is new, on other
        downbeats, on other beats.
    """

    in_force: Table
    following: Table
    change: dict[int, Table]
    bass_new: Table
    bass_bar: Table
    bass_other: Table


@functools.cache
def load_language() -> Language:
    """Load what was learned.

    Returns
    -------
    Language
        Made once and kept.
    """
    learned = json.loads(_FILE.read_text(encoding="utf-8"))
    share = np.asarray(learned["in_force"])
    in_force = np.concatenate([[_TO_SILENCE], np.tile(share / 12, 12) * (1 - _TO_SILENCE)])
    bass = {place: _spread_bass(np.asarray(table)) for place, table in learned["bass"].items()}
    return Language(
        in_force / in_force.sum(), _spread_following(np.asarray(learned["following"]), in_force),
        {int(metre): np.asarray(places) for metre, places in learned["change"].items()},
        bass["new"], bass["bar"], bass["other"],
    )  # fmt: skip


def _spread_following(relative: Table, in_force: Table) -> Table:
    """Lay relative steps over all roots, and let any chord stop or begin."""
    following = np.zeros((N_CHORDS, N_CHORDS))
    step = (ROOTS[None, 1:] - ROOTS[1:, None]) % 12
    following[1:, 1:] = relative[KINDS[1:, None], step, KINDS[None, 1:]] * (1 - _TO_SILENCE)
    following[1:, 0] = _TO_SILENCE
    following[0, 1:] = in_force[1:]
    return np.asarray(following / following.sum(axis=1, keepdims=True))


def _spread_bass(relative: Table) -> Table:
    table = np.ones((13, N_CHORDS))
    interval = (np.arange(12)[:, None] - ROOTS[None, 1:]) % 12
    table[1:, 1:] = 12 * relative[KINDS[None, 1:], interval]
    return table
