"""What a user does to practise: log sessions, put licks on the schedule, say how much."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    KeyOrder,
    PracticeSession,
    PracticeSettings,
    PractisedLick,
    plain_key,
)
from licklab.domain.time_zone import day_in, find_zone
from licklab.errors import PracticeError, UnknownSessionError
from licklab.practice.grades import is_clean
from licklab.practice.key_orders import N_KEYS, order_keys
from licklab.service.database import Database
from licklab.service.moment_cursors import read_cursor, write_cursor
from licklab.service.practice_rows import (
    keys_by_lick,
    lick_of,
    plan_keys,
    replay_cards,
    session_of,
    session_values,
    settings_of,
    settings_row,
    write_settings,
)
from licklab.service.practice_tables import PracticeSessionRow, PractisedLickRow
from licklab.service.practice_wishes import (
    NewSession,
    ScheduleWish,
    SessionPage,
    WantedSessions,
)
from licklab.service.practised_licks import PractisedLicks, lock_lick
from licklab.service.storage import Storage

# Clocks of browsers and servers differ, and a date may be a day ahead of another.
_AHEAD = timedelta(days=1)


class Practising:
    """The use cases around practice; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The results, where keys and tempos of licks are looked up.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._licks = PractisedLicks(database, storage)

    def settings(self) -> PracticeSettings:
        """Tell what the player wishes.

        Returns
        -------
        PracticeSettings
            As it is now.
        """
        with self._database.reading() as session:
            return settings_of(settings_row(session))

    def change_settings(self, **changed: object) -> PracticeSettings:
        """Change what the player wishes.

        Parameters
        ----------
        **changed : object
            Members of `PracticeSettings` that are different.

        Returns
        -------
        PracticeSettings
            As it is from now on.

        Raises
        ------
        PracticeError
            If a value cannot be.
        """
        with self._database.transaction() as session:
            row = settings_row(session, lock=True)
            settings = replace(settings_of(row), **changed)  # type: ignore[arg-type] # checked by its class
            write_settings(row, settings)
            return settings

    def record(self, new: NewSession, now: datetime) -> PracticeSession:
        """Log a session.

        Parameters
        ----------
        new : NewSession
            What was played.
        now : datetime, UTC
            When it is said.

        Returns
        -------
        PracticeSession
            As it is kept; one that was sent before is as it was then.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        PracticeError
            If a value cannot be, or it is still to come.
        """
        settings = self.settings()
        played_at = now if new.played_at is None else new.played_at
        if played_at > now + _AHEAD:
            raise PracticeError(f"want a time that has passed, got {played_at.isoformat()}")
        if new.is_clean is None and new.accuracy is None:
            raise PracticeError("want is_clean or accuracy, got none of them")
        self._licks.ensure(new.lick_id, settings.order, now)
        with self._database.transaction() as session:
            lick = lock_lick(session, new.lick_id)
            played = PracticeSession(
                id=new.id or uuid.uuid4(),
                lick_id=lick.id,
                lick_name=lick.name,
                key=new.key.of(Key.parse(lick.home_key)),
                played_at=played_at,
                time_zone=new.time_zone or settings.time_zone,
                tempo_bpm=new.tempo_at(lick.original_bpm),
                original_bpm=lick.original_bpm,
                is_clean=is_clean(said=new.is_clean, accuracy=new.accuracy),
                accuracy=new.accuracy,
                passes=new.passes,
                duration_sec=new.duration_sec,
                source=new.source,
            )
            written = insert(PracticeSessionRow).values(session_values(played))
            session.execute(written.on_conflict_do_nothing())
            replay_cards(session, lick, now.date(), {str(played.key)})
            return session_of(session.get_one(PracticeSessionRow, played.id))

    def sessions(self, wanted: WantedSessions, cursor: str | None, limit: int) -> SessionPage:
        """List sessions, the latest first.

        Parameters
        ----------
        wanted : WantedSessions
            Which.
        cursor : str or None
            `SessionPage.next` of the page before.
        limit : int
            Sessions on a page.

        Returns
        -------
        SessionPage
            Of these sessions.

        Raises
        ------
        CursorError
            If the cursor is not one of ours.
        """
        row = PracticeSessionRow
        query = select(row).order_by(row.played_at.desc(), row.id.desc()).limit(limit + 1)
        if wanted.lick_id is not None:
            query = query.where(row.lick_id == wanted.lick_id)
        if wanted.key is not None:
            query = query.where(row.key == str(plain_key(wanted.key)))
        if wanted.from_day is not None:
            query = query.where(row.played_on >= wanted.from_day)
        if wanted.to_day is not None:
            query = query.where(row.played_on <= wanted.to_day)
        if cursor is not None:
            query = query.where(tuple_(row.played_at, row.id) < read_cursor(cursor))
        with self._database.reading() as session:
            found = [session_of(one) for one in session.scalars(query)]
        shown = tuple(found[:limit])
        more = len(found) > limit
        return SessionPage(
            shown, write_cursor((shown[-1].played_at, shown[-1].id)) if more else None
        )

    def forget(self, session_id: uuid.UUID, now: datetime) -> None:
        """Delete a session, as if it had never been logged.

        Parameters
        ----------
        session_id : UUID
            The session.
        now : datetime, UTC
            When.

        Raises
        ------
        UnknownSessionError
            If there is none.
        """
        with self._database.transaction() as session:
            row = session.get(PracticeSessionRow, session_id)
            lick = None if row is None else lock_lick(session, row.lick_id)
            # Another request may have deleted it while this one waited.
            row = session.get(PracticeSessionRow, session_id, populate_existing=True)
            if row is None or lick is None:
                raise UnknownSessionError(
                    f"want the id of a session of practice, got {session_id}, which is none here"
                )
            session.delete(row)
            session.flush()
            replay_cards(session, lick, now.date(), {row.key})

    def schedule(self, lick_id: uuid.UUID, wish: ScheduleWish, now: datetime) -> PractisedLick:
        """Put a lick on the schedule, or change how it is learned there.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        wish : ScheduleWish
            How it is to be learned. Sessions of before count.
        now : datetime, UTC
            When.

        Returns
        -------
        PractisedLick
            With its keys.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        PracticeError
            If the keys or the tempo cannot be.
        """
        order = wish.order or self.settings().order
        self._licks.ensure(lick_id, order, now)
        with self._database.transaction() as session:
            row = lock_lick(session, lick_id)
            if wish.order is not None:
                row.key_order = wish.order.value
            if wish.target_bpm is not None:
                row.target_bpm = wish.target_bpm
            keys = _wanted_keys(wish, row) if wish.is_of_keys else _whole(session, row).keys
            plan_keys(session, lick_id, keys or _wanted_keys(wish, row))
            replay_cards(session, row, now.date())
            return _whole(session, row)

    def unschedule(self, lick_id: uuid.UUID) -> None:
        """Take a lick off the schedule; what was practised stays.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Raises
        ------
        UnknownLickError
            If practice does not know it.
        """
        with self._database.transaction() as session:
            lock_lick(session, lick_id)
            plan_keys(session, lick_id, ())


def today_in(time_zone: str | None, settings: PracticeSettings, now: datetime) -> date:
    """Tell which day it is where the player is.

    Parameters
    ----------
    time_zone : str or None
        IANA name; None for that of the settings.
    settings : PracticeSettings
        Of the player.
    now : datetime, UTC
        When.

    Returns
    -------
    date
        The day there.

    Raises
    ------
    PracticeError
        If there is no such zone.
    """
    return day_in(now, find_zone(time_zone or settings.time_zone))


def _wanted_keys(wish: ScheduleWish, row: PractisedLickRow) -> tuple[Key, ...]:
    home = Key.parse(row.home_key)
    if wish.keys is None:
        keys = order_keys(home, KeyOrder(row.key_order), row.id)
    else:
        keys = tuple(dict.fromkeys(one.of(home) for one in wish.keys))
    if not keys:
        raise PracticeError("want at least one key to learn, got none")
    return keys[: wish.n_keys or N_KEYS]


def _whole(session: Session, row: PractisedLickRow) -> PractisedLick:
    return lick_of(row, keys_by_lick(session, [row.id])[row.id])
