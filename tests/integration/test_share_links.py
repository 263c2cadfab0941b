"""Attempts to reach through a share link what it does not open."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from licklab.service.assignment_tables import ShareLinkRow
from tests.integration.conftest import Stack, upload
from tests.integration.hearing import Hearer
from tests.integration.solos import bring, choose, get, licks_of
from tests.integration.test_assignments import assign, link
from tests.unit.domain.grids import blues_analysis

_BELOW = (
    "", "/worksheet.pdf", "/licks/1/sheet", "/licks/1/clip.mp3", "/licks/2/sheet",
    "/licks/2/clip.mp3",
)  # fmt: skip
_NEVER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"


@pytest.fixture
def opened(
    api: httpx.Client, hearer: Hearer, short_wav: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the path of an open link to one lick, and what must not be reached through it."""
    solo = bring(api)
    recording = upload(api, short_wav)
    hearer.publish(recording, blues_analysis())
    inside = choose(api, recording, from_sec=0.9, to_sec=2.0)
    elsewhere = licks_of(api, solo)["licks"]
    assignment = assign(api, {"lick_id": inside["id"]}, title="Open")
    other = assign(api, {"lick_id": elsewhere[0]["id"], "title": "Not yours"}, title="Closed")
    made, closed = link(api, assignment, label="for Ella"), link(api, other, label="for Bud")
    secrets = {
        "job": recording["id"],
        "other job": solo["id"],
        "lick": inside["id"],
        "other lick": elsewhere[0]["id"],
        "file": recording["filename"],
        "assignment": assignment["id"],
        "other assignment": other["id"],
        "other title": "Not yours",
        "link": made["id"],
        "other link": closed["id"],
        "other token": closed["token"],
        "label": "for Ella",
    }
    yield (
        f"/shared-assignments/{made['token']}",
        {"secrets": secrets, "notes": set(inside["note_ids"]), "made": made, "other": closed},
    )
    for one in (assignment, other):
        api.delete(one["links"]["self"])


def leaks(answer: httpx.Response, secrets: dict[str, str]) -> list[str]:
    told = answer.content.decode("utf-8", "replace") + str(answer.headers)
    return [name for name, one in secrets.items() if one in told]


def same(answer: httpx.Response) -> tuple[int, str, dict[str, str]]:
    """Give what a student can tell of an answer, but for its time and the path below the link."""
    headers = {name: one for name, one in answer.headers.items() if name != "date"}
    body = re.sub(r'"instance":"[^"]*"', "", answer.text)
    return answer.status_code, body, {**headers, "content-length": ""}


def test_what_opens_nothing_is_all_the_same(
    api: httpx.Client, hearer: Hearer, opened: tuple[str, dict[str, Any]]
) -> None:
    path, more = opened
    token = path.rpartition("/")[2]
    assert api.get(path).is_success
    body = {"student": "x", "version": "x", "answers": []}

    def tell(one: str) -> list[Any]:
        base = f"/shared-assignments/{one}"
        told = [(api.get(base + below), f"{base}{below}") for below in _BELOW]
        told.append((api.post(f"{base}/answers", json=body), base))
        for answer, where in told:
            assert answer.status_code == 404, where
            assert one not in answer.text
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["referrer-policy"] == "no-referrer"
        return [(same(answer), answer.json()["instance"]) for answer, _ in told]

    never = tell(_NEVER)
    assert {one[0][1] for one in never} == {never[0][0][1]}
    malformed = ("x", token[:-1], token + "a", token.swapcase(), "%00", "%F0%9F%8E%B7", "a" * 5000)
    for one in (*malformed, str(uuid.uuid4()), more["made"]["id"], "%ff%fe", "'%20OR%201=1--"):
        assert tell(one) == never
    row = update(ShareLinkRow).where(ShareLinkRow.id == uuid.UUID(more["made"]["id"]))
    past = datetime.now(UTC) - timedelta(seconds=1)
    with hearer.database.transaction() as session:
        session.execute(row.values(expires_at=past))
    assert tell(token) == never
    with hearer.database.transaction() as session:
        session.execute(row.values(expires_at=datetime.now(UTC) + timedelta(days=1)))
    assert api.get(path).is_success
    assignment = more["secrets"]["assignment"]
    api.delete(f"/assignments/{assignment}/links/{more['made']['id']}")
    assert tell(token) == never
    api.delete(f"/assignments/{assignment}")
    assert tell(token) == never


def test_a_lick_that_is_not_in_the_assignment_is_not_there(
    api: httpx.Client, opened: tuple[str, dict[str, Any]]
) -> None:
    path, more = opened
    for number in (
        "0", "2", "-1", "99999999999999999999999", "1.0", "1e0", "+1", "01", "%2B1", "%201", "1%20",
        "1%00", "%D9%A1", "1%2F..%2F1", "..", "%2e%2e", "one", "null", "1;2", "1,2", "*",
    ):  # fmt: skip
        for below in ("sheet", "clip.mp3"):
            url = api.base_url.copy_with(raw_path=f"{path}/licks/{number}/{below}".encode())
            answer = api.send(api.build_request("GET", url))
            assert answer.status_code == 404, number
            assert not leaks(answer, more["secrets"])


