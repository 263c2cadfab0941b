"""Practice packs and exercises over the API: ordered, made by a real worker, taken away."""

import json
import uuid
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from pypdf import PdfReader

from licklab.service.database import Database
from licklab.service.pack_runs import PackRuns
from licklab.service.pack_tables import PackStatus
from licklab.service.queue import JobQueue, connect
from licklab.service.reconcile import Reconciler
from licklab.service.storage import LocalStorage
from tests.integration.conftest import Stack, wait_for
from tests.integration.solos import bring, choose, get, refused

_MADE_SEC = 240.0


@pytest.fixture
def solo(api: httpx.Client) -> dict[str, Any]:
    return bring(api)


@pytest.fixture
def lick(api: httpx.Client, solo: dict[str, Any]) -> dict[str, Any]:
    return choose(api, solo, first_bar=13, last_bar=14, name="Turn & <b>burn</b>")


def order(api: httpx.Client, lick: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = api.post(f"/licks/{lick['id']}/practice-packs", json=body)
    assert answer.status_code == 201, answer.text
    pack: dict[str, Any] = answer.json()
    return pack


def made(api: httpx.Client, pack: dict[str, Any]) -> dict[str, Any]:
    def ended() -> dict[str, Any] | None:
        found = get(api, pack["links"]["self"])
        return found if found["status"] in {"READY", "FAILED"} else None

    found: dict[str, Any] = wait_for(ended, _MADE_SEC, 0.3)
    assert found["status"] == "READY", found
    return found


def test_a_worker_makes_booklet_music_and_sound(
    api: httpx.Client, stack: Stack, solo: dict[str, Any], lick: dict[str, Any]
) -> None:
    ordered = order(
        api, lick, instrument="alto sax", keys=["F", "Bb"], speeds_percent=[60], title="My pack"
    )
    assert ordered["status"] == "CREATED"
    refused(api.get(f"{ordered['links']['self']}.zip"), 409, "READY")
    with stack.worker():
        pack = made(api, ordered)
    booklet = api.get(pack["links"]["booklet"])
    assert booklet.headers["content-type"] == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(booklet.content)).pages)
    for said in ("My pack", "Turn & <b>burn</b>", "Alto saxophone", "In all keys", "Exercises"):
        assert said in words
    answer = api.get(pack["links"]["archive"])
    assert answer.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("booklet.pdf") == booklet.content
        assert {one["path"] for one in manifest["files"]} == set(names) - {"manifest.json"}
        (entry,) = manifest["licks"]
        assert [one["key"] for one in entry["keys"]] == ["F:major", "Bb:major"]
        # F sounds; an alto reads D.
        assert entry["keys"][0]["written_key"] == "D:major"
        for key in entry["keys"]:
            assert b"score-partwise" in archive.read(key["musicxml"])
            assert archive.read(key["midi"])[:4] == b"MThd"
            # It came as a score: there is no recording to slow down.
            (sound,) = key["audio"]
            assert sound["source"] == "band"
            assert len(archive.read(sound["path"])) > 10_000
        assert len(entry["exercises"]) >= 8
    listed = get(api, f"/licks/{lick['id']}/practice-packs")["items"]
    assert [one["id"] for one in listed] == [pack["id"]]
    folder = stack.settings.data_dir / solo["id"]
    assert list(folder.glob("pack-*"))
    assert api.delete(pack["links"]["self"]).status_code == 204
    assert not list(folder.glob("*pack-*"))
    refused(api.get(pack["links"]["self"]), 404, "practice pack")


def test_orders_that_cannot_be_met_are_refused(api: httpx.Client, lick: dict[str, Any]) -> None:
    path = f"/licks/{lick['id']}/practice-packs"
    for body, said in (
        ({"instrument": "kazoo"}, "want an instrument"),
        ({"keys": ["H"]}, "want a"),
        ({"speeds_percent": [300]}, "want speeds from 40 to 120 percent, got 300"),
        ({"speeds_percent": []}, "want 1 to 4 speeds, got 0"),
        ({"order": "sideways"}, "order"),
        ({"tab": "banjo"}, "want a tuning"),
        ({"wished": 1}, "wished"),
        ({"more_lick_ids": [str(uuid.uuid4())]}, "lick"),
    ):
        answer = api.post(path, json=body)
        assert answer.status_code in {404, 422}, (body, answer.text)
        assert said in answer.text, (body, answer.text)
    refused(api.post(f"/licks/{uuid.uuid4()}/practice-packs", json={}), 404, "lick")
    assert get(api, path)["items"] == []


def test_a_pack_of_another_lick_is_not_given(
    api: httpx.Client, solo: dict[str, Any], lick: dict[str, Any]
) -> None:
    other = choose(api, solo, first_bar=15, last_bar=17)
    pack = order(api, lick, audio=False)
    path = f"/licks/{other['id']}/practice-packs/{pack['id']}"
    refused(api.get(path), 404, "practice pack")
    refused(api.get(f"{path}.zip"), 404, "practice pack")
    refused(api.delete(path), 404, "practice pack")
    assert get(api, pack["links"]["self"])["status"] == "CREATED"


def test_a_pack_whose_worker_died_is_freed_and_queued_again(
    api: httpx.Client, stack: Stack, lick: dict[str, Any]
) -> None:
    pack = order(api, lick, audio=False, keys=["C"], exercises=False)
    database = Database(stack.settings.required_database_url)
    storage = LocalStorage(stack.settings.data_dir)
    try:
        run = PackRuns(database).claim(uuid.UUID(pack["id"]))
        assert run is not None
        settings = stack.settings.model_copy(update={"lease_sec": 0.001})
        queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
        queue.redis.flushdb()
        Reconciler(database, queue, storage, settings).reconcile()
        assert get(api, pack["links"]["self"])["status"] == PackStatus.CREATED
        with stack.scheduler(), stack.worker():
            made(api, pack)
    finally:
        database.close()


def test_a_pack_that_no_worker_can_begin_has_failed(
    api: httpx.Client, stack: Stack, lick: dict[str, Any]
) -> None:
    pack = order(api, lick, audio=False, keys=["C"], exercises=False)
    database = Database(stack.settings.required_database_url)
    try:
        for _ in range(2):  # messages may be doubled
            PackRuns(database).give_up(uuid.UUID(pack["id"]))
        # Nobody takes its message, which would be in the way of other tests.
        connect(stack.settings.required_redis_url).flushdb()
    finally:
        database.close()
    found = get(api, pack["links"]["self"])
    assert found["status"] == PackStatus.FAILED
    assert found["error"] == "This service cannot make packs: its log says why."


def test_exercises_are_listed_and_drawn(api: httpx.Client, lick: dict[str, Any]) -> None:
    path = f"/licks/{lick['id']}/exercises"
    found = get(api, path, instrument="trumpet")
    kinds = {one["kind"] for one in found["items"]}
    assert {"targets", "last notes first", "displaced", "call and response"} <= kinds
    assert found["instrument"] == "trumpet"
    heard = set(lick["note_ids"])
    assert all(set(one["note_ids"]) <= heard for one in found["items"])
    sheet = get(api, f"{path}/1/sheet", part="trumpet", width_mm=120, id_prefix="ex1-")
    assert sheet["part"]["instrument"] == "trumpet"
    assert all(one["svg"].startswith("<svg") for one in sheet["lines"])
    assert all(one["heads"][0].startswith("ex1-") for one in sheet["notes"])
    refused(api.get(f"{path}/{len(found['items']) + 1}/sheet"), 422, "want an exercise")
    refused(api.get(f"/licks/{uuid.uuid4()}/exercises"), 404, "lick")
