"""Sums and best paths over chords and places in the bar, beat by beat.

A state is a place in the bar and a chord. From one beat to the next the place moves on by one (or
slips, where the beat tracker counted a beat too many or too few), and the chord stays or gives way
to another, as likely as the place allows and the language model says. All are products of a small
matrix, so five minutes of music take fractions of a second.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.engine.chords.pooling import BeatEvidence

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Probabilities of a walk over places and chords.

    Attributes
    ----------
    first : shape=(n_chords,), probability
        Of the first chord.
    following : shape=(n_chords, n_chords), probability
        Of the next chord, given that it changes.
    moves : shape=(n_places, n_places), probability
        From place to place.
    change : shape=(n_beats, n_places), probability
        That the chord changes on a beat, if it has that place.
    places : shape=(n_beats, n_places), log likelihood
        Of each place at each beat.
    is_bar : shape=(n_beats, n_places), bool
        Whether the place begins a bar.
    """

    first: Scores
    following: Scores
    moves: Scores
    change: Scores
    places: Scores
    is_bar: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sums:
    """What was summed over all walks.

    Attributes
    ----------
    log_likelihood : float
        Of all beats together.
    forward : shape=(n_beats, n_places, n_chords)
        Of the beats until each, adding up to 1 at each beat.
    """

    log_likelihood: float
    forward: Scores


def sum_forward(lattice: Lattice, evidence: BeatEvidence) -> Sums:
    """Sum over all walks from the first beat on.

    Parameters
    ----------
    lattice : Lattice
        The walk.
    evidence : BeatEvidence
        Of at least one beat.

    Returns
    -------
    Sums
        Of every beat.
    """
    enter, keep, tops = _likelihoods(lattice, evidence)
    n_places, back = lattice.change.shape[1], lattice.moves.T.copy()
    forward = np.empty_like(enter)
    total = float(tops.sum())
    # No chord was there before the first: it begins, whatever the place.
    now = enter[0] / lattice.change[0][:, None] / n_places * lattice.first
    for i in range(len(enter)):
        if i:
            came = back @ forward[i - 1] if n_places > 1 else forward[i - 1]
            now = came @ lattice.following
            now *= enter[i]
            came = came * keep[i]
            now += came
        size = float(now.sum())
        total += math.log(size)
        np.divide(now, size, out=forward[i])
    return Sums(total, forward)


def sum_both_ways(lattice: Lattice, evidence: BeatEvidence, sums: Sums) -> Scores:
    """Tell how likely each state is at each beat, given all beats.

    Parameters
    ----------
    lattice : Lattice
        The walk.
    evidence : BeatEvidence
        Of the beats.
    sums : Sums
        As `sum_forward` gives them.

    Returns
    -------
    array, shape=(n_beats, n_places, n_chords), probability
        Adding up to 1 at each beat.
    """
    enter, keep, _ = _likelihoods(lattice, evidence)
    n_places, back = lattice.change.shape[1], lattice.following.T.copy()
    posterior = np.empty_like(enter)
    behind = np.ones(enter.shape[1:])
    for i in range(len(posterior) - 1, -1, -1):
        now = sums.forward[i] * behind
        np.divide(now, now.sum(), out=posterior[i])
        before = (enter[i] * behind) @ back
        before += keep[i] * behind
        behind = lattice.moves @ before if n_places > 1 else before
        behind /= behind.max()
    return posterior


def find_path(lattice: Lattice, evidence: BeatEvidence) -> npt.NDArray[np.int64]:
    """Find the best chords where the places are known.

    Parameters
    ----------
    lattice : Lattice
        The walk, of one place.
    evidence : BeatEvidence
        Of the beats.

    Returns
    -------
    array, shape=(n_beats,)
        A chord for each beat.
    """
    # Into each chord from all others, the others along the rows, for speed of the search.
    with np.errstate(divide="ignore"):
        following = np.log(lattice.following.T).astype(np.float32)
    enter = (evidence.new + np.log(lattice.change)).astype(np.float32)
    keep = np.where(lattice.is_bar, evidence.bar, evidence.other) + np.log1p(-lattice.change)
    keep = keep.astype(np.float32)
    best = np.log(lattice.first).astype(np.float32) + enter[0]
    n_beats, n_chords = enter.shape
    came_from = np.empty((n_beats, n_chords), np.int64)
    itself = np.arange(n_chords)
    ways = np.empty_like(following)
    for i in range(1, n_beats):
        np.add(following, best, out=ways)
        source = ways.argmax(axis=1)
        moved = ways[itself, source] + enter[i]
        stayed = best + keep[i]
        came_from[i] = np.where(moved > stayed, source, itself)
        best = np.maximum(moved, stayed)
        best -= best.max()
    path = np.empty(n_beats, np.int64)
    path[-1] = best.argmax()
    for i in range(n_beats - 1, 0, -1):
        path[i - 1] = came_from[i, path[i]]
    return path


def find_places(posterior: Scores, moves: Scores) -> npt.NDArray[np.int64]:
    """Find the places in the bar that are likeliest together.

    Parameters
    ----------
    posterior : shape=(n_beats, n_places), probability
        Of each place at each beat.
    moves : shape=(n_places, n_places), probability
        From place to place; none that is 0 is made.

    Returns
    -------
    array, shape=(n_beats,)
        A place for each beat.
    """
    with np.errstate(divide="ignore"):
        steps, heard = np.log(moves), np.log(np.maximum(posterior, 1e-12))
    best, came_from = heard[0], np.zeros(posterior.shape, np.int64)
    for i in range(1, len(heard)):
        ways = best[:, None] + steps
        came_from[i] = ways.argmax(axis=0)
        best = ways.max(axis=0) + heard[i]
    path = np.empty(len(heard), np.int64)
    path[-1] = best.argmax()
    for i in range(len(heard) - 1, 0, -1):
        path[i - 1] = came_from[i, path[i]]
    return path


def _likelihoods(lattice: Lattice, evidence: BeatEvidence) -> tuple[Scores, Scores, Scores]:
    """Take evidence out of logarithms, by beat, place and chord.

    Returns
    -------
    enter, keep : shape=(n_beats, n_places, n_chords)
        Likelihood of a beat if a chord begins on it, and if it goes on; times the probability that
        it does.
    tops : shape=(n_beats,)
        Log likelihood that was taken out of each beat.
    """
    tops = np.maximum(np.maximum(evidence.new, evidence.bar), evidence.other).max(axis=1)
    new, bar, other = (
        np.exp(one - tops[:, None]) for one in (evidence.new, evidence.bar, evidence.other)
    )
    places, change = np.exp(lattice.places), lattice.change
    enter = (places * change)[:, :, None] * new[:, None]
    held = np.where(lattice.is_bar[:, :, None], bar[:, None], other[:, None])
    keep = (places * (1 - change))[:, :, None] * held
    return enter, keep, tops
