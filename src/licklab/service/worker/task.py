"""One job, from its recording to its published files."""

import faulthandler
import logging
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from licklab.domain.progress import Progress, Stage
from licklab.engine.pipeline import Hearing, Listener
from licklab.errors import CancelledError, InputError
from licklab.formats.evidence_npz import write_evidence
from licklab.formats.midi import write_midi
from licklab.formats.transcription_json import write_transcription
from licklab.service.claims import RunLostError
from licklab.service.jobs import EVIDENCE_NAME, MIDI_NAME, TRANSCRIPTION_NAME, audio_name
from licklab.service.listening import Listening
from licklab.service.publication import replace_analysis
from licklab.service.runs import Run, Runs
from licklab.service.storage import Storage

log = logging.getLogger(__name__)

_TOO_LONG = "Listening took longer than this service allows; try a shorter excerpt."
# Half a minute at the default: the database may be slow to take the reason.
_BEATS_TO_END_A_RUN = 10


class WorkerStoppingError(CancelledError):
    """The worker was asked to stop; its job goes back to the queue."""


@dataclass(frozen=True, slots=True)
class JobRunner:
    """Runs jobs with models that are loaded once in the life of the process.

    Attributes
    ----------
    runs : Runs
        The worker's side of the database.
    storage : Storage
        The files.
    listener : Listener
        The loaded models.
    heartbeat_sec : float
        Time between signs of life.
    hung_after_sec : float
        A run longer than this is stuck where no signal reaches it; it ends with its process.
    stopping : threading.Event
        Set when the process should end soon.
    """

    runs: Runs
    storage: Storage
    listener: Listener
    heartbeat_sec: float
    hung_after_sec: float
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, job_id: uuid.UUID) -> None:
        """Run a job if it is there to be run; every outcome ends up in the database.

        Parameters
        ----------
        job_id : UUID
            From a message.
        """
        run = self.runs.claim(job_id)
        if run is None:
            log.info("job %s has nothing to do", job_id)
            return
        try:
            self._transcribe(run)
        except RunLostError:
            log.info("job %s was cancelled, deleted or taken over", job_id)
        except WorkerStoppingError:
            self._end(run, None)
        except InputError as error:
            self._end(run, str(error))
        except JobTimeoutException:
            self._end(run, _TOO_LONG)
        except OSError as error:
            log.exception("job %s: storage", job_id)
            self._end(run, f"The service's storage failed ({error.strerror}). Retry later.")
        except SQLAlchemyError:
            # The database is away: the lease runs out and the job is run again.
            raise
        except Exception:
            log.exception("job %s failed", job_id)
            self._end(
                run,
                "Something went wrong in the program while it listened. Retry; if it happens "
                f"again, report it with this number: {run.run_id}.",
            )

    def _transcribe(self, run: Run) -> None:
        job, wanted = run.job, Listening.of(run.job)
        with self._beating(run) as lost:

            def report(progress: Progress) -> None:
                if lost.is_set():
                    raise RunLostError
                if self.stopping.is_set():
                    raise WorkerStoppingError
                try:
                    self.runs.report(run, progress)
                except OperationalError as error:
                    # A restart of the database is shorter than the lease: going on costs nothing,
                    # while giving up would cost an attempt and all that was heard so far.
                    log.warning("no progress for job %s: %s", job.id, error)

            hearing = self.listener.hear(
                self.storage.path(job.id, audio_name(job)),
                wanted.instrument,
                filename=job.filename,
                texture=wanted.mode.texture,
                region=wanted.region,
                progress=report,
            )
            report(Progress(Stage.WRITING, 0.99))
            self._publish(run, hearing)
        log.info("job %s is ready: %d notes", job.id, len(hearing.transcription.notes))

    def _publish(self, run: Run, hearing: Hearing) -> None:
        transcription = hearing.transcription
        contents = {
            TRANSCRIPTION_NAME: write_transcription(transcription),
            MIDI_NAME: write_midi(transcription),
            EVIDENCE_NAME: write_evidence(hearing.evidence),
        }
        drafts: dict[Path, Path] = {}
        try:
            for name, content in contents.items():
                draft = self._draft(run, name)
                drafts[draft] = self.storage.path(run.job.id, name)
                try:
                    draft.write_bytes(content)
                except FileNotFoundError:
                    raise RunLostError from None  # the job was deleted with its directory

            def move() -> None:
                for draft, target in drafts.items():
                    draft.replace(target)

            def store(session: Session) -> None:
                evidence = self._draft(run, EVIDENCE_NAME)
                replace_analysis(session, run.job.id, transcription, evidence)

            self.runs.publish(
                run,
                move,
                duration_sec=transcription.source.duration_sec,
                warnings=list(transcription.warnings),
                note_count=len(transcription.notes),
                store=store,
            )
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)

    def _draft(self, run: Run, name: str) -> Path:
        """Give a draft the run's name: two runs of one job never share a file."""
        return self.storage.path(run.job.id, f".{run.run_id.hex}.{name}")

    def _end(self, run: Run, error: str | None) -> None:
        try:
            if error is None:
                self.runs.give_back(run)
            else:
                self.runs.fail(run, error)
        except RunLostError:
            log.info("job %s was cancelled, deleted or taken over", run.job.id)

    def _end_hung(self, run: Run) -> NoReturn:
        """End a run that is stuck in native code, and this process: nothing else gets it out.

        RQ's alarm raises between two steps of Python, of which such a run makes no more.
        """
        self._end(run, _TOO_LONG)
        log.critical("job %s hangs; this worker ends, stuck here:", run.job.id)
        faulthandler.dump_traceback()
        os._exit(1)

    @contextmanager
    def _beating(self, run: Run) -> Iterator[threading.Event]:
        """Renew the lease from a thread, also while one chunk takes long, but not for ever.

        Yields
        ------
        threading.Event
            Set when the run is no longer ours.
        """
        lost, done = threading.Event(), threading.Event()
        hung_at = time.monotonic() + self.hung_after_sec

        def beat() -> None:
            while not done.wait(self.heartbeat_sec):
                try:
                    if time.monotonic() > hung_at:
                        self._end_hung(run)
                    elif not lost.is_set():
                        self.runs.beat(run)
                except RunLostError:
                    # The thread goes on: also a run that is no longer ours may be stuck.
                    lost.set()
                except SQLAlchemyError as error:
                    log.warning("no heartbeat for job %s: %s", run.job.id, error)

        thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
        thread.start()
        # The AAC decoder lets no thread of Python run beside it. Then the lease runs out, and this
        # watch, which is none of Python's, ends the process. It never comes before the heartbeat.
        last_resort_sec = self.hung_after_sec + _BEATS_TO_END_A_RUN * self.heartbeat_sec
        faulthandler.dump_traceback_later(last_resort_sec, exit=True)
        try:
            yield lost
        finally:
            faulthandler.cancel_dump_traceback_later()
            done.set()
            thread.join()


_runner: JobRunner | None = None


def install_runner(runner: JobRunner) -> None:
    """Give this process the runner that its messages use.

    Parameters
    ----------
    runner : JobRunner
        With models loaded.
    """
    global _runner
    _runner = runner


def run_job(job_id: str) -> None:
    """Run a job; this is the function that messages name.

    Parameters
    ----------
    job_id : str
        A UUID.

    Raises
    ------
    RuntimeError
        If the process is not a worker of ours.
    """
    if _runner is None:
        raise RuntimeError("want a worker started by `licklab worker`, got another process")
    _runner.run(uuid.UUID(job_id))
