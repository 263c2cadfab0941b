"""What a user does with practice packs: order one, look, list, take it away, delete it."""

import logging
import uuid
from collections.abc import Sequence
from pathlib import Path

from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from licklab.errors import PackError, UnknownPackError
from licklab.packing.wishes import MOST_LICKS
from licklab.service.database import Database
from licklab.service.jobs import JobFileMissingError, JobStateError
from licklab.service.licks import Licks
from licklab.service.pack_tables import PackRow, PackStatus, archive_name, booklet_name
from licklab.service.pack_wishes import WrittenWishes
from licklab.service.queue import JobQueue
from licklab.service.storage import Storage

log = logging.getLogger(__name__)

# Each is some megabytes; what nobody took away in so long can be made again.
_MOST_OF_A_JOB = 40


class Packs:
    """The use cases around practice packs; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    queue : JobQueue
        The transport; it may be away.
    storage : Storage
        The files.
    licks : Licks
        Where licks are found.
    """

    def __init__(self, database: Database, queue: JobQueue, storage: Storage, licks: Licks) -> None:
        self._database = database
        self._queue = queue
        self._storage = storage
        self._licks = licks

    def create(
        self, lick_ids: Sequence[uuid.UUID], wishes: WrittenWishes, title: str | None
    ) -> PackRow:
        """Order a pack.

        Parameters
        ----------
        lick_ids : sequence of UUID
            One or more licks, in order.
        wishes : WrittenWishes
            What is wanted.
        title : str or None
            Of the booklet; that of the solo if None.

        Returns
        -------
        PackRow
            Committed, whether or not the queue could be told.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        LickError
            If the notes of one are no longer there.
        PackError
            If the wishes cannot be met, or too many packs are kept.
        """
        if not 1 <= len(lick_ids) <= MOST_LICKS:
            raise PackError(f"want 1 to {MOST_LICKS} licks in a pack, got {len(lick_ids)}")
        job_ids = [self._licks.locate(one)[0] for one in lick_ids]
        row = PackRow(
            id=uuid.uuid4(),
            job_id=job_ids[0],
            lick_ids=[str(one) for one in lick_ids],
            title=title or "",
            wishes=wishes.model_dump(mode="json"),
        )
        with self._database.transaction() as session:
            mine = select(func.count()).where(PackRow.job_id == row.job_id)
            if (session.scalar(mine) or 0) >= _MOST_OF_A_JOB:
                raise PackError(
                    f"want at most {_MOST_OF_A_JOB} packs of a solo, got one more: delete some"
                )
            session.add(row)
            session.flush()
            session.refresh(row)
        try:
            self._queue.put_pack(row.id)
        except RedisError as error:
            # The reconciler tells the queue in a moment.
            log.warning("pack %s is not queued yet: %s", row.id, error)
        return row

    def get(self, pack_id: uuid.UUID) -> PackRow:
        """Look a pack up.

        Parameters
        ----------
        pack_id : UUID
            The pack.

        Returns
        -------
        PackRow
            As it is now.

        Raises
        ------
        UnknownPackError
            If there is none.
        """
        with self._database.reading() as session:
            return _load(session, pack_id)

    def list(self, lick_id: uuid.UUID) -> Sequence[PackRow]:
        """List the packs in which a lick is.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        sequence of PackRow
            The latest first.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        """
        self._licks.get(lick_id)
        found = (
            select(PackRow)
            .where(PackRow.lick_ids.contains([str(lick_id)]))
            .order_by(PackRow.created_at.desc(), PackRow.id)
            .limit(_MOST_OF_A_JOB)
        )
        with self._database.reading() as session:
            return session.scalars(found).all()

    def file(self, pack_id: uuid.UUID, *, is_archive: bool) -> tuple[PackRow, Path]:
        """Find a file of a pack.

        Parameters
        ----------
        pack_id : UUID
            The pack.
        is_archive : bool
            The archive, or the booklet.

        Returns
        -------
        row : PackRow
            The pack.
        path : Path
            Of the file.

        Raises
        ------
        UnknownPackError
            If there is no such pack.
        JobStateError
            If it is not READY.
        JobFileMissingError
            If its file is not there.
        """
        row = self.get(pack_id)
        if row.status != PackStatus.READY:
            raise JobStateError(f"want a pack that is READY, got one that is {row.status}")
        name = archive_name(row.id) if is_archive else booklet_name(row.id)
        path = self._storage.path(row.job_id, name)
        if not path.is_file():
            raise JobFileMissingError(f"want the file of the pack {row.id}, got none: make it anew")
        return row, path

    def delete(self, pack_id: uuid.UUID) -> None:
        """Delete a pack with its files; one that is being made is given up.

        Parameters
        ----------
        pack_id : UUID
            The pack.

        Raises
        ------
        UnknownPackError
            If there is none.
        """
        with self._database.transaction() as session:
            row = session.get(PackRow, pack_id, with_for_update=True)
            if row is None:
                raise _unknown(pack_id)
            session.delete(row)
            for name in (archive_name(row.id), booklet_name(row.id)):
                self._storage.path(row.job_id, name).unlink(missing_ok=True)


def _load(session: Session, pack_id: uuid.UUID) -> PackRow:
    row = session.get(PackRow, pack_id)
    if row is None:
        raise _unknown(pack_id)
    return row


def _unknown(pack_id: uuid.UUID) -> UnknownPackError:
    return UnknownPackError(f"want the id of a practice pack, got {pack_id}, which is none")
