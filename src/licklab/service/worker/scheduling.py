"""What is done beside the workers: the reconciler runs, and the corpus is kept."""

import logging
import signal
import threading

from licklab.errors import CancelledError
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.own_solos import OwnSolos
from licklab.service.queue import JobQueue, connect
from licklab.service.reconcile import Reconciler
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage

log = logging.getLogger(__name__)

# A new result can be found within seconds; looking costs PostgreSQL two short queries.
_MOST_SEC_BETWEEN_LOOKS = 2.0
# A solo is put into the corpus in less; an index of thousands may take longer and begins anew.
_SEC_TO_END = 5.0


def schedule(settings: Settings) -> None:
    """Reconcile until told to stop.

    Parameters
    ----------
    settings : Settings
        Of the service.
    """
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    database = Database(settings.required_database_url, pool_size=2)
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    storage = LocalStorage(settings.data_dir)
    try:
        database.wait(stop=stop)
        keeper = _keep_corpus(settings, database, storage, stop)
        Reconciler(database, queue, storage, settings).run(stop.wait)
        keeper.join(_SEC_TO_END)
    except CancelledError as stopped:
        log.info("%s", stopped)
    finally:
        database.close()


def _keep_corpus(
    settings: Settings, database: Database, storage: LocalStorage, stop: threading.Event
) -> threading.Thread:
    """Keep the corpus in a thread: lost jobs do not wait while a large one is indexed."""
    solos = OwnSolos(database, storage, CorpusAccess(settings.data_dir))
    every_sec = min(settings.reconcile_sec, _MOST_SEC_BETWEEN_LOOKS)
    thread = threading.Thread(
        target=solos.run, args=(stop.wait, every_sec), name="corpus", daemon=True
    )
    thread.start()
    return thread
