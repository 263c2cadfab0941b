"""The program as people run it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import mido
import psutil
import pytest
import soundfile as sf

from licklab.domain.instrument import INSTRUMENTS
from tests.integration.conftest import free_port, tone, wait_for
from tests.integration.in_process import run as run_here


def run(
    *arguments: str | int | Path,
    cwd: Path,
    stdin: bytes | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "licklab.cli.main", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        timeout=120,
        check=False,
    )


def _pitches(path: Path) -> set[float]:
    return {note["pitch_midi"] for note in json.loads(path.read_bytes())["notes"]}


def test_transcribe_writes_both_files_into_the_given_folder(
    short_wav: Path, tmp_path: Path
) -> None:
    done = run("transcribe", short_wav, "-i", "tenor sax", "--out", "here", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {one.name for one in (tmp_path / "here").iterdir()} == {
        "transcription.json", "transcription.mid", "transcription.evidence.npz",
    }  # fmt: skip
    assert _pitches(tmp_path / "here/transcription.json") == {69}
    assert mido.MidiFile(tmp_path / "here/transcription.mid").length > 2
    assert done.stdout == b""


def test_several_recordings_get_a_folder_each_and_a_bad_one_costs_only_itself(
    short_wav: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.mp3").write_text("no music")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/short.wav").write_bytes(short_wav.read_bytes())
    done = run_here(
        "transcribe", short_wav, "bad.mp3", "other/short.wav", "--out", "out", "-f", "json",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 3
    assert b"bad.mp3: want MP3" in done.stderr
    assert sorted(str(one.relative_to(tmp_path / "out")) for one in tmp_path.rglob("*.json")) == [
        "short-2/transcription.json", "short/transcription.json",
    ]  # fmt: skip
    assert not list(tmp_path.rglob("*.mid"))


def test_a_region_and_a_mode_are_heard_and_told(short_wav: Path, tmp_path: Path) -> None:
    done = run_here(
        "transcribe", short_wav, "--from", "1", "--to", "0:02.2", "--mode", "polyphonic",
        "--out", "part", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"1.0 to 2.2 s of 3.0 s" in done.stderr
    document = json.loads((tmp_path / "part/transcription.json").read_bytes())
    assert document["region"] == {"start_sec": 1.0, "end_sec": 2.2}
    assert (document["instrument"], document["mode"]) == ("other", "polyphonic")
    onsets = [note["onset_sec"] for note in document["notes"]]
    assert onsets
    assert all(1.0 <= onset < 2.2 for onset in onsets)


def test_a_region_beyond_one_recording_costs_only_that(short_wav: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    sf.write(long, tone(6.0), 22_050)
    done = run_here("transcribe", short_wav, long, "--from", "4", "--out", "out", cwd=tmp_path)
    assert done.returncode == 3
    assert b"want a region inside the recording, which lasts 3.00 s" in done.stderr
    assert (tmp_path / "out/long/transcription.json").exists()
    assert not (tmp_path / "out/short").exists()


def test_pipes_carry_the_json_and_nothing_else(short_wav: Path, tmp_path: Path) -> None:
    done = run("transcribe", "-", "--out", "-", cwd=tmp_path, stdin=short_wav.read_bytes())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["schema"] == "licklab.transcription/1"
    assert done.stderr == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["transcribe"], 2, "Missing argument"),
        (["transcribe", "x.mp3", "--format", "docx"], 2, "want formats out of json, midi"),
        (["transcribe", "nowhere.mp3"], 3, "No such file"),
        (["transcribe", "nowhere.mp3", "-i", "kazoo"], 3, "want an instrument"),
        (["serve", "--port", "99999"], 2, "less than or equal to 65535"),
        (["worker"], 5, "want DATABASE_URL and REDIS_URL"),
        (["transcribe", "x.mp3", "-o", "-", "-f", "midi"], 2, "want --format json with --out -"),
        (["transcribe", "x.mp3", "-f", ""], 2, "want formats out of"),
        (["transcribe", ".", "-i", "ts"], 3, "Is a directory"),
        (["worker", "--workers", "0"], 3, "want at least 1 worker"),
        (["transcribe", "x.mp3", "--from", "soon"], 2, "want a time such as"),
        (["transcribe", "x.mp3", "--from", "0:40", "--to", "12.5"], 2, "start is before its end"),
        (["transcribe", "x.mp3", "--from", "-3"], 2, "want start_sec as seconds"),
        (["transcribe", "x.mp3", "--to", "nan"], 2, "got nan"),
        (["transcribe", "x.mp3", "--mode", "chords"], 2, "'auto', 'line', 'polyphonic'"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_wrong_usage_says_what_was_wanted(
    arguments: Sequence[str], code: int, message: str, tmp_path: Path
) -> None:
    done = run_here(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_instruments_are_listed(tmp_path: Path) -> None:
    done = run("instruments", cwd=tmp_path, environment={"COLUMNS": "200"})
    assert done.returncode == 0
    assert all(one in done.stdout.decode() for one in INSTRUMENTS)


def test_doctor_finds_everything_in_place(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path, environment={"DATA_DIR": str(tmp_path / "data")})
    assert done.returncode == 0, done.stdout
    lines = done.stdout.decode().splitlines()
    assert [line.split()[1] for line in lines] == [
        "versions", "models", "audio", "database", "queue", "disk",
    ]  # fmt: skip
    assert "basic-pitch 0.4.0" in lines[1]
    # Optional: there or not, but never silent about how to have it.
    assert "for the best quality: transkun 2.0.1 (" in lines[1] or "transkun==2.0.1" in lines[1]


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    done = run(
        "doctor",
        cwd=tmp_path,
        environment={
            "DATA_DIR": str(tmp_path / "data"),
            "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
            "DATABASE_URL": f"postgresql://u:secret@127.0.0.1:{free_port()}/db",
        },
    )
    assert done.returncode == 5
    text = done.stdout.decode()
    assert "FAIL database" in text
    assert "FAIL queue" in text
    assert "secret" not in text


def test_serve_runs_everything_and_stops_everything(short_wav: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    serving = subprocess.Popen(
        [sys.executable, "-m", "licklab.cli.main", "serve", "--port", str(port)],
        cwd=tmp_path,
        env={**environment, "EXAMPLE": "false"},
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30.0) as api:

            def ready() -> bool:
                assert serving.poll() is None
                try:
                    return api.get("/ready").is_success
                except httpx.TransportError:
                    return False

            wait_for(ready, 60.0)
            family = psutil.Process(serving.pid).children(recursive=True)
            names = {one.name() for one in family}
            assert "postgres" in names
            assert names & {"redis-server", "valkey-server"}
            job = api.post(
                "/jobs",
                files={"audio": ("a.wav", short_wav.read_bytes())},
                data={"instrument": "guitar"},
            ).json()
            wait_for(lambda: api.get(job["links"]["self"]).json()["status"] == "READY", 60.0)
            for name in ("postgres", "redis-server", "valkey-server"):
                for one in family:
                    if one.is_running() and one.name() == name and one.ppid() == serving.pid:
                        one.kill()
            # Embedded servers that die are started again where they were.
            wait_for(lambda: not ready(), 10.0, every_sec=0.02)
            wait_for(ready, 30.0)
            family += psutil.Process(serving.pid).children(recursive=True)
            assert api.get(job["links"]["self"]).json()["status"] == "READY"
            second = run("serve", "--port", port, cwd=tmp_path)
            assert second.returncode == 5
            assert b"want a free port" in second.stderr
        serving.send_signal(signal.SIGINT)
        assert serving.wait(30) == 0
    finally:
        if serving.poll() is None:
            serving.kill()
            serving.wait()
    wait_for(lambda: not any(one.is_running() for one in family), 10.0)
    assert (tmp_path / "data" / job["id"] / "transcription.json").exists()


def test_demo_shows_what_was_heard_and_leaves(short_wav: Path, tmp_path: Path) -> None:
    done = run(
        "demo", short_wav, "-i", "trumpet", "--once", "--port", free_port(),
        cwd=tmp_path,
        environment={"DATABASE_URL": "postgresql://nowhere/x", "REDIS_URL": "redis://nowhere"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "notes     6, from A4 to A4" in text
    assert "duration  3.0 s" in text
    assert "following the trumpet" in text
    # A folder of its own, which no container shares.
    assert len(list((tmp_path / "data-demo").rglob("transcription.json"))) == 1
    assert not (tmp_path / "data").exists()


def test_the_best_quality_is_for_solo_piano_and_says_so_before_anything_is_heard(
    short_wav: Path, tmp_path: Path
) -> None:
    done = run_here("transcribe", short_wav, "-i", "guitar", "--quality", "best", cwd=tmp_path)
    assert done.returncode == 3
    assert b"want the instrument piano for the best quality, got guitar" in done.stderr
    done = run_here(
        "transcribe", short_wav, "-i", "piano", "--quality", "best", "--mode", "line", cwd=tmp_path
    )
    assert done.returncode == 3
    assert list(tmp_path.iterdir()) == []
