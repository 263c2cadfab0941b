import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import BeatGrid, TimeSignature
from licklab.domain.beat_count import count_beats
from licklab.domain.grid_change import change_grid, extend_grid
from licklab.domain.grid_edit import (
    DoubleTempo,
    GridEdit,
    HalveTempo,
    MarkDownbeat,
    MoveBeat,
    Pin,
    PinBeats,
    SetTempo,
    SetTimeSignature,
    ShiftBeats,
    TapBeats,
)
from licklab.domain.recall import Recall
from licklab.errors import GridError
from tests.unit.domain.grids import even_grid, grids, recall


def _times(grid: BeatGrid) -> list[float]:
    return [one.time_sec for one in grid.beats]


def _labels(grid: BeatGrid) -> list[tuple[int, int]]:
    return [(one.bar, one.position_in_bar) for one in grid.beats]


@given(grids())
def test_doubling_and_halving_again_changes_nothing(grid: BeatGrid) -> None:
    doubled = change_grid(grid, DoubleTempo(), recall(100.0))
    assert set(_times(grid)) <= set(_times(doubled))
    assert {one.time_sec for one in grid.downbeats} <= {one.time_sec for one in doubled.downbeats}
    back = change_grid(doubled, HalveTempo(), recall(100.0))
    assert _times(back) == _times(grid)
    assert _labels(back) == _labels(grid)


@given(grids(), st.integers(1, 7))
def test_a_shift_by_beats_and_back_changes_no_downbeat(grid: BeatGrid, n_beats: int) -> None:
    there = change_grid(grid, ShiftBeats(n_beats), recall(100.0))
    back = change_grid(there, ShiftBeats(-n_beats), recall(100.0))
    assert _times(there) == _times(back) == _times(grid)
    assert [p for _, p in _labels(back)] == [p for _, p in _labels(grid)]


@given(grids(), st.data())
def test_a_marked_downbeat_is_one_and_bars_stay_whole(grid: BeatGrid, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(grid.beats) - 1))
    time_sec = grid.beats[place].time_sec
    marked = change_grid(grid, MarkDownbeat(time_sec), recall(100.0))
    assert marked.beats[place].is_downbeat
    per_bar = grid.time_signature.beats_per_bar
    starts = [i for i, one in enumerate(marked.beats) if one.is_downbeat]
    assert {int(n) for n in np.diff(starts)} <= {per_bar}
    assert [b.bar for b in marked.downbeats] == list(
        range(marked.downbeats[0].bar, marked.downbeats[0].bar + len(starts))
    )


def test_half_a_beat_later_each_beat_is_half_way_to_the_next_with_its_number() -> None:
    moved = change_grid(even_grid(9), ShiftBeats(0.5), recall(5.3))
    assert _times(moved) == pytest.approx([1.25 + 0.5 * i for i in range(9)])
    assert _labels(moved) == _labels(even_grid(9))
    earlier = change_grid(even_grid(9), ShiftBeats(-0.5), recall())
    assert _times(earlier) == pytest.approx([0.75 + 0.5 * i for i in range(9)])
    assert _labels(earlier) == _labels(even_grid(9))


@pytest.mark.parametrize("start_sec", [0.1, 1.0])
@pytest.mark.parametrize("beats", [0.5, -0.5, 1.5, -1.5])
def test_a_shift_by_half_beats_and_back_loses_no_beat(start_sec: float, beats: float) -> None:
    grid = even_grid(9, 0.5, start_sec)
    there = change_grid(grid, ShiftBeats(beats), recall(start_sec + 4.3))
    back = change_grid(there, ShiftBeats(-beats), recall(start_sec + 4.3))
    assert _times(back) == pytest.approx(_times(grid))
    assert [p for _, p in _labels(back)] == [p for _, p in _labels(grid)]


def test_short_bars_outlive_doubling_and_halving() -> None:
    for start in (1, 3, 4):
        downbeats = dict.fromkeys([start, start + 4, start + 7, start + 11, start + 12], 1)
        grid = count_beats([0.5 * i for i in range(30)], [1] * 30, TimeSignature(), downbeats, {})
        doubled = change_grid(grid, DoubleTempo(), recall())
        assert _labels(change_grid(doubled, HalveTempo(), recall())) == _labels(grid)


