from hypothesis import given
from hypothesis import strategies as st

from licklab.practice.cards import TempoCount
from licklab.practice.heat_map import BANDS, Cell, band_of, draw_row

_COUNTS = st.builds(TempoCount, st.integers(10, 1000), st.integers(1, 9), st.just(1))


@given(st.lists(_COUNTS))
def test_every_session_is_in_one_field(counts: list[TempoCount]) -> None:
    row = draw_row(counts, 100.0)
    assert sum(cell.n_sessions for cell in row) == sum(one.n_sessions for one in counts)
    assert sum(cell.n_clean for cell in row) == len(counts)
    begins = [cell.from_share for cell in row]
    assert begins == sorted(set(begins))
    assert set(begins) <= set(BANDS)


def test_fields_are_of_the_target_tempo() -> None:
    counts = [TempoCount(bpm, 2, 1) for bpm in (60, 119, 120, 200)]
    assert draw_row(counts, 199.0) == (Cell(0.0, 2, 1), Cell(0.6, 4, 2), Cell(1.0, 2, 1))
    assert draw_row(counts, None) == ()
    assert band_of(0.01) == 0
    assert band_of(3.0) == 1
