"""What to practise on a day: what is due, the oldest first, then the next new keys."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from licklab.domain.practice_log import PractisedLick
from licklab.practice.cards import Card, latest_day


class TaskKind(StrEnum):
    """Why a card is on the list."""

    OVERDUE = "overdue"
    DUE = "due"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Task:
    """A card that is to be practised on a day.

    Attributes
    ----------
    lick : PractisedLick
        The lick.
    card : Card
        One of its keys.
    kind : TaskKind
        Why.
    reason : str
        The same as a sentence.
    """

    lick: PractisedLick
    card: Card
    kind: TaskKind
    reason: str


def is_due(card: Card, today: date) -> bool:
    """Tell whether a card is to be practised again.

    Parameters
    ----------
    card : Card
        With its state.
    today : date
        Where the player is.

    Returns
    -------
    bool
        Never of a new one. One that was last played on a day that is still to come, by a clock that
        was wrong, is due at once: else it might wait for years.
    """
    if card.state is None:
        return False
    memory = card.state.memory
    return memory.due_on <= today or memory.practised_on > latest_day(today)


def list_tasks(
    cards: Iterable[tuple[PractisedLick, Card]], today: date, n_new: int
) -> tuple[Task, ...]:
    """List what is to be practised on a day.

    Parameters
    ----------
    cards : iterable of (PractisedLick, Card)
        Of licks that are on the schedule.
    today : date
        Where the player is.
    n_new : int
        How many keys may be begun.

    Returns
    -------
    tuple of Task
        Those that have waited longest first, then new ones: the first key of each lick before the
        second of any.
    """
    pairs = list(cards)
    due = [(lick, card) for lick, card in pairs if is_due(card, today)]
    new = [(lick, card) for lick, card in pairs if card.state is None]
    due.sort(key=lambda pair: (pair[1].due_on or date.min, *_rank(*pair)))
    new.sort(key=lambda pair: _rank(*pair))
    chosen = [*due, *new[: max(0, n_new)]]
    return tuple(
        Task(lick, card, kind_of(card, today), explain(lick, card, today)) for lick, card in chosen
    )


def kind_of(card: Card, today: date) -> TaskKind:
    """Tell why a card is on the list of a day.

    Parameters
    ----------
    card : Card
        That is on it.
    today : date
        The day.

    Returns
    -------
    TaskKind
        Overdue from the day after it was due on.
    """
    if card.due_on is None:
        return TaskKind.NEW
    return TaskKind.OVERDUE if card.due_on < today else TaskKind.DUE


def explain(lick: PractisedLick, card: Card, today: date) -> str:
    """Say in a sentence why a card is on the list of a day.

    Parameters
    ----------
    lick : PractisedLick
        Its lick.
    card : Card
        That is on it.
    today : date
        The day.

    Returns
    -------
    str
        A sentence for a musician.
    """
    key = _shown(card)
    if card.state is None:
        if not card.position:
            return f"New: begin with {key}, the first key of this lick."
        return f"New: {key} is key {card.position + 1} of {len(lick.keys)} of this lick."
    memory, facts = card.state.memory, card.state.facts
    n_days = (today - memory.practised_on).days
    if n_days < 0:
        return "Due now: it was last logged on a day that is still to come."
    when = {0: "today", 1: "yesterday"}.get(n_days, f"{n_days} days ago")
    how = "with slips" if facts.n_missed else "cleanly"
    played = f"you last played it {how} at {facts.last_bpm:.0f} bpm {when}"
    late = (today - memory.due_on).days
    if late > 0:
        return f"Overdue by {late} {'day' if late == 1 else 'days'}: {played}."
    return f"Due today: {played}, and it begins to fade after {_days(memory.interval_days)}."


def _shown(card: Card) -> str:
    return f"{card.key.tonic} {card.key.mode}"


def _days(n_days: int) -> str:
    return "a day" if n_days == 1 else f"{n_days} days"


def _rank(lick: PractisedLick, card: Card) -> tuple[int, datetime, uuid.UUID]:
    return card.position or 0, lick.added_at, lick.id