def test_a_downbeat_is_marked_in_bars_of_any_length() -> None:
    downbeats = dict.fromkeys([0, 4, 7, 12, 16], 1)
    times = [0.5 * i for i in range(20)]
    grid = count_beats(times, [1] * 20, TimeSignature(), downbeats, {})
    for place in range(20):
        marked = change_grid(grid, MarkDownbeat(times[place]), recall())
        assert marked.beats[place].is_downbeat
    nearest = change_grid(grid, MarkDownbeat(times[6]), recall())
    starts = [i for i, one in enumerate(nearest.beats) if one.is_downbeat]
    assert starts == [3, 6, 10, 11, 15, 19]


def test_a_beat_that_is_moved_keeps_its_number_and_no_other_moves() -> None:
    # A bar of five, and a pause: what counting anew would lose.
    times = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 9.0, 9.5]
    grid = count_beats(times, [0.4] * 8, TimeSignature(), {0: 1, 5: 1, 6: 1}, {})
    moved = change_grid(grid, MoveBeat(1.04, 1.2), recall())
    assert _times(moved) == [0.0, 0.5, 1.2, 1.5, 2.0, 2.5, 9.0, 9.5]
    assert _labels(moved) == _labels(grid)
    assert [one.confidence for one in moved.beats] == [0.4, 0.4, 1.0, *[0.4] * 5]


def test_another_time_signature_counts_the_same_beats_from_bar_one() -> None:
    waltz = change_grid(
        even_grid(9, first_position=4), SetTimeSignature(TimeSignature(3, 4)), recall()
    )
    assert _labels(waltz)[:5] == [(0, 3), (1, 1), (1, 2), (1, 3), (2, 1)]
    assert str(waltz.time_signature) == "3/4"
    compound = change_grid(even_grid(9), SetTimeSignature(TimeSignature(6, 8)), recall())
    assert _labels(compound)[:4] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_taps_make_a_grid_where_none_was_heard() -> None:
    taps = (3.0, 3.52, 4.0, 4.5)
    grid = change_grid(BeatGrid(), TapBeats(taps), recall(10.0))
    assert set(taps) <= set(_times(grid))
    assert _times(grid)[0] == pytest.approx(0.0, abs=0.01)
    assert _times(grid)[-1] == pytest.approx(10.0, abs=0.01)
    assert next(b for b in grid.beats if b.time_sec == 3.0).is_downbeat


def test_a_new_tempo_keeps_most_downbeats() -> None:
    heard = even_grid(65, 0.5, 0.0)
    twice = change_grid(heard, SetTempo(240.0), recall(32.0))
    assert twice.tempo_bpm == pytest.approx(240.0)
    assert {b.time_sec for b in heard.downbeats} <= {b.time_sec for b in twice.downbeats}


def test_pins_are_beats_with_the_numbers_that_they_are_given() -> None:
    pins = (Pin(2.1), Pin(6.0, bar=1), Pin(8.55, bar=2, position_in_bar=2))
    pinned = change_grid(even_grid(33), PinBeats(pins), recall(18.0))
    places = {b.time_sec: (b.bar, b.position_in_bar) for b in pinned.beats}
    assert places[6.0] == (1, 1)
    assert places[8.55] == (2, 2)
    assert 2.1 in places
    assert (np.diff(_times(pinned)) > 0.25).all()


_NO_BEATS = "with beats to change"


