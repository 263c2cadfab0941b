"""The database and Redis of a running service: the operator's, or embedded ones."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from licklab.errors import ServiceError
from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.embedded.postgres import EmbeddedPostgres
from licklab.service.embedded.redis import EmbeddedRedis
from licklab.service.embedded.server import EmbeddedServer
from licklab.service.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Servers:
    """What the service connects to.

    Attributes
    ----------
    settings : Settings
        With both URLs.
    embedded : tuple of (EmbeddedServer, str)
        Those that are ours to look after, with their URLs.
    """

    settings: Settings
    embedded: tuple[tuple[EmbeddedServer, str], ...]

    def keep_running(self) -> None:
        """Start embedded servers again that have died; call this a few times a second.

        Raises
        ------
        ServiceError
            If one does not start again where its clients expect it.
        """
        for server, url in self.embedded:
            if server.is_alive():
                continue
            log.warning("%s ended, starting it again", server.name)
            server.stop()
            if server.start() != url:
                raise ServiceError(
                    f"want {server.name} where it was, got it elsewhere: start this program again"
                )


@contextmanager
def provide_servers(settings: Settings, stop: threading.Event) -> Iterator[Servers]:
    """Give the servers that the settings leave open, and bring the database up to date.

    Parameters
    ----------
    settings : Settings
        As the operator set them.
    stop : Event
        Ends the waiting for a database that is away.

    Yields
    ------
    Servers
        Running; embedded ones stop at the end.

    Raises
    ------
    CancelledError
        If it was stopped before the database answered.
    """
    with ExitStack() as stack:

        def start(server: EmbeddedServer) -> tuple[EmbeddedServer, str]:
            stack.callback(server.stop)
            return server, server.start()

        embedded = []
        if settings.database_url is None:
            embedded.append(start(EmbeddedPostgres(settings.data_dir / ".postgres")))
            settings = settings.model_copy(update={"database_url": embedded[-1][1]})
        if settings.redis_url is None:
            embedded.append(start(EmbeddedRedis(settings.data_dir / ".redis")))
            settings = settings.model_copy(update={"redis_url": embedded[-1][1]})
        database = Database(settings.required_database_url)
        try:
            database.wait(stop=stop)
            migrate.upgrade(database)
        finally:
            database.close()
        yield Servers(settings, tuple(embedded))
