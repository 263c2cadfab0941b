"""Says whether a worker on this host has reported lately; a container's health check."""

import socket
import sys

from redis.exceptions import RedisError

from licklab.service.queue import JobQueue, connect
from licklab.service.settings import Settings


def host_prefix() -> str:
    """Give what the names of this host's workers begin with.

    Returns
    -------
    str
        The host's name and a dash.
    """
    return f"{socket.gethostname()}-"


def main() -> int:
    """Look once.

    Returns
    -------
    int
        Exit status: 0 when a worker lives here.
    """
    settings = Settings()
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    try:
        return 0 if any(one.startswith(host_prefix()) for one in queue.living_workers()) else 1
    except RedisError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