def test_ids_of_others_open_nothing(api: httpx.Client, opened: tuple[str, dict[str, Any]]) -> None:
    path, more = opened
    for one in more["secrets"].values():
        for below in (f"/licks/{one}/sheet", f"/licks/{one}/clip.mp3", f"/{one}", f"/jobs/{one}"):
            assert api.get(path + below).status_code == 404
    token = path.rpartition("/")[2]
    for base in (
        "/jobs",
        "/licks",
        "/assignments",
        "/solos/x/../../jobs",
        "/shared-assignments/..",
    ):
        for below in ("", "/audio", "/results", "/links", "/sheet", "/worksheet.pdf"):
            assert api.get(f"{base}/{token}{below}").status_code in {404, 405}


def test_nothing_that_is_not_the_students_is_told(
    api: httpx.Client, stack: Stack, opened: tuple[str, dict[str, Any]]
) -> None:
    path, more = opened
    secrets = {**more["secrets"], "folder": str(stack.settings.data_dir), "stem": "short"}
    answers = [api.get(path + below) for below in _BELOW[:4]]
    assert [one.status_code for one in answers] == [200] * 4
    version = answers[0].json()["version"]
    body = {"student": "Ella", "version": version, "answers": []}
    answers.append(api.post(f"{path}/answers", json=body))
    assert answers[-1].status_code == 201
    answers += [
        api.get(f"{path}/licks/1/sheet?part=kazoo"),
        api.get(f"{path}/licks/1/clip.mp3?speed=1"),
        api.post(f"{path}/answers", json={**body, "version": "0"}),
        api.post(f"{path}/answers", content=b"{"),
        api.delete(path),
        api.patch(path, json={}),
    ]
    for one in answers:
        assert not leaks(one, secrets), one.url.path.rpartition("/")[2]
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["referrer-policy"] == "no-referrer"
        assert one.headers["x-robots-tag"] == "noindex"
    told = {one["id"] for one in answers[2].json()["notes"]}
    assert told == more["notes"]


def test_a_link_changes_nothing_but_answers(
    api: httpx.Client, opened: tuple[str, dict[str, Any]]
) -> None:
    path, _ = opened
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for below in _BELOW:
            assert api.request(method, path + below, json={}).status_code == 405
    for below in ("/answers", "/results", "/links", "/licks", "/licks/1", "/licks/1/audio"):
        assert api.get(path + below).status_code in {404, 405}


def test_a_job_whose_recording_is_gone_is_silent(
    api: httpx.Client, stack: Stack, opened: tuple[str, dict[str, Any]]
) -> None:
    path, more = opened
    folder = stack.settings.data_dir / more["secrets"]["job"]
    (folder / "audio.wav").unlink()
    answer = api.get(f"{path}/licks/1/clip.mp3")
    assert answer.status_code == 404
    assert not leaks(answer, {**more["secrets"], "folder": str(stack.settings.data_dir)})
    (folder / "transcription.json").unlink()
    # No error tells that there was one.
    answer = api.get(path)
    assert answer.json()["licks"] == []
    assert api.get(f"{path}/licks/1/sheet").status_code == 404


_PARTS = st.lists(
    st.sampled_from(
        ["licks", "1", "2", "sheet", "clip.mp3", "worksheet.pdf", "answers", "..", ".", "%2e%2e",
         "%2F", "", "jobs", "assignments", "links", "results", "results.csv", "audio", "sound",
         "transcription", "%00", "~", "{token}"]
    ),
    max_size=6,
)  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(parts=_PARTS, other=st.sampled_from(["", "?part=concert", "?receipt=x", "?key=Eb"]))
def test_whatever_is_asked_below_a_link_only_its_own_lick_is_told(
    api: httpx.Client, opened: tuple[str, dict[str, Any]], parts: list[str], other: str
) -> None:
    path, more = opened
    below = "/".join(parts).replace("{token}", more["other"]["token"])
    # Sent as it is: the client would take dots out of it.
    url = api.base_url.copy_with(raw_path=f"{path}/{below}{other}".encode())
    # A slash too many is answered with the address that is meant, whatever the link is.
    answer = api.send(api.build_request("GET", url), follow_redirects=True)
    assert answer.status_code in {200, 404, 405, 422}
    if answer.status_code == 200:
        secrets = {name: one for name, one in more["secrets"].items() if name != "other token"}
        assert not leaks(answer, secrets)
        named = set(re.findall(r'"id":"(n\d+)"', answer.text))
        assert named <= more["notes"]


def test_many_answers_at_once_are_counted(
    api: httpx.Client, opened: tuple[str, dict[str, Any]]
) -> None:
    path, more = opened
    version = get(api, path)["version"]
    for k in range(5):
        body = {"student": f"S{k}", "version": version, "answers": []}
        assert api.post(f"{path}/answers", json=body).status_code == 201
    items = get(api, f"/assignments/{more['secrets']['assignment']}/links")["items"]
    assert [one["n_answers"] for one in items] == [5]
