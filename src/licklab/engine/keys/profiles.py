"""How chords are used in keys: what speaks for each key, given the chords of a recording.

The figures of `keys.json` are derived from the Weimar Jazz Database (The Jazzomat Research Project,
Hochschule für Musik Franz Liszt Weimar; ODbL 1.0) by `training/harmony/keys.py`. They hold for
every tonic: a chord is a quality so many semitones above it.
"""

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, Chord
from licklab.domain.key import Key, KeyMode

Scores = npt.NDArray[np.float64]

MODES = (KeyMode.MAJOR, KeyMode.MINOR, KeyMode.BLUES)
"""Modes in the order of the tables."""

N_KEYS = 12 * len(MODES)
"""Keys: column ``12 * mode + pitch class of the tonic``."""

FAMILIES = np.array([0, 1, 2, 0, 1, 0, 1, 1, 3, 3, 2, 2])
"""Of each quality: major, minor, dominant, diminished."""

N_FAMILIES = 4
_DOMINANT_FAMILY = 2
_FILE = Path(__file__).with_name("keys.json")
_PITCH_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# What people write beyond the qualities that are heard, by how it begins.
_STARTS = (
    ("minmaj", "minmaj7"), ("min6", "min6"), ("min7", "min7"), ("min9", "min7"), ("min1", "min7"),
    ("min", "min"), ("hdim", "hdim7"), ("dim", "dim7"), ("maj7", "maj7"), ("maj9", "maj7"),
    ("maj1", "maj7"), ("maj6", "maj6"), ("maj", "maj"), ("sus", "sus4(b7)"), ("aug", "aug"),
    ("7", "7"), ("9", "7"), ("1", "7"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyProfiles:
    """How chords are used in keys.

    Attributes
    ----------
    chord : shape=(n_modes, 12, n_qualities), log probability
        That a beat has a chord so far above the tonic.
    target : shape=(n_modes, 12, 1 + n_families), log probability
        That a dominant leads to a place so far above the tonic (a fourth above its root), and what
        follows: something on another root, or a chord there of a family.
    first, last : shape=(n_modes, 12, n_families), log probability
        Of the first and the last chord.
    weights : shape=(4,)
        Of these four, each the mean over what it looks at.
    mode : shape=(n_modes,), log probability
        Of the modes.
    """

    chord: Scores
    target: Scores
    first: Scores
    last: Scores
    weights: Scores
    mode: Scores


@functools.cache
def load_profiles() -> KeyProfiles:
    """Load what was learned.

    Returns
    -------
    KeyProfiles
        Made once and kept.
    """
    learned = json.loads(_FILE.read_text(encoding="utf-8"))
    tables = {
        name: np.asarray(learned[name])
        for name in ("chord", "target", "first", "last", "weights", "mode")
    }
    return KeyProfiles(**tables)


@dataclass(frozen=True, slots=True)
class SoundingChords:
    """Chords without those that are none.

    Attributes
    ----------
    onsets, offsets : shape=(n,), seconds
        From when until when.
    roots, qualities : shape=(n,)
        Pitch class, and place in `licklab.domain.chord.QUALITIES`.
    """

    onsets: Scores
    offsets: Scores
    roots: npt.NDArray[np.int64]
    qualities: npt.NDArray[np.int64]


def read_sounding(chords: Sequence[Chord]) -> SoundingChords:
    """Read labels.

    Parameters
    ----------
    chords : sequence of Chord
        In order.

    Returns
    -------
    SoundingChords
        Those with a root; a quality that is not told apart by ear is taken for its like.
    """
    rows = []
    for one in chords:
        root, _, kind = one.label.partition("/")[0].partition(":")
        if root[:1] not in _PITCH_CLASSES or one.offset_sec <= one.onset_sec:
            continue
        shift = root.count("#") - root.count("b")
        name = next((full for start, full in _STARTS if kind.startswith(start)), "maj")
        rows.append((one.onset_sec, one.offset_sec, (_PITCH_CLASSES[root[0]] + shift) % 12,
                     QUALITIES.index(name)))  # fmt: skip
    table = np.array(rows, np.float64).reshape(-1, 4)
    return SoundingChords(
        table[:, 0], table[:, 1], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64)
    )


def chord_scores(sounding: SoundingChords, profiles: KeyProfiles) -> Scores:
    """Tell what each chord says of each key.

    Parameters
    ----------
    sounding : SoundingChords
        In order.
    profiles : KeyProfiles
        What was learned.

    Returns
    -------
    array, shape=(n_chords, n_keys), log probability
        For as long as it lasts.
    """
    table = profiles.chord[:, _above_tonic(sounding.roots), sounding.qualities[:, None]]
    return np.asarray(table.transpose(1, 0, 2).reshape(len(sounding.roots), N_KEYS))


def target_scores(sounding: SoundingChords, profiles: KeyProfiles) -> Scores:
    """Tell what each dominant says of each key, by where it leads.

    Parameters
    ----------
    sounding : SoundingChords
        In order.
    profiles : KeyProfiles
        What was learned.

    Returns
    -------
    array, shape=(n_chords, n_keys), log probability
        0 for other chords than dominants, and for the last.
    """
    scores = np.zeros((len(sounding.roots), N_KEYS))
    targets, outcomes = lead_dominants(sounding)
    is_dominant = outcomes >= 0
    table = profiles.target[:, _above_tonic(targets), np.maximum(outcomes, 0)[:, None]]
    scores[is_dominant] = table.transpose(1, 0, 2).reshape(-1, N_KEYS)[is_dominant]
    return scores


def lead_dominants(
    sounding: SoundingChords,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Tell where dominants lead.

    Parameters
    ----------
    sounding : SoundingChords
        In order.

    Returns
    -------
    targets : shape=(n_chords,)
        Pitch class a fourth above.
    outcomes : shape=(n_chords,)
        0 where another root follows, 1 and more the family of what follows on the target; -1 for
        other chords than dominants, and for the last.
    """
    targets = (sounding.roots + 5) % 12
    outcomes = np.full(len(targets), -1)
    if len(targets) > 1:
        reached = sounding.roots[1:] == targets[:-1]
        outcomes[:-1] = np.where(reached, 1 + FAMILIES[sounding.qualities[1:]], 0)
        outcomes[FAMILIES[sounding.qualities] != _DOMINANT_FAMILY] = -1
    return targets, outcomes


def weigh_keys(sounding: SoundingChords, profiles: KeyProfiles) -> Scores:
    """Tell what speaks for each key, evidence by evidence.

    Parameters
    ----------
    sounding : SoundingChords
        At least one.
    profiles : KeyProfiles
        What was learned.

    Returns
    -------
    array, shape=(4, n_keys), log probability
        Means over the time of all chords, over the dominants, and of the first and last chord.
    """
    lengths = sounding.offsets - sounding.onsets
    chords = lengths @ chord_scores(sounding, profiles) / lengths.sum()
    leads = target_scores(sounding, profiles)
    n_leads = int((lead_dominants(sounding)[1] >= 0).sum())
    ends = []
    for table, place in ((profiles.first, 0), (profiles.last, -1)):
        family = FAMILIES[sounding.qualities[place]]
        ends.append(table[:, _above_tonic(sounding.roots[place : place + 1 or None]), family])
    return np.stack(
        [chords, leads.sum(axis=0) / max(1, n_leads), *(one.reshape(N_KEYS) for one in ends)]
    )


def key_at(column: int) -> Key:
    """Give a key.

    Parameters
    ----------
    column : int
        Of the tables.

    Returns
    -------
    Key
        Spelled as players write it.
    """
    return Key.of_pitch_class(column % 12, MODES[column // 12])


def _above_tonic(roots: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.asarray((roots[:, None] - np.arange(12)) % 12)
