import pytest

from licklab.domain.expression import Expression


def test_a_straight_note_has_no_gestures() -> None:
    assert Expression(3.0, 0.0, 0.0, 0.0, 0.0, 0.0).pitch_cents == 3.0


@pytest.mark.parametrize(
    "numbers",
    [(0, -1, 0, 0, 0, 0), (0, 0, -1, 0, 0, 0), (0, 0, 0, 0, -1, 5), (0, 0, 0, 0, 5, -1),
     (0, 0, 0, 0, 5, 0), (0, 0, 0, 0, 0, 20)],
)  # fmt: skip
def test_what_cannot_be_is_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="want"):
        Expression(*numbers)
