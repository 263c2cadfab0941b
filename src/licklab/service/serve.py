"""The whole service on one machine: servers, API, workers, scheduler, as child processes."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from licklab.errors import CancelledError, ServiceError
from licklab.service.ports import is_port_free
from licklab.service.servers import Servers, provide_servers
from licklab.service.settings import Settings
from licklab.service.supervisor import Supervisor

log = logging.getLogger(__name__)

_WATCH_SEC = 0.25


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
        Called once when all children have been started, in a thread of its own: they are looked
        after meanwhile. It should end soon once `stop` is set; its error ends the service.

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
    try:
        with provide_servers(settings, stop) as servers:
            _watch(servers, _children(servers.settings, with_api=with_api), stop, on_start)
    except CancelledError as stopped:
        log.info("%s", stopped)


def _children(settings: Settings, *, with_api: bool) -> Supervisor:
    supervisor = Supervisor(settings.environment())
    if with_api:
        supervisor.add("api", "licklab.service.api.server")
    for number in range(settings.workers):
        supervisor.add(f"worker {number + 1}", "licklab.service.worker.process")
    if settings.workers:
        supervisor.add("scheduler", "licklab.service.worker.scheduler")
    return supervisor


def _watch(
    servers: Servers,
    supervisor: Supervisor,
    stop: threading.Event,
    on_start: Callable[[Settings], None],
) -> None:
    with ThreadPoolExecutor(1, "on-start") as pool:
        try:
            supervisor.start()
            started = pool.submit(on_start, servers.settings)
            while not stop.wait(_WATCH_SEC):
                servers.keep_running()
                supervisor.keep_running()
                if started.done():
                    started.result()
        finally:
            # Also after an error: the thread is waited for, and would wait for children itself.
            stop.set()
            supervisor.stop()
