import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.practice_log import PracticeSession, PractisedLick
from licklab.practice.cards import Card, replay
from licklab.practice.forecast import plan_days
from licklab.practice.today import TaskKind, list_tasks
from tests.unit.practice.logs import BEGIN, lick, session

TODAY = BEGIN.date()
Pair = tuple[PractisedLick, Card]
_AGES = st.lists(st.none() | st.integers(0, 120), min_size=12, max_size=12)


def cards_of(one: PractisedLick, ages: list[int | None]) -> list[Pair]:
    """Make a card for each key, last played so many days ago; None of a new one."""
    cards = []
    for position, (key, age) in enumerate(zip(one.keys, ages, strict=True)):
        played = (
            [] if age is None else [session(BEGIN - timedelta(days=age), session_id=position + 1)]
        )
        cards.append((one, Card(one.id, key, position, replay(played, 100.0, TODAY))))
    return cards


@given(st.lists(_AGES, min_size=1, max_size=3), st.integers(0, 4))
def test_a_day_has_what_is_due_then_what_is_new_within_its_allowance(
    ages: list[list[int | None]], n_new: int
) -> None:
    cards = [one for k, some in enumerate(ages) for one in cards_of(lick(k + 1), some)]
    tasks = list_tasks(cards, TODAY, n_new)
    new = [one for one in tasks if one.kind is TaskKind.NEW]
    due = tasks[: len(tasks) - len(new)]
    assert tasks[len(due) :] == tuple(new)
    n_unseen = sum(card.state is None for _, card in cards)
    assert len(new) == min(n_new, n_unseen)
    dates = [one.card.due_on or date.min for one in due]
    assert dates == sorted(dates)
    assert all(day <= TODAY for day in dates)
    assert len(due) == sum(card.due_on is not None and card.due_on <= TODAY for _, card in cards)
    for one in due:
        assert one.kind is (TaskKind.DUE if one.card.due_on == TODAY else TaskKind.OVERDUE)
    assert all(re.fullmatch(r"[A-Z][^.]+\.", one.reason) for one in tasks)


def test_each_lick_begins_before_another_goes_on() -> None:
    cards = [*cards_of(lick(1), [None] * 12), *cards_of(lick(2), [None] * 12)]
    tasks = list_tasks(cards, TODAY, 3)
    assert [(one.lick.name, str(one.card.key)) for one in tasks] == [
        ("Lick 1", "F:major"), ("Lick 2", "F:major"), ("Lick 1", "Bb:major"),
    ]  # fmt: skip
    assert tasks[0].reason == "New: begin with F major, the first key of this lick."
    assert tasks[2].reason == "New: Bb major is key 2 of 12 of this lick."


def test_reasons_tell_what_was_played_last() -> None:
    one = lick()

    def reason(played: list[PracticeSession], today: date) -> str:
        [task] = list_tasks([(one, Card(one.id, one.keys[0], 0, replay(played, 100.0, today)))],
                            today, 0)  # fmt: skip
        return task.reason

    played = session(BEGIN)
    assert reason([played], TODAY + timedelta(days=8)) == (
        "Due today: you last played it cleanly at 100 bpm 8 days ago, and it begins to fade after "
        "8 days."
    )
    assert reason([played], TODAY + timedelta(days=11)) == (
        "Overdue by 3 days: you last played it cleanly at 100 bpm 11 days ago."
    )
    slipped = session(BEGIN, is_clean=False, tempo_bpm=120.4)
    assert reason([slipped], TODAY + timedelta(days=1)) == (
        "Due today: you last played it with slips at 120 bpm yesterday, and it begins to fade "
        "after a day."
    )


def test_a_card_of_a_clock_that_was_ahead_is_due_at_once() -> None:
    one = lick()
    ahead = BEGIN + timedelta(days=1000)
    state = replay([session(ahead)], 100.0, ahead.date())
    [task] = list_tasks([(one, Card(one.id, one.keys[0], 0, state))], TODAY, 0)
    assert task.reason == "Due now: it was last logged on a day that is still to come."
    # A day ahead is no error: it is tomorrow already for the one who flew here.
    state = replay([session(BEGIN + timedelta(days=1))], 100.0, TODAY)
    assert list_tasks([(one, Card(one.id, one.keys[0], 0, state))], TODAY, 0) == ()


@given(st.lists(_AGES, min_size=1, max_size=3), st.integers(0, 3), st.integers(0, 3))
def test_a_plan_has_each_card_once_and_begins_with_today(
    ages: list[list[int | None]], n_new_today: int, n_new: int
) -> None:
    cards = [one for k, some in enumerate(ages) for one in cards_of(lick(k + 1), some)]
    plans = plan_days(cards, TODAY, 30, n_new_today, n_new)
    days = [plan.day for plan in plans]
    assert days == sorted(set(days))
    assert all(TODAY <= day < TODAY + timedelta(days=30) for day in days)
    shown = [(card.lick_id, card.key) for plan in plans for _, card in (*plan.due, *plan.new)]
    assert len(shown) == len(set(shown))
    today = list_tasks(cards, TODAY, n_new_today)
    first = [(one.lick, one.card) for one in today]
    assert [*plans[0].due, *plans[0].new] == first if first else TODAY not in days
    for plan in plans:
        assert len(plan.new) <= (n_new_today if plan.day == TODAY else n_new)
        if plan.day > TODAY:
            assert all(card.due_on == plan.day for _, card in plan.due)
    due = {card.key for _, card in cards if card.due_on and card.due_on < TODAY + timedelta(30)}
    assert due == {card.key for plan in plans for _, card in plan.due}
