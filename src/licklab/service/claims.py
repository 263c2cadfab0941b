"""Rows that workers take: recordings to hear, packs to make.

A message only says "look at this row". A worker takes it with one UPDATE that sets a new `run_id`;
every later change names that run and touches nothing when the row has moved on: one that was
cancelled, deleted or given to another worker cannot be written by the worker that lost it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, CursorResult, case, func, null, select, update
from sqlalchemy.orm import Session

from licklab.service.tables import Base

Row = TypeVar("Row", bound=Base)


class RunLostError(Exception):
    """The row was cancelled, deleted or given to another worker."""


@dataclass(frozen=True, slots=True)
class Claims(Generic[Row]):
    """What is claimed of one table.

    Attributes
    ----------
    table : type
        With the columns `id`, `status`, `run_id`, `attempts`, `progress`, `error`, `heartbeat_at`
        and `finished_at`.
    waiting, running, failed : str
        Its statuses.
    aside : mapping of str to object
        What else of a row is of one run, and what it is without one.
    """

    table: type[Row]
    waiting: str
    running: str
    failed: str
    aside: Mapping[str, Any] = field(default_factory=dict)

    def claim(self, session: Session, row_id: uuid.UUID, **values: Any) -> Row | None:
        """Take a waiting row.

        Parameters
        ----------
        session : Session
            In a transaction.
        row_id : UUID
            From a message, which may be late or doubled.
        **values : object
            What is set besides.

        Returns
        -------
        Row or None
            With the new `run_id`; None when there is nothing to do: it runs, has ended, or is gone.
        """
        of = self._columns
        claimed = (
            update(self.table)
            .where(of.id == row_id, of.status == self.waiting)
            .values(
                **self.aside,
                status=self.running,
                run_id=uuid.uuid4(),
                attempts=of.attempts + 1,
                progress=0.0,
                error=null(),
                finished_at=null(),
                heartbeat_at=func.now(),
                **values,
            )
            .returning(self.table)
        )
        return session.scalars(claimed).one_or_none()

    def lock(self, session: Session, row: Row) -> None:
        """Lock a row that is this run's.

        Parameters
        ----------
        session : Session
            In a transaction.
        row : Row
            As it was claimed.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        locked = select(self._columns.id).where(*self._of_run(row)).with_for_update()
        if session.scalar(locked) is None:
            raise RunLostError

    def change(self, session: Session, row: Row, **values: Any) -> None:
        """Change a row that is this run's.

        Parameters
        ----------
        session : Session
            In a transaction.
        row : Row
            As it was claimed.
        **values : object
            What is set.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        changed = update(self.table).where(*self._of_run(row)).values(**values)
        if _count(session.execute(changed)) == 0:
            raise RunLostError

    def end(self, session: Session, row: Row, **values: Any) -> None:
        """End a run, well or with an error.

        Parameters
        ----------
        session : Session
            In a transaction.
        row : Row
            As it was claimed.
        **values : object
            The status, and what is set besides.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        ended = {**self.aside, "run_id": null(), "finished_at": func.now(), **values}
        self.change(session, row, **ended)

    def give_back(self, session: Session, row: Row) -> None:
        """Let another worker take a row; a polite stop does not count as an attempt.

        Parameters
        ----------
        session : Session
            In a transaction.
        row : Row
            As it was claimed.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self.change(
            session,
            row,
            **self._without_run(),
            status=self.waiting,
            attempts=self._columns.attempts - 1,
        )

    def recover(self, session: Session, *, lease_sec: float, max_attempts: int, reason: str) -> int:
        """Free the rows whose workers have fallen silent.

        Parameters
        ----------
        session : Session
            In a transaction.
        lease_sec : float
            Silence after which a worker counts as dead.
        max_attempts : int
            After so many attempts a row fails.
        reason : str
            Why it failed, as a sentence.

        Returns
        -------
        int
            Rows that changed.
        """
        of = self._columns
        spent = of.attempts >= max_attempts
        silent = (
            update(self.table)
            .where(
                of.status == self.running,
                of.heartbeat_at < func.now() - timedelta(seconds=lease_sec),
            )
            .values(
                **self._without_run(),
                status=case((spent, self.failed), else_=self.waiting),
                error=case((spent, reason), else_=null()),
                finished_at=case((spent, func.now()), else_=null()),
            )
        )
        return _count(session.execute(silent))

    @property
    def _columns(self) -> Any:
        return self.table

    def _of_run(self, row: Any) -> tuple[ColumnElement[bool], ...]:
        of = self._columns
        return of.id == row.id, of.run_id == row.run_id, of.status == self.running

    def _without_run(self) -> dict[str, Any]:
        return {**self.aside, "run_id": null(), "progress": 0.0, "heartbeat_at": null()}


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
