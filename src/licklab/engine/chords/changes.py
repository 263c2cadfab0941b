"""Chords on a grid of beats and bars that is known.

Best path of chords over the beats (`licklab.engine.chords.lattice`): the evidence of each beat's
frames, the language of jazz changes, how often chords change on each beat of the bar, and the bass.
The sums over all paths give the confidence and what else each chord might be. Hidden Markov models
on beats with a language model: Papadopoulos and Peeters, "Joint Estimation of Chords and Downbeats
From an Audio Signal", IEEE TASLP 19(1), 2011.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.beat import BeatGrid
from licklab.domain.chord import QUALITIES, Chord, ChordChoice
from licklab.domain.evidence import ChordEvidence
from licklab.domain.harte import label_to_symbol
from licklab.domain.key import Key
from licklab.engine.chords.config import HarmonyConfig
from licklab.engine.chords.labels import (
    choose_bass,
    read_root,
    spell_label,
    spell_root,
)
from licklab.engine.chords.language import KINDS, ROOTS, load_language
from licklab.engine.chords.lattice import Lattice, find_path, sum_both_ways, sum_forward
from licklab.engine.chords.pooling import (
    BeatEvidence,
    Scores,
    Times,
    beat_edges,
    pool_chords,
    sum_between,
)
from licklab.engine.chords.repetition import adapt_following, share_repeats

_N_ALTERNATIVES = 3
_DOMINANT = QUALITIES.index("7")
# In bars of a kind that the language model does not know: bar lines as in 4/4, other beats between
# its second and its third.
_CHANGE_AT_BAR, _CHANGE_WITHIN = 0.68, 0.06
_EXTRA_BEAT = 0.01


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Beats from one on until before another, of one chord."""

    first: int
    end: int
    chord: int


def decode_chords(
    grid: BeatGrid,
    chords: ChordEvidence,
    config: HarmonyConfig | None = None,
    key: Key | None = None,
) -> tuple[Chord, ...]:
    """Decode chords on a grid that is known.

    Parameters
    ----------
    grid : BeatGrid
        Beats and bars.
    chords : ChordEvidence
        What was believed of the harmony.
    config : HarmonyConfig, optional
        Weights; the defaults if omitted.
    key : Key, optional
        That roots are spelled in; with flats if omitted.

    Returns
    -------
    tuple of Chord
        In order, from the first beat until a beat's length after the last, without gaps; none
        without beats.

    Raises
    ------
    ShapeError
        If the evidence does not have as many chords as there are.
    """
    config = config or HarmonyConfig()
    if not grid.beats:
        return ()
    times = np.array([one.time_sec for one in grid.beats])
    evidence = pool_chords(times, chords, load_language(), config)
    return name_chords(grid, evidence, chords, config, key)


def name_chords(
    grid: BeatGrid,
    evidence: BeatEvidence,
    chords: ChordEvidence,
    config: HarmonyConfig,
    key: Key | None = None,
) -> tuple[Chord, ...]:
    """Decode chords from what each beat says.

    Parameters
    ----------
    grid : BeatGrid
        At least one beat.
    evidence : BeatEvidence
        Of its beats.
    chords : ChordEvidence
        Tells the alterations and the bass of each chord found.
    config : HarmonyConfig
        Weights.
    key : Key, optional
        That roots are spelled in; with flats if omitted.

    Returns
    -------
    tuple of Chord
        In order, without gaps.
    """
    lattice = _walk_on(grid, config)
    alone = sum_both_ways(lattice, evidence, sum_forward(lattice, evidence))[:, 0]
    evidence = share_repeats(evidence, alone, grid, config)
    # Neighbouring frames and repeated bars err alike: less sure than their product.
    soft = BeatEvidence(
        *(config.chord_sharpness * one for one in (evidence.new, evidence.bar, evidence.other))
    )
    posterior = sum_both_ways(lattice, soft, sum_forward(lattice, soft))[:, 0]
    following = adapt_following(lattice.following, posterior, config)
    path = find_path(replace(lattice, following=following), evidence)
    starts = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    stretches = [
        _Stretch(first, end, int(path[first])) for first, end in itertools.pairwise(starts)
    ]
    edges = beat_edges(np.array([one.time_sec for one in grid.beats]))
    labels = _label_stretches(stretches, edges, chords, config, key)
    return tuple(
        _make_chord(one, label, edges, posterior[one.first : one.end].mean(axis=0), key)
        for one, label in zip(stretches, labels, strict=True)
    )


