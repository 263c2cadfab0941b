from itertools import pairwise, product

import numpy as np
import pytest

from licklab.engine.beats.beat_rows import believe_beats, find_path

_LENGTHS = np.array([3, 4, 5])


def _scene(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    ratio = np.abs(np.log(_LENGTHS[:, np.newaxis] / _LENGTHS))
    return rng.normal(0, 1, (22, 3)), rng.normal(0, 1, 22), rng.normal(0, 1, 3), -3 * ratio


def _all_rows(seed: int) -> list[tuple[float, tuple[int, ...]]]:
    worth, at_beat, prior, change = _scene(seed)
    found = []
    for first, n_beats in product(range(5), range(1, 8)):
        for row in product(range(3), repeat=n_beats):
            frames = first + np.concatenate([[0], np.cumsum(_LENGTHS[list(row)])])
            if not (17 <= frames[-1] < 22 and frames[1] >= 5):
                continue
            score = prior[row[0]] + at_beat[frames].sum()
            score += worth[frames[:-1], list(row)].sum()
            score += sum(change[a, b] for a, b in pairwise(row))
            found.append((float(score), tuple(int(one) for one in frames)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_no_row_is_better_than_the_one_that_is_found(seed: int) -> None:
    worth, at_beat, prior, change = _scene(seed)
    found = find_path(worth, at_beat, prior, change, _LENGTHS)
    assert tuple(found) == max(_all_rows(seed))[1]


@pytest.mark.parametrize("seed", range(4))
def test_a_beat_is_believed_as_much_as_the_rows_that_have_it(seed: int) -> None:
    # One length alone: a row is told by its first frame.
    worth, at_beat, _, _ = _scene(seed)
    length, nothing = np.array([4]), np.zeros(1)
    belief = believe_beats(worth[:, :1], at_beat, nothing, np.zeros((1, 1)), length)
    rows = [np.arange(first, 22, 4) for first in range(4)]
    scores = [at_beat[row].sum() + worth[row[:-1], 0].sum() for row in rows]
    chance = np.exp(scores) / np.exp(scores).sum()
    inside = np.arange(8, 12)
    assert belief[inside] / belief[inside].sum() == pytest.approx(chance, rel=1e-6)
