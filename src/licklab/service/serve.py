"""The whole service on one machine: servers, API, workers, scheduler, as child processes."""

import threading
from collections.abc import Callable

from licklab.errors import ServiceError
from licklab.service.ports import is_port_free
from licklab.service.servers import provide_servers
from licklab.service.settings import Settings
from licklab.service.supervisor import Supervisor

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
    with provide_servers(settings) as servers:
        provided = servers.settings
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
                servers.keep_running()
                supervisor.keep_running()
        finally:
            supervisor.stop()
