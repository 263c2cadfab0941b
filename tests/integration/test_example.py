"""The example that a new library has in it."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, make_url, select, text

from licklab.service import migrate
from licklab.service.api.app import create_app
from licklab.service.api.context import Context, build_context
from licklab.service.example import RECORDING
from licklab.service.settings import Settings
from licklab.service.tables import Job
from tests.integration.conftest import Stack, look


@dataclass(frozen=True)
class NewLibrary:
    """A library on the servers of the tests, with a database and a folder of its own."""

    settings: Settings
    context: Context

    def start(self, *, example: bool = True) -> None:
        """Start and end an API process, without the process."""

        async def start() -> None:
            app = create_app(self.settings.model_copy(update={"example": example}))
            async with app.router.lifespan_context(app):
                pass

        asyncio.run(start())

    def jobs(self) -> list[Job]:
        with self.context.database.reading() as session:
            return list(session.scalars(select(Job)))


@pytest.fixture
def new_library(stack: Stack, tmp_path: Path) -> Iterator[NewLibrary]:
    url = make_url(stack.settings.required_database_url)
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE new_library"))
    own = url.set(database="new_library").render_as_string(hide_password=False)
    settings = stack.settings.model_copy(update={"database_url": own, "data_dir": tmp_path / "d"})
    context = build_context(settings)
    migrate.upgrade(context.database)
    library = NewLibrary(settings, context)
    yield library
    for job in library.jobs():
        context.jobs.delete(job.id)  # its message too, which other tests would count
    context.database.close()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE new_library"))
    admin.dispose()


def test_a_new_library_has_the_example_until_it_is_deleted(new_library: NewLibrary) -> None:
    new_library.start()
    (job,) = new_library.jobs()
    assert (job.title, job.tags, job.instrument) == ("Third Shelf Blues", ["example"], "tenor_sax")
    assert job.duration_sec == pytest.approx(87.2, abs=0.1)
    kept = new_library.settings.data_dir / str(job.id) / "audio.mp3"
    assert kept.read_bytes() == RECORDING.read_bytes()
    new_library.start()
    assert [one.id for one in new_library.jobs()] == [job.id]
    new_library.context.jobs.delete(job.id)
    new_library.start()
    assert new_library.jobs() == []


def test_a_library_in_use_gets_no_example_neither_now_nor_when_it_is_emptied(
    new_library: NewLibrary,
) -> None:
    new_library.start(example=False)
    assert new_library.jobs() == []
    first = new_library.context.example.give()
    with new_library.context.database.transaction() as session:
        session.execute(text("DELETE FROM examples"))  # as in a library of an earlier version
    new_library.start()
    assert [one.id for one in new_library.jobs()] == [first.id]
    new_library.context.jobs.delete(first.id)
    new_library.start()
    assert new_library.jobs() == []


def test_processes_that_start_together_make_one_example(new_library: NewLibrary) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [pool.submit(new_library.context.example.give_once) for _ in range(4)]
    assert sorted(one.result() is not None for one in made) == [False, False, False, True]
    assert len(new_library.jobs()) == 1


def test_the_example_is_brought_back_when_asked_for(api: httpx.Client) -> None:
    first = api.post("/example").raise_for_status().json()
    assert (first["title"], first["tags"], first["status"]) == (
        "Third Shelf Blues", ["example"], "CREATED",
    )  # fmt: skip
    assert api.post("/example").json() == first == look(api, first)
    api.delete(f"/jobs/{first['id']}")
    again = api.post("/example").json()
    assert again["id"] != first["id"]
    assert again["title"] == first["title"]
