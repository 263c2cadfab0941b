"""The whole service on one machine: servers, API, workers, scheduler, as child processes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from licklab.errors import ServiceError
from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.embedded.postgres import EmbeddedPostgres
from licklab.service.embedded.redis import EmbeddedRedis
from licklab.service.ports import is_port_free
from licklab.service.settings import Settings
from licklab.service.supervisor import Supervisor

_WATCH_SEC = 0.25


@contextmanager
def provide_servers(settings: Settings) -> Iterator[Settings]:
    """Give the servers that the settings leave open, and bring the database up to date.

    Parameters
    ----------
    settings : Settings
        As the operator set them.

    Yields
    ------
    Settings
        With both URLs; embedded servers stop at the end.
    """
    with ExitStack() as stack:
        urls: dict[str, str] = {}
        if settings.database_url is None:
            postgres = EmbeddedPostgres(settings.data_dir / ".postgres")
            stack.callback(postgres.stop)
            urls["database_url"] = postgres.start()
        if settings.redis_url is None:
            redis = EmbeddedRedis(settings.data_dir / ".redis")
            stack.callback(redis.stop)
            urls["redis_url"] = redis.start()
        settings = settings.model_copy(update=urls)
        database = Database(settings.required_database_url)
        try:
            database.wait()
            migrate.upgrade(database)
        finally:
            database.close()
        yield settings


def run_service(
    settings: Settings,
    *,
    with_api: bool,
    stop: threading.Event,
    on_start: Callable[[Settings], None] = lambda _: None,
) -> None:
    """Run the service until told to stop.

    Parameters
    ----------
    settings : Settings
        As the operator set them; `workers` processes listen, and a scheduler if there is one.
    with_api : bool
        Whether to serve HTTP.
    stop : threading.Event
        Set it to end.
    on_start : callable, optional
        Called once when all children have been started.

    Raises
    ------
    ServiceError
        If the port is taken, or a server does not start.
    """
    if with_api and not is_port_free(settings.host, settings.port):
        raise ServiceError(
            f"want a free port (--port or PORT), got {settings.host}:{settings.port}, "
            "which is taken or not ours to take"
        )
    with provide_servers(settings) as provided:
        supervisor = Supervisor(provided.environment())
        if with_api:
            supervisor.add("api", "licklab.service.api.server")
        for number in range(provided.workers):
            supervisor.add(f"worker {number + 1}", "licklab.service.worker.process")
        if provided.workers:
            supervisor.add("scheduler", "licklab.service.worker.scheduler")
        try:
            supervisor.start()
            on_start(provided)
            while not stop.wait(_WATCH_SEC):
                supervisor.keep_running()
        finally:
            supervisor.stop()
