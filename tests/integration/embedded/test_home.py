import os
from pathlib import Path

import pytest

from licklab.errors import EmbeddedServerError
from licklab.service.embedded.home import Home


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
    assert len(str(sockets)) < 30
    assert sockets.stat().st_mode & 0o777 == 0o700
    home.release()
    assert not sockets.exists()


def test_a_long_log_is_put_aside_and_only_we_may_read_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.log.write_text("a line\n" * 200_000)
    with home.open_log() as log:
        log.write(b"a new line\n")
    assert home.last_words() == "a new line"
    assert home.log.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "server.log.old").stat().st_size == 1_400_000
