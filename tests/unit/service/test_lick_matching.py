from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.service.lick_matching import (
    LEAST_OVERLAP,
    find_place,
    match_bodies,
    overlap,
    overlap_of_bodies,
)

_TIMES = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: (one[0], sum(one)))


def body(*places: tuple[float, float]) -> dict[str, Any]:
    """Give a lick that is played at these places."""
    at = [{"onset_sec": onset, "offset_sec": offset} for onset, offset in places]
    return {**at[0], "occurrences": at}


_BODIES = st.lists(st.lists(_TIMES, min_size=1, max_size=3).map(lambda one: body(*one)), max_size=6)


@given(_TIMES, _TIMES)
def test_overlap_is_a_share_and_does_not_ask_who_comes_first(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assert overlap(body(one), body(other)) == overlap(body(other), body(one))
    assert 0 <= overlap(body(one), body(other)) <= 1
    assert overlap(body(one), body(one)) == 1


@given(_BODIES, _BODIES)
def test_each_lick_is_at_most_one_other_and_overlaps_it(
    before: list[dict[str, Any]], now: list[dict[str, Any]]
) -> None:
    found = match_bodies(before, now)
    assert len(set(found.values())) == len(found)
    assert all(overlap_of_bodies(before[j], now[i]) >= LEAST_OVERLAP for i, j in found.items())
    # Nothing is left over that could have been matched.
    for i in set(range(len(now))) - set(found):
        for j in set(range(len(before))) - set(found.values()):
            assert overlap_of_bodies(before[j], now[i]) < LEAST_OVERLAP


def test_the_same_licks_in_another_order_are_themselves() -> None:
    licks = [body((0, 2)), body((2, 4), (9, 11)), body((5, 8))]
    assert match_bodies(licks, licks[::-1]) == {0: 2, 1: 1, 2: 0}


def test_the_likeliest_comes_first_and_takes_its_lick() -> None:
    before = [body((0, 4))]
    assert match_bodies(before, [body((0, 2)), body((0, 3))]) == {1: 0}


def test_a_lick_whose_first_place_was_lost_is_known_by_another() -> None:
    assert match_bodies([body((0, 2), (9, 11))], [body((9, 11))]) == {0: 0}


def test_a_place_is_kept_when_another_one_comes_first() -> None:
    assert find_place(body((9, 11)), body((0, 2), (4, 6), (9, 11.5))) == 2
    assert find_place(body((0, 2), (9, 11)), body((0, 2), (9, 11))) == 0
    assert find_place(body((20, 22), (9, 11)), body((0, 2), (9, 11))) == 0


def test_less_than_half_in_common_is_another_lick() -> None:
    assert match_bodies([body((0, 4))], [body((2.1, 6))]) == {}
    assert overlap(body((0, 4)), body((2, 6))) == pytest.approx(1 / 3)
