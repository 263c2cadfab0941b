"""Regions and modes of jobs, and listening to a job's recording once more."""

import json
import signal
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
import soundfile as sf

from licklab.formats.transcription_json import transcription_schema
from licklab.service.claims import RunLostError
from licklab.service.database import Database
from licklab.service.runs import Runs
from tests.integration.conftest import (
    RESULT_FILES,
    Stack,
    look,
    tone,
    upload,
    wait_for,
    wait_for_status,
)
from tests.schemas import check

PROBLEM = "application/problem+json"


def _post(api: httpx.Client, path: Path, **fields: str) -> httpx.Response:
    with path.open("rb") as file:
        return api.post("/jobs", files={"audio": (path.name, file)}, data=fields)


def _again(api: httpx.Client, job: dict[str, Any], **fields: Any) -> httpx.Response:
    return api.post(f"/jobs/{job['id']}/transcribe", json=fields)


def _result(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    answer = api.get(f"/jobs/{job['id']}/transcription")
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    check(document, transcription_schema)
    return document


def _running(api: httpx.Client, job: dict[str, Any]) -> None:
    wait_for(lambda: look(api, job)["progress"] > 0, 60.0)


def _ended(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    return wait_for_status(api, job, "READY", "FAILED")


def _files(stack: Stack, job: dict[str, Any]) -> set[str]:
    return {one.name for one in (stack.settings.data_dir / job["id"]).iterdir()}


def test_a_job_hears_the_region_and_in_the_mode_of_its_upload(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = _post(
        api, short_wav, instrument="tenor sax", mode="polyphonic", start_sec="0.9", end_sec="2.2"
    ).json()
    assert (job["mode"], job["start_sec"], job["end_sec"]) == ("polyphonic", 0.9, 2.2)
    assert (job["duration_sec"], job["result_at"]) == (3.0, None)
    with stack.worker():
        done = _ended(api, job)
    assert (done["status"], done["duration_sec"]) == ("READY", 3.0)
    assert done["result_at"] is not None
    document = _result(api, job)
    assert (document["region"], document["mode"]) == (
        {"start_sec": 0.9, "end_sec": 2.2},
        "polyphonic",
    )
    onsets = [note["onset_sec"] for note in document["notes"]]
    assert len(onsets) == done["note_count"] >= 3
    assert all(0.9 <= onset < 2.2 for onset in onsets)


def test_an_upload_without_more_hears_the_whole_as_the_instrument_is_played(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = _post(api, short_wav, instrument="guitar", start_sec="", end_sec="").json()
    assert (job["mode"], job["start_sec"], job["end_sec"]) == ("auto", None, None)
    with stack.worker():
        _ended(api, job)
    document = _result(api, job)
    assert "region" not in document
    assert document["mode"] == "polyphonic"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mode": "chords"}, "want a mode, one of auto, line, polyphonic; got 'chords'"),
        ({"start_sec": "2", "end_sec": "1"}, "start is before its end"),
        ({"start_sec": "nan"}, "got nan"),
        ({"start_sec": "-1"}, "0 or more; got -1.0"),
        ({"start_sec": "0:01"}, "want start_sec as seconds, such as 12.5; got '0:01'"),
        ({"end_sec": "5"}, "which lasts 3.00 s; got one whose end is at 5.0 s"),
        ({"start_sec": "3"}, "which lasts 3.00 s; got one whose start is at 3.0 s"),
    ],
)
def test_a_region_or_mode_that_cannot_be_is_refused(
    api: httpx.Client, stack: Stack, short_wav: Path, fields: dict[str, str], message: str
) -> None:
    before = set(stack.settings.data_dir.rglob("*"))
    answer = _post(api, short_wav, instrument="guitar", **fields)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert message in answer.json()["detail"]
    assert api.get("/jobs").json()["items"] == []
    assert set(stack.settings.data_dir.rglob("*")) == before
    # The same of a job that is there already.
    job = upload(api, short_wav)
    api.post(f"/jobs/{job['id']}/cancel")
    again = _again(api, job, **fields)
    assert (again.status_code, again.headers["content-type"]) == (422, PROBLEM)
    assert message in again.json()["detail"]
    assert look(api, job)["status"] == "FAILED"


def test_a_ready_job_is_transcribed_again_and_its_result_replaced(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    with stack.worker():
        first = _ended(api, job)
        midi = api.get(f"/jobs/{job['id']}/transcription.mid").content
        answer = _again(api, job, instrument="gtr", mode="polyphonic", start_sec=1.4)
        assert answer.status_code == 200
        again = answer.json()
        assert (again["id"], again["status"], again["progress"]) == (job["id"], "CREATED", 0.0)
        assert (again["instrument"], again["mode"]) == ("guitar", "polyphonic")
        assert (again["start_sec"], again["end_sec"]) == (1.4, None)
        assert (again["result_at"], again["attempts"]) == (first["result_at"], 0)
        second = _ended(api, job)
    assert (second["status"], second["error"], second["attempts"]) == ("READY", None, 1)
    assert second["result_at"] > first["result_at"]
    assert second["note_count"] < first["note_count"]
    document = _result(api, job)
    assert (document["instrument"], document["mode"]) == ("guitar", "polyphonic")
    assert document["region"] == {"start_sec": 1.4, "end_sec": 3.0}
    assert len(document["notes"]) == second["note_count"]
    assert api.get(f"/jobs/{job['id']}/transcription.mid").content != midi
    assert api.get(f"/jobs/{job['id']}/audio").content == short_wav.read_bytes()
    assert _files(stack, job) == RESULT_FILES | {"audio.wav"}


def test_what_is_left_out_keeps_the_jobs_value_in_every_kind_of_body(
    api: httpx.Client, short_wav: Path
) -> None:
    job = _post(api, short_wav, instrument="guitar", mode="line", start_sec="1").json()
    path = f"/jobs/{job['id']}"

    def told(answer: httpx.Response) -> tuple[Any, ...]:
        assert answer.status_code == 200, answer.text
        seen = answer.json()
        return seen["instrument"], seen["mode"], seen["start_sec"], seen["end_sec"]

    for body, expected in (
        ({}, ("guitar", "line", 1.0, None)),
        ({"json": {"end_sec": 2}}, ("guitar", "line", 1.0, 2.0)),
        ({"data": {"mode": "auto", "start_sec": "0.5"}}, ("guitar", "auto", 0.5, 2.0)),
        ({"files": {"instrument": (None, "other")}}, ("other", "auto", 0.5, 2.0)),
        ({"json": {"start_sec": None, "end_sec": None}}, ("other", "auto", None, None)),
    ):
        assert api.post(f"{path}/cancel").status_code == 200
        assert told(api.post(f"{path}/transcribe", **body)) == expected


def test_another_body_or_field_is_refused_as_a_problem(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    api.post(f"/jobs/{job['id']}/cancel")
    path = f"/jobs/{job['id']}/transcribe"
    for answer, status in (
        (api.post(path, json={"start": 1}), 422),
        (api.post(path, json=[1]), 422),
        (api.post(path, content=b"{", headers={"Content-Type": "application/json"}), 422),
        (api.post(path, files={"audio": ("a.wav", b"x")}), 422),
        (api.post(path, json={"mode": "x" * 100_000}), 413),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
        assert answer.json()["detail"].startswith("want ")
    assert look(api, job)["status"] == "FAILED"


def test_a_job_that_waits_or_runs_is_not_transcribed_again(
    api: httpx.Client, stack: Stack, long_flac: Path
) -> None:
    job = upload(api, long_flac)
    waiting = _again(api, job, mode="line")
    with stack.worker():
        _running(api, job)
        running = _again(api, job, mode="line")
        assert look(api, job)["mode"] == "auto"
        api.delete(f"/jobs/{job['id']}")
    for answer, status in ((waiting, "CREATED"), (running, "TRANSCRIBING")):
        assert (answer.status_code, answer.headers["content-type"]) == (409, PROBLEM)
        assert answer.json()["detail"] == (
            f"want a job that is READY or FAILED to transcribe again, got {status}"
        )


def test_the_earlier_result_stays_while_a_run_waits_goes_on_and_is_cancelled(
    api: httpx.Client, stack: Stack, middling_flac: Path
) -> None:
    job = _post(api, middling_flac, instrument="tenor sax", end_sec="10").json()
    path = f"/jobs/{job['id']}"
    with stack.worker():
        first = _ended(api, job)
        assert first["status"] == "READY"
    results = [api.get(f"{path}/{one}").content for one in ("transcription", "transcription.mid")]

    def is_there() -> bool:
        now = [api.get(f"{path}/{one}").content for one in ("transcription", "transcription.mid")]
        return now == results

    assert _again(api, job, end_sec=None).json()["status"] == "CREATED"
    assert is_there()
    with stack.worker():
        _running(api, job)
        assert is_there()
        cancelled = api.post(f"{path}/cancel").json()
        assert (cancelled["status"], cancelled["result_at"]) == ("FAILED", first["result_at"])
        assert cancelled["note_count"] == first["note_count"]
        # The cancelled run has lost its place: what it still writes must not be seen.
        time.sleep(2.0)
        assert is_there()
        # Retrying asks for the same again, and the result stays until then.
        assert api.post(f"{path}/retry").json()["end_sec"] is None
        assert is_there()
        done = _ended(api, job)
    assert (done["status"], done["result_at"] > first["result_at"]) == ("READY", True)
    assert "region" not in _result(api, job)
    assert _files(stack, job) == RESULT_FILES | {"audio.flac"}


def test_a_run_of_before_cannot_write_into_a_later_one(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    database = Database(stack.settings.required_database_url)
    runs, moved = Runs(database), threading.Event()
    try:
        first = runs.claim(uuid.UUID(job["id"]))
        assert first is not None
        api.post(f"/jobs/{job['id']}/cancel")
        _again(api, job, mode="polyphonic")
        second = runs.claim(uuid.UUID(job["id"]))
        assert second is not None
        assert (second.job.mode, second.run_id != first.run_id) == ("polyphonic", True)
        with pytest.raises(RunLostError):
            runs.publish(
                first,
                moved.set,
                duration_sec=1.0,
                warnings=[],
                note_count=99,
                store=lambda _: moved.set(),
            )
        with pytest.raises(RunLostError):
            runs.fail(first, "too late")
        assert not moved.is_set()
        runs.beat(second)
        seen = look(api, job)
        assert (seen["status"], seen["note_count"], seen["result_at"]) == (
            "TRANSCRIBING", None, None,
        )  # fmt: skip
    finally:
        database.close()


def test_a_failed_run_keeps_the_recording_and_the_earlier_result(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    with stack.worker():
        first = _ended(api, job)
        document = _result(api, job)
        recording = Path(job["audio_path"])
        recording.write_bytes(b"not audio any more")
        _again(api, job, mode="polyphonic")
        failed = _ended(api, job)
        assert failed["status"] == "FAILED"
        assert failed["error"].startswith("want ")
        assert (failed["result_at"], failed["note_count"]) == (
            first["result_at"], first["note_count"],
        )  # fmt: skip
        assert _result(api, job) == document
        assert api.get(f"/jobs/{job['id']}/audio").content == b"not audio any more"
        assert _files(stack, job) == RESULT_FILES | {"audio.wav"}
        recording.write_bytes(short_wav.read_bytes())
        # A failed job is transcribed again as a ready one is.
        _again(api, job, mode="line")
        done = _ended(api, job)
    assert (done["status"], done["error"]) == ("READY", None)
    assert _result(api, job)["mode"] == "line"


def test_a_cancelled_first_run_has_no_result_to_keep(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    api.post(f"/jobs/{job['id']}/cancel")
    answer = api.get(f"/jobs/{job['id']}/transcription")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "want a job that is READY, got FAILED"


def test_events_follow_the_second_run_too(api: httpx.Client, stack: Stack, tmp_path: Path) -> None:
    path = tmp_path / "minute.wav"
    sf.write(path, tone(60.0), 22_050)
    job = _post(api, path, instrument="trumpet", end_sec="5").json()
    with stack.worker():
        _ended(api, job)
    _again(api, job, end_sec=None)
    with stack.worker(), api.stream("GET", f"/jobs/{job['id']}/events", timeout=60.0) as stream:
        seen = [
            json.loads(line.removeprefix("data: "))
            for line in stream.iter_lines()
            if line.startswith("data: ")
        ]
    statuses = [one["status"] for one in seen]
    assert list(dict.fromkeys(statuses)) == ["CREATED", "TRANSCRIBING", "READY"]
    assert {one["end_sec"] for one in seen} == {None}
    assert seen[0]["result_at"] < seen[-1]["result_at"]


def test_a_stopped_workers_second_run_goes_on_elsewhere_with_the_same_wishes(
    api: httpx.Client, stack: Stack, long_flac: Path
) -> None:
    job = _post(api, long_flac, instrument="tenor sax", end_sec="5").json()
    with stack.worker() as worker:
        _ended(api, job)
        _again(api, job, start_sec=100, end_sec=None)
        _running(api, job)
        worker.send_signal(signal.SIGTERM)
        worker.wait(15)
    waiting = look(api, job)
    assert (waiting["status"], waiting["start_sec"]) == ("CREATED", 100.0)
    assert _result(api, job)["region"] == {"start_sec": 0.0, "end_sec": 5.0}
    api.post(f"/jobs/{job['id']}/cancel")
    _again(api, job, end_sec=110)
    with stack.worker():
        assert _ended(api, job)["status"] == "READY"
    assert _result(api, job)["region"] == {"start_sec": 100.0, "end_sec": 110.0}


def test_the_api_describes_it(api: httpx.Client) -> None:
    paths = api.get("/openapi.json").json()["paths"]
    body = paths["/jobs/{job_id}/transcribe"]["post"]["requestBody"]["content"]
    fields = {"instrument", "mode", "start_sec", "end_sec"}
    assert set(body) == {
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data",
    }  # fmt: skip
    assert all(set(one["schema"]["properties"]) == fields for one in body.values())
    form = paths["/jobs"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(form["properties"]) == {"audio"} | fields
    assert form["required"] == ["audio", "instrument"]
