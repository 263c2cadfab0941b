"""The contract of the API, on real servers and without a worker."""

import threading
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from licklab.service.database import Database
from licklab.service.tables import Job, JobStatus
from tests.integration.conftest import Stack, look, upload, wait_for

PROBLEM = "application/problem+json"


def test_health_is_the_contract_word_for_word(api: httpx.Client) -> None:
    answer = api.get("/health")
    assert (answer.status_code, answer.text) == (200, '{"status":"ok"}')


def test_ready_names_the_missing_worker_and_nothing_else(api: httpx.Client) -> None:
    answer = api.get("/ready")
    checks = answer.json()["checks"]
    assert set(checks) == {"database", "queue", "storage", "workers", "models"}
    assert answer.status_code == 503
    assert [name for name, check in checks.items() if not check["ok"]] == ["workers"]


def test_an_upload_answers_with_the_job(api: httpx.Client, stack: Stack, short_wav: Path) -> None:
    job = upload(api, short_wav, "guitar")
    assert uuid.UUID(job["id"])
    assert job["status"] == "CREATED"
    assert job["instrument"] == "guitar"
    assert job["error"] is None
    assert job["audio_path"] == str(stack.settings.data_dir / job["id"] / "audio.wav")
    assert Path(job["audio_path"]).read_bytes() == short_wav.read_bytes()
    created = datetime.fromisoformat(job["created_at"])
    assert created.tzinfo is not None
    assert abs((datetime.now(UTC) - created).total_seconds()) < 60
    assert job["filename"] == "short.wav"
    assert job["duration_sec"] == pytest.approx(3.0, abs=0.01)
    assert look(api, job) == job


def test_an_alias_becomes_the_instruments_id(api: httpx.Client, short_wav: Path) -> None:
    assert upload(api, short_wav, "Vocals")["instrument"] == "voice"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("POST", "/retry"), ("POST", "/transcribe"),
     ("GET", "/events"), ("GET", "/audio"), ("GET", "/transcription"),
     ("GET", "/transcription.mid")],
)  # fmt: skip
def test_an_unknown_id_is_a_404_problem(api: httpx.Client, method: str, path: str) -> None:
    answer = api.request(method, f"/jobs/{uuid.uuid4()}{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert problem["status"] == 404
    assert "want the id of a job" in problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/jobs/no-uuid", 404),
        ("GET", "/nothing/here", 404),
        ("PUT", "/jobs", 405),
        ("GET", "/jobs?limit=0", 422),
        ("GET", "/jobs?status=DONE", 422),
        ("GET", "/jobs?cursor=nonsense", 422),
        ("GET", "/jobs?instrument=kazoo", 422),
        ("POST", "/jobs", 422),
    ],
)
def test_every_error_is_a_problem(api: httpx.Client, method: str, path: str, status: int) -> None:
    answer = api.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert set(problem) >= {"type", "title", "status", "detail", "instance"}
    assert problem["status"] == status
    assert problem["detail"].startswith("want ")


