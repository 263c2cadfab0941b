"""The days to come: which cards are due on which, and which keys are to be begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from licklab.domain.practice_log import PractisedLick
from licklab.practice.cards import Card
from licklab.practice.today import is_due, list_tasks


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What is to be practised on a day.

    Attributes
    ----------
    day : date
        The day.
    due : tuple of (PractisedLick, Card)
        What comes back.
    new : tuple of (PractisedLick, Card)
        What is begun.
    """

    day: date
    due: tuple[tuple[PractisedLick, Card], ...]
    new: tuple[tuple[PractisedLick, Card], ...]


def plan_days(
    cards: Iterable[tuple[PractisedLick, Card]],
    today: date,
    n_days: int,
    n_new_today: int,
    n_new_a_day: int,
) -> tuple[DayPlan, ...]:
    """Plan some days, as if nothing were played until then.

    Parameters
    ----------
    cards : iterable of (PractisedLick, Card)
        Of licks that are on the schedule.
    today : date
        The first day; what has waited is due on it.
    n_days : int
        How many.
    n_new_today, n_new_a_day : int
        How many keys may still be begun today, and on each day after it.

    Returns
    -------
    tuple of DayPlan
        Those on which there is something to practise, each card once.
    """
    pairs = list(cards)
    by_day: dict[date, list[tuple[PractisedLick, Card]]] = {}
    for lick, card in pairs:
        if card.due_on is not None:
            by_day.setdefault(today if is_due(card, today) else card.due_on, []).append(
                (lick, card)
            )
    new = [
        (one.lick, one.card)
        for one in list_tasks(
            (pair for pair in pairs if pair[1].state is None), today, n_new=len(pairs)
        )
    ]
    plans = []
    for k in range(n_days):
        day = today + timedelta(days=k)
        n_new = n_new_today if k == 0 else n_new_a_day
        begun, new = new[: max(0, n_new)], new[max(0, n_new) :]
        due = [(one.lick, one.card) for one in list_tasks(by_day.get(day, ()), day, 0)]
        if due or begun:
            plans.append(DayPlan(day, tuple(due), tuple(begun)))
    return tuple(plans)
