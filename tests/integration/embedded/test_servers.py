"""Embedded servers of a running service that die are there again for those who knew them."""

import os
import signal
from pathlib import Path

from redis import Redis

from licklab.service.embedded.redis import EmbeddedRedis
from licklab.service.servers import Servers
from licklab.service.settings import Settings
from tests.integration.conftest import wait_for


def test_one_whose_home_lies_too_deep_for_sockets_is_started_again_where_it_was(
    tmp_path: Path,
) -> None:
    server = EmbeddedRedis(tmp_path / ("d" * 100) / "redis")
    servers = Servers(Settings(_env_file=None), (server,))  # type: ignore[call-arg] # pydantic's
    with server as url, Redis.from_url(url) as redis:
        killed = server.pid
        assert killed is not None
        servers.keep_running()
        assert server.pid == killed
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: not server.is_alive())
        servers.keep_running()
        assert server.pid not in {killed, None}
        assert redis.ping()
