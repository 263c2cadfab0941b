import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.account import Account
from licklab.service.embedded.home import Home
from tests.integration.embedded.test_account import as_root


def test_a_directory_has_one_holder_who_is_named_to_the_next(tmp_path: Path) -> None:
    first, second = Home(tmp_path / "home"), Home(tmp_path / "home")
    first.lock()
    with pytest.raises(EmbeddedServerError, match=rf"process {os.getpid()}\) is using"):
        second.lock()
    first.release()
    second.lock()
    second.release()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(EmbeddedServerError, match=r"can be written, got .*home: File exists"):
        Home(tmp_path / "home").lock()


@pytest.mark.parametrize("name", ["d" * 100, "trad, jazz", 'the "new" thing', "Café"])
def test_a_path_that_no_socket_can_have_gets_a_short_one(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / name)
    sockets = home.socket_directory("socket", None)
    assert len(str(sockets)) <= 40
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert Home(tmp_path / "other" / ".." / name).socket_directory("socket", None) == sockets
    other = Home(tmp_path / "other" / name)
    assert other.socket_directory("socket", None) != sockets
    other.release()
    home.release()
    assert not sockets.exists()


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Path]:
    """Give the free name under which `deep` has its sockets."""
    home = Home(tmp_path / "deep, deep")
    name = home.socket_directory("socket", None)
    home.release()
    yield name
    if name.is_symlink() or name.is_file():
        name.unlink()
    elif name.exists():
        name.rmdir()


def test_a_short_one_that_a_killed_program_left_is_used_again(tmp_path: Path, short: Path) -> None:
    short.mkdir(0o700)
    home = Home(tmp_path / "deep, deep")
    assert home.socket_directory("socket", None) == short
    home.release()


@pytest.mark.parametrize("kind", ["link", "file", "open to others"])
def test_a_short_one_that_others_could_have_laid_is_refused(
    tmp_path: Path, short: Path, kind: str
) -> None:
    if kind == "link":
        (tmp_path / "mine").mkdir(0o700)
        short.symlink_to(tmp_path / "mine")
    elif kind == "file":
        short.touch(0o700)
    else:
        short.mkdir()
        short.chmod(0o770)
    home = Home(tmp_path / "deep, deep")
    with pytest.raises(EmbeddedServerError, match=rf"want {short} to be a directory that only"):
        home.socket_directory("socket", None)
    home.release()
    assert short.exists()


@as_root
def test_a_short_one_of_another_user_is_refused_and_one_of_the_servers_is_used(
    tmp_path: Path, short: Path
) -> None:
    short.mkdir(0o700)
    os.chown(short, 1234, 4321)
    home = Home(tmp_path / "deep, deep")
    with pytest.raises(EmbeddedServerError, match="got one of user 1234 with rights 700"):
        home.socket_directory("socket", None)
    assert home.socket_directory("socket", Account(1234, 4321)) == short
    assert short.stat().st_uid == 1234
    os.chown(short, 0, 0)
    assert home.socket_directory("socket", Account(1234, 4321)) == short
    assert short.stat().st_uid == 1234
    home.release()


def test_a_long_log_is_put_aside_and_only_we_may_read_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.log.write_text("a line\n" * 200_000)
    with home.open_log() as log:
        log.write(b"a new line\n")
    assert home.last_words() == "a new line"
    assert home.log.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "server.log.old").stat().st_size == 1_400_000
