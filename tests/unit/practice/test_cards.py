"""The laws of the schedule: whatever is played, whenever and wherever."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.practice_log import PracticeSession
from licklab.errors import ShapeError
from licklab.practice.cards import CardState, latest_day, replay
from licklab.practice.grades import Grade
from licklab.practice.schedule import LONGEST_INTERVAL_DAYS, retention_on, review
from tests.unit.practice.logs import (
    BEGIN,
    ZONES,
    histories,
    near_changes,
    plays,
    session,
    zones,
)

LATER = date(2100, 1, 1)
_GRADES = st.lists(st.tuples(st.integers(1, 400), st.sampled_from(Grade)), min_size=1, max_size=30)


def state(played: list[PracticeSession], target_bpm: float | None = 100.0) -> CardState:
    found = replay(played, target_bpm, LATER)
    assert found is not None
    return found


@given(histories, st.none() | st.floats(10, 1000))
def test_a_card_is_never_due_before_it_was_shown(
    played: list[PracticeSession], target_bpm: float | None
) -> None:
    memory = state(played, target_bpm).memory
    assert memory.introduced_on == min(one.day for one in played) or (
        # Who flew to the west began on a later date than some that follow.
        memory.introduced_on == min(played, key=lambda one: (one.played_at, one.id)).day
    )
    assert memory.introduced_on <= memory.practised_on < memory.due_on


def test_a_card_that_was_never_shown_is_never_due() -> None:
    assert replay([], 100.0, LATER) is None


@given(histories)
def test_the_interval_is_within_its_caps(played: list[PracticeSession]) -> None:
    assert 1 <= state(played).memory.interval_days <= LONGEST_INTERVAL_DAYS


@given(_GRADES)
def test_an_easier_grade_after_the_same_days_is_never_due_sooner(
    steps: list[tuple[int, Grade]],
) -> None:
    memory, day = None, date(2026, 1, 1)
    for gap, grade in steps:
        day += timedelta(days=gap)
        due = [review(memory, day, one).due_on for one in Grade]
        assert due == sorted(due)
        memory = review(memory, day, grade)


@given(histories, plays, st.floats(0, 1), st.floats(10, 1000))
def test_a_last_session_that_went_better_is_never_due_sooner(
    before: list[PracticeSession], last: PracticeSession, accuracy: float, tempo_bpm: float
) -> None:
    last = replace(last, played_at=max(one.played_at for one in before) + timedelta(minutes=1))
    better = replace(
        last,
        accuracy=max(accuracy, last.accuracy or 0.0),
        tempo_bpm=max(tempo_bpm, last.tempo_bpm),
        is_clean=True,
    )
    # One that nobody measured is as clean as the player says; measured, both must say so.
    worse = replace(last, accuracy=min(accuracy, last.accuracy or 0.0), is_clean=False)
    dues = [state([*before, one]).memory.due_on for one in (worse, last, better)]
    assert dues[0] <= dues[1]
    if last.accuracy is not None or not last.is_clean:
        assert dues[1] <= dues[2]


@given(histories, st.randoms(use_true_random=False))
def test_sessions_in_any_order_and_twice_give_the_same(
    played: list[PracticeSession], random: st.DataObject
) -> None:
    shuffled = [*played, *played]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert state(shuffled) == state(played)


@given(st.lists(near_changes, min_size=1, max_size=12), zones)
def test_a_change_of_clocks_does_no_harm(moments: list[datetime], zone: str) -> None:
    played = [session(moment, zone=zone) for moment in moments]
    memory = state(played).memory
    # So many days have practice as the wall calendar shows, however long these days are.
    assert memory.n_days == len({one.day for one in played})
    plain = [session(datetime.combine(one.day, BEGIN.timetz())) for one in played]
    assert state(plain).memory == memory


@given(st.lists(st.tuples(near_changes, zones), min_size=2, max_size=12))
def test_travel_does_no_harm(stops: list[tuple[datetime, str]]) -> None:
    played = [session(moment, zone=zone) for moment, zone in stops]
    memory = state(played).memory
    last = max(played, key=lambda one: one.played_at)
    # A day that comes twice, on a flight to the west, is one day of practice.
    assert 0 <= (memory.practised_on - last.day).days <= 1
    assert memory.n_days <= len({one.day for one in played})


@given(histories, st.integers(1, 400))
def test_a_session_of_before_may_be_told_later(played: list[PracticeSession], days: int) -> None:
    earlier = session(min(one.played_at for one in played) - timedelta(days=days))
    memory = state([*played, earlier]).memory
    assert memory.introduced_on == earlier.day
    assert memory.practised_on == state(played).memory.practised_on


def test_a_session_of_a_clock_that_was_years_ahead_does_not_count_until_then() -> None:
    ahead = session(datetime(2031, 5, 1, tzinfo=UTC))
    today = BEGIN.date()
    played = session(BEGIN)
    assert replay([ahead, played], 100.0, today) == replay([played], 100.0, today)
    assert replay([ahead], 100.0, today) is None
    assert replay([ahead], 100.0, date(2031, 5, 1)) is not None
    assert latest_day(today) == today + timedelta(days=2)


def test_a_kiritimati_morning_counts_at_once_in_pago_pago() -> None:
    moment = datetime(2026, 3, 1, 11, tzinfo=UTC)
    there = session(moment, zone="Pacific/Kiritimati")
    here = session(moment, zone="Pacific/Pago_Pago").day
    assert (there.day - here).days == 1
    assert replay([there], 100.0, here) is not None


def test_many_sessions_on_a_day_are_one_day_of_practice() -> None:
    once = state([session(BEGIN)]).memory
    often = state([session(BEGIN + timedelta(minutes=k)) for k in range(60)]).memory
    assert often == once


def test_what_came_back_within_the_day_is_hard_at_best() -> None:
    learned = [session(BEGIN, tempo_bpm=80)]
    there = BEGIN + timedelta(days=3)
    hard = state([*learned, session(there, is_clean=False, accuracy=0.8)])
    lost = state([*learned, session(there, is_clean=False), session(there + timedelta(hours=1))])
    kept = state([*learned, session(there)])
    assert lost.memory.due_on == hard.memory.due_on < kept.memory.due_on


def test_days_of_practice_follow_one_another() -> None:
    memory = review(None, date(2026, 3, 2), Grade.GOOD)
    for day in (date(2026, 3, 2), date(2026, 3, 1)):
        with pytest.raises(ShapeError, match="want a day after 2026-03-02"):
            review(memory, day, Grade.GOOD)


def test_intervals_grow_as_long_as_it_goes_well_and_no_further() -> None:
    memory, day, intervals = None, date(2026, 1, 1), []
    for _ in range(8):
        memory = review(memory, day, Grade.EASY)
        intervals.append(memory.interval_days)
        assert retention_on(memory, day) == 1
        day = memory.due_on
        assert retention_on(memory, day) > 0.85
    # Of FSRS 6 with its own weights: 8.2956 days after an easy beginning.
    assert intervals[0] == 8
    assert intervals == sorted(intervals)
    assert intervals[-1] == LONGEST_INTERVAL_DAYS
    lost = review(memory, day, Grade.AGAIN)
    assert lost.interval_days == 1
    # What is learned again after a year of success is no more certain than a few days.
    assert review(lost, lost.due_on, Grade.HARD).interval_days < 7


def test_facts_tell_of_tempo_and_accuracy() -> None:
    played = [
        session(BEGIN, tempo_bpm=80, accuracy=0.95),
        session(BEGIN + timedelta(hours=1), tempo_bpm=90, passes=4),
        session(BEGIN + timedelta(hours=2), tempo_bpm=95, is_clean=False, accuracy=0.6),
        session(BEGIN + timedelta(hours=3), tempo_bpm=93, is_clean=False),
    ]
    facts = state(played).facts
    assert (facts.last_bpm, facts.last_clean_bpm, facts.best_clean_bpm) == (93, 90, 90)
    assert (facts.last_accuracy, facts.n_missed, facts.n_sessions) == (0.6, 2, 4)
    facts = state([*played, session(BEGIN + timedelta(hours=4), tempo_bpm=70, passes=3)]).facts
    assert (facts.last_clean_bpm, facts.best_clean_bpm, facts.n_missed) == (70, 90, 0)
    assert facts.last_passes == 3
    counts = [(one.tempo_bpm, one.n_sessions, one.n_clean) for one in facts.tempos]
    assert counts == [(70, 1, 1), (80, 1, 1), (90, 1, 1), (93, 1, 0), (95, 1, 0)]


def test_the_zones_of_these_tests_are_far_apart() -> None:
    moment = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    assert len({session(moment, zone=zone).day for zone in ZONES}) == 3
