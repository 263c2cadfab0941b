import itertools

import numpy as np

from licklab.engine.chords.lattice import (
    Lattice,
    find_path,
    find_places,
    sum_both_ways,
    sum_forward,
)
from licklab.engine.chords.pooling import BeatEvidence

N_BEATS, N_PLACES, N_CHORDS = 4, 2, 3


def small_world(n_places: int) -> tuple[Lattice, BeatEvidence]:
    rng = np.random.default_rng(3)
    following = rng.random((N_CHORDS, N_CHORDS))
    np.fill_diagonal(following, 0)
    following /= following.sum(axis=1, keepdims=True)
    moves = np.array([[0.1, 0.9], [0.8, 0.2]]) if n_places == 2 else np.ones((1, 1))
    lattice = Lattice(
        np.array([0.2, 0.3, 0.5]), following, moves, rng.uniform(0.1, 0.9, (N_BEATS, n_places)),
        rng.normal(size=(N_BEATS, n_places)), rng.random((N_BEATS, n_places)) < 0.5,
    )  # fmt: skip
    evidence = BeatEvidence(*(rng.normal(size=(N_BEATS, N_CHORDS)) for _ in range(3)))
    return lattice, evidence


def walk_all(lattice: Lattice, evidence: BeatEvidence) -> dict[tuple[tuple[int, int], ...], float]:
    """Every walk and its likelihood, step by step."""
    n_places = lattice.change.shape[1]
    states = list(itertools.product(range(n_places), range(N_CHORDS)))
    walks = {}
    for walk in itertools.product(states, repeat=N_BEATS):
        place, chord = walk[0]
        likelihood = lattice.first[chord] / n_places * np.exp(evidence.new[0, chord])
        likelihood *= np.exp(lattice.places[0, place])
        for i in range(1, N_BEATS):
            (old_place, old), (place, chord) = walk[i - 1], walk[i]
            change = lattice.change[i, place]
            held = (evidence.bar if lattice.is_bar[i, place] else evidence.other)[i, chord]
            if chord == old:
                step = (1 - change) * np.exp(held)
            else:
                step = change * lattice.following[old, chord] * np.exp(evidence.new[i, chord])
            likelihood *= step * lattice.moves[old_place, place] * np.exp(lattice.places[i, place])
        walks[walk] = float(likelihood)
    return walks


def test_sum_is_that_of_all_walks() -> None:
    lattice, evidence = small_world(N_PLACES)
    total = sum(walk_all(lattice, evidence).values())
    np.testing.assert_allclose(sum_forward(lattice, evidence).log_likelihood, np.log(total))


def test_posterior_is_the_share_of_the_walks_through_a_state() -> None:
    lattice, evidence = small_world(N_PLACES)
    walks = walk_all(lattice, evidence)
    expected = np.zeros((N_BEATS, N_PLACES, N_CHORDS))
    for walk, likelihood in walks.items():
        for i, (place, chord) in enumerate(walk):
            expected[i, place, chord] += likelihood
    expected /= sum(walks.values())
    posterior = sum_both_ways(lattice, evidence, sum_forward(lattice, evidence))
    np.testing.assert_allclose(posterior, expected)


def test_path_is_the_likeliest_walk() -> None:
    lattice, evidence = small_world(1)
    walks = walk_all(lattice, evidence)
    best = max(walks, key=lambda walk: walks[walk])
    assert find_path(lattice, evidence).tolist() == [chord for _, chord in best]


def test_places_never_make_a_move_that_is_none() -> None:
    posterior = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9]])
    assert find_places(posterior, np.array([[0.0, 1.0], [1.0, 0.0]])).tolist() in (
        [0, 1, 0],
        [1, 0, 1],
    )
