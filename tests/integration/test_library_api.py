"""Titles, tags and the ways to find a job among many."""

import base64
import json
import uuid
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile as sf

from tests.integration.conftest import look, upload
from tests.integration.solos import bring

PROBLEM = "application/problem+json"


def describe(api: httpx.Client, job: dict[str, Any], **said: object) -> dict[str, Any]:
    answer = api.patch(f"/jobs/{job['id']}", json=said)
    assert answer.status_code == 200, answer.text
    described: dict[str, Any] = answer.json()
    return described


def listed(api: httpx.Client, **query: str) -> list[str]:
    answer = api.get("/jobs", params=query)
    assert answer.status_code == 200, answer.text
    return [job["id"] for job in answer.json()["items"]]


def test_a_job_is_called_as_its_file_until_somebody_says_otherwise(
    api: httpx.Client, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    assert (job["title"], job["tags"], job["has_audio"]) == ("short", [], True)
    assert job["links"]["solo"] == f"/solos/{job['id']}"
    named = describe(api, job, title="  Blues  ", tags=["to learn", " Blues ", "blues"])
    assert (named["title"], named["tags"]) == ("Blues", ["to learn", "Blues"])
    assert look(api, job) == named
    assert describe(api, job, tags=[])["title"] == "Blues"
    assert describe(api, job, title=None) | {"updated_at": ""} == job | {"updated_at": ""}


@pytest.mark.parametrize(
    ("said", "detail"),
    [
        ({"title": "x" * 201}, "at most 200 characters, got 201"),
        ({"title": "a\tb"}, "control characters, got U+0009"),
        ({"title": "solo \u202e3pm.exe"}, "control characters, got U+202E"),
        ({"title": 3}, "want title to be a valid string"),
        ({"tags": ["x" * 41]}, "at most 40 characters, got 41"),
        ({"tags": [" "]}, "got an empty one"),
        ({"tags": ["a\nb"]}, "control characters, got U+000A"),
        ({"tags": [str(number) for number in range(21)]}, "at most 20 tags, got 21"),
        ({"tags": None}, "want tags to be a valid "),
        ({"colour": "blue"}, "want no member colour"),
    ],
)
def test_what_cannot_be_a_title_or_a_tag_is_refused_and_changes_nothing(
    api: httpx.Client, short_wav: Path, said: dict[str, Any], detail: str
) -> None:
    job = upload(api, short_wav)
    answer = api.patch(f"/jobs/{job['id']}", json={"title": "Blues", **said})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert detail in answer.json()["detail"]
    assert look(api, job) == job


def test_half_a_surrogate_is_refused(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    body = b'{"title": "\\ud83c"}'
    assert api.patch(f"/jobs/{job['id']}", content=body).status_code == 422
    assert api.patch(f"/jobs/{uuid.uuid4()}", json={"title": "x"}).status_code == 404


def test_pages_and_files_have_the_title(api: httpx.Client) -> None:
    job = bring(api)
    assert (job["title"], job["has_audio"]) == ("third-shelf-blues", False)
    describe(api, job, title='A/B "Tune" <b>')
    page = api.get(f"/jobs/{job['id']}/score.musicxml")
    assert "A/B &quot;Tune&quot; &lt;b&gt;" in page.text or 'A/B "Tune" &lt;b&gt;' in page.text
    for path in ("score.musicxml", "transcription.mid"):
        disposition = api.get(f"/jobs/{job['id']}/{path}").headers["content-disposition"]
        assert "filename*=utf-8''A-B%20%22Tune%22%20%3Cb%3E." in disposition
    own = api.get(f"/jobs/{job['id']}/score.musicxml", params={"title": "Mine"}).text
    assert "Mine" in own
    assert "Tune" not in own


def test_a_job_tells_its_key_and_tempo_as_they_are_mended(
    api: httpx.Client, short_wav: Path
) -> None:
    waiting, solo = upload(api, short_wav), bring(api)
    assert (waiting["key"], waiting["tempo_bpm"]) == (None, None)
    heard = api.get(f"/jobs/{solo['id']}/analysis").json()
    assert (solo["key"], solo["tempo_bpm"]) == (heard["key"], heard["tempo_bpm"])
    api.put(f"/jobs/{solo['id']}/key", json={"key": "Eb:minor"}).raise_for_status()
    assert look(api, solo)["key"] == "Eb:minor"
    assert [one["key"] for one in api.get("/jobs").json()["items"]] == ["Eb:minor", None]
    api.post(f"/jobs/{solo['id']}/undo").raise_for_status()
    assert look(api, solo)["key"] == heard["key"] is not None


def test_a_job_is_found_by_each_of_its_words(api: httpx.Client, short_wav: Path) -> None:
    sax = describe(api, upload(api, short_wav), title="50% Off_Blues", tags=["Über"])
    guitar = upload(api, short_wav, "guitar")
    assert listed(api, q="blues") == listed(api, q="OFF_b tenor") == [sax["id"]]
    assert listed(api, q="über") == listed(api, q="0% short.WAV") == [sax["id"]]
    assert listed(api, q="gtr") == [guitar["id"]]
    assert listed(api, q="blues guitar") == []
    # The signs that stand for anything stand for themselves.
    assert listed(api, q="%off") == listed(api, q="5_%") == listed(api, q="\\") == []
    assert listed(api, q="short") == listed(api, q=" ") == [guitar["id"], sax["id"]]
    assert api.get("/jobs", params={"q": "a\0b"}).status_code == 422


def test_tags_are_counted_and_followed_in_any_case(api: httpx.Client, short_wav: Path) -> None:
    assert api.get("/tags").json() == {"items": []}
    one, two, three = (upload(api, short_wav) for _ in range(3))
    describe(api, one, tags=["Blues", "to learn"])
    describe(api, two, tags=["Blues"])
    describe(api, three, tags=["blues"])
    assert api.get("/tags").json() == {
        "items": [{"tag": "Blues", "count": 3}, {"tag": "to learn", "count": 1}]
    }
    assert listed(api, tag="bLUES") == [three["id"], two["id"], one["id"]]
    assert listed(api, tag="to learn", q="short") == [one["id"]]
    assert listed(api, tag="Blue") == []


@pytest.fixture
def three_jobs(api: httpx.Client, short_wav: Path, tmp_path: Path) -> list[str]:
    """Give jobs by the names `b`, `A` and `c`, in this order, the middle one the longest."""
    longer = tmp_path / "A.wav"
    sf.write(longer, np.concatenate([sf.read(short_wav)[0]] * 2), 22_050)
    first = describe(api, upload(api, short_wav), title="b")
    second = upload(api, longer)
    third = describe(api, upload(api, short_wav), title="c")
    return [first["id"], second["id"], third["id"]]


def test_jobs_are_listed_in_each_order_page_by_page(
    api: httpx.Client, three_jobs: list[str]
) -> None:
    first, second, third = three_jobs
    orders = {
        "newest": [third, second, first],
        "oldest": [first, second, third],
        "title": [second, first, third],
        "longest": [second, *sorted((first, third), reverse=True)],
    }
    cursors: dict[str, str] = {}
    for sort, expected in orders.items():
        seen: list[str] = []
        query: dict[str, Any] = {"sort": sort, "limit": 1}
        while query.get("cursor", "") is not None:
            page = api.get("/jobs", params=query).json()
            seen += [job["id"] for job in page["items"]]
            cursors.setdefault(sort, page["next"])
            query["cursor"] = page["next"]
        assert seen == expected, sort
    mixed = api.get("/jobs", params={"sort": "title", "cursor": cursors["longest"]})
    assert mixed.status_code == 422


@pytest.mark.parametrize("key", [None, 3, "a\0", "\ud800", [], {}, "x" * 10])
@pytest.mark.parametrize("sort", ["newest", "title", "longest"])
def test_a_forged_cursor_is_refused_or_harmless(api: httpx.Client, sort: str, key: object) -> None:
    place = json.dumps([sort, key, str(uuid.uuid4())])
    cursor = base64.urlsafe_b64encode(place.encode()).decode()
    answer = api.get("/jobs", params={"sort": sort, "cursor": cursor})
    assert answer.status_code == (200 if sort == "title" and key == "x" * 10 else 422)
