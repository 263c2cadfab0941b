"""Jobs with real workers, also when these are killed, stopped, or cut off."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
import pytest
import soundfile as sf

import licklab
from licklab.formats.transcription_json import read_transcription, transcription_schema
from licklab.service import migrate
from licklab.service.database import Database
from licklab.service.embedded.postgres import EmbeddedPostgres
from licklab.service.embedded.redis import EmbeddedRedis
from licklab.service.queue import JobQueue, connect
from licklab.service.tables import Job
from tests.integration.conftest import (
    RESULT_FILES,
    Stack,
    free_port,
    look,
    upload,
    wait_for,
    wait_for_status,
)
from tests.schemas import check


@pytest.fixture
def scheduler(stack: Stack) -> Iterator[None]:
    with stack.scheduler():
        yield


def _running(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    """Wait until a worker is in the middle of a job."""

    def in_the_middle() -> dict[str, Any] | None:
        seen = look(api, job)
        assert seen["status"] in ("CREATED", "TRANSCRIBING"), seen
        return seen if seen["progress"] > 0 else None

    seen: dict[str, Any] = wait_for(in_the_middle, 60.0)
    return seen


def _files(stack: Stack, job: dict[str, Any]) -> set[str]:
    directory = stack.settings.data_dir / job["id"]
    return {path.name for path in directory.iterdir()} if directory.exists() else set()


def test_a_job_gets_ready_with_what_the_library_hears(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    with stack.worker():
        done = wait_for_status(api, job, "READY", "FAILED")
    assert (done["status"], done["error"], done["progress"]) == ("READY", None, 1.0)
    document = api.get(f"/jobs/{job['id']}/transcription").json()
    check(document, transcription_schema)
    heard = read_transcription(json.dumps(document).encode())
    expected = licklab.transcribe(short_wav, "tenor sax")
    assert len(heard.notes) == len(expected.notes) == done["note_count"] > 0
    assert {note.pitch_midi for note in heard.notes} == {69}
    assert heard.source.filename == "short.wav"
    midi = api.get(f"/jobs/{job['id']}/transcription.mid")
    assert midi.headers["content-type"] == "audio/midi"
    assert midi.content.startswith(b"MThd")
    assert _files(stack, job) == RESULT_FILES | {"audio.wav"}


def test_events_tell_the_progress_to_the_end(
    api: httpx.Client, stack: Stack, middling_flac: Path
) -> None:
    job = upload(api, middling_flac)
    with stack.worker(), api.stream("GET", f"/jobs/{job['id']}/events", timeout=90.0) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        seen = [
            json.loads(line.removeprefix("data: "))
            for line in stream.iter_lines()
            if line.startswith("data: ")
        ]
    assert seen[0]["status"] == "CREATED"
    assert seen[-1]["status"] == "READY"
    middle = [one for one in seen if one["status"] == "TRANSCRIBING"]
    fractions = [one["progress"] for one in middle]
    assert len(set(fractions)) > 2
    assert fractions == sorted(fractions)
    assert any(one["eta_sec"] for one in middle)
    assert {one["stage"] for one in middle if one["stage"]} >= {"listening"}


@pytest.mark.usefixtures("scheduler")
def test_a_killed_workers_job_is_run_again_elsewhere(
    api: httpx.Client, stack: Stack, middling_flac: Path
) -> None:
    job = upload(api, middling_flac)
    with stack.worker() as victim:
        _running(api, job)
        victim.kill()
        victim.wait()
        killed = time.monotonic()
        with stack.worker():
            wait_for(lambda: look(api, job)["attempts"] == 2, 30.0)
            assert time.monotonic() - killed < 30.0
            done = wait_for_status(api, job, "READY", "FAILED")
    assert (done["status"], done["attempts"]) == ("READY", 2)
    assert _files(stack, job) == RESULT_FILES | {"audio.flac"}


@pytest.mark.usefixtures("scheduler")
def test_after_three_killed_workers_the_job_has_failed_with_the_reason(
    api: httpx.Client, stack: Stack, long_flac: Path
) -> None:
    job = upload(api, long_flac)
    for attempt in (1, 2, 3):
        with stack.worker() as victim:
            wait_for(lambda: look(api, job)["attempts"] == attempt, 30.0)  # noqa: B023 - awaited here
            _running(api, job)
            victim.kill()
            victim.wait()
    failed = wait_for_status(api, job, "READY", "FAILED")
    assert failed["status"] == "FAILED"
    assert "3 times" in failed["error"]
    assert _files(stack, job) == {"audio.flac"}


def test_a_stopped_worker_gives_its_job_back_uncounted(
    api: httpx.Client, stack: Stack, long_flac: Path
) -> None:
    job = upload(api, long_flac)
    with stack.worker() as worker:
        _running(api, job)
        worker.send_signal(signal.SIGTERM)
        worker.wait(15)
    waiting = look(api, job)
    assert (waiting["status"], waiting["attempts"]) == ("CREATED", 0)
    assert _files(stack, job) == {"audio.flac"}


def test_a_running_job_is_cancelled_and_its_worker_goes_on(
    api: httpx.Client, stack: Stack, long_flac: Path, short_wav: Path
) -> None:
    job = upload(api, long_flac)
    with stack.worker():
        _running(api, job)
        assert api.post(f"/jobs/{job['id']}/cancel").json()["status"] == "FAILED"
        begun = time.monotonic()
        # The same worker takes the next job well before the long one could have ended.
        assert wait_for_status(api, upload(api, short_wav), "READY", "FAILED")["status"] == "READY"
        assert time.monotonic() - begun < 15.0
        cancelled = look(api, job)
        assert cancelled["status"] == "FAILED"
        assert "cancelled" in cancelled["error"]
        assert _files(stack, job) == {"audio.flac"}


def test_a_job_deleted_while_it_runs_leaves_nothing(
    api: httpx.Client, stack: Stack, long_flac: Path, short_wav: Path
) -> None:
    job = upload(api, long_flac)
    with stack.worker():
        _running(api, job)
        assert api.delete(f"/jobs/{job['id']}").status_code == 204
        wait_for_status(api, upload(api, short_wav), "READY")
    assert _files(stack, job) == set()
    assert api.get(f"/jobs/{job['id']}").status_code == 404


def test_a_doubled_message_gives_one_result(
    api: httpx.Client, stack: Stack, middling_flac: Path
) -> None:
    job = upload(api, middling_flac)
    queue = JobQueue(connect(stack.settings.required_redis_url), 600)
    queue.put(uuid.UUID(job["id"]))
    with stack.worker(), stack.worker():
        done = wait_for_status(api, job, "READY", "FAILED")
        content = api.get(f"/jobs/{job['id']}/transcription").content
        wait_for(lambda: not queue.waiting())
        time.sleep(1.0)
        assert look(api, job)["attempts"] == done["attempts"] == 1
        assert api.get(f"/jobs/{job['id']}/transcription").content == content
    assert _files(stack, job) == RESULT_FILES | {"audio.flac"}


def test_a_job_that_takes_too_long_fails_and_its_worker_goes_on(
    api: httpx.Client, stack: Stack, long_flac: Path, short_wav: Path
) -> None:
    job = upload(api, long_flac)
    patient = JobQueue(connect(stack.settings.required_redis_url), 600)
    patient.remove(uuid.UUID(job["id"]))
    JobQueue(connect(stack.settings.required_redis_url), 1).put(uuid.UUID(job["id"]))
    with stack.worker():
        failed = wait_for_status(api, job, "READY", "FAILED")
        assert failed["status"] == "FAILED"
        assert "longer than" in failed["error"]
        assert wait_for_status(api, upload(api, short_wav), "READY", "FAILED")["status"] == "READY"
    assert _files(stack, job) == {"audio.flac"}


# A worker's side of one job, whose decoder never comes back: no Python runs in it, so no signal is
# heard. Nothing but the listener is a stand-in.
_HANGING = """
import ctypes, sys, uuid
from licklab.service.database import Database
from licklab.service.runs import Runs
from licklab.service.settings import Settings
from licklab.service.storage import LocalStorage
from licklab.service.worker.task import JobRunner

