"""One stream for all jobs."""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from signal import SIGTERM
from typing import Any

import httpx
from sqlalchemy import update

from licklab.service.database import Database
from licklab.service.tables import Job
from tests.integration.conftest import Stack, free_port, upload, wait_for

Event = tuple[str, dict[str, Any]]


@contextmanager
def following(api: httpx.Client) -> Iterator[Queue[Event]]:
    """Follow all jobs in a thread of its own."""
    events: Queue[Event] = Queue()
    asked = {"Accept-Encoding": "gzip"}
    with api.stream("GET", "/events", headers=asked, timeout=20.0) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        # A compressed stream waits until a block of it is full.
        assert "content-encoding" not in stream.headers

        def read() -> None:
            kind = ""
            try:
                for line in stream.iter_lines():
                    name, _, value = line.partition(": ")
                    if name == "event":
                        kind = value
                    elif name == "data":
                        events.put((kind, json.loads(value)))
            except (httpx.StreamClosed, httpx.ReadError, httpx.RemoteProtocolError):
                return

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        yield events


def test_one_stream_tells_of_every_job(api: httpx.Client, stack: Stack, short_wav: Path) -> None:
    waiting, ended = upload(api, short_wav), upload(api, short_wav)
    api.post(f"/jobs/{ended['id']}/cancel")
    with following(api) as events:
        # Those that have ended are in the list already.
        assert events.get(timeout=5) == ("job", waiting)
        new = upload(api, short_wav)
        assert events.get(timeout=5) == ("job", new)
        titled = api.patch(f"/jobs/{ended['id']}", json={"title": "Blues"}).json()
        assert events.get(timeout=5) == ("job", titled)
        database = Database(stack.settings.required_database_url)
        with database.transaction() as session:
            changed = update(Job).where(Job.id == uuid.UUID(new["id"]))
            session.execute(changed.values(stage="notes", progress=0.25))
        database.close()
        kind, progressed = events.get(timeout=5)
        assert (kind, progressed["stage"], progressed["progress"]) == ("job", "notes", 0.25)
        api.delete(f"/jobs/{waiting['id']}")
        assert events.get(timeout=5) == ("deleted", {"id": waiting["id"]})
        api.delete(f"/jobs/{ended['id']}")
        assert events.get(timeout=5) == ("deleted", {"id": ended["id"]})
        assert events.empty()


def test_an_open_stream_does_not_keep_the_service_from_ending(stack: Stack) -> None:
    port = free_port()
    with stack.process("licklab.service.api.server", PORT=str(port)) as process:

        def serves() -> bool:
            try:
                return httpx.get(f"http://127.0.0.1:{port}/health").is_success
            except httpx.TransportError:
                return False

        wait_for(serves, 40.0)
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}")
        with client, following(client):
            process.send_signal(SIGTERM)
            assert process.wait(5.0) == -SIGTERM
