import math

import pytest

from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.engine.activations import widen_to_windows
from licklab.engine.grid import FRAME_RATE
from licklab.engine.span import Span, plan_span
from licklab.errors import DamagedAudioError, RegionError


def _plan(region: Region, duration_sec: float = 300.0, sample_rate: int = 44_100) -> Span:
    return plan_span(region, sample_rate, round(duration_sec * sample_rate), widen_to_windows)


def _note(onset_sec: float, offset_sec: float) -> Note:
    return Note(onset_sec, offset_sec, 60, 90, 0.5)


def test_the_whole_is_read_to_its_end_and_kept() -> None:
    span = _plan(Region())
    assert span == Span()
    notes = (_note(0.0, 1.0), _note(5.0, 900.0))
    assert span.place_notes(notes) == notes


@pytest.mark.parametrize("sample_rate", [8_000, 44_100, 48_000, 192_000])
def test_a_second_or_more_on_either_side_is_read(sample_rate: int) -> None:
    span = _plan(Region(100.0, 101.0), sample_rate=sample_rate)
    assert span.end_sample is not None
    assert 96.0 < span.origin_sec <= 99.0
    assert 102.0 <= span.end_sample / sample_rate < 104.0
    # On the grid of the whole, to half a sample of the file.
    frames = span.origin_sec * FRAME_RATE
    assert frames == pytest.approx(round(frames), abs=0.51 / sample_rate * FRAME_RATE)
    assert span.origin_sec == span.start_sample / sample_rate


@pytest.mark.parametrize("region", [Region(0.5, 5.0), Region(end_sec=5.0)])
def test_nothing_is_read_before_the_beginning(region: Region) -> None:
    assert _plan(region).start_sample == 0


@pytest.mark.parametrize("region", [Region(250.0), Region(250.0, 299.5), Region(250.0, 300.0)])
def test_near_the_end_it_is_read_to_the_end(region: Region) -> None:
    assert _plan(region).end_sample is None


def test_a_region_beyond_the_end_is_refused() -> None:
    with pytest.raises(RegionError, match=r"lasts 300\.00 s"):
        _plan(Region(299.0, 320.0))


def test_notes_are_moved_dropped_and_cut() -> None:
    span = Span(0, None, origin_sec=10.0, kept_from_sec=12.0, kept_to_sec=14.0)
    placed = span.place_notes(
        [
            _note(1.5, 3.0),  # begins before the region
            _note(2.0, 2.5),
            _note(3.5, 9.0),  # lasts longer than it
            _note(3.9999, 4.5),  # nothing of it would be left
            _note(4.0, 4.5),
        ]
    )
    assert placed == (_note(12.0, 12.5), _note(13.5, 14.0))


def test_sound_that_ends_before_the_region_is_no_sound_of_it() -> None:
    span = _plan(Region(100.0, 110.0))
    span.require_sound(100.5)
    with pytest.raises(DamagedAudioError, match=r"want sound from 100.00 s on.*read to 99.00 s"):
        span.require_sound(99.0)
    assert math.isinf(_plan(Region(100.0)).kept_to_sec)