class Hanging:
    def hear(self, *_, **__):
        getattr(ctypes, sys.argv[3])(None).sleep(120)

settings = Settings()
runs = Runs(Database(settings.required_database_url))
storage = LocalStorage(settings.data_dir)
JobRunner(runs, storage, Hanging(), 0.3, float(sys.argv[2])).run(uuid.UUID(sys.argv[1]))
"""


def _start_hanging(
    stack: Stack, job: dict[str, Any], hung_after_sec: float, library: str = "CDLL"
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HANGING, job["id"], str(hung_after_sec), library],
        env={**os.environ, **stack.settings.environment()},
        stderr=subprocess.PIPE,
        text=True,
    )


def _words_at_the_end(process: subprocess.Popen[str]) -> str:
    try:
        return process.communicate(timeout=20.0)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise


def test_a_job_that_hangs_in_native_code_fails_and_ends_its_worker(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    words = _words_at_the_end(process := _start_hanging(stack, job, 1.0))
    assert process.returncode == 1
    # Who operates it learns where it was stuck.
    assert "in hear" in words
    failed = look(api, job)
    assert (failed["status"], failed["attempts"]) == ("FAILED", 1)
    assert "longer than" in failed["error"]


def test_a_decoder_that_hangs_and_lets_no_thread_run_ends_its_worker_too(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    # Unlike CDLL, PyDLL keeps the interpreter's lock, as the AAC decoder does.
    words = _words_at_the_end(process := _start_hanging(stack, job, 1.0, "PyDLL"))
    assert process.returncode == 1
    assert "in hear" in words
    # Nobody could say so in the database: the reconciler will find that the lease ran out.
    assert look(api, job)["status"] == "TRANSCRIBING"


def test_a_cancelled_job_that_hangs_in_native_code_ends_its_worker_too(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    process = _start_hanging(stack, job, 3.0)
    try:
        wait_for(lambda: look(api, job)["status"] == "TRANSCRIBING")
        api.post(f"/jobs/{job['id']}/cancel")
    finally:
        _words_at_the_end(process)
    assert process.returncode == 1
    assert "cancelled" in look(api, job)["error"]


def test_a_file_damaged_after_the_upload_fails_with_a_sentence(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    Path(job["audio_path"]).write_bytes(b"not audio any more")
    with stack.worker():
        failed = wait_for_status(api, job, "READY", "FAILED")
    assert failed["status"] == "FAILED"
    assert failed["error"].startswith("want ")
    assert "Traceback" not in failed["error"]


def test_a_silent_recording_is_ready_without_notes(
    api: httpx.Client, stack: Stack, tmp_path: Path
) -> None:
    path = tmp_path / "silence.wav"
    sf.write(path, np.zeros(44_100, np.float32), 44_100)
    job = upload(api, path)
    with stack.worker():
        done = wait_for_status(api, job, "READY", "FAILED")
    assert (done["status"], done["note_count"]) == ("READY", 0)


def test_a_truncated_recording_is_ready_with_a_warning(
    api: httpx.Client, stack: Stack, short_wav: Path, tmp_path: Path
) -> None:
    content = short_wav.read_bytes()
    path = tmp_path / "cut.wav"
    path.write_bytes(content[: len(content) // 2])
    job = upload(api, path)
    with stack.worker():
        done = wait_for_status(api, job, "READY", "FAILED")
    assert done["status"] == "READY"
    assert done["duration_sec"] == pytest.approx(1.5, abs=0.01)
    assert ["cut off" in one for one in done["warnings"]] == [True]
    assert api.get(f"/jobs/{job['id']}/transcription").json()["warnings"] == done["warnings"]


def test_jobs_run_in_the_worker_itself_and_the_api_never_loads_models(
    api: httpx.Client, stack: Stack, short_wav: Path
) -> None:
    with stack.worker() as worker:
        for _ in range(3):
            done = wait_for_status(api, upload(api, short_wav), "READY", "FAILED")
            assert done["status"] == "READY"
        assert worker.poll() is None
        # RQ's usual worker would have forked children for these jobs.
        assert psutil.Process(worker.pid).children() == []
    for process in psutil.process_iter(["cmdline"]):
        if "licklab.service.api.server" in (process.info["cmdline"] or []):
            maps = Path(f"/proc/{process.pid}/maps")
            if maps.exists():
                assert "onnxruntime" not in maps.read_text()


def test_an_upload_survives_redis_being_away(stack: Stack, short_wav: Path, tmp_path: Path) -> None:
    """Redis of its own, so that the other tests keep theirs."""
    redis = EmbeddedRedis(tmp_path / "redis")
    url = redis.start()
    port = free_port()
    there = {"REDIS_URL": url, "PORT": str(port)}
    try:
        with (
            stack.process("licklab.service.api.server", **there),
            stack.process("licklab.service.worker.process", **there),
            stack.process("licklab.service.worker.scheduler", **there),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30.0) as api,
        ):
            wait_for(lambda: _ready(api), 40.0)
            redis.stop()
            job = upload(api, short_wav)
            time.sleep(1.0)
            assert look(api, job)["status"] == "CREATED"
            readiness = api.get("/ready")
            assert readiness.status_code == 503
            assert not readiness.json()["checks"]["queue"]["ok"]
            assert redis.start() == url
            done = wait_for_status(api, job, "READY", "FAILED")
            assert done["status"] == "READY"
            api.delete(f"/jobs/{job['id']}")
    finally:
        redis.stop()


def test_a_worker_stopped_while_redis_is_away_gives_its_job_back(
    stack: Stack, long_flac: Path, tmp_path: Path
) -> None:
    redis = EmbeddedRedis(tmp_path / "redis")
    port = free_port()
    there = {"REDIS_URL": redis.start(), "PORT": str(port)}
    try:
        with (
            stack.process("licklab.service.api.server", **there),
            stack.process("licklab.service.worker.process", **there) as worker,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30.0) as api,
        ):
            wait_for(lambda: _ready(api), 40.0)
            job = upload(api, long_flac)
            _running(api, job)
            redis.stop()
            worker.send_signal(signal.SIGTERM)
            worker.wait(20)
            waiting = look(api, job)
            assert (waiting["status"], waiting["attempts"]) == ("CREATED", 0)
            api.delete(f"/jobs/{job['id']}")
    finally:
        redis.stop()


def test_a_running_job_goes_on_over_a_restart_of_the_database(
    stack: Stack, long_flac: Path, tmp_path: Path
) -> None:
    """Servers of its own, so that the other tests keep theirs."""
    postgres, redis = EmbeddedPostgres(tmp_path / "postgres"), EmbeddedRedis(tmp_path / "redis")
    port = free_port()
    try:
        url = postgres.start()
        there = {
            "DATABASE_URL": url,
            "REDIS_URL": redis.start(),
            "DATA_DIR": str(tmp_path / "data"),
            "PORT": str(port),
            "LEASE_SEC": "20",
        }
        database = Database(url)
        migrate.upgrade(database)
        database.close()
        with (
            stack.process("licklab.service.api.server", **there),
            stack.process("licklab.service.worker.process", **there),
            stack.process("licklab.service.worker.scheduler", **there),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30.0) as api,
        ):
            wait_for(lambda: _ready(api), 40.0)
            job = upload(api, long_flac)
            before = _running(api, job)
            postgres.stop()
            # Long enough for several reports, of which there is one a chunk.
            time.sleep(3.0)
            assert postgres.start() == url
            after = wait_for(lambda: _seen(api, job))
            assert after["status"] == "TRANSCRIBING"
            assert after["progress"] >= before["progress"]
            done = wait_for_status(api, job, "READY", "FAILED")
        assert (done["status"], done["attempts"]) == ("READY", 1)
    finally:
        redis.stop()
        postgres.stop()


def _seen(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any] | None:
    answer = api.get(f"/jobs/{job['id']}")
    return answer.json() if answer.is_success else None


def _ready(api: httpx.Client) -> bool:
    try:
        return api.get("/ready").is_success
    except httpx.TransportError:
        return False


def test_workers_do_not_outlive_a_killed_supervisor(stack: Stack) -> None:
    # It is killed at once, before the worker can have asked who its parent is.
    program = (
        "import time\n"
        "from licklab.service.supervisor import Supervisor\n"
        "supervisor = Supervisor({})\n"
        "supervisor.add('worker', 'licklab.service.worker.process')\n"
        "supervisor.start()\n"
        "print(supervisor.children[0].process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, **stack.settings.environment()},
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    try:
        wait_for(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, 20.0)
    finally:
        with suppress(psutil.NoSuchProcess):
            child.kill()


def test_rows_keep_no_run_after_the_end(api: httpx.Client, stack: Stack, short_wav: Path) -> None:
    job = upload(api, short_wav)
    with stack.worker():
        wait_for_status(api, job, "READY")
    database = Database(stack.settings.required_database_url)
    with database.transaction() as session:
        row = session.get(Job, job["id"])
        assert row is not None
        assert row.run_id is None
        assert row.finished_at is not None
    database.close()
