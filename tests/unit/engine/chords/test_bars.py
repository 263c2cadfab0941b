import itertools

import numpy as np
import pytest

from licklab.domain.beat import TimeSignature
from licklab.engine.chords.bars import decode_bars
from tests.unit.engine.chords.hearing import beat_times, hear_chords, hear_rhythm

TWO_FIVE_ONE = [(2, "min7"), (7, "7"), (0, "maj7"), (9, "7")]
CHART = TWO_FIVE_ONE * 4


@pytest.mark.parametrize("per_bar", [3, 4, 5])
@pytest.mark.parametrize("pickup", [0, 1, 2])
def test_metre_and_bar_lines_are_found_by_harmony_alone(per_bar: int, pickup: int) -> None:
    beats = [chord for chord in CHART for _ in range(per_bar)][per_bar - pickup :]
    times = beat_times(len(beats))
    found = decode_bars(times, hear_rhythm(times), hear_chords(beats))
    assert found.grid.time_signature == TimeSignature(per_bar, 4)
    assert [one.position_in_bar for one in found.grid.beats] == [
        (number - pickup) % per_bar + 1 for number in range(len(beats))
    ]
    assert found.grid.beats[0].bar == (0 if pickup else 1)
    assert found.metre_confidence > 0.5
    assert found.downbeat_confidence > 0.5


def test_chords_begin_where_they_are_played_and_have_no_gaps() -> None:
    beats = [chord for chord in CHART for _ in range(4)]
    times = beat_times(len(beats))
    chords = decode_bars(times, hear_rhythm(times), hear_chords(beats)).chords
    assert [one.label for one in chords] == ["D:min7", "G:7", "C:maj7", "A:7"] * 4
    np.testing.assert_allclose([one.onset_sec for one in chords], times[::4])
    assert all(one.offset_sec == other.onset_sec for one, other in itertools.pairwise(chords))


def test_bar_lines_are_found_by_ear_where_harmony_stands_still() -> None:
    times = beat_times(40)
    rhythm = hear_rhythm(times, downbeats=range(2, 40, 4))
    found = decode_bars(times, rhythm, hear_chords([(2, "min7")] * 40))
    assert [one.time_sec for one in found.grid.downbeats] == list(times[2::4])


def test_beat_that_the_tracker_missed_costs_one_bar_only() -> None:
    beats = [chord for chord in CHART * 2 for _ in range(4)]
    times = beat_times(len(beats))
    rhythm, chords = hear_rhythm(times, downbeats=range(0, len(beats), 4)), hear_chords(beats)
    found = decode_bars(np.delete(times, 50), rhythm, chords)
    heard = {one.time_sec for one in found.grid.downbeats}
    assert len(heard & set(times[::4])) >= len(times[::4]) - 1


def test_beat_that_the_tracker_invented_costs_one_bar_only() -> None:
    beats = [chord for chord in CHART * 2 for _ in range(4)]
    times = beat_times(len(beats))
    rhythm, chords = hear_rhythm(times, downbeats=range(0, len(beats), 4)), hear_chords(beats)
    found = decode_bars(np.sort(np.append(times, times[50] + 0.2)), rhythm, chords)
    heard = {one.time_sec for one in found.grid.downbeats}
    assert len(heard & set(times[::4])) >= len(times[::4]) - 1


@pytest.mark.parametrize(("per_bar", "signature"), [(2, "6/8"), (4, "12/8")])
def test_beats_in_three_make_a_compound_metre(per_bar: int, signature: str) -> None:
    beats = [chord for chord in CHART for _ in range(per_bar)]
    times = beat_times(len(beats))
    rhythm = hear_rhythm(times, range(0, len(beats), per_bar), offbeats=(1 / 3, 2 / 3))
    found = decode_bars(times, rhythm, hear_chords(beats))
    assert str(found.grid.time_signature) == signature
    assert found.grid.time_signature.beats_per_bar == per_bar


def test_no_beats_are_no_bars() -> None:
    found = decode_bars([], hear_rhythm(beat_times(4)), hear_chords([None] * 4))
    assert found.grid.beats == ()
    assert found.chords == ()


def test_single_beat_is_enough() -> None:
    times = beat_times(1)
    rhythm = hear_rhythm(beat_times(4))
    found = decode_bars(times, rhythm, hear_chords([(0, "maj7")] * 4))
    assert len(found.grid.beats) == len(found.chords) == 1
