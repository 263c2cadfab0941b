"""Scores that people bring, over the API, on real servers."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from licklab.formats.score_musicxml import write_musicxml, write_mxl
from tests import scores
from tests.integration.conftest import Stack


def bring(api: httpx.Client, content: bytes, **fields: str) -> httpx.Response:
    return api.post("/imports", files={"score": ("Blue Bird.musicxml", content)}, data=fields)


@pytest.fixture
def brought(api: httpx.Client) -> dict[str, Any]:
    answer = bring(api, write_musicxml(scores.horn()))
    assert answer.status_code == 200, answer.text
    job: dict[str, Any] = answer.json()
    return job


def test_a_score_is_ready_at_once_and_takes_the_same_way(
    api: httpx.Client, brought: dict[str, Any]
) -> None:
    assert (brought["status"], brought["instrument"]) == ("READY", "tenor_sax")
    document = api.get(f"/jobs/{brought['id']}/transcription").json()
    assert len(document["notes"]) == 18
    assert [one["symbol"] for one in document["chords"]][:2] == ["Dm7", "G7b9"]
    page = api.get(f"/jobs/{brought['id']}/score.musicxml", params={"part": "alto"})
    assert fromstring(page.content).findtext(".//fifths") == "3"
    assert api.get(f"/jobs/{brought['id']}/score.pdf").content.startswith(b"%PDF-")
    operations = [{"op": "remove", "ids": ["n1"]}]
    assert api.patch(f"/jobs/{brought['id']}/notes", json={"operations": operations}).is_success
    assert api.put(f"/jobs/{brought['id']}/key", json={"key": "Bb"}).is_success
    assert api.delete(f"/jobs/{brought['id']}").status_code == 204


def test_compressed_scores_come_in_too(api: httpx.Client) -> None:
    assert bring(api, write_mxl(scores.waltz()), instrument="flute").json()["instrument"] == "flute"


def test_there_is_nothing_to_hear(api: httpx.Client, brought: dict[str, Any]) -> None:
    again = api.post(f"/jobs/{brought['id']}/transcribe", json={"instrument": "flute"})
    assert again.status_code == 409
    assert "want a job with a recording" in again.json()["detail"]
    assert api.get(f"/jobs/{brought['id']}/audio").status_code == 404


@pytest.mark.parametrize(
    ("content", "fields", "wanted"),
    [
        (b"RIFF....WAVE", {}, "want MusicXML"),
        (b"<score-partwise/>", {}, "want a score with a part, got none"),
        (b"PK\x03\x04 no zip", {}, "want"),
        (b"MThd", {}, "want a MIDI file"),
        (write_musicxml(scores.waltz()), {"part": "oboe"}, "want a part, one of 1 'Concert'"),
        (write_musicxml(scores.waltz()), {"instrument": "kazoo"}, "want an instrument"),
    ],
)
def test_what_is_no_score_is_refused_and_leaves_nothing(
    api: httpx.Client, stack: Stack, content: bytes, fields: dict[str, str], wanted: str
) -> None:
    before = files_in(stack.settings.data_dir)
    answer = bring(api, content, **fields)
    assert answer.status_code == 422, answer.text
    assert wanted in answer.json()["detail"]
    assert files_in(stack.settings.data_dir) == before


def files_in(folder: Path) -> set[str]:
    return {one.name for one in folder.rglob("*") if one.is_file()}
