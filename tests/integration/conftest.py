"""A real PostgreSQL, a real Redis, real API and worker processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile as sf

from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.embedded.postgres import EmbeddedPostgres
from licklab.service.embedded.redis import EmbeddedRedis
from licklab.service.settings import Settings
from tests.integration.corpora import CorpusKeeper
from tests.integration.hearing import Hearer
from tests.unit.domain.grids import blues_analysis

_START_SEC = 40.0
RESULT_FILES = {"transcription.json", "transcription.mid", "evidence.npz"}
"""What a finished job has beside its recording."""


def wait_for(
    condition: Callable[[], Any], timeout_sec: float = 30.0, every_sec: float = 0.05
) -> Any:
    """Wait until a condition gives something true, and give that."""
    deadline = time.monotonic() + timeout_sec
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(every_sec)
    raise AssertionError(f"not within {timeout_sec} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Stack:
    """The servers, and processes of ours on them."""

    settings: Settings

    @contextmanager
    def process(self, module: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a module of the service; it is ended afterwards whatever happens."""
        process = subprocess.Popen(
            [sys.executable, "-m", module],
            env={**os.environ, **self.settings.environment(), **environment},
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    @contextmanager
    def worker(self, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        with self.process("licklab.service.worker.process", **environment) as process:
            yield process

    @contextmanager
    def scheduler(self) -> Iterator[subprocess.Popen[bytes]]:
        with self.process("licklab.service.worker.scheduler") as process:
            yield process


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    directory = tmp_path_factory.mktemp("stack")
    with ExitStack() as exits:
        database_url = exits.enter_context(_postgres(directory / "postgres"))
        redis_url = exits.enter_context(_redis(directory / "redis"))
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg] # a parameter that pydantic adds
            database_url=database_url,
            redis_url=redis_url,
            data_dir=directory / "data",
            port=free_port(),
            max_upload_mb=20,
            heartbeat_sec=0.3,
            lease_sec=2.0,
            reconcile_sec=0.3,
            log_level="INFO",
            example=False,
        )
        database = Database(database_url)
        migrate.upgrade(database)
        database.close()
        yield Stack(settings)


@contextmanager
def _postgres(directory: Path) -> Iterator[str]:
    server = EmbeddedPostgres(directory)
    try:
        yield server.start()
    finally:
        server.stop()


@contextmanager
def _redis(directory: Path) -> Iterator[str]:
    server = EmbeddedRedis(directory)
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def api_process(stack: Stack, client: httpx.Client) -> Iterator[subprocess.Popen[bytes]]:
    with stack.process("licklab.service.api.server") as process:

        def serves() -> bool:
            assert process.poll() is None, "the API process ended"
            try:
                return client.get("/health").is_success
            except httpx.TransportError:
                return False

        wait_for(serves, _START_SEC)
        yield process


@pytest.fixture(scope="session")
def client(stack: Stack) -> Iterator[httpx.Client]:
    """Give one client for all: it reads the certificates of the world when it is made."""
    url = f"http://127.0.0.1:{stack.settings.port}"
    # A connection that rests is dropped here before the server drops it, after 5 s.
    resting = httpx.Limits(keepalive_expiry=2.0)
    with httpx.Client(base_url=url, timeout=30.0, limits=resting) as client:
        yield client


@pytest.fixture
def api(client: httpx.Client, api_process: subprocess.Popen[bytes]) -> Iterator[httpx.Client]:  # noqa: ARG001 - started for its effect
    yield client
    # Nothing of one test waits for the workers of the next.
    while jobs := client.get("/jobs", params={"limit": 200}).json()["items"]:
        for job in jobs:
            client.delete(job["links"]["self"])


def tone(seconds: float, sample_rate: int = 22_050, frequency_hz: float = 440.0) -> np.ndarray:
    """Make notes of half a second with a pause after each."""
    time_sec = np.arange(int(seconds * sample_rate)) / sample_rate
    envelope = (time_sec % 0.5 < 0.4) * np.exp(-3 * (time_sec % 0.5))
    wave = sum(np.sin(2 * np.pi * k * frequency_hz * time_sec) / k for k in range(1, 6))
    return (0.2 * envelope * wave).astype(np.float32)


@pytest.fixture(scope="session")
def short_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audio") / "short.wav"
    sf.write(path, tone(3.0), 22_050)
    return path


@pytest.fixture
def hearer(stack: Stack) -> Iterator[Hearer]:
    hearer = Hearer(stack.settings)
    yield hearer
    hearer.database.close()


@pytest.fixture
def keeper(stack: Stack, compiled_search: None) -> Iterator[CorpusKeeper]:  # noqa: ARG001 - for its effect
    """Give an empty corpus, and what keeps it."""
    keeper = CorpusKeeper(stack.settings)
    keeper.clear()
    yield keeper
    keeper.clear()
    keeper.database.close()


@pytest.fixture
def blues(api: httpx.Client, hearer: Hearer, short_wav: Path) -> dict[str, Any]:
    """Give a READY job: two choruses of a blues at 120 bpm, from 1.0 s on."""
    job = upload(api, short_wav)
    hearer.publish(job, blues_analysis())
    return job


@pytest.fixture(scope="session")
def long_flac(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five minutes: enough work to interfere with."""
    path = tmp_path_factory.mktemp("audio") / "long.flac"
    sf.write(path, np.tile(tone(60.0, 11_025), 5), 11_025)
    return path


@pytest.fixture(scope="session")
def middling_flac(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give 40 s: enough to be met in the middle, and not too long to wait for the end."""
    path = tmp_path_factory.mktemp("audio") / "middling.flac"
    sf.write(path, tone(40.0, 11_025), 11_025)
    return path


def upload(api: httpx.Client, path: Path, instrument: str = "tenor sax") -> dict[str, Any]:
    with path.open("rb") as file:
        answer = api.post(
            "/jobs", files={"audio": (path.name, file)}, data={"instrument": instrument}
        )
    assert answer.status_code == 200, answer.text
    job: dict[str, Any] = answer.json()
    return job


def look(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    answer = api.get(f"/jobs/{job['id']}")
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


def wait_for_status(
    api: httpx.Client, job: dict[str, Any], *statuses: str, timeout_sec: float = 60.0
) -> dict[str, Any]:
    def reached() -> dict[str, Any] | None:
        seen = look(api, job)
        return seen if seen["status"] in statuses else None

    seen: dict[str, Any] = wait_for(reached, timeout_sec)
    return seen
