from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.time_zone import day_in, find_zone
from licklab.errors import PracticeError
from tests.unit.practice.logs import near_changes, zones


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Base", "America", "../UTC", "/etc/passwd", "Europe/Wien", "x" * 65, "UTC\0", "Wïen"],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(PracticeError, match="want a time zone such as Europe/Vienna"):
        find_zone(name)


@given(st.text(max_size=80))
def test_any_text_is_a_zone_or_refused(name: str) -> None:
    with suppress(PracticeError):
        assert find_zone(name).key == name


@given(near_changes, zones, st.integers(0, 3 * 24 * 60))
def test_days_never_go_back_in_a_zone(moment: datetime, zone: str, minutes: int) -> None:
    later = moment + timedelta(minutes=minutes)
    there = find_zone(zone)
    assert 0 <= (day_in(later, there) - day_in(moment, there)).days <= minutes // (23 * 60) + 1


def test_a_day_begins_at_midnight_there_in_summer_and_in_winter() -> None:
    vienna = find_zone("Europe/Vienna")
    for moment in (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)):
        before = moment - timedelta(microseconds=1)
        assert (day_in(moment, vienna) - day_in(before, vienna)).days == 1
