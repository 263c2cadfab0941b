"""The database and Redis of a running service: the operator's, or embedded ones."""

import logging
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

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
    embedded : tuple of EmbeddedServer
        Those that are ours to look after.
    """

    settings: Settings
    embedded: tuple[EmbeddedServer, ...]

    def keep_running(self) -> None:
        """Start embedded servers again that have died; call this a few times a second.

        Raises
        ------
        EmbeddedServerError
            If one does not start again.
        """
        for server in self.embedded:
            if not server.is_alive():
                log.warning("%s ended, starting it again", server.name)
                server.restart()


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

        def start(server: EmbeddedServer) -> str:
            stack.callback(server.stop)
            embedded.append(server)
            return server.start()

        embedded: list[EmbeddedServer] = []
        if settings.database_url is None:
            url = start(EmbeddedPostgres(settings.data_dir / ".postgres"))
            settings = settings.model_copy(update={"database_url": url})
        if settings.redis_url is None:
            url = start(EmbeddedRedis(settings.data_dir / ".redis"))
            settings = settings.model_copy(update={"redis_url": url})
        database = Database(settings.required_database_url)
        try:
            database.wait(stop=stop)
            migrate.upgrade(database)
        finally:
            database.close()
        yield Servers(settings, tuple(embedded))
