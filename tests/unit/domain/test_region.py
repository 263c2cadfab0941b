import math

import pytest

from licklab.domain.mode import Mode, find_mode
from licklab.domain.region import Region
from licklab.errors import RegionError, UnknownModeError


@pytest.mark.parametrize(
    ("start_sec", "end_sec", "message"),
    [
        (-1.0, None, "want start_sec as seconds, 0 or more; got -1.0"),
        (None, -0.5, "want end_sec as seconds"),
        (math.nan, 3.0, "got nan"),
        (1.0, math.nan, "got nan"),
        (0.0, math.inf, "got inf"),
        (40.0, 12.5, "start is before its end, got start_sec=40.0, end_sec=12.5"),
        (3.0, 3.0, "start is before its end"),
        (None, 0.0, "start is before its end, got start_sec=0.0"),
    ],
)
def test_ends_that_cannot_be_are_refused(
    start_sec: float | None, end_sec: float | None, message: str
) -> None:
    with pytest.raises(RegionError, match=message):
        Region(start_sec, end_sec)


@pytest.mark.parametrize(
    ("region", "closed"),
    [
        (Region(), Region(0.0, 60.0)),
        (Region(12.5, 40.0), Region(12.5, 40.0)),
        (Region(12.5), Region(12.5, 60.0)),
        (Region(end_sec=40.0), Region(0.0, 40.0)),
        # A player says 60.05 for a recording of a minute.
        (Region(50.0, 60.05), Region(50.0, 60.0)),
    ],
)
def test_open_ends_are_those_of_the_recording(region: Region, closed: Region) -> None:
    assert region.within(60.0) == closed


@pytest.mark.parametrize(
    ("region", "message"),
    [
        (Region(60.0), "lasts 60.00 s; got one whose start is at 60.0 s"),
        (Region(70.0, 80.0), "start is at 70.0 s"),
        (Region(50.0, 61.0), "end is at 61.0 s"),
    ],
)
def test_a_region_beyond_the_end_is_refused(region: Region, message: str) -> None:
    with pytest.raises(RegionError, match=message):
        region.within(60.0)


def test_only_a_region_without_ends_is_the_whole() -> None:
    assert Region().is_whole
    assert not Region(0.0).is_whole
    assert not Region(end_sec=1.0).is_whole


def test_modes_are_found_by_name() -> None:
    assert find_mode(" Polyphonic ") is Mode.POLYPHONIC
    assert [one.texture for one in Mode] == [None, "line", "polyphonic"]
    with pytest.raises(UnknownModeError, match="one of auto, line, polyphonic; got 'chords'"):
        find_mode("chords")
