"""Sums and best paths over chords and places in the bar, beat by beat.

A state is a place in the bar and a chord. From one beat to the next the place moves on by one (or
slips, where the beat tracker counted a beat too many or too few), and the chord stays or gives way
to another, as likely as the place allows and the language model says. All are products of a small
matrix, so five minutes of music take fractions of a second.
"""

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
    new, held, tops = _likelihoods(lattice, evidence)
    n_beats, n_places = lattice.change.shape
    forward = np.empty((n_beats, n_places, len(lattice.first)))
    places = np.exp(lattice.places)
    now = places[0][:, None] / n_places * lattice.first * new[0]
    total = 0.0
    for i in range(n_beats):
        if i:
            came = lattice.moves.T @ forward[i - 1]
            change = lattice.change[i][:, None]
            now = change * (came @ lattice.following) * new[i] + (1 - change) * came * held[i]
            now *= places[i][:, None]
        size = now.sum()
        total += float(np.log(size)) + tops[i]
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
    new, held, _ = _likelihoods(lattice, evidence)
    posterior = np.empty_like(sums.forward)
    behind = np.ones(posterior.shape[1:])
    places = np.exp(lattice.places)
    for i in range(len(posterior) - 1, -1, -1):
        now = sums.forward[i] * behind
        np.divide(now, now.sum(), out=posterior[i])
        ahead = behind * places[i][:, None]
        change = lattice.change[i][:, None]
        back = (change * ahead * new[i]) @ lattice.following.T
        back += (1 - change) * ahead * held[i]
        behind = lattice.moves @ back
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
    change = np.log(lattice.change[:, 0])
    stay = np.log1p(-lattice.change[:, 0])
    held = np.where(lattice.is_bar, evidence.bar, evidence.other)
    best = np.log(lattice.first) + evidence.new[0]
    n_beats, n_chords = evidence.new.shape
    came_from = np.empty((n_beats, n_chords), np.int64)
    itself = np.arange(n_chords)
    for i in range(1, n_beats):
        ways = following + best.astype(np.float32)
        source = ways.argmax(axis=1)
        moved = ways[itself, source] + change[i] + evidence.new[i]
        stayed = best + stay[i] + held[i]
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
    """Take evidence out of logarithms: of new chords, of held ones by place, and what to add."""
    tops = np.maximum(np.maximum(evidence.new, evidence.bar), evidence.other).max(axis=1)
    new = np.exp(evidence.new - tops[:, None])
    bar = np.exp(evidence.bar - tops[:, None])
    other = np.exp(evidence.other - tops[:, None])
    held = np.where(lattice.is_bar[:, :, None], bar[:, None], other[:, None])
    return new, held, tops
