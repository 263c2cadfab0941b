import numpy as np
import pytest

from licklab.engine.windows import WindowQueue


def _give_out(rows: np.ndarray, sizes: list[int], n_rows: int, margin: int) -> np.ndarray:
    queue = WindowQueue(n_rows, margin, rows.shape[1])
    given = []
    first = 0
    for size in sizes:
        given += [one.rows[one.first : one.last] for one in queue.add(rows[first : first + size])]
        first += size
    given += [one.rows[one.first : one.last] for one in queue.finish()]
    return np.concatenate(given)


@pytest.mark.parametrize("sizes", [[95], [1] * 95, [30, 30, 35], [64, 31], [7] * 13 + [4]])
def test_every_row_is_given_once_and_in_order(sizes: list[int]) -> None:
    rows = np.arange(190, dtype=np.float16).reshape(95, 2)
    assert np.array_equal(_give_out(rows, sizes, n_rows=32, margin=5), rows)


def test_every_row_has_its_surroundings() -> None:
    rows = np.arange(100, dtype=np.float16)[:, np.newaxis]
    queue = WindowQueue(20, 4, 1)
    windows = [*queue.add(rows), *queue.finish()]
    for one in windows[1:]:
        assert one.first >= 4
    for one in windows[:-1]:
        assert len(one.rows) - one.last >= 4


def test_fewer_rows_than_a_window_are_given_at_the_end() -> None:
    rows = np.ones((3, 2), np.float16)
    assert np.array_equal(_give_out(rows, [3], n_rows=32, margin=5), rows)
