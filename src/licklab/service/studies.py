"""The studies that were made last, kept in memory: a page asks several things about one solo."""

import threading
import uuid
from collections import OrderedDict

from licklab.domain.transcription import Transcription
from licklab.licks.ranking import PlayerCounter
from licklab.service.tables import Job
from licklab.studying.study import Study, study

# A study of five minutes takes about a megabyte.
_MOST_KEPT = 16


class Studies:
    """Studies by job and version; what has another version is another study."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[uuid.UUID, int], Study] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, job: Job) -> Study | None:
        """Give a study that was made before.

        Parameters
        ----------
        job : Job
            As it is now.

        Returns
        -------
        Study or None
            Of its result; None when it is not kept.
        """
        key = (job.id, job.analysis_version)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def make(
        self, job: Job, transcription: Transcription, count_players: PlayerCounter | None
    ) -> Study:
        """Study a result, and keep the study.

        Parameters
        ----------
        job : Job
            As it is now.
        transcription : Transcription
            Its result as it is mended.
        count_players : callable or None
            Tells how many players of the corpus play something.

        Returns
        -------
        Study
            Of the result.
        """
        made = study(transcription, count_players=count_players)
        with self._lock:
            self._kept[job.id, job.analysis_version] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
