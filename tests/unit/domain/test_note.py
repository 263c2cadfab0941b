import pytest

from licklab.domain.note import Note


def test_a_note_knows_its_length() -> None:
    assert Note(1.0, 1.5, 60, 64, 0.9).duration_sec == 0.5


@pytest.mark.parametrize(
    "values",
    [(1.0, 1.0, 60, 64, 0.5), (-0.1, 1.0, 60, 64, 0.5), (0.0, 1.0, 60, 0, 0.5),
     (0.0, 1.0, 60, 128, 0.5), (0.0, 1.0, 60, 64, 1.1), (float("nan"), 1.0, 60, 64, 0.5)],
)  # fmt: skip
def test_an_impossible_note_is_refused(values: tuple[float, float, float, int, float]) -> None:
    with pytest.raises(ValueError, match="want"):
        Note(*values)
