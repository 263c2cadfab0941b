from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.key import Key
from licklab.practice.heat_map import BANDS, Cell, TempoCount, band_of, draw_heat_map
from tests.unit.practice.logs import keys


@given(st.lists(st.builds(TempoCount, keys, st.floats(10, 1000), st.integers(1, 9), st.just(1))))
def test_every_session_is_in_one_field(counts: list[TempoCount]) -> None:
    drawn = draw_heat_map(counts, 100.0)
    cells = [cell for row in drawn.values() for cell in row]
    assert sum(cell.n_sessions for cell in cells) == sum(one.n_sessions for one in counts)
    assert sum(cell.n_clean for cell in cells) == len(counts)
    for row in drawn.values():
        begins = [cell.from_share for cell in row]
        assert begins == sorted(set(begins))
        assert set(begins) <= set(BANDS)


def test_fields_are_of_the_target_tempo() -> None:
    counts = [TempoCount(Key("F"), bpm, 2, 1) for bpm in (60, 119.6, 120, 200)]
    assert draw_heat_map(counts, 200.0) == {
        Key("F"): (Cell(0.0, 2, 1), Cell(0.6, 4, 2), Cell(1.0, 2, 1))
    }
    assert draw_heat_map(counts, None) == {}
    assert band_of(0.01) == 0
    assert band_of(3.0) == 1
