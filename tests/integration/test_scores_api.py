"""Pages and files for other programs over the API, on real servers."""

import io
import time
from typing import Any

import httpx
import mido
import pytest
from defusedxml.ElementTree import fromstring

from licklab.exporting.kinds import EXPORTS


def score(api: httpx.Client, job: dict[str, Any], ext: str, **query: Any) -> httpx.Response:
    answer = api.get(f"/jobs/{job['id']}/score.{ext}", params=query, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer


def written(content: bytes) -> list[str]:
    root = fromstring(content)
    return [
        note.findtext("pitch/step", "") + note.findtext("pitch/octave", "")
        for note in root.iter("note")
        if note.find("pitch") is not None
    ]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_kind_of_file_is_served(api: httpx.Client, blues: dict[str, Any], name: str) -> None:
    kind = EXPORTS[name]
    ext = "mid" if name == "score-midi" else "midi" if name == "midi" else kind.suffix
    answer = score(api, blues, ext)
    assert len(answer.content) > 100
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert kind.media_type.partition(";")[0] in answer.headers["content-type"]
    assert f".{kind.suffix}" in answer.headers["content-disposition"]


def test_a_page_is_a_pdf(api: httpx.Client, blues: dict[str, Any]) -> None:
    assert score(api, blues, "pdf", part="trumpet", hand="plain").content.startswith(b"%PDF-")


def test_part_key_and_bars_are_as_asked(api: httpx.Client, blues: dict[str, Any]) -> None:
    heard = written(score(api, blues, "musicxml", part="concert").content)
    tenor = written(score(api, blues, "musicxml", part="tenor sax").content)
    assert (heard[0], tenor[0]) == ("C4", "D5")
    part = fromstring(
        score(api, blues, "musicxml", part="alto", key="Bb", from_bar=3, to_bar=4).content
    )
    assert [one.get("number") for one in part.iter("measure")] == ["3", "4"]
    assert part.findtext(".//fifths") == "1"  # B flat is G for an alto


def test_what_is_left_empty_is_not_asked_for(api: httpx.Client, blues: dict[str, Any]) -> None:
    query = {"part": "", "key": "", "from_bar": "", "to_bar": "", "octave": "", "tab": ""}
    assert score(api, blues, "musicxml", **query).content == score(api, blues, "musicxml").content
    assert api.get(blues["links"]["page"]).content.startswith(b"%PDF-")


def test_edits_show_at_once(api: httpx.Client, blues: dict[str, Any]) -> None:
    before = written(score(api, blues, "musicxml", part="concert").content)
    operations = [{"op": "pitch", "id": "n1", "pitch_midi": 72}]
    begun = time.perf_counter()
    api.patch(f"/jobs/{blues['id']}/notes", json={"operations": operations}).raise_for_status()
    after = written(score(api, blues, "musicxml", part="concert").content)
    print(f"an edit and its score: {1000 * (time.perf_counter() - begun):.0f} ms")  # noqa: T201
    assert after == ["C5", *before[1:]]
    api.post(f"/jobs/{blues['id']}/undo").raise_for_status()
    assert written(score(api, blues, "musicxml", part="concert").content) == before


def test_what_was_played_and_what_is_written_are_two_midi_files(
    api: httpx.Client, blues: dict[str, Any]
) -> None:
    page = mido.MidiFile(file=io.BytesIO(score(api, blues, "mid").content))
    played = api.get(f"/jobs/{blues['id']}/transcription.mid").content
    tempos = [one for one in page.tracks[0] if one.type == "set_tempo"]
    assert len(tempos) == 1
    assert len([m for m in page.tracks[1] if m.type == "note_on"]) == len(
        [m for m in mido.MidiFile(file=io.BytesIO(played)).tracks[1] if m.type == "note_on"]
    )


@pytest.mark.parametrize(
    ("ext", "query", "wanted"),
    [
        ("docx", {}, "want a kind of file, one of json, midi"),
        ("pdf", {"part": "kazoo"}, "want a part, concert or one of"),
        ("pdf", {"key": "H"}, "want a key such as"),
        ("pdf", {"from_bar": 900}, "want bars of the solo"),
        ("pdf", {"tab": "banjo"}, "want a tuning, one of"),
        ("pdf", {"paper": "a3"}, "want a paper, a4 or letter; got 'a3'"),
        ("pdf", {"hand": "left"}, "want a hand, one of jazz, plain; got 'left'"),
        ("pdf", {"octave": 9}, "octave"),
        ("pdf", {"title": "x" * 400}, "title"),
    ],
)
def test_what_cannot_be_is_refused(
    api: httpx.Client, blues: dict[str, Any], ext: str, query: dict[str, Any], wanted: str
) -> None:
    answer = api.get(f"/jobs/{blues['id']}/score.{ext}", params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert wanted in answer.json()["detail"]


def test_hostile_titles_stay_text(api: httpx.Client, blues: dict[str, Any]) -> None:
    title = '#read("/etc/passwd") </text><script>alert(1)</script>\x00'
    page = score(api, blues, "svg", title=title).text
    assert "<script>" not in page
    assert score(api, blues, "pdf", title=title).content.startswith(b"%PDF-")
