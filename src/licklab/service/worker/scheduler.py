"""The scheduler process beside the workers: runs the reconciler."""

import logging
import signal
import threading

from licklab.errors import CancelledError
from licklab.service.database import Database
from licklab.service.lifeline import follow_parent
from licklab.service.logs import configure_logging
from licklab.service.queue import JobQueue, connect
from licklab.service.reconcile import Reconciler
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage

log = logging.getLogger(__name__)


def main() -> None:
    """Reconcile until told to stop."""
    follow_parent()
    settings = Settings()
    configure_logging(settings.log_level)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    database = Database(settings.required_database_url, pool_size=1)
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    try:
        database.wait(stop=stop)
        Reconciler(database, queue, LocalStorage(settings.data_dir), settings).run(stop.wait)
    except CancelledError as stopped:
        log.info("%s", stopped)
    finally:
        database.close()


if __name__ == "__main__":
    main()
