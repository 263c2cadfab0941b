"""What workers do with packs: claim one, report, publish, fail, give it back.

As with jobs, every change names the run and touches nothing when the pack has moved on.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, case, func, null, select, update
from sqlalchemy.orm import Session

from licklab.service.database import Database
from licklab.service.pack_tables import PackRow, PackStatus
from licklab.service.runs import RunLostError


@dataclass(frozen=True, slots=True)
class PackRun:
    """One attempt at one pack; `row` is as it was when claimed."""

    row: PackRow
    run_id: uuid.UUID


class PackRuns:
    """The worker's side of packs; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, pack_id: uuid.UUID) -> PackRun | None:
        """Take a waiting pack.

        Parameters
        ----------
        pack_id : UUID
            From a message, which may be late or doubled.

        Returns
        -------
        PackRun or None
            None when there is nothing to do.
        """
        run_id = uuid.uuid4()
        claimed = (
            update(PackRow)
            .where(PackRow.id == pack_id, PackRow.status == PackStatus.CREATED)
            .values(
                status=PackStatus.MAKING,
                run_id=run_id,
                attempts=PackRow.attempts + 1,
                progress=0.0,
                heartbeat_at=func.now(),
            )
            .returning(PackRow)
        )
        with self._database.transaction() as session:
            row = session.scalars(claimed).one_or_none()
        return None if row is None else PackRun(row, run_id)

    def report(self, run: PackRun, progress: float | None = None) -> None:
        """Say that a run goes on, and how far it has come.

        Parameters
        ----------
        run : PackRun
            The run.
        progress : float, 0 to 1, optional
            The share that is done; as it was if omitted.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        told = {} if progress is None else {"progress": progress}
        self._change(run, heartbeat_at=func.now(), **told)

    def publish(self, run: PackRun, move_files: Callable[[], None]) -> None:
        """Make a pack READY: files and row change together.

        Parameters
        ----------
        run : PackRun
            The run.
        move_files : callable
            Puts the finished files in place; called under the row's lock.

        Raises
        ------
        RunLostError
            If it is no longer this worker's; the files are not moved.
        """
        with self._database.transaction() as session:
            mine = select(PackRow.id).where(*_belongs_to(run)).with_for_update()
            if session.scalar(mine) is None:
                raise RunLostError
            ready = {"status": PackStatus.READY, "progress": 1.0, "finished_at": func.now()}
            _update(session, run, run_id=null(), error=null(), **ready)
            move_files()

    def fail(self, run: PackRun, error: str) -> None:
        """End a run with a reason.

        Parameters
        ----------
        run : PackRun
            The run.
        error : str
            A sentence that a musician understands.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(
            run, status=PackStatus.FAILED, error=error, run_id=null(), finished_at=func.now()
        )

    def give_back(self, run: PackRun) -> None:
        """Let another worker take the pack; a polite stop does not count as an attempt.

        Parameters
        ----------
        run : PackRun
            The run.

        Raises
        ------
        RunLostError
            If it is no longer this worker's.
        """
        self._change(
            run,
            status=PackStatus.CREATED,
            run_id=null(),
            progress=0.0,
            attempts=PackRow.attempts - 1,
            heartbeat_at=null(),
        )

    def _change(self, run: PackRun, **values: Any) -> None:
        with self._database.transaction() as session:
            _update(session, run, **values)


def recover_lost_packs(session: Session, *, lease_sec: float, max_attempts: int) -> int:
    """Free the packs whose workers have fallen silent.

    Parameters
    ----------
    session : Session
        In a transaction.
    lease_sec : float
        Silence after which a worker counts as dead.
    max_attempts : int
        After so many attempts the pack fails.

    Returns
    -------
    int
        Packs that changed.
    """
    spent = PackRow.attempts >= max_attempts
    reason = f"The program stopped in the middle of this pack {max_attempts} times. Make it anew."
    silent = (
        update(PackRow)
        .where(
            PackRow.status == PackStatus.MAKING,
            PackRow.heartbeat_at < func.now() - timedelta(seconds=lease_sec),
        )
        .values(
            status=case((spent, PackStatus.FAILED.value), else_=PackStatus.CREATED.value),
            error=case((spent, reason), else_=null()),
            finished_at=case((spent, func.now()), else_=null()),
            run_id=null(),
            progress=0.0,
            heartbeat_at=null(),
        )
    )
    result = session.execute(silent)
    assert isinstance(result, CursorResult)
    return result.rowcount


def _belongs_to(run: PackRun) -> tuple[Any, ...]:
    return (
        PackRow.id == run.row.id,
        PackRow.run_id == run.run_id,
        PackRow.status == PackStatus.MAKING,
    )


def _update(session: Session, run: PackRun, **values: Any) -> None:
    result = session.execute(update(PackRow).where(*_belongs_to(run)).values(**values))
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        raise RunLostError