def soften_following(following: Scores, weight: float) -> Scores:
    """Raise the language model's steps to a power.

    Parameters
    ----------
    following : shape=(n_chords, n_chords), probability
        From chord to chord.
    weight : float
        The power; 0 makes all steps equally likely.

    Returns
    -------
    array, shape=(n_chords, n_chords), probability
        Each row adding up to 1; a chord still never follows itself.
    """
    soft = np.where(following > 0, np.maximum(following, 1e-30) ** weight, 0.0)
    return np.asarray(soft / soft.sum(axis=1, keepdims=True))


def change_at(place: int, per_bar: int) -> float:
    """Tell how likely a chord changes on a beat.

    Parameters
    ----------
    place : int
        In the bar, from 0.
    per_bar : int
        Beats in a bar.

    Returns
    -------
    float
        Probability.
    """
    known = load_language().change.get(per_bar)
    if known is not None:
        return float(known[place]) if place < per_bar else _EXTRA_BEAT
    return _CHANGE_AT_BAR if place == 0 else _CHANGE_WITHIN


def _walk_on(grid: BeatGrid, config: HarmonyConfig) -> Lattice:
    language, per_bar = load_language(), grid.time_signature.beats_per_bar
    places = [one.position_in_bar - 1 for one in grid.beats]
    return Lattice(
        first=language.in_force,
        following=soften_following(language.following, config.language_weight),
        moves=np.ones((1, 1)),
        change=np.array([[change_at(one, per_bar)] for one in places]),
        places=np.zeros((len(places), 1)),
        is_bar=np.array([[one == 0] for one in places]),
    )


def _label_stretches(
    stretches: Sequence[_Stretch],
    edges: Times,
    chords: ChordEvidence,
    config: HarmonyConfig,
    key: Key | None,
) -> list[str]:
    """Give chords their alterations and their bass."""
    onsets = edges[[one.first for one in stretches]]
    offsets = edges[[one.end for one in stretches]]
    first_ends = edges[[one.first + 1 for one in stretches]]
    n_frames, *shape = chords.tensions.shape
    flat = chords.tensions.reshape(n_frames, math.prod(shape))
    tensions, n_inside = sum_between(flat, chords, onsets, offsets)
    tensions = (tensions / np.maximum(n_inside, 1)[:, None]).reshape(len(stretches), *shape)
    # Where a walking bass begins is what it means; the rest is on its way.
    bass, n_inside = sum_between(chords.bass, chords, onsets, first_ends)
    bass /= np.maximum(n_inside, 1)[:, None]
    labels = []
    for i, one in enumerate(stretches):
        heard: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        if one.chord and KINDS[one.chord] == _DOMINANT:
            heard = np.flatnonzero(tensions[i, ROOTS[one.chord]] > config.tension_threshold)
        tone = choose_bass(one.chord, bass[i], config.slash_odds)
        labels.append(spell_label(one.chord, key, heard.tolist(), tone))
    return labels


def _make_chord(
    stretch: _Stretch, label: str, edges: Times, posterior: Scores, key: Key | None
) -> Chord:
    others = np.argsort(posterior)[::-1]
    alternatives = []
    for other in others[others != stretch.chord][:_N_ALTERNATIVES]:
        name = spell_label(int(other), key)
        alternatives.append(ChordChoice(name, label_to_symbol(name), float(posterior[other])))
    return Chord(
        float(edges[stretch.first]), float(edges[stretch.end]), label, label_to_symbol(label),
        min(1.0, float(posterior[stretch.chord])), tuple(alternatives),
    )  # fmt: skip


def respell_chords(chords: Sequence[Chord], key: Key) -> tuple[Chord, ...]:
    """Spell the roots of decoded chords in a key that was found later.

    Parameters
    ----------
    chords : sequence of Chord
        As `decode_chords` gives them.
    key : Key
        To spell them in.

    Returns
    -------
    tuple of Chord
        The same chords.
    """

    def respell(label: str) -> str:
        root, colon, rest = label.partition(":")
        return spell_root(read_root(root), key) + colon + rest if colon else label

    respelled = []
    for one in chords:
        label = respell(one.label)
        choices = tuple(
            replace(
                choice, label=respell(choice.label), symbol=label_to_symbol(respell(choice.label))
            )
            for choice in one.alternatives
        )
        respelled.append(
            replace(one, label=label, symbol=label_to_symbol(label), alternatives=choices)
        )
    return tuple(respelled)
