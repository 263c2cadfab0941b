"""Taking one's practice away, and bringing it again: the same log gives the same schedule."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.domain.practice_log import (
    KeyOrder,
    PracticeLog,
    PracticeSession,
    PracticeSettings,
    PractisedLick,
)
from licklab.formats.practice_csv import write_table
from licklab.formats.practice_log import write_log
from licklab.service.database import Database
from licklab.service.lick_tables import LickRow
from licklab.service.moment_cursors import Place
from licklab.service.practice_queries import load_licks
from licklab.service.practice_rows import (
    lick_values,
    replay_cards,
    session_of,
    session_values,
    settings_of,
    settings_row,
    write_settings,
)
from licklab.service.practice_tables import (
    PracticeCardRow,
    PracticeSessionRow,
    PractisedLickRow,
)
from licklab.service.practised_licks import PractisedLicks
from licklab.service.storage import Storage

# Rows read or written at a time: a statement may have 65 535 values.
_CHUNK = 1_000

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class BringReport:
    """What a log that was brought has changed.

    Attributes
    ----------
    n_sessions, n_licks : int
        That were not here before.
    n_known_sessions, n_known_licks : int
        That were, and are as they were.
    """

    n_sessions: int
    n_known_sessions: int
    n_licks: int
    n_known_licks: int


class PracticeTransfer:
    """The use cases around files of practice.

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

    def take_json(self) -> Iterator[bytes]:
        """Write all of it.

        Returns
        -------
        iterator of bytes
            Parts of a document of schema `licklab.practice/1`. No connection is held between them.
        """
        with self._database.reading() as session:
            settings = settings_of(settings_row(session))
        return write_log(settings, self._all_licks(), self._all_sessions())

    def take_table(self) -> Iterator[bytes]:
        """Write all sessions as a table.

        Returns
        -------
        iterator of bytes
            Parts of a table of comma-separated values.
        """
        return write_table(self._all_sessions())

    def bring(self, log: PracticeLog, now: datetime) -> BringReport:
        """Add what is in a log; what is here already stays as it is.

        Parameters
        ----------
        log : PracticeLog
            As it was taken away, here or elsewhere.
        now : datetime, UTC
            When.

        Returns
        -------
        BringReport
            What it has changed: nothing the second time.
        """
        sessions = {one.id: one for one in log.sessions}
        self._look_up(log, now)
        with self._database.transaction() as session:
            # One after another: of two that bring the same, the second changes nothing.
            settings = settings_row(session, lock=True)
            if log.settings is not None and _is_unused(session):
                write_settings(settings, log.settings)
            n_licks = _add_licks(session, log.licks)
            _add_licks(session, _licks_of(sessions.values(), settings_of(settings).order))
            locked = _lock(session, {one.lick_id for one in sessions.values()})
            added = _add_sessions(session, list(sessions.values()))
            for lick_id, keys in _keys_by_lick(sessions[one] for one in added).items():
                replay_cards(session, locked[lick_id], now.date(), keys)
        return BringReport(
            n_sessions=len(added),
            n_known_sessions=len(sessions) - len(added),
            n_licks=n_licks,
            n_known_licks=len({one.id for one in log.licks}) - n_licks,
        )

    def _look_up(self, log: PracticeLog, now: datetime) -> None:
        """Make those licks of this service known of which the log has only sessions."""
        told = {one.lick_id for one in log.sessions} - {one.id for one in log.licks}
        with self._database.reading() as session:
            here = [one for some in _chunks(sorted(told)) for one in _here(session, some)]
        order = (log.settings or PracticeSettings()).order
        for lick_id in here:
            self._licks.ensure(lick_id, order, now)

    def _all_licks(self) -> Iterator[PractisedLick]:
        row = PractisedLickRow
        last: Place | None = None
        while True:
            query = select(row.id, row.added_at).order_by(row.added_at, row.id).limit(_CHUNK)
            if last is not None:
                query = query.where(tuple_(row.added_at, row.id) > last)
            with self._database.reading() as session:
                places = [(added_at, lick_id) for lick_id, added_at in session.execute(query)]
                licks, _ = load_licks(session, [lick_id for _, lick_id in places])
            yield from (licks[lick_id] for _, lick_id in places)
            if len(places) < _CHUNK:
                return
            last = places[-1]

    def _all_sessions(self) -> Iterator[PracticeSession]:
        row = PracticeSessionRow
        last: Place | None = None
        while True:
            query = select(row).order_by(row.played_at, row.id).limit(_CHUNK)
            if last is not None:
                query = query.where(tuple_(row.played_at, row.id) > last)
            with self._database.reading() as session:
                sessions = [session_of(one) for one in session.scalars(query)]
            yield from sessions
            if len(sessions) < _CHUNK:
                return
            last = sessions[-1].played_at, sessions[-1].id


