"""Messages about packs, where what makes packs can be loaded, and where it cannot."""

import uuid
from collections.abc import Iterator
from typing import Any, cast

import pytest

from licklab.service.worker import packs
from licklab.service.worker.pack_runner import PackRunner

PACK = uuid.UUID(int=7)


class Runner:
    def __init__(self) -> None:
        self.made: list[uuid.UUID] = []

    def run(self, pack_id: uuid.UUID) -> None:
        self.made.append(pack_id)


@pytest.fixture(autouse=True)
def nobody_else() -> Iterator[None]:
    yield
    for name in ("_make_runner", "_give_up", "_runner"):
        setattr(packs, name, None)


def test_a_runner_is_made_with_the_first_pack_and_kept() -> None:
    runners: list[Runner] = []

    def make() -> PackRunner:
        runners.append(Runner())
        return cast("PackRunner", runners[-1])

    given_up: list[uuid.UUID] = []
    packs.install_pack_runner(make, given_up.append)
    assert runners == []
    for _ in range(2):
        packs.run_pack(str(PACK))
    (runner,) = runners
    assert runner.made == [PACK, PACK]
    assert given_up == []


def test_a_pack_that_nobody_can_make_is_given_up() -> None:
    def make() -> Any:
        raise ImportError("no module named typst")

    given_up: list[uuid.UUID] = []
    packs.install_pack_runner(make, given_up.append)
    packs.run_pack(str(PACK))
    assert given_up == [PACK]


def test_a_process_that_is_no_worker_is_told_so() -> None:
    with pytest.raises(RuntimeError, match="want a worker"):
        packs.run_pack(str(PACK))
