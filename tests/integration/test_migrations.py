from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from licklab.service import migrate
from licklab.service.database import Database
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


def test_two_processes_may_upgrade_at_once(empty_database: Database) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(migrate.upgrade, empty_database) for _ in range(2)]:
            done.result()
    migrate.check(empty_database)
