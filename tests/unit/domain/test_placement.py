import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.beat import BeatGrid
from licklab.domain.placement import place_on_grid
from tests.unit.domain.grids import even_grid, grids


@given(grids(), st.data())
def test_every_beat_is_at_its_own_number_and_half_way_to_the_next_a_half_more(
    grid: BeatGrid, data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(grid.beats) - 2))
    beat, following = grid.beats[i], grid.beats[i + 1]
    bar, position = beat.bar, beat.position_in_bar
    assert place_on_grid(beat.time_sec, grid) == (bar, float(position))
    between_sec = (beat.time_sec + following.time_sec) / 2
    assert place_on_grid(between_sec, grid) == (bar, position + 0.5)


@pytest.mark.parametrize(
    ("onset_sec", "place"),
    [(1.0, (1, 1.0)), (0.75, (0, 4.5)), (0.4, None), (2.99999, (2, 1.0)), (3.25, (2, 1.5)),
     (3.51, None)],
)  # fmt: skip
def test_a_moment_near_the_ends_of_the_beats_has_a_place(
    onset_sec: float, place: tuple[int, float] | None
) -> None:
    assert place_on_grid(onset_sec, even_grid(5)) == place


def test_without_beats_there_is_no_place() -> None:
    assert place_on_grid(1.0, BeatGrid()) is None
    assert place_on_grid(1.0, even_grid(1)) is None
