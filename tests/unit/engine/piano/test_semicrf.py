from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from licklab.engine.piano.semicrf import (
    Interval,
    estimate_start_probabilities,
    find_best_intervals,
)
from licklab.errors import ShapeError

_N_FRAMES = 5


def _rows(frame: int, n_frames: int) -> Iterator[list[Interval]]:
    """Give every row of intervals from a frame on, by the definition."""
    for alone in ([], [(frame, frame)]):
        if frame == n_frames - 1:
            yield alone
            continue
        for rest in _rows(frame + 1, n_frames):
            yield [*alone, *rest]
        for end in range(frame + 1, n_frames):
            for rest in _rows(end, n_frames):
                yield [*alone, (frame, end), *rest]


def _score(row: Sequence[Interval], scores: np.ndarray, single: np.ndarray) -> float:
    return sum(float(single[a] if a == b else scores[a, b]) for a, b in row)


def _random(seed: int, n_tracks: int = 3) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    scores = rng.normal(-0.5, 2, (n_tracks, _N_FRAMES, _N_FRAMES)).astype(np.float32)
    # What lies below the diagonal must not matter.
    scores[:, *np.tril_indices(_N_FRAMES)] = np.nan
    return scores, rng.normal(-0.5, 2, (n_tracks, _N_FRAMES)).astype(np.float32)


@pytest.mark.parametrize("seed", range(30))
def test_the_best_row_of_all_is_found(seed: int) -> None:
    scores, single = _random(seed)
    starts = [0, 2, _N_FRAMES - 1]
    found = find_best_intervals(scores, single, starts)
    for track, start in enumerate(starts):
        rows = list(_rows(start, _N_FRAMES))
        expected = max(rows, key=lambda row: _score(row, scores[track], single[track]))
        assert found[track] == expected


@pytest.mark.parametrize("seed", range(10))
def test_probabilities_are_shares_of_all_rows(seed: int) -> None:
    scores, single = _random(seed)
    found = estimate_start_probabilities(scores, single)
    for track in range(len(scores)):
        rows = list(_rows(0, _N_FRAMES))
        weights = np.exp([_score(row, scores[track], single[track]) for row in rows])
        for frame in range(_N_FRAMES):
            # A single and a longer one in the same frame count twice, up to certainty.
            starting = [sum(begin == frame for begin, _ in row) for row in rows]
            expected = min(1.0, float((weights * starting).sum() / weights.sum()))
            assert found[track, frame] == pytest.approx(expected, abs=1e-5)


def test_high_scores_make_certain_and_low_ones_impossible() -> None:
    scores = np.full((1, 4, 4), -1e4, np.float32)
    scores[0, 1, 3] = 3e4
    single = np.full((1, 4), -1e4, np.float32)
    assert find_best_intervals(scores, single, [0]) == [[(1, 3)]]
    np.testing.assert_allclose(estimate_start_probabilities(scores, single)[0], [0, 1, 0, 0])


def test_intervals_may_follow_without_a_gap_and_nothing_is_also_an_answer() -> None:
    scores = np.full((2, 4, 4), -1.0, np.float32)
    scores[0, 0, 2] = scores[0, 2, 3] = 1.0
    single = np.full((2, 4), -1.0, np.float32)
    assert find_best_intervals(scores, single, [0, 0]) == [[(0, 2), (2, 3)], []]


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ShapeError, match="want scores of shape"):
        find_best_intervals(np.zeros((1, 4, 3), np.float32), np.zeros((1, 4), np.float32), [0])
