"""Questions to the tables of practice; each is answered by an index, however long the log is."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from licklab.domain.practice_log import PracticeSettings, PractisedLick
from licklab.practice.cards import Card, latest_day
from licklab.practice.streaks import PracticeDay
from licklab.service.lick_tables import LickRow
from licklab.service.practice_rows import card_of, keys_by_lick, lick_of
from licklab.service.practice_tables import (
    PracticeCardRow,
    PracticeSessionRow,
    PractisedLickRow,
)
from licklab.service.practised_licks import shown_now

Pair = tuple[PractisedLick, Card]
"""A card with its lick."""

# As `licklab.practice.today.list_tasks` has it.
_RANK = (PracticeCardRow.position, PractisedLickRow.added_at, PractisedLickRow.id)
# Of days that are read at a time.
_CHUNK = timedelta(days=90)


def load_due(session: Session, day: date, limit: int) -> list[PracticeCardRow]:
    """Read the cards that are due on a day or before.

    Parameters
    ----------
    session : Session
        To read in.
    day : date
        The day.
    limit : int
        So many of them.

    Returns
    -------
    list of PracticeCardRow
        Those that have waited longest first.
    """
    order = (PracticeCardRow.due_on, *_RANK)
    return _cards(session, [_is_due(day)], order, limit)


def count_due(session: Session, day: date) -> int:
    """Count the cards that are due on a day or before.

    Parameters
    ----------
    session : Session
        To read in.
    day : date
        The day.

    Returns
    -------
    int
        All of them.
    """
    query = select(func.count()).select_from(PracticeCardRow).join(PractisedLickRow)
    return session.scalar(query.where(*_is_scheduled(), _is_due(day))) or 0


def load_new(session: Session, n_new: int) -> list[PracticeCardRow]:
    """Read the cards that are to be begun next.

    Parameters
    ----------
    session : Session
        To read in.
    n_new : int
        So many of them.

    Returns
    -------
    list of PracticeCardRow
        The first key of each lick before the second of any.
    """
    return _cards(session, [PracticeCardRow.due_on.is_(None)], _RANK, max(0, n_new))


def count_new_left(session: Session, settings: PracticeSettings, day: date) -> int:
    """Count the keys that may still be begun on a day.

    Parameters
    ----------
    session : Session
        To read in.
    settings : PracticeSettings
        How many a day has.
    day : date
        The day.

    Returns
    -------
    int
        At least 0.
    """
    begun = PracticeCardRow.introduced_on
    n_begun = _count(session, begun >= day, begun <= latest_day(day))
    return max(0, settings.new_keys_a_day - n_begun)


def count_practised(session: Session, day: date) -> int:
    """Count the cards that were last practised on a day.

    Parameters
    ----------
    session : Session
        To read in.
    day : date
        The day.

    Returns
    -------
    int
        On the schedule or not.
    """
    return _count(session, PracticeCardRow.practised_on == day)


def load_pairs(
    session: Session, rows: Sequence[PracticeCardRow]
) -> tuple[list[Pair], frozenset[uuid.UUID]]:
    """Read the licks of some cards.

    Parameters
    ----------
    session : Session
        To read in.
    rows : sequence of PracticeCardRow
        The cards.

    Returns
    -------
    pairs : list of (PractisedLick, Card)
        In the order of the cards.
    there : frozenset of UUID
        Licks that can be looked at.
    """
    licks, there = load_licks(session, {row.lick_id for row in rows})
    return [(licks[row.lick_id], card_of(row)) for row in rows], there


def load_licks(
    session: Session, lick_ids: Collection[uuid.UUID]
) -> tuple[dict[uuid.UUID, PractisedLick], frozenset[uuid.UUID]]:
    """Read licks.

    Parameters
    ----------
    session : Session
        To read in.
    lick_ids : collection of UUID
        The licks.

    Returns
    -------
    licks : dict of UUID to PractisedLick
        Named as they are named now.
    there : frozenset of UUID
        Those that can be looked at.
    """
    rows = session.scalars(select(PractisedLickRow).where(PractisedLickRow.id.in_(lick_ids)))
    keys, shown = keys_by_lick(session, lick_ids), shown_now(session, lick_ids)
    licks = {row.id: replace(lick_of(row, keys[row.id]), **shown.get(row.id, {})) for row in rows}
    return licks, frozenset(shown)


def load_days(session: Session, first: date, last: date) -> list[PracticeDay]:
    """Read how much was practised on some days.

    Parameters
    ----------
    session : Session
        To read in.
    first, last : date
        The days, both included.

    Returns
    -------
    list of PracticeDay
        Those with practice.
    """
    row = PracticeSessionRow
    minutes = func.sum(row.duration_sec) / 60.0
    query = (
        select(row.played_on, func.count(), func.sum(row.passes), minutes)
        .where(row.played_on.between(first, last))
        .group_by(row.played_on)
        .order_by(row.played_on)
    )
    return [
        PracticeDay(day, n_sessions, int(passes), minutes or 0.0)
        for day, n_sessions, passes, minutes in session.execute(query)
    ]


def days_back(session: Session, day: date) -> Iterator[date]:
    """Read days of practice, no further back than somebody asks.

    Parameters
    ----------
    session : Session
        To read in.
    day : date
        Today.

    Yields
    ------
    date
        The latest first, up to a gap of three months.
    """
    played_on, last = PracticeSessionRow.played_on, latest_day(day)
    while True:
        first = last - _CHUNK
        query = select(played_on).where(played_on > first, played_on <= last).distinct()
        days = session.scalars(query.order_by(played_on.desc())).all()
        yield from days
        if not days:
            return
        last = first


def _cards(
    session: Session, conditions: Sequence[ColumnElement[bool]], order: Sequence[Any], limit: int
) -> list[PracticeCardRow]:
    query = select(PracticeCardRow).join(PractisedLickRow).where(*_is_scheduled(), *conditions)
    return list(session.scalars(query.order_by(*order).limit(limit)))


def _is_scheduled() -> tuple[ColumnElement[bool], ...]:
    """Say that a card is on the schedule, and its lick was not deleted."""
    is_there = (
        select(LickRow.id)
        .where(LickRow.id == PractisedLickRow.id, LickRow.is_hidden.is_(False))
        .exists()
    )
    is_elsewhere = PractisedLickRow.is_from_here.is_(False)
    return PracticeCardRow.position.is_not(None), or_(is_there, is_elsewhere)


def _is_due(day: date) -> ColumnElement[bool]:
    """Say that a card is due on a day or before; as `licklab.practice.today.is_due` has it."""
    row = PracticeCardRow
    return or_(row.due_on <= day, row.practised_on > latest_day(day))


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(PracticeCardRow).where(*conditions)
    return session.scalar(query) or 0
