"""What workers do with packs: claim one, report, publish, fail, give it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from licklab.service.claims import Claims
from licklab.service.database import Database
from licklab.service.pack_tables import PackRow, PackStatus

_PACKS = Claims(
    PackRow,
    waiting=PackStatus.CREATED.value,
    running=PackStatus.MAKING.value,
    failed=PackStatus.FAILED.value,
)


@dataclass(frozen=True, slots=True)
class PackRun:
    """One attempt at one pack; `row` is as it was when claimed, with the id of the run."""

    row: PackRow

    @property
    def run_id(self) -> uuid.UUID:
        """Of this attempt alone."""
        assert self.row.run_id is not None  # it was claimed
        return self.row.run_id


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
        with self._database.transaction() as session:
            row = _PACKS.claim(session, pack_id)
        return None if row is None else PackRun(row)

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
        told: dict[str, Any] = {} if progress is None else {"progress": progress}
        with self._database.transaction() as session:
            _PACKS.change(session, run.row, heartbeat_at=func.now(), **told)

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
            _PACKS.lock(session, run.row)
            _PACKS.end(session, run.row, status=PackStatus.READY, progress=1.0)
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
        with self._database.transaction() as session:
            _PACKS.end(session, run.row, status=PackStatus.FAILED, error=error)

    def give_up(self, pack_id: uuid.UUID) -> None:
        """End a waiting pack that this worker cannot even begin.

        Parameters
        ----------
        pack_id : UUID
            From a message, which may be late or doubled.

        Raises
        ------
        RunLostError
            If it was deleted at this moment.
        """
        run = self.claim(pack_id)
        if run is not None:
            self.fail(run, "This service cannot make packs: its log says why.")

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
        with self._database.transaction() as session:
            _PACKS.give_back(session, run.row)


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
    reason = f"The program stopped in the middle of this pack {max_attempts} times. Make it anew."
    return _PACKS.recover(session, lease_sec=lease_sec, max_attempts=max_attempts, reason=reason)
