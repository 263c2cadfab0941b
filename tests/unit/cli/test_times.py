import pytest

from licklab.cli.times import read_time


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
