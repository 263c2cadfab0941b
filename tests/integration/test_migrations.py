from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, inspect, make_url, select, text

from licklab.domain.mode import Mode
from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.listening import Listening
from licklab.service.tables import Job
from tests.integration.conftest import Stack


@pytest.fixture
def empty_database(stack: Stack) -> Iterator[Database]:
    url = make_url(stack.settings.required_database_url)
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE migrations"))
    database = Database(url.set(database="migrations").render_as_string(hide_password=False))
    yield database
    database.close()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE migrations"))
    admin.dispose()


def test_an_empty_database_is_brought_up_to_date_and_matches_the_code(
    empty_database: Database,
) -> None:
    migrate.upgrade(empty_database)
    migrate.check(empty_database)
    assert "jobs" in inspect(empty_database.engine).get_table_names()


def test_rows_of_before_keep_their_results(empty_database: Database) -> None:
    migrate.upgrade(empty_database, "20261123_jobs")
    insert = text(
        "INSERT INTO jobs (id, status, instrument, filename, audio_suffix, media_type, size_bytes,"
        " duration_sec, progress, warnings, attempts, finished_at) VALUES"
        " (gen_random_uuid(), :status, 'guitar', 'a', '.wav', 'audio/wav', 1, 1, 1, '[]', 1, now())"
    )
    with empty_database.transaction() as session:
        for status in ("READY", "FAILED"):
            session.execute(insert, {"status": status})
    migrate.upgrade(empty_database)
    with empty_database.transaction() as session:
        jobs = {job.status: job for job in session.scalars(select(Job))}
        assert jobs["READY"].result_at == jobs["READY"].finished_at is not None
        assert jobs["FAILED"].result_at is None
        assert {Listening.of(job).mode for job in jobs.values()} == {Mode.AUTO}
        assert all(Listening.of(job).region.is_whole for job in jobs.values())


def test_two_processes_may_upgrade_at_once(empty_database: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(migrate.upgrade, empty_database) for _ in range(2)]:
            done.result()
    migrate.check(empty_database)