@pytest.mark.parametrize(
    ("grid", "edit", "message"),
    [
        (BeatGrid(), DoubleTempo(), _NO_BEATS),
        (BeatGrid(), HalveTempo(), _NO_BEATS),
        (BeatGrid(), ShiftBeats(1), _NO_BEATS),
        (BeatGrid(), MarkDownbeat(1.0), _NO_BEATS),
        (BeatGrid(), MoveBeat(1.0, 1.1), _NO_BEATS),
        (even_grid(), MoveBeat(1.0, 21.0), "inside what was heard, 0.00 to 20.00 s; got 21.00"),
        (even_grid(), MoveBeat(1.5, 1.95), "beats 0.15 s apart or more"),
        (even_grid(), MoveBeat(1.5, 4.0), "beats 0.15 s apart or more"),
        (even_grid(), MarkDownbeat(21.0), "inside what was heard, 0.00 to 20.00 s; got 21.00"),
        (even_grid(), TapBeats((1.0, 1.05)), "30 to 400 bpm, got 1200"),
        (even_grid(period_sec=0.2), DoubleTempo(), "30 to 400 bpm, got 600"),
        (even_grid(period_sec=1.5, n_beats=9), HalveTempo(), "30 to 400 bpm, got 20"),
        (even_grid(2), HalveTempo(), "four beats or more to halve, got 2"),
        (
            BeatGrid(),
            TapBeats((1.0, 1.5, 2.0, 2.05)),
            "0.15 s apart or more .* got 2.000 and 2.050",
        ),
        (even_grid(), PinBeats((Pin(2.0, 9), Pin(8.0, 3))), "bars in order, got beat 1 of bar 3"),
        (even_grid(), PinBeats((Pin(2.0, 2), Pin(2.5, 2))), "bars in order, got beat 1 of bar 2"),
        (even_grid(9), ShiftBeats(-9), "fewer beats than there are"),
        (even_grid(9), PinBeats((Pin(2.0, 1, 5),)), "a position of 1 to 4 in a bar of 4/4, got 5"),
    ],
)
def test_what_cannot_be_is_refused(grid: BeatGrid, edit: GridEdit, message: str) -> None:
    with pytest.raises(GridError, match=message):
        change_grid(grid, edit, recall())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SetTempo(float("nan")), "30 to 400"),
        (lambda: SetTempo(20.0), "30 to 400"),
        (lambda: ShiftBeats(0.25), "half beats"),
        (lambda: ShiftBeats(0.0), "half beats"),
        (lambda: ShiftBeats(float("inf")), "half beats"),
        (lambda: TapBeats((1.0,)), "two taps or more, got 1"),
        (lambda: TapBeats((2.0, 1.0)), "in order"),
        (lambda: TapBeats((1.0, float("nan"))), "got nan"),
        (lambda: PinBeats(()), "one pin or more"),
        (lambda: MarkDownbeat(-1.0), "0 or more"),
    ],
)
def test_an_edit_that_says_nothing_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(GridError, match=message):
        make()


def test_a_mended_grid_reaches_to_what_is_heard_since() -> None:
    mended = even_grid(9, 0.5, 10.0)
    same = extend_grid(mended, 9.0, 15.0, Recall(9.0, 15.0))
    assert same is mended
    more = extend_grid(mended, 9.0, 15.0, Recall(0.0, 30.0))
    assert more is not None
    assert [b for b in more.beats if 10.0 <= b.time_sec <= 14.0] == list(mended.beats)
    assert more.beats[0].time_sec == pytest.approx(0.0)
    assert more.beats[-1].time_sec == pytest.approx(30.0)
    assert np.diff(_times(more)) == pytest.approx(0.5)


def test_of_a_mended_grid_is_left_what_is_heard_now() -> None:
    mended = even_grid(9, 0.5, 10.0)
    part = extend_grid(mended, 9.0, 15.0, Recall(11.0, 13.0))
    assert part is not None
    assert part.beats == mended.beats[2:7]
    onward = extend_grid(mended, 9.0, 15.0, Recall(12.0, 20.0))
    assert onward is not None
    assert onward.beats[:5] == mended.beats[4:]
    assert _times(onward) == pytest.approx(np.arange(12.0, 20.1, 0.5).tolist())
    assert extend_grid(mended, 9.0, 15.0, Recall(15.0, 60.0)) is None
    assert extend_grid(mended, 9.0, 15.0, Recall(0.0, 9.5)) is None


def test_a_bar_that_a_known_place_cuts_short_stays_short() -> None:
    grid = count_beats([0, 1, 2, 3, 4, 5, 6], [1] * 7, TimeSignature(), {1: 1, 3: 1}, {})
    assert _labels(grid) == [(0, 4), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (2, 4)]
