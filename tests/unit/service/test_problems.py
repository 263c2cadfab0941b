import asyncio

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from licklab.service.api import problems


def _answer_to(error: Exception) -> dict[str, object]:
    app = FastAPI()
    problems.install(app)

    @app.get("/jobs")
    def fail() -> None:
        raise error

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/jobs")

    answer = asyncio.run(ask())
    assert answer.headers["retry-after"] == "5"
    problem: dict[str, object] = answer.json()
    return problem


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_connection_that_breaks_is_an_answer_to_try_again(
    kind: type[OperationalError | InterfaceError],
) -> None:
    error = kind("SELECT 1", None, Exception("the connection is closed"))
    assert _answer_to(error)["status"] == 503


def test_a_pool_whose_connections_are_all_taken_is_an_answer_to_try_again() -> None:
    engine = create_engine(
        "sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01
    )
    with engine.connect(), pytest.raises(PoolTimeoutError) as caught:
        engine.connect()
    engine.dispose()
    assert _answer_to(caught.value)["status"] == 503