def _is_unused(session: Session) -> bool:
    """Tell whether nothing was practised or put on the schedule here yet."""
    return session.scalar(select(PractisedLickRow.id).limit(1)) is None


def _here(session: Session, lick_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Tell which licks are, or were until they were hidden, licks of this service."""
    return set(session.scalars(select(LickRow.id).where(LickRow.id.in_(lick_ids))))


def _add_licks(session: Session, licks: Collection[PractisedLick]) -> int:
    """Add licks that are not known, with their keys; and tell how many."""
    n_added = 0
    for some in _chunks(list({one.id: one for one in licks}.values())):
        here = _here(session, [one.id for one in some])
        values = [lick_values(one, is_from_here=one.id in here) for one in some]
        added = _insert_unknown(session, PractisedLickRow, values)
        n_added += len(added)
        cards = [
            {"lick_id": one.id, "key": str(key), "position": position}
            for one in some
            if one.id in added
            for position, key in enumerate(one.keys)
        ]
        for part in _chunks(cards):
            session.execute(insert(PracticeCardRow), part)
    return n_added


def _licks_of(sessions: Iterable[PracticeSession], order: KeyOrder) -> list[PractisedLick]:
    """Make licks of which nothing is known but their sessions: the first one's key is home."""
    first: dict[uuid.UUID, PracticeSession] = {}
    for one in sorted(sessions, key=lambda one: (one.played_at, one.id)):
        first.setdefault(one.lick_id, one)
    return [
        PractisedLick(
            id=one.lick_id, name=one.lick_name, home_key=one.key, keys=(), order=order,
            added_at=one.played_at, original_bpm=one.original_bpm, target_bpm=one.original_bpm,
        )
        for one in first.values()
    ]  # fmt: skip


def _lock(session: Session, lick_ids: set[uuid.UUID]) -> dict[uuid.UUID, PractisedLickRow]:
    """Let nobody else change the practice of some licks until the transaction ends."""
    row = PractisedLickRow
    found: dict[uuid.UUID, PractisedLickRow] = {}
    # In one order, so that two who lock several never wait for one another.
    for some in _chunks(sorted(lick_ids)):
        query = select(row).where(row.id.in_(some)).order_by(row.id).with_for_update()
        found |= {one.id: one for one in session.scalars(query)}
    return found


def _add_sessions(session: Session, sessions: list[PracticeSession]) -> list[uuid.UUID]:
    """Add sessions that are not known; and tell which those were."""
    added: list[uuid.UUID] = []
    for some in _chunks(sessions):
        values = [session_values(one) for one in some]
        added += _insert_unknown(session, PracticeSessionRow, values)
    return added


def _insert_unknown(
    session: Session,
    table: type[PractisedLickRow | PracticeSessionRow],
    values: list[dict[str, Any]],
) -> set[uuid.UUID]:
    """Insert rows with ids that are not there yet; and tell which those were."""
    ids = [one["id"] for one in values]
    unknown = set(ids).difference(session.scalars(select(table.id).where(table.id.in_(ids))))
    rows = [one for one in values if one["id"] in unknown]
    if rows:
        # One by one in a pipeline: a statement of thousands of values takes longer to build than
        # to run. Whatever comes first by another way is as good.
        session.execute(insert(table).on_conflict_do_nothing(), rows)
    return unknown


def _keys_by_lick(sessions: Iterable[PracticeSession]) -> dict[uuid.UUID, set[str]]:
    found: dict[uuid.UUID, set[str]] = {}
    for one in sessions:
        found.setdefault(one.lick_id, set()).add(str(one.key))
    return found


def _chunks(items: list[_Item]) -> Iterator[list[_Item]]:
    for at in range(0, len(items), _CHUNK):
        yield items[at : at + _CHUNK]
