"""Studies of results, the last ones kept in memory: a page asks several things about one solo."""

import threading
import uuid
from collections import OrderedDict

from sqlalchemy.orm import Session

from licklab.domain.transcription import Transcription
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.results import load_result, lock_job_with_result
from licklab.service.storage import Storage
from licklab.service.tables import Job
from licklab.studying.study import Study, study

# A study of five minutes takes about a megabyte.
_MOST_KEPT = 16


class Studies:
    """Studies by job and version; what has another version is another study.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The results.
    corpus : CorpusAccess
        Where players are counted; it may be away.
    """

    def __init__(self, database: Database, storage: Storage, corpus: CorpusAccess) -> None:
        self._database = database
        self._storage = storage
        self._corpus = corpus
        self._kept: OrderedDict[tuple[uuid.UUID, int], Study] = OrderedDict()
        self._keeping = threading.Lock()
        self._making = threading.Lock()

    def of_job(self, job_id: uuid.UUID) -> Study:
        """Study a result; others may read and change the job meanwhile.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Study
            Of its result as it is mended now.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        JobFileMissingError
            If the file of the result is not there.
        """
        with self._database.transaction() as session:
            job = lock_job_with_result(session, job_id, read=True)
            known = self._find(job)
            if known is not None:
                return known
            transcription = load_result(session, self._storage, job_id)
        return self._make(job, transcription)

    def of_locked(self, session: Session, job: Job) -> Study:
        """Study a result whose job is locked.

        Parameters
        ----------
        session : Session
            In the transaction that holds the lock.
        job : Job
            The job; best after `of_job`, so that the lock is not held for long.

        Returns
        -------
        Study
            Of its result as it is mended now.

        Raises
        ------
        JobFileMissingError
            If the file of the result is not there.
        """
        known = self._find(job)
        if known is not None:
            return known
        return self._make(job, load_result(session, self._storage, job.id))

    def _find(self, job: Job) -> Study | None:
        key = (job.id, job.analysis_version)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _make(self, job: Job, transcription: Transcription) -> Study:
        """Make a study; of several requests for one, one makes it and the others wait."""
        # One at a time whatever the job: two would share one processor in this process anyway.
        with self._making:
            known = self._find(job)
            if known is not None:
                return known
            with self._corpus.counting() as count_players:
                made = study(transcription, count_players=count_players)
            with self._keeping:
                self._kept[job.id, job.analysis_version] = made
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
            return made
