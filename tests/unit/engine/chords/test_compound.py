import pytest

from licklab.engine.chords.compound import is_compound
from tests.unit.engine.chords.hearing import beat_times, hear_rhythm


@pytest.mark.parametrize("strokes", [(), (0.5,), (2 / 3,), (0.62,), (0.25, 0.5, 0.75)])
def test_straight_and_swung_beats_are_not_compound(strokes: tuple[float, ...]) -> None:
    times = beat_times(32)
    assert is_compound(hear_rhythm(times, offbeats=strokes), times) < 0.3


def test_both_thirds_make_it_compound() -> None:
    times = beat_times(32)
    assert is_compound(hear_rhythm(times, offbeats=(1 / 3, 2 / 3)), times) > 0.7


def test_few_or_fast_beats_tell_nothing() -> None:
    few = beat_times(5)
    assert is_compound(hear_rhythm(few, offbeats=(1 / 3, 2 / 3)), few) == 0
    fast = 0.55 * beat_times(40)
    assert is_compound(hear_rhythm(fast, offbeats=(1 / 3, 2 / 3)), fast) == 0
