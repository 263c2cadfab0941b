from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.practice.streaks import PracticeDay, count_streak, fill_days, first_day

TODAY = date(2026, 3, 4)


@given(st.sets(st.integers(0, 40)))
def test_a_streak_is_the_run_of_days_up_to_today_or_yesterday(ago: set[int]) -> None:
    days = sorted((TODAY - timedelta(days=k) for k in ago), reverse=True)
    begin = 0 if 0 in ago else 1
    wanted = next(k for k in range(50) if begin + k not in ago)
    assert count_streak(days, TODAY) == wanted


def test_no_day_is_read_behind_the_first_gap() -> None:
    def days() -> Iterator[date]:
        yield from (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=3))
        pytest.fail("read on")

    assert count_streak(days(), TODAY) == 2


def test_days_that_are_still_to_come_break_nothing() -> None:
    assert count_streak([TODAY + timedelta(days=1), TODAY], TODAY) == 1


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 100)))
def test_a_chart_has_each_day_of_twelve_weeks(today: date, ago: set[int]) -> None:
    known = [PracticeDay(today - timedelta(days=k), 1, k + 1, 0.5) for k in ago]
    days = fill_days(known, today)
    assert days[0].day == first_day(today)
    assert days[0].day.weekday() == 0
    assert days[-1].day == today
    assert 11 * 7 < len(days) <= 12 * 7
    assert [one.day for one in days] == sorted({one.day for one in days})
    assert sum(one.passes for one in days) == sum(k + 1 for k in ago if k < len(days))
