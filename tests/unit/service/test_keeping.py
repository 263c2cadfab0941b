"""Things that are kept: made once, the last ones, and nothing of what failed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from licklab.service.keeping import Kept


def test_what_is_there_is_not_made_again() -> None:
    kept: Kept[str, object] = Kept(2)
    first = kept.get("a", object)
    assert kept.get("a", object) is first


def test_the_one_asked_for_longest_ago_goes_first() -> None:
    kept: Kept[str, object] = Kept(2)
    first, second = kept.get("a", object), kept.get("b", object)
    assert kept.get("a", object) is first
    kept.get("c", object)
    assert kept.get("a", object) is first
    assert kept.get("b", object) is not second


def test_what_several_ask_for_at_once_is_made_once() -> None:
    kept: Kept[str, int] = Kept(2)
    made: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def make() -> int:
        made.append(1)
        begun.set()
        assert go_on.wait(10)
        return 7

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(kept.get, "a", make)]
        assert begun.wait(10)
        asked += [pool.submit(kept.get, "a", make) for _ in range(2)]
        # Another thing does not wait for it.
        assert kept.get("b", lambda: 8) == 8
        go_on.set()
        assert [one.result(10) for one in asked] == [7, 7, 7]
    assert made == [1]


def test_what_failed_is_tried_again() -> None:
    kept: Kept[str, int] = Kept(2)

    def fail() -> int:
        raise ValueError("want luck, got none")

    with pytest.raises(ValueError, match="want luck"):
        kept.get("a", fail)
    assert kept.get("a", lambda: 7) == 7
