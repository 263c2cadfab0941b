import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.cli.times import read_bars, read_stretch, read_time, write_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0.0), ("12.5", 12.5), (" 40 ", 40.0), ("1:15.5", 75.5), ("0:05", 5.0), ("90:00", 5400.0),
     ("1:00:01", 3601.0), ("-3", -3.0)],
)  # fmt: skip
def test_seconds_and_clock_times_are_read(text: str, seconds: float) -> None:
    assert read_time(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1:75", "1:60:00", "-1:30", ":30", "1:", "1;30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="want a time such as"):
        read_time(text)


@given(st.integers(0, 360_000))
def test_what_is_written_is_read_back(tenths: int) -> None:
    assert read_time(write_time(tenths / 10)) == pytest.approx(tenths / 10)


def test_stretches_have_ends() -> None:
    assert read_stretch(None, None) is None
    assert read_stretch("1:00", None) == (60, math.inf)
    assert read_stretch(None, "5") == (0, 5)
    with pytest.raises(ValueError, match="want an end after the start"):
        read_stretch("5", "5")


@pytest.mark.parametrize(("text", "bars"), [("12", (12, 12)), ("0-3", (0, 3)), (" 2 - 4 ", (2, 4))])
def test_bars_are_read(text: str, bars: tuple[int, int]) -> None:
    assert read_bars(text) == bars


@pytest.mark.parametrize("text", ["", "x", "3-", "4-2", "1-2-3", "1.5"])
def test_what_are_no_bars_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="want"):
        read_bars(text)
