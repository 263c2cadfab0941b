"""Assignments from the command line, against the running service."""

import csv
import json
from pathlib import Path

import httpx

from tests.integration.conftest import Stack, free_port
from tests.integration.in_process import run
from tests.integration.solos import bring, get, licks_of


def test_an_assignment_goes_from_the_command_line_to_students_and_back(
    api: httpx.Client, stack: Stack, tmp_path: Path
) -> None:
    licks = [one["id"] for one in licks_of(api, bring(api))["licks"][:2]]
    environment = {"PORT": str(stack.settings.port), "HOST": "127.0.0.1"}

    def licklab(*words: str) -> str:
        done = run("assignment", *words, cwd=tmp_path, environment=environment)
        assert done.returncode == 0, done.stderr
        return str(done.stdout.decode()).strip()

    made = licklab("create", "Endings", *licks, "--score", "hidden", "--key", "Eb", "--no-audio")
    listed = licklab("list")
    assert f"{made}  Endings (2 licks, 0 open links, 0 answers)" in listed
    [one] = [one for one in json.loads(licklab("list", "--json")) if one["id"] == made]
    assert [lick["score"] for lick in one["licks"]] == ["hidden", "hidden"]
    assert one["licks"][0]["keys"] == ["Eb:major"]
    page = licklab("link", made, "--label", "Tuesday", "--days", "7")
    base = str(api.base_url).rstrip("/")
    assert page.startswith(f"{base}/shared/")
    path = f"/shared-assignments/{page.rpartition('/')[2]}"
    body = {"student": "Ella", "version": get(api, path)["version"], "answers": []}
    assert api.post(f"{path}/answers", json=body).status_code == 201
    told = licklab("results", made)
    assert told.startswith("Ella: 0 of ")
    assert "no answer, not " in told
    licklab("results", made, "--out", "results.csv")
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows] == ["student", "Ella"]
    api.delete(f"/assignments/{made}")


def test_what_cannot_be_ends_with_a_sentence_and_a_code(
    api: httpx.Client, stack: Stack, tmp_path: Path
) -> None:
    assert api.get("/health").is_success
    here = {"PORT": str(stack.settings.port), "HOST": "127.0.0.1"}
    done = run("assignment", "create", "Endings", "1", cwd=tmp_path, environment=here)
    assert (done.returncode, b"lick_id" in done.stderr) == (3, True)
    done = run("assignment", "link", "1", cwd=tmp_path, environment=here)
    assert (done.returncode, b"want the id of an assignment" in done.stderr) == (3, True)
    nobody = f"http://127.0.0.1:{free_port()}"
    done = run("assignment", "list", "--url", nobody, cwd=tmp_path)
    assert (done.returncode, b"want a service at" in done.stderr) == (5, True)
