"""What there is to practise, and how far it has come: today's list, progress, calendar."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from licklab.domain.practice_log import PractisedLick
from licklab.errors import UnknownLickError
from licklab.practice.cards import Card
from licklab.practice.forecast import DayPlan, plan_days
from licklab.practice.heat_map import Cell, draw_row
from licklab.practice.streaks import PracticeDay, count_streak, fill_days, first_day
from licklab.practice.today import Task, list_tasks
from licklab.service.database import Database
from licklab.service.moment_cursors import read_cursor, write_cursor
from licklab.service.practice_queries import (
    count_due,
    count_new_left,
    count_practised,
    days_back,
    load_days,
    load_due,
    load_licks,
    load_new,
    load_pairs,
)
from licklab.service.practice_rows import card_of, cards_by_lick, settings_of, settings_row
from licklab.service.practice_tables import PractisedLickRow
from licklab.service.practising import today_in

CALENDAR_DAYS = 30
"""That a calendar shows."""

# More than anybody practises on 30 days.
_MOST_PLANNED = 5_000


@dataclass(frozen=True, slots=True)
class TodaysList:
    """What is to be practised today.

    Attributes
    ----------
    day : date
        Where the player is.
    time_zone : str
        Where that is.
    tasks : tuple of Task
        The first of them.
    n_due : int
        How many keys are due, also those that are not among the tasks.
    n_new : int
        How many keys may still be begun, and are among the tasks.
    n_practised : int
        How many keys were practised today.
    there : frozenset of UUID
        Licks that can be looked at.
    """

    day: date
    time_zone: str
    tasks: tuple[Task, ...]
    n_due: int
    n_new: int
    n_practised: int
    there: frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class LickProgress:
    """How far a lick has come.

    Attributes
    ----------
    lick : PractisedLick
        The lick.
    cards : tuple of Card
        Keys in their order, then those that are not on the schedule.
    cells : tuple of tuple of Cell
        The row of each card in the heat map.
    is_there : bool
        Whether it can be looked at.
    """

    lick: PractisedLick
    cards: tuple[Card, ...]
    cells: tuple[tuple[Cell, ...], ...]
    is_there: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far all of it has come.

    Attributes
    ----------
    day : date
        Where the player is.
    streak_days : int
        Days in a row.
    days : tuple of PracticeDay
        Of the last twelve weeks, from a Monday to today.
    licks : tuple of LickProgress
        A page of them, in the order in which they came.
    next : str or None
        Of the next page.
    """

    day: date
    streak_days: int
    days: tuple[PracticeDay, ...]
    licks: tuple[LickProgress, ...]
    next: str | None


class PracticeOverview:
    """The views of practice; each call only reads.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def today(self, time_zone: str | None, now: datetime, limit: int) -> TodaysList:
        """List what is to be practised today.

        Parameters
        ----------
        time_zone : str or None
            Where the player is; None for the zone of the settings.
        now : datetime, UTC
            When.
        limit : int
            So many tasks.

        Returns
        -------
        TodaysList
            Those that have waited longest first.

        Raises
        ------
        PracticeError
            If there is no such zone.
        """
        with self._database.reading() as session:
            settings = settings_of(settings_row(session))
            day = today_in(time_zone, settings, now)
            rows = load_due(session, day, limit)
            n_due = len(rows) if len(rows) < limit else count_due(session, day)
            n_new = min(count_new_left(session, settings, day), limit - len(rows))
            pairs, there = load_pairs(session, [*rows, *load_new(session, n_new)])
            n_practised = count_practised(session, day)
        tasks = list_tasks(pairs, day, n_new)
        zone = time_zone or settings.time_zone
        n_begun = sum(card.state is None for _, card in pairs)
        return TodaysList(day, zone, tasks, n_due, n_begun, n_practised, there)

    def progress(
        self,
        time_zone: str | None,
        now: datetime,
        cursor: str | None,
        limit: int,
        lick_id: uuid.UUID | None = None,
    ) -> Progress:
        """Tell how far all of it has come.

        Parameters
        ----------
        time_zone : str or None
            Where the player is; None for the zone of the settings.
        now : datetime, UTC
            When.
        cursor : str or None
            `Progress.next` of the page before.
        limit : int
            Licks on a page.
        lick_id : UUID or None
            Only this lick, where practice knows it.

        Returns
        -------
        Progress
            A page of it.

        Raises
        ------
        PracticeError
            If there is no such zone.
        CursorError
            If the cursor is not one of ours.
        """
        row = PractisedLickRow
        query = select(row).order_by(row.added_at, row.id).limit(limit + 1)
        if cursor is not None:
            query = query.where(tuple_(row.added_at, row.id) > read_cursor(cursor))
        if lick_id is not None:
            query = query.where(row.id == lick_id)
        with self._database.reading() as session:
            day = today_in(time_zone, settings_of(settings_row(session)), now)
            rows = session.scalars(query).all()
            shown = rows[:limit]
            more = None
            if len(rows) > limit:
                more = write_cursor((shown[-1].added_at, shown[-1].id))
            return Progress(
                day=day,
                streak_days=count_streak(days_back(session, day), day),
                days=fill_days(load_days(session, first_day(day), day), day),
                licks=_progress_of(session, shown),
                next=more,
            )

    def lick(self, lick_id: uuid.UUID) -> LickProgress:
        """Tell how far a lick has come.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        LickProgress
            Of all its keys.

        Raises
        ------
        UnknownLickError
            If practice does not know it.
        """
        with self._database.reading() as session:
            row = session.get(PractisedLickRow, lick_id)
            if row is None:
                raise UnknownLickError(
                    f"want the id of a lick that is practised, got {lick_id}, which is none here"
                )
            return _progress_of(session, [row])[0]

    def plan(self, time_zone: str | None, now: datetime) -> tuple[uuid.UUID, tuple[DayPlan, ...]]:
        """Plan the days to come.

        Parameters
        ----------
        time_zone : str or None
            Where the player is; None for the zone of the settings.
        now : datetime, UTC
            When.

        Returns
        -------
        calendar_id : UUID
            Of this player's calendar.
        plans : tuple of DayPlan
            Of the next 30 days.

        Raises
        ------
        PracticeError
            If there is no such zone.
        """
        with self._database.reading() as session:
            row = settings_row(session)
            settings = settings_of(row)
            day = today_in(time_zone, settings, now)
            last = day + timedelta(days=CALENDAR_DAYS - 1)
            n_new_today = count_new_left(session, settings, day)
            n_new = n_new_today + (CALENDAR_DAYS - 1) * settings.new_keys_a_day
            due = load_due(session, last, _MOST_PLANNED)
            pairs, _ = load_pairs(session, [*due, *load_new(session, n_new)])
        return row.calendar_id, plan_days(
            pairs, day, CALENDAR_DAYS, n_new_today, settings.new_keys_a_day
        )


def _progress_of(session: Session, rows: Sequence[PractisedLickRow]) -> tuple[LickProgress, ...]:
    licks, there = load_licks(session, [row.id for row in rows])
    cards_of = cards_by_lick(session, licks)
    found = []
    for row in rows:
        lick, cards = licks[row.id], [card_of(one) for one in cards_of[row.id]]
        last = len(cards)
        cards.sort(key=lambda one: (last if one.position is None else one.position, str(one.key)))
        cells = (
            () if one.state is None else draw_row(one.state.facts.tempos, lick.target_bpm)
            for one in cards
        )
        found.append(LickProgress(lick, tuple(cards), tuple(cells), lick.id in there))
    return tuple(found)
