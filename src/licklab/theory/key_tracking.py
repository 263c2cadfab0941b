"""Where changes are at home: the key of each step.

In: the steps of some changes. Out: a key for each: one of 24, or the blues on a tonic. Every kind
of chord on every degree of a key has a cost, by how far its function is from the key: diatonic,
secondary dominant, borrowed, none. A dominant that falls by a fifth into a chord speaks for the key
of that chord. The cheapest path through the keys is found by the algorithm of Viterbi; a modulation
has its price, so that a secondary dominant with its ii does not leave the key.

Functions after Nettles and Graf, The Chord Scale Theory and Jazz Harmony (1997): diatonic chords,
secondary and substitute dominants, modal interchange, diminished chords that pass. The costs are
their order, not measured figures; with the weights they were chosen on Weimar solos of players that
are not kept for testing, by how often most of a solo is in the database's key
(`benchmarks.licks.harmony`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from licklab.domain.key import Key, KeyMode
from licklab.domain.solo_line import Floats, Ints
from licklab.theory.chord_steps import N_KINDS, ChordKind, ChordStep

_MODES = (KeyMode.MAJOR, KeyMode.MINOR, KeyMode.BLUES)
_N_KEYS = 12 * len(_MODES)
_M, _MIN, _D, _H, _O, _A = tuple(ChordKind)[:N_KINDS]
_STRANGE = 2.5
# Cost of a kind on a degree, in semitones above the tonic: below .4 diatonic, to .9 what players
# call functional in the key (secondary dominants, the subdominant minor, passing diminished
# chords, the dominant sevenths of the blues), above it borrowed from further off.
_COSTS: tuple[dict[tuple[int, ChordKind], float], ...] = (
    {
        (0, _M): 0.0, (0, _D): 0.5, (0, _MIN): 2.0, (0, _O): 0.9,
        (1, _M): 1.4, (1, _D): 0.7, (1, _O): 0.8,
        (2, _MIN): 0.15, (2, _D): 0.7, (2, _H): 0.8,
        (3, _M): 1.2, (3, _D): 1.0, (3, _O): 0.8, (3, _MIN): 1.5,
        (4, _MIN): 0.3, (4, _D): 0.8, (4, _H): 0.8,
        (5, _M): 0.2, (5, _D): 0.5, (5, _MIN): 0.8,
        (6, _H): 0.8, (6, _O): 0.7, (6, _D): 1.0, (6, _MIN): 1.8,
        (7, _D): 0.0, (7, _M): 0.6, (7, _MIN): 0.9,
        (8, _M): 1.0, (8, _D): 0.8, (8, _O): 1.2,
        (9, _MIN): 0.2, (9, _D): 0.6, (9, _H): 1.0,
        (10, _D): 0.8, (10, _M): 1.2, (10, _MIN): 1.8,
        (11, _H): 0.7, (11, _D): 0.9, (11, _MIN): 1.3, (11, _O): 0.9,
        (0, _A): 0.8, (7, _A): 0.4,
    },
    {
        (0, _MIN): 0.0, (0, _D): 0.8, (0, _M): 1.5, (0, _H): 1.5, (0, _O): 1.0,
        (1, _M): 1.0, (1, _D): 0.7,
        (2, _H): 0.0, (2, _MIN): 0.6, (2, _D): 0.9, (2, _O): 0.6,
        (3, _M): 0.4, (3, _D): 0.9, (3, _A): 0.5,
        (5, _MIN): 0.2, (5, _D): 0.6,
        (6, _H): 0.9, (6, _O): 0.8,
        (7, _D): 0.0, (7, _MIN): 0.8, (7, _A): 0.4,
        (8, _M): 0.5, (8, _D): 0.6,
        (9, _H): 0.7, (9, _D): 1.3, (9, _O): 0.8,
        (10, _D): 0.6, (10, _M): 0.8, (10, _MIN): 1.5,
        (11, _O): 0.5,
    },
)  # fmt: skip
# The blues is major but for the dominant sevenths on the first and the fourth degree.
_BLUES_COSTS = {
    (0, _D): 0.0, (5, _D): 0.1, (7, _D): 0.2, (0, _M): 0.3, (5, _M): 0.3, (6, _O): 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeyTrackingConfig:
    """Weights, in units of the costs.

    Attributes
    ----------
    modulation : float
        Price of another key.
    arrival, related : float
        What a dominant that falls by a fifth into a chord is worth to the key of that chord, and
        what a minor chord before a dominant a fourth above it is worth to the key they lead to.
    home : float
        Worth of a step in the key of the whole, where that is known.
    blues_home : float
        Worth of a step in the blues on the tonic of the whole where that is said to be in major: a
        signature cannot tell them apart. Half of `home` lets as many blues be one as if no key were
        said, and makes none of the tunes in major one that would not be one anyway.
    """

    modulation: float = 4.0
    arrival: float = 0.5
    related: float = 0.4
    home: float = 0.2
    blues_home: float = 0.1


def track_keys(
    steps: Sequence[ChordStep], home: Key | None = None, config: KeyTrackingConfig | None = None
) -> tuple[Key, ...]:
    """Find the key of each step.

    Parameters
    ----------
    steps : sequence of ChordStep
        In order.
    home : Key, optional
        Of the whole, where it is known.
    config : KeyTrackingConfig, optional
        Weights; the defaults if omitted.

    Returns
    -------
    tuple of Key
        One for each step; a key on the tonic of `home` is spelled like it.
    """
    if not steps:
        return ()
    config = config or KeyTrackingConfig()
    costs = _cost_steps(steps) - _score_cadences(steps, config)
    if home is not None:
        costs[:, 12 * _MODES.index(home.mode) + home.pitch_class] -= config.home
        if home.mode is KeyMode.MAJOR:
            costs[:, 12 * _MODES.index(KeyMode.BLUES) + home.pitch_class] -= config.blues_home
    return tuple(_key_at(int(one), home) for one in _find_path(costs, config.modulation))


def _column(tonic: int, is_minor: bool) -> int:  # noqa: FBT001 - a place in a table
    return 12 * is_minor + tonic % 12


def _key_at(column: int, home: Key | None) -> Key:
    mode, tonic = divmod(column, 12)
    if home is not None and home.pitch_class == tonic:
        return Key(home.tonic, _MODES[mode])
    return Key.of_pitch_class(tonic, _MODES[mode])


def _cost_table() -> Floats:
    table = np.full((len(_MODES), 12, N_KINDS), _STRANGE)
    for mode, costs in enumerate((*_COSTS, _COSTS[0] | _BLUES_COSTS)):
        for (degree, kind), cost in costs.items():
            table[mode, degree, kind] = cost
    return table


_TABLE = _cost_table()


def _cost_steps(steps: Sequence[ChordStep]) -> Floats:
    """Cost of each step in each key, by its length in bars of four."""
    costs = np.zeros((len(steps), _N_KEYS))
    tonics = np.arange(12)
    for i, step in enumerate(steps):
        if step.kind is not ChordKind.NONE:
            weight = (step.n_beats or 4) / 4
            costs[i] = weight * _TABLE[:, (step.root - tonics) % 12, step.kind].reshape(-1)
    return costs


def _score_cadences(steps: Sequence[ChordStep], config: KeyTrackingConfig) -> Floats:
    scores = np.zeros((len(steps), _N_KEYS))
    for i in range(1, len(steps)):
        before, step = steps[i - 1], steps[i]
        if (step.root - before.root) % 12 != 5:
            continue
        if before.kind is ChordKind.DOMINANT and step.kind in {_M, _MIN}:
            scores[i, _column(step.root, step.kind is _MIN)] += config.arrival
        elif before.kind in {_MIN, _H} and step.kind is ChordKind.DOMINANT:
            scores[i, _column(step.root + 5, before.kind is _H)] += config.related
    return scores


def _find_path(costs: Floats, modulation: float) -> Ints:
    """Find the cheapest keys of the steps."""
    n_steps = len(costs)
    total = costs[0].copy()
    came_from = np.zeros((n_steps, _N_KEYS), dtype=np.int64)
    for i in range(1, n_steps):
        best = int(total.argmin())
        moves = total[best] + modulation < total
        came_from[i] = np.where(moves, best, np.arange(_N_KEYS))
        total = np.where(moves, total[best] + modulation, total) + costs[i]
    path = np.empty(n_steps, dtype=np.int64)
    path[-1] = total.argmin()
    for i in range(n_steps - 1, 0, -1):
        path[i - 1] = came_from[i, path[i]]
    return path
