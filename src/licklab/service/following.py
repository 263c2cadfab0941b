"""Follows the jobs of the library: which have changed and which have gone since the last look."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from licklab.service.database import Database
from licklab.service.tables import Job, JobPurpose, JobStatus

# A change has the time at which its transaction began, and is seen when that has ended: those of
# the last minute are looked at again and again. No transaction of ours takes as long.
_WINDOW = timedelta(seconds=60)
_IS_SOLO = Job.purpose == JobPurpose.SOLO


@dataclass(frozen=True, slots=True)
class News:
    """What one look found; a job in it may look as it did before.

    Attributes
    ----------
    jobs : sequence of Job
        Those that were written lately.
    deleted : frozenset of UUID
        Those that are gone.
    """

    jobs: Sequence[Job]
    deleted: frozenset[uuid.UUID]


class Follower:
    """One client's view of all jobs.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: set[uuid.UUID] = set()

    def begin(self) -> News:
        """Take the first look.

        Returns
        -------
        News
            The jobs that wait or run, and all that were written lately.
        """
        unfinished = Job.status.in_((JobStatus.CREATED, JobStatus.TRANSCRIBING))
        with self._database.reading() as session:
            self._known = set(session.scalars(select(Job.id).where(_IS_SOLO)))
            recent = select(Job).where(_IS_SOLO, or_(unfinished, _is_recent()))
            jobs = session.scalars(recent).all()
        self._known |= {job.id for job in jobs}
        return News(jobs, frozenset())

    def look(self) -> News:
        """Look again.

        Returns
        -------
        News
            Since the last look.
        """
        # One statement sees one moment: jobs of it that are not known yet are among the recent.
        total = select(func.count().label("total")).select_from(Job).where(_IS_SOLO).subquery()
        recent = and_(_IS_SOLO, _is_recent())
        query = select(total.c.total, Job).select_from(total).outerjoin(Job, recent)
        with self._database.reading() as session:
            rows = session.execute(query).all()
            jobs = [job for _, job in rows if job is not None]
            self._known |= {job.id for job in jobs}
            if len(self._known) == rows[0][0]:
                return News(jobs, frozenset())
            there = set(session.scalars(select(Job.id).where(_IS_SOLO)))
        deleted = frozenset(self._known - there)
        self._known = there
        return News([job for job in jobs if job.id not in deleted], deleted)


def _is_recent() -> ColumnElement[bool]:
    return Job.updated_at > func.now() - _WINDOW
