"""Addresses that are secrets: who asks for one finds it in no log and tells it to no other site."""

import asyncio
import logging

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from licklab.errors import EngravingError, StorageError, UnknownLinkError
from licklab.service.api import policies
from licklab.service.api.app import create_app
from licklab.service.settings import Settings

TOKEN = "Qm9wIGluIEUgZmxhdCwgYXQgMjIw"


class _Failing:
    """In the place of what students use: it fails as it is told."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> object:
        raise self.error


@pytest.fixture(scope="module")
def app() -> FastAPI:
    # No server is asked before the application starts, and nothing here starts it.
    return create_app(Settings(_env_file=None))  # type: ignore[call-arg] # pydantic's own


def ask(app: FastAPI, path: str, method: str = "GET") -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path)

    return asyncio.run(send())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("something"), 500),
        (OperationalError("SELECT", {}, Exception("away")), 503),
        (StorageError("want room in /var/lib/licklab, got none"), 503),
        (EngravingError("want a score of job 7 that can be drawn"), 404),
        (UnknownLinkError("want a link"), 404),
    ],
)
def test_a_secret_is_in_no_log_and_no_error(
    app: FastAPI,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
) -> None:
    monkeypatch.setattr("licklab.service.api.context.Context", _Failing)
    app.state.context = _Failing(error)
    with caplog.at_level(logging.DEBUG):
        answer = ask(app, f"/shared-assignments/{TOKEN}/licks/1/sheet")
    assert answer.status_code == status
    assert answer.json()["instance"] == "/shared-assignments/{token}/licks/1/sheet"
    assert "/var/lib" not in answer.text
    assert "job 7" not in answer.text
    assert TOKEN not in answer.text
    told = [one.getMessage() for one in caplog.records if not one.name.startswith("httpx")]
    assert TOKEN not in " ".join(told)
    assert status == 404 or told


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/shared-assignments/{TOKEN}/nothing"),
        ("GET", f"/shared-assignments/{TOKEN}/licks/1/clip.mp3?speed=1"),
        ("DELETE", f"/shared-assignments/{TOKEN}"),
        ("POST", f"/shared/{TOKEN}"),
        ("GET", f"/shared/{TOKEN}/nothing"),
    ],
)
def test_a_secret_is_told_to_no_other_site_and_kept_in_no_cache(
    app: FastAPI, method: str, path: str
) -> None:
    answer = ask(app, path, method)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert TOKEN not in answer.text


def test_other_addresses_are_as_they_were(app: FastAPI) -> None:
    answer = ask(app, "/sharing")
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.json()["instance"] == "/sharing"
    assert policies.hide_secret("/shared/") == "/shared/"