def test_jobs_are_listed_newest_first_in_pages(api: httpx.Client, short_wav: Path) -> None:
    made = [upload(api, short_wav)["id"] for _ in range(5)]
    seen: list[str] = []
    cursor = None
    for expected in (2, 2, 1):
        page = api.get(
            "/jobs", params={"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        assert len(page["items"]) == expected
        seen += [job["id"] for job in page["items"]]
        cursor = page["next"]
    assert cursor is None
    assert seen == made[::-1]


def test_jobs_are_filtered_by_status_and_instrument(api: httpx.Client, short_wav: Path) -> None:
    guitar, sax = upload(api, short_wav, "guitar"), upload(api, short_wav, "ts")
    api.post(f"/jobs/{sax['id']}/cancel")

    def ids(**query: str) -> list[str]:
        return [job["id"] for job in api.get("/jobs", params=query).json()["items"]]

    assert ids(instrument="gtr") == [guitar["id"]]
    assert ids(status="FAILED") == [sax["id"]]
    assert ids(status="CREATED", instrument="tenor sax") == []


def test_a_waiting_job_is_cancelled_and_retried(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    cancelled = api.post(f"/jobs/{job['id']}/cancel")
    assert cancelled.status_code == 200
    assert cancelled.json()["status"] == "FAILED"
    assert "cancelled" in cancelled.json()["error"]
    assert api.post(f"/jobs/{job['id']}/cancel").status_code == 409
    retried = api.post(f"/jobs/{job['id']}/retry").json()
    assert (retried["status"], retried["error"]) == ("CREATED", None)
    assert api.post(f"/jobs/{job['id']}/retry").status_code == 409


def test_deleting_removes_row_files_and_message(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    before = api.get("/ready").json()["checks"]["queue"]["detail"]
    assert before == "answers, 1 waiting"
    answer = api.delete(f"/jobs/{job['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get(f"/jobs/{job['id']}").status_code == 404
    assert not (stack.settings.data_dir / job["id"]).exists()
    assert api.get("/ready").json()["checks"]["queue"]["detail"] == "answers, 0 waiting"


def test_deleting_succeeds_while_a_worker_writes_its_drafts(
    api: httpx.Client, short_wav: Path
) -> None:
    def write_drafts(folder: Path) -> None:
        with suppress(FileNotFoundError):
            for number in count():
                (folder / f".draft-{number}").touch()

    for _ in range(5):
        folder = Path((job := upload(api, short_wav))["audio_path"]).parent
        writer = threading.Thread(target=write_drafts, args=(folder,))
        writer.start()
        wait_for(lambda: len(list(folder.iterdir())) > 50)  # noqa: B023 - awaited here
        assert api.delete(f"/jobs/{job['id']}").status_code == 204
        writer.join(5.0)
        assert not writer.is_alive()
        assert not folder.exists()


def test_the_recording_is_served_in_ranges(api: httpx.Client, short_wav: Path) -> None:
    job, content = upload(api, short_wav), short_wav.read_bytes()
    whole = api.get(f"/jobs/{job['id']}/audio")
    assert (whole.status_code, whole.content) == (200, content)
    assert whole.headers["content-type"] == "audio/wav"
    assert whole.headers["accept-ranges"] == "bytes"
    head = api.head(f"/jobs/{job['id']}/audio")
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(content)))
    part = api.get(f"/jobs/{job['id']}/audio", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    tail = api.get(f"/jobs/{job['id']}/audio", headers={"Range": "bytes=-10"})
    assert (tail.status_code, tail.content) == (206, content[-10:])
    beyond = api.get(f"/jobs/{job['id']}/audio", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"].endswith(f"*/{len(content)}")
    malformed = api.get(f"/jobs/{job['id']}/audio", headers={"Range": "bytes=x"})
    assert malformed.status_code == 400
    for answer in (beyond, malformed):
        assert answer.headers["content-type"] == PROBLEM
        assert "want a range of bytes" in answer.json()["detail"]


def test_files_that_have_vanished_are_404_problems(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    database = Database(stack.settings.required_database_url)
    with database.transaction() as session:
        session.execute(
            update(Job).where(Job.id == uuid.UUID(job["id"])).values(status=JobStatus.READY)
        )
    database.close()
    Path(job["audio_path"]).unlink()
    for name, what in (
        ("audio", "recording"),
        ("transcription", "result"),
        ("transcription.mid", "result"),
    ):
        answer = api.get(f"/jobs/{job['id']}/{name}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == PROBLEM
        assert f"want the {what} of the job {job['id']}" in answer.json()["detail"]
    assert api.head(f"/jobs/{job['id']}/audio").status_code == 404


def test_results_are_not_there_before_ready(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    for name in ("transcription", "transcription.mid"):
        answer = api.get(f"/jobs/{job['id']}/{name}")
        assert answer.status_code == 409
        assert answer.json()["detail"] == "want a job that is READY, got CREATED"


def test_instruments_are_listed_with_what_a_part_needs(api: httpx.Client) -> None:
    listed = {one["id"]: one for one in api.get("/instruments").json()}
    assert listed["alto_sax"]["transposition_semitones"] == 9
    assert listed["piano"]["texture"] == "polyphonic"
    assert {"lowest_midi", "highest_midi", "clef", "aliases", "name"} <= set(listed["bass"])


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_cannot_change_anything(
    api: httpx.Client, short_wav: Path, headers: dict[str, str]
) -> None:
    job = upload(api, short_wav)
    assert api.delete(f"/jobs/{job['id']}", headers=headers).status_code == 403
    assert look(api, job)["status"] == "CREATED"


def test_the_services_own_page_may_change_things(api: httpx.Client, short_wav: Path) -> None:
    own = {"Sec-Fetch-Site": "same-origin", "Origin": str(api.base_url).rstrip("/")}
    assert api.delete(upload(api, short_wav)["links"]["self"], headers=own).status_code == 204


def test_a_rebound_host_name_is_refused(api: httpx.Client) -> None:
    answer = api.get("/jobs", headers={"Host": "evil.example:8000"})
    assert answer.status_code == 421
    assert "evil.example" in answer.json()["detail"]
    assert api.get("/jobs", headers={"Host": "LOCALHOST:1"}).status_code == 200


def test_the_openapi_document_is_complete(api: httpx.Client) -> None:
    document = api.get("/openapi.json").json()
    operations = {
        (method.upper(), path) for path, methods in document["paths"].items() for method in methods
    }
    assert operations >= {
        ("GET", "/health"), ("GET", "/ready"), ("POST", "/jobs"), ("GET", "/jobs"),
        ("GET", "/jobs/{job_id}"), ("DELETE", "/jobs/{job_id}"),
        ("POST", "/jobs/{job_id}/cancel"), ("POST", "/jobs/{job_id}/retry"),
        ("GET", "/jobs/{job_id}/events"), ("GET", "/jobs/{job_id}/audio"),
        ("GET", "/jobs/{job_id}/transcription"), ("GET", "/jobs/{job_id}/transcription.mid"),
        ("GET", "/instruments"),
    }  # fmt: skip
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            for status, response in operation["responses"].items():
                if int(status) >= 400 and path != "/ready":
                    assert PROBLEM in response["content"], (method, path, status)
    form = document["paths"]["/jobs"]["post"]["requestBody"]["content"]["multipart/form-data"]
    assert form["schema"]["required"] == ["audio", "instrument"]
    assert document["components"]["schemas"]["JobOut"]["example"]["status"] == "CREATED"


def test_the_api_pages_ask_no_other_host(api: httpx.Client) -> None:
    page = api.get("/docs").text
    assert "http://" not in page
    assert "https://" not in page
