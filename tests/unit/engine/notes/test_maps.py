import tracemalloc

import numpy as np
import pytest

from licklab.engine.notes.maps import OddsMap
from licklab.errors import ShapeError


def _draw(n_frames: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(1).normal(0, 3, (n_frames, 88)).astype(np.float32)


@pytest.mark.parametrize("sizes", [(5000,), (1, 2047, 2048, 904), (3000, 2000)])
def test_what_goes_in_comes_out_however_it_was_cut(sizes: tuple[int, ...]) -> None:
    odds = _draw(5000)
    packed = OddsMap()
    for part in np.split(odds, np.cumsum(sizes)[:-1]):
        packed.add(part)
    assert len(packed) == 5000
    want = np.clip(odds, -127 / 16, 127 / 16)
    for first, last in ((0, 5000), (2040, 2060), (4090, 4100), (-3, 4), (4998, 5005), (7, 7)):
        got = packed.rows(first, last)
        part = want[max(0, first) : max(0, last)]
        np.testing.assert_allclose(got, part, rtol=0, atol=1 / 32 + 1e-6, strict=True)


def test_probabilities_of_the_whole() -> None:
    odds = _draw(3000)
    got = OddsMap.of(odds).probabilities().astype(np.float32)
    np.testing.assert_allclose(got, 1 / (1 + np.exp(-odds)), rtol=0, atol=0.01, strict=True)


def test_an_hour_of_noes_is_small() -> None:
    tracemalloc.start()
    packed = OddsMap()
    quiet = np.full((2048, 88), -7.0, np.float32)
    for _ in range(151):
        packed.add(quiet)
    assert tracemalloc.get_traced_memory()[0] < 3e6
    tracemalloc.stop()


def test_another_number_of_pitches_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"want log odds of shape=\(n, 88\), got \(4, 87\)"):
        OddsMap().add(np.zeros((4, 87), np.float32))
