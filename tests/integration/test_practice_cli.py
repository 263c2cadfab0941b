"""`licklab practice` against the running service."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from licklab.service.database import Database
from tests.integration.conftest import free_port
from tests.integration.in_process import run
from tests.integration.test_practice import (
    database,
    forget_all,
    lick,
    solo,
)

__all__ = ["database", "lick", "solo"]  # fixtures


class Practice:
    """The program, told where the service is."""

    def __init__(self, api: httpx.Client, folder: Path) -> None:
        self._url = str(api.base_url)
        self._folder = folder

    def run(self, *words: str | int | Path) -> subprocess.CompletedProcess[bytes]:
        return run("practice", *words, "--url", self._url, cwd=self._folder)

    def told(self, *words: str | int | Path) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()


@pytest.fixture
def practice(api: httpx.Client, tmp_path: Path) -> Practice:
    return Practice(api, tmp_path)


def test_a_day_of_practice(
    practice: Practice,
    lick: dict[str, Any],
    solo: dict[str, Any],
    tmp_path: Path,
    database: Database,
) -> None:
    assert "Nothing waits" in practice.told("today")
    told = practice.told("schedule", lick["id"], "--keys", "F, Bb Eb", "--tempo", 120)
    assert told == "Turnaround (third-shelf-blues, bars 11-12): F Bb Eb\n"
    told = practice.told("today", "--tz", "Europe/Vienna")
    assert "(Europe/Vienna): 0 due, 2 new, 0 practised" in told.splitlines()[0]
    assert "Turnaround (third-shelf-blues, bars 11-12): F " in told
    assert "at 72 bpm" in told
    assert "New: begin with F" in told
    last_week = (datetime.now(UTC) - timedelta(days=9)).isoformat()
    told = practice.told(
        "log", lick["id"], "-k", "F", "-t", 120, "--clean", "--passes", 3, "--at", last_week,
        "--minutes", 2,
    )  # fmt: skip
    assert told.startswith("Turnaround in F ")
    assert "at 120 bpm is logged; it comes back 20" in told
    practice.told("log", lick["id"], "--key", "Bb", "--tempo", "80.5", "--accuracy", "0.7")
    assert "Overdue by 1 day" in practice.told("today")
    found = json.loads(practice.told("today", "--json"))
    assert (found["due"], found["new"], found["practised"]) == (1, 1, 1)
    told = practice.told("progress")
    assert told.startswith("1 day in a row\npasses a week, this one last: 0 ")
    assert "clean at 120 bpm (100%), due " in told
    assert "never clean, 70% right, due " in told
    assert len(json.loads(practice.told("progress", "--json"))["licks"]) == 1
    for name in ("practice.json", "practice.csv"):
        practice.told("export", name)
        assert practice.told("import", name).startswith("0 sessions and 0 licks added, 2 and ")
    forget_all(database)
    told = practice.told("import", "practice.json")
    assert told == "2 sessions and 1 licks added, 0 and 0 were known\n"
    exported = (tmp_path / "practice.json").read_bytes()
    practice.told("export")
    assert (tmp_path / "practice.json").read_bytes() == exported
    assert practice.told("schedule", lick["id"], "--off") == (
        "It is off the schedule; what was practised stays.\n"
    )
    assert "off the schedule" in practice.told("progress")
    told = practice.told("schedule", f"{solo['id']}/1", "--first", 2, "--order", "semitones")
    assert told.count(" ") >= 2


@pytest.mark.parametrize(
    ("words", "code", "wanted"),
    [
        (("log", "LICK", "-k", "H", "-t", 100, "--clean"), 3, b"want a key such as Bb:major"),
        (("log", "LICK", "-k", "F", "-t", 100), 3, b"want is_clean or accuracy, got none"),
        (("log", "LICK", "-k", "F", "-t", "fast"), 2, b"tempo"),
        (("log", "nobody", "-k", "F", "-t", 100, "--clean"), 3, b"want lick_id to be"),
        (("schedule", "JOB/9999"), 3, b"want a lick from 1 to"),
        (("schedule", "JOB/x"), 3, b"want a lick from 1 to"),
        (("schedule", "LICK", "--order", "thirds"), 3, b"want order to be"),
        (("today", "--tz", "Moon"), 3, b"want a time zone such as Europe/Vienna"),
        (("export", "practice.txt"), 3, b"want a file that ends with .json or .csv"),
        (("export", "no/practice.csv"), 3, b"want a file that can be written"),
        (("import", "practice.json"), 3, b"want a file that can be read"),
    ],
)
def test_what_cannot_be_is_told(
    practice: Practice,
    lick: dict[str, Any],
    solo: dict[str, Any],
    words: tuple[str | int, ...],
    code: int,
    wanted: bytes,
) -> None:
    said = [str(one).replace("LICK", lick["id"]).replace("JOB", solo["id"]) for one in words]
    done = practice.run(*said)
    assert done.returncode == code, done.stderr
    assert wanted in done.stderr
    assert b"Traceback" not in done.stderr


def test_without_a_service_it_is_told_how_to_start_one(tmp_path: Path) -> None:
    port = str(free_port())
    done = run("practice", "today", cwd=tmp_path, environment={"PORT": port})
    assert done.returncode == 5
    wanted = f"want a service at http://127.0.0.1:{port} (`licklab serve` starts it; --url names"
    assert wanted.encode() in done.stderr
    for url in ("ftp://x", "http://x:port", "8000"):
        done = run("practice", "today", "--url", url, cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        assert b"want an address such as http://127.0.0.1:8000" in done.stderr
