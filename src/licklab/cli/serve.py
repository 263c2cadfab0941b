"""`licklab serve` and `licklab worker`: the service, whole or in parts."""

import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from licklab.errors import InputError, ServiceError

if TYPE_CHECKING:
    from licklab.service.settings import Settings

_START_SEC = 60.0


def read_settings(**options: Any) -> "Settings":
    """Read the settings; options of the command line go before the environment.

    Parameters
    ----------
    **options : object
        Fields of `Settings`; None means not given.

    Returns
    -------
    Settings
        Checked.

    Raises
    ------
    InputError
        If a value cannot be used.
    """
    from pydantic import ValidationError

    from licklab.service.settings import Settings

    try:
        return Settings(**{name: one for name, one in options.items() if one is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        raise InputError(f"the setting {name}: {first['msg']}") from error


def stop_on_signals() -> threading.Event:
    """Set an event on Ctrl-C or SIGTERM, so that children are stopped in order.

    Returns
    -------
    threading.Event
        Set when the program should end.
    """
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    return stop


def wait_until_serving(url: str, stop: threading.Event) -> None:
    """Wait until the API answers.

    Parameters
    ----------
    url : str
        Of the API.
    stop : threading.Event
        Ends the waiting.

    Raises
    ------
    ServiceError
        If it does not answer within a minute.
    """
    import httpx

    deadline = time.monotonic() + _START_SEC
    while not stop.is_set():
        try:
            if httpx.get(f"{url}/health", timeout=2.0, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        if time.monotonic() > deadline:
            raise ServiceError(f"want an answer from {url} within {_START_SEC:.0f} s, got none")
        stop.wait(0.1)


def local_url(settings: "Settings") -> str:
    """Give the address under which this machine reaches the API.

    Parameters
    ----------
    settings : Settings
        Of the service.

    Returns
    -------
    str
        Without a trailing slash.
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    return f"http://{host}:{settings.port}"


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (HOST).")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on (PORT).")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where files live (DATA_DIR).")] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, max=64, help="Worker processes (WORKERS); 0 serves the API only."),
    ] = None,
) -> None:
    """Run the API, workers and scheduler; PostgreSQL and Redis too unless URLs are set."""
    from licklab.service.logs import configure_logging
    from licklab.service.serve import run_service

    settings = read_settings(host=host, port=port, data_dir=data_dir, workers=workers)
    configure_logging(settings.log_level)
    stop = stop_on_signals()

    def announce(provided: "Settings") -> None:
        url = local_url(provided)
        wait_until_serving(url, stop)
        if not stop.is_set():
            typer.echo(f"Jazz Lick Lab is at {url} (Ctrl-C stops it)")

    run_service(settings, with_api=True, stop=stop, on_start=announce)


def worker(
    workers: Annotated[int | None, typer.Option(help="Worker processes (WORKERS).")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where files live (DATA_DIR).")] = None,
) -> None:
    """Run workers and the scheduler for an API that runs elsewhere.

    Needs the DATABASE_URL and REDIS_URL of that API, and its files under DATA_DIR.
    """
    from licklab.service.logs import configure_logging
    from licklab.service.serve import run_service

    settings = read_settings(workers=workers, data_dir=data_dir)
    if settings.workers < 1:
        raise InputError(f"want at least 1 worker process, got {settings.workers}")
    if settings.database_url is None or settings.redis_url is None:
        raise ServiceError(
            "want DATABASE_URL and REDIS_URL of the service to work for, got one or both unset "
            "(`licklab serve` alone runs everything, workers too)"
        )
    configure_logging(settings.log_level)
    run_service(settings, with_api=False, stop=stop_on_signals())
