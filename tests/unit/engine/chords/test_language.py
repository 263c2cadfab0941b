import numpy as np
import pytest

from licklab.engine.chords.language import N_CHORDS, load_language
from tests.unit.engine.chords.hearing import column


def test_probabilities_add_up() -> None:
    language = load_language()
    np.testing.assert_allclose(language.following.sum(axis=1), 1, atol=1e-4)
    np.testing.assert_allclose(language.in_force.sum(), 1)
    assert np.diag(language.following).max() == 0
    assert (language.following + np.eye(N_CHORDS) > 0).all()
    assert language.following.shape == (N_CHORDS, N_CHORDS)


@pytest.mark.parametrize("up", range(12))
def test_two_leads_to_five_leads_to_one_in_every_key(up: int) -> None:
    following = load_language().following
    two, five = column((2 + up) % 12, "min7"), column((7 + up) % 12, "7")
    assert following[two].argmax() == five
    assert following[five].argmax() in {
        column(up, kind) for kind in ("maj7", "7", "maj", "min7", "maj6")
    }


def test_chords_change_at_the_bar_line_and_then_in_the_middle() -> None:
    places = load_language().change[4]
    assert places[0] > 2 * places[2] > 4 * max(places[1], places[3])


def test_bass_begins_with_the_root() -> None:
    bass = load_language().bass_new
    for root in range(12):
        for quality in ("7", "min7", "maj7", "hdim7"):
            assert bass[1:, column(root, quality)].argmax() == root
