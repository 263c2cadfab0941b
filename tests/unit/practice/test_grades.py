import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.practice.grades import Grade, grade_day, grade_session, is_clean
from tests.unit.practice.logs import session

_SHARES = st.floats(0.1, 3)
_GRADES = st.lists(st.sampled_from(Grade), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("tempo_bpm", "accuracy", "said", "grade"),
    [
        (100, 1.0, True, Grade.EASY),
        (99.5, None, True, Grade.EASY),
        (98, None, True, Grade.GOOD),
        (75, 0.9, True, Grade.GOOD),
        (74, 1.0, True, Grade.HARD),
        (100, 0.8, False, Grade.HARD),
        (100, 0.8, True, Grade.HARD),
        (100, 0.7, True, Grade.AGAIN),
        (100, None, False, Grade.AGAIN),
    ],
)
def test_grades_come_from_tempo_and_accuracy(
    tempo_bpm: float,
    accuracy: float | None,
    said: bool,  # noqa: FBT001
    grade: Grade,
) -> None:
    played = session(tempo_bpm=tempo_bpm, accuracy=accuracy, is_clean=said)
    assert grade_session(played, 100.0) is grade


def test_without_a_tempo_to_reach_nothing_is_easy() -> None:
    assert grade_session(session(tempo_bpm=300), None) is Grade.GOOD
    assert grade_session(session(is_clean=False), None) is Grade.AGAIN


@given(st.booleans(), st.floats(0, 1), st.floats(0, 1), _SHARES, _SHARES)
def test_more_notes_right_and_a_higher_tempo_are_never_graded_lower(
    said: bool,  # noqa: FBT001
    low: float,
    high: float,
    slow: float,
    fast: float,
) -> None:
    low, high, slow, fast = *sorted((low, high)), *sorted((slow, fast))
    worse = session(tempo_bpm=100 * slow, accuracy=low, is_clean=said)
    better = session(tempo_bpm=100 * fast, accuracy=high, is_clean=said)
    assert grade_session(worse, 100.0) <= grade_session(better, 100.0)


@given(_GRADES, st.data())
def test_a_better_or_a_further_session_never_lowers_the_grade_of_a_day(
    grades: list[Grade], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(grades) - 1))
    better = data.draw(st.sampled_from([one for one in Grade if one >= grades[at]]))
    assert grade_day(grades) <= grade_day([*grades[:at], better, *grades[at + 1 :]])
    assert grade_day(grades) <= grade_day([*grades, better])


@pytest.mark.parametrize(
    ("said", "accuracy", "clean"),
    [
        (None, 0.95, True), (None, 0.5, False), (None, None, False), (True, None, True),
        (False, None, False), (True, 0.5, False), (False, 1.0, False), (True, 1.0, True),
    ],
)  # fmt: skip
def test_what_is_said_and_what_was_measured_must_agree(
    said: bool | None,  # noqa: FBT001
    accuracy: float | None,
    clean: bool,  # noqa: FBT001
) -> None:
    assert is_clean(said=said, accuracy=accuracy) is clean
