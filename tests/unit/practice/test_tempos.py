from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.practice_log import PracticeSession
from licklab.practice.tempos import suggest_tempo
from tests.unit.practice.logs import BEGIN, histories, session
from tests.unit.practice.test_cards import state


def suggested(*played: tuple[float, bool, int]) -> float | None:
    sessions = [
        session(BEGIN + timedelta(hours=k), tempo_bpm=bpm, is_clean=is_clean, passes=passes)
        for k, (bpm, is_clean, passes) in enumerate(played)
    ]
    return suggest_tempo(state(sessions).facts, 200.0)


def test_a_new_key_begins_at_three_fifths_of_the_tempo() -> None:
    assert suggest_tempo(None, 200.0) == 120
    assert suggest_tempo(None, None) is None


def test_three_clean_passes_raise_the_tempo_by_a_twentieth() -> None:
    assert suggested((140, True, 3)) == 150
    assert suggested((140, True, 2)) == 140
    assert suggested((198, True, 3)) == 200


def test_one_slip_repeats_and_two_give_way() -> None:
    assert suggested((140, True, 3), (150, False, 3)) == 140
    assert suggested((150, False, 3)) == 150
    assert suggested((140, True, 3), (150, False, 3), (150, False, 3)) == 134
    assert suggested((82, False, 1), (82, False, 1)) == 80  # no slower than a phrase can be


def test_without_a_tempo_of_the_recording_the_last_clean_one_goes_on() -> None:
    slipped = [session(BEGIN, tempo_bpm=93.4), session(BEGIN + timedelta(hours=1), is_clean=False)]
    assert suggest_tempo(state(slipped).facts, None) == 93


@given(histories, st.floats(20, 400))
def test_it_is_never_above_the_target_nor_too_slow(
    played: list[PracticeSession], target_bpm: float
) -> None:
    tempo_bpm = suggest_tempo(state(played, target_bpm).facts, target_bpm)
    assert tempo_bpm is not None
    assert 0.4 * target_bpm - 0.5 <= tempo_bpm <= target_bpm + 0.5
