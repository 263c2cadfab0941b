import logging
import os
from pathlib import Path

import pytest

from licklab.service.embedded.account import Account, open_the_way, server_account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")


def test_a_closed_parent_is_opened_for_passing_only_and_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    closed, group = tmp_path / "closed", tmp_path / "closed/group"
    group.mkdir(parents=True)
    group.chmod(0o750)
    closed.chmod(0o700)
    with caplog.at_level(logging.WARNING):
        open_the_way(group / "data")
    assert closed.stat().st_mode & 0o777 == 0o701
    assert group.stat().st_mode & 0o777 == 0o751
    assert f"{closed} was closed" in caplog.text


def test_an_open_way_is_left_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_the_way(tmp_path / "data")
    caplog.clear()
    before = tmp_path.stat().st_mode
    open_the_way(tmp_path / "data")
    assert tmp_path.stat().st_mode == before
    assert caplog.text == ""


@as_root
def test_root_runs_the_server_as_the_owner_of_its_data(tmp_path: Path) -> None:
    os.chown(tmp_path, 1234, 4321)
    assert server_account(tmp_path) == Account(1234, 4321)


@as_root
def test_root_runs_a_new_server_as_an_account_that_is_not_root(tmp_path: Path) -> None:
    account = server_account(tmp_path / "absent")
    assert account is not None
    assert account.uid != 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root does change the account")
def test_a_usual_user_stays_who_they_are(tmp_path: Path) -> None:
    assert server_account(tmp_path) is None
