"""One practice pack, from its licks to its published files."""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import SQLAlchemyError

from licklab.errors import InputError, LickLabError
from licklab.packing.lick_files import PackLick
from licklab.packing.pack import make_pack
from licklab.service.claims import RunLostError
from licklab.service.pack_licks import PackLicks
from licklab.service.pack_runs import PackRun, PackRuns
from licklab.service.pack_tables import archive_name, booklet_name
from licklab.service.pack_wishes import WrittenWishes
from licklab.service.storage import Storage
from licklab.service.worker.task import WorkerStoppingError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PackRunner:
    """Makes packs.

    Attributes
    ----------
    runs : PackRuns
        The worker's side of the database.
    licks : PackLicks
        Where licks are gathered.
    storage : Storage
        The files.
    heartbeat_sec : float
        Time between signs of life.
    stopping : threading.Event
        Set when the process should end soon.
    """

    runs: PackRuns
    licks: PackLicks
    storage: Storage
    heartbeat_sec: float
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, pack_id: uuid.UUID) -> None:
        """Make a pack if it is there to be made; every outcome ends up in the database.

        Parameters
        ----------
        pack_id : UUID
            From a message.
        """
        run = self.runs.claim(pack_id)
        if run is None:
            log.info("pack %s has nothing to do", pack_id)
            return
        try:
            self._make(run)
        except RunLostError:
            log.info("pack %s was deleted or taken over", pack_id)
        except WorkerStoppingError:
            self._end(run, None)
        except JobTimeoutException:
            self._end(run, "Making this pack took longer than this service allows.")
        except OSError as error:
            log.exception("pack %s: storage", pack_id)
            self._end(run, f"The service's storage failed ({error.strerror}). Make it anew later.")
        except SQLAlchemyError:
            # The database is away: the lease runs out and the pack is made again.
            raise
        except InputError as error:
            self._end(run, str(error))
        except LickLabError as error:
            # A solo that was deleted, files that are gone.
            self._end(run, str(error))
        except Exception:
            log.exception("pack %s failed", pack_id)
            self._end(
                run,
                "Something went wrong in the program while it made the pack. Make it anew; if it "
                f"happens again, report it with this number: {run.run_id}.",
            )

    def _make(self, run: PackRun) -> None:
        row = run.row
        with self._beating(run) as lost:

            def report(share: float) -> None:
                if lost.is_set():
                    raise RunLostError
                if self.stopping.is_set():
                    raise WorkerStoppingError
                self.runs.report(run, min(share, 0.99))

            gathered = self.licks.gather(
                [uuid.UUID(one) for one in row.lick_ids], WrittenWishes.model_validate(row.wishes)
            )
            licks: list[PackLick] = list(gathered.licks)
            pack = make_pack(
                licks, gathered.wishes, title=row.title or gathered.title, report=report
            )
        self._publish(run, {archive_name(row.id): pack.archive, booklet_name(row.id): pack.booklet})
        log.info("pack %s is ready", row.id)

    def _publish(self, run: PackRun, contents: dict[str, bytes]) -> None:
        drafts: dict[Path, Path] = {}
        try:
            for name, content in contents.items():
                draft = self.storage.path(run.row.job_id, f".{run.run_id.hex}.{name}")
                drafts[draft] = self.storage.path(run.row.job_id, name)
                try:
                    draft.write_bytes(content)
                except FileNotFoundError:
                    raise RunLostError from None  # the job was deleted with its directory

            def move() -> None:
                for draft, target in drafts.items():
                    draft.replace(target)

            self.runs.publish(run, move)
        finally:
            for draft in drafts:
                draft.unlink(missing_ok=True)

    def _end(self, run: PackRun, error: str | None) -> None:
        try:
            if error is None:
                self.runs.give_back(run)
            else:
                self.runs.fail(run, error)
        except RunLostError:
            log.info("pack %s was deleted or taken over", run.row.id)

    @contextmanager
    def _beating(self, run: PackRun) -> Iterator[threading.Event]:
        """Renew the lease from a thread; the sounds of a key take a while.

        Yields
        ------
        threading.Event
            Set when the run is no longer ours.
        """
        lost, done = threading.Event(), threading.Event()

        def beat() -> None:
            while not done.wait(self.heartbeat_sec):
                try:
                    self.runs.report(run)
                except RunLostError:
                    lost.set()
                    return
                except SQLAlchemyError as error:
                    log.warning("no heartbeat for pack %s: %s", run.row.id, error)

        thread = threading.Thread(target=beat, name="pack-heartbeat", daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            done.set()
            thread.join()
