"""The user's own jobs as solos of the corpus: put in when READY, renewed, taken out again.

What PostgreSQL says is true; the corpus is made to agree with it, again and again, by whichever
scheduler holds the lock. A crash at any moment leaves a job that is not yet marked, or a removal
that is not yet done, and the next round does it once more.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from licklab.corpus.index import open_index
from licklab.corpus.recordings import SOURCE, add_transcription
from licklab.corpus.solo import SoloFilter
from licklab.corpus.store import Corpus
from licklab.corpus.warming import warm_up
from licklab.errors import CorpusError
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.jobs import JobNotFoundError
from licklab.service.lick_tables import CorpusRemovalRow
from licklab.service.results import load_result, lock_job_with_result
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobPurpose, JobStatus

log = logging.getLogger(__name__)

# Any constant will do, as long as every version of this program uses the same.
_LOCK = 0x534F4C4F  # "SOLO"
# So that a stop, and a new job, wait for few others when thousands of old ones are put in.
_JOBS_A_ROUND = 20


@dataclass(slots=True)
class OwnSolos:
    """Keeps the corpus in agreement with the jobs.

    Attributes
    ----------
    database : Database
        The truth.
    storage : Storage
        The results.
    access : CorpusAccess
        The corpus.
    """

    database: Database
    storage: Storage
    access: CorpusAccess
    _seen: int | None = field(default=None, init=False)  # generation that is known to be right
    _complaint: str = field(default="", init=False)
    _is_compiled: bool = field(default=False, init=False)

    def run(self, wait: Callable[[float], bool], every_sec: float) -> None:
        """Bring the corpus up to date until told to stop; whatever is away is met again later.

        Parameters
        ----------
        wait : callable
            Waits that many seconds; True means stop.
        every_sec : float, seconds
            Between two looks.
        """
        is_stopped = False
        while not is_stopped:
            pause = every_sec
            try:
                if self.renew():
                    pause = 0.0
                self._complaint = ""
            except (SQLAlchemyError, OSError, CorpusError) as error:
                self._complain(str(error).partition("\n")[0])
            except Exception:
                log.exception("the corpus was not brought up to date")
            is_stopped = wait(pause)

    def renew(self) -> bool:
        """Put in, renew and take out what is not as the jobs are; then the index follows.

        Returns
        -------
        bool
            Whether there is more to do at once.

        Raises
        ------
        CorpusError
            If the corpus cannot be used; jobs and removals wait.
        """
        with self.database.transaction() as guard:
            # Two schedulers that put in and take out the same solo could do it in the wrong order.
            if not guard.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))):
                return False
            if not self.access.exists():
                self._forget(None)
                if not self._waiting() and not self._removals():
                    return False
            with self.access.reading() as corpus:
                self._forget_lost(corpus)
                waiting = self._waiting()
                n_done = sum(self._put(corpus, job_id, version) for job_id, version in waiting)
                # After the additions: a job that was deleted meanwhile is among these.
                self._take_out(corpus)
                generation = corpus.generation
                if generation != self._seen:
                    self._index(corpus)
                    self._seen = generation
            # Where none could be read the next try may wait as usual.
            return len(waiting) == _JOBS_A_ROUND and n_done > 0

    def _index(self, corpus: Corpus) -> None:
        index = open_index(corpus)
        if index.segments and not self._is_compiled:
            # The first search compiles for seconds; all later processes find the machine code.
            warm_up()
            self._is_compiled = True

    def _waiting(self) -> list[tuple[uuid.UUID, int]]:
        """List jobs whose solos are not in the corpus as they are now, the newest first."""
        query = (
            select(Job.id, Job.analysis_version)
            .where(
                Job.purpose == JobPurpose.SOLO,
                or_(Job.result_at.is_not(None), Job.status == JobStatus.READY),
                Job.corpus_version.is_distinct_from(Job.analysis_version),
            )
            .order_by(Job.result_at.desc(), Job.id)
            .limit(_JOBS_A_ROUND)
        )
        with self.database.reading() as session:
            return [(job_id, version) for job_id, version in session.execute(query)]

    def _removals(self) -> list[CorpusRemovalRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(CorpusRemovalRow).order_by(CorpusRemovalRow.id)))

    def _put(self, corpus: Corpus, job_id: uuid.UUID, version: int) -> bool:
        """Put a solo in, and tell whether its job no longer waits."""
        try:
            with self.database.transaction() as session:
                filename = lock_job_with_result(session, job_id, read=True).filename
                transcription = load_result(session, self.storage, job_id)
            # The job's lock is gone: writing into the corpus may wait for others.
            title = PurePath(filename).stem
            add_transcription(corpus, transcription, job_id=str(job_id), title=title)
        except JobNotFoundError:
            return True  # deleted a moment ago
        except (SQLAlchemyError, CorpusError):
            raise
        except OSError as error:
            log.warning("job %s waits for its file to be read: %s", job_id, error)
            return False
        except Exception:
            # Another try would end in the same way, and a job never suffers from the corpus.
            log.exception("job %s is not in the corpus", job_id)
        if not self._mark(job_id, version):
            corpus.remove(job_id=str(job_id))
        return True

    def _mark(self, job_id: uuid.UUID, version: int) -> bool:
        marked = (
            update(Job)
            .where(Job.id == job_id)
            .values(corpus_version=version, updated_at=Job.updated_at)
            .returning(Job.id)
        )
        with self.database.transaction() as session:
            return session.scalar(marked) is not None

    def _take_out(self, corpus: Corpus) -> None:
        for one in self._removals():
            corpus.remove(job_id=str(one.job_id))
            with self.database.transaction() as session:
                session.execute(delete(CorpusRemovalRow).where(CorpusRemovalRow.id == one.id))

    def _forget_lost(self, corpus: Corpus) -> None:
        """Let jobs wait again whose solos are gone: the corpus is another one, or an old copy.

        Only after others have written into it, and once at the start.
        """
        if corpus.generation != self._seen:
            infos = corpus.list_infos(SoloFilter(source=SOURCE))
            self._forget({one.job_id for one in infos})

    def _forget(self, there: set[str | None] | None) -> None:
        """Let jobs wait again that are not among these; all of them when there is no corpus."""
        with self.database.transaction() as session:
            marked = session.scalars(select(Job.id).where(Job.corpus_version.is_not(None))).all()
            lost = [one for one in marked if there is None or str(one) not in there]
            if lost:
                log.info("%d solo(s) of jobs are put into the corpus again", len(lost))
                session.execute(
                    update(Job)
                    .where(Job.id.in_(lost))
                    .values(corpus_version=None, updated_at=Job.updated_at)
                )

    def _complain(self, reason: str) -> None:
        """Say what is wrong once, not every few seconds."""
        if reason != self._complaint:
            log.warning("the corpus waits: %s", reason)
        self._complaint = reason
