"""Attempts at a lick over the API: played back, heard, marked, and gone with what they are of."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile as sf
from sqlalchemy import func, select

from licklab.domain.note import Note
from licklab.service.attempt_tables import AttemptRow
from licklab.service.lick_tables import CorpusRemovalRow
from licklab.service.tables import Job
from tests.integration.conftest import Stack, wait_for
from tests.integration.corpora import CorpusKeeper
from tests.integration.hearing import Hearer
from tests.integration.solos import bring, choose, get, refused

_RATE = 22_050


@pytest.fixture
def solo(api: httpx.Client) -> dict[str, Any]:
    return bring(api)


@pytest.fixture
def lick(api: httpx.Client, solo: dict[str, Any]) -> dict[str, Any]:
    return choose(api, solo, first_bar=13, last_bar=14)


def notes_of(api: httpx.Client, solo: dict[str, Any], lick: dict[str, Any]) -> list[dict[str, Any]]:
    notes = get(api, f"/jobs/{solo['id']}/notes")["notes"]
    return [one for one in notes if one["id"] in lick["note_ids"]]


def play(
    notes: Sequence[dict[str, Any]], *, semitones: int = 0, speed: float = 1.0
) -> tuple[Note, ...]:
    """Play the notes of a solo elsewhere, from half a second on."""
    first = notes[0]["onset_sec"]
    return tuple(
        Note(
            0.5 + (one["onset_sec"] - first) / speed,
            0.5 + (one["offset_sec"] - first) / speed,
            one["pitch_midi"] + semitones,
            80,
            0.99,
        )
        for one in notes
    )


def post(api: httpx.Client, lick: dict[str, Any], path: Path, **fields: str) -> httpx.Response:
    with path.open("rb") as file:
        return api.post(
            f"/licks/{lick['id']}/attempts", files={"audio": (path.name, file)}, data=fields
        )


def attempt_at(
    api: httpx.Client, lick: dict[str, Any], path: Path, **fields: str
) -> dict[str, Any]:
    answer = post(api, lick, path, **fields)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def render(notes: Sequence[Note], path: Path) -> None:
    """Write notes as tones with some overtones, as a browser's worklet records them."""
    out = np.zeros(round((notes[-1].offset_sec + 0.7) * _RATE))
    for note in notes:
        begin, end = (round(sec * _RATE) for sec in (note.onset_sec, note.offset_sec))
        time_sec = np.arange(end - begin) / _RATE
        hertz = 440 * 2 ** ((note.pitch_midi - 69) / 12)
        tone = sum(np.sin(2 * np.pi * k * hertz * time_sec) / k**1.5 for k in range(1, 9))
        left_sec = note.offset_sec - note.onset_sec - time_sec
        shape = np.clip(time_sec / 0.01, 0, 1) * np.clip(left_sec / 0.03, 0, 1)
        out[begin:end] += 0.2 * shape * np.exp(-time_sec) * tone
    sf.write(path, out, _RATE, subtype="PCM_16")


def test_a_recorded_attempt_is_heard_and_marked_note_by_note(
    api: httpx.Client, stack: Stack, solo: dict[str, Any], lick: dict[str, Any], tmp_path: Path
) -> None:
    asked = notes_of(api, solo, lick)
    wrong = asked[4]["id"]
    played = play(
        [{**one, "pitch_midi": one["pitch_midi"] + (one["id"] == wrong)} for one in asked],
        semitones=3,
        speed=0.8,
    )
    path = tmp_path / "attempt.wav"
    render(played, path)
    made = attempt_at(api, lick, path)
    assert (made["status"], made["marks"], made["best"]) == ("CREATED", None, None)
    with stack.worker():
        seen = wait_for(
            lambda: (
                (one := get(api, made["links"]["self"]))["status"] != "CREATED"
                and one["status"] != "TRANSCRIBING"
                and one
            ),
            90.0,
        )
    assert (seen["status"], seen["error"]) == ("READY", None)
    marks = seen["marks"]
    assert (marks["best"], len(marks["passes"]), marks["message"]) == (0, 1, None)
    best = marks["passes"][0]
    assert [one["note_id"] for one in best["notes"]] == lick["note_ids"]
    kinds = {one["note_id"]: one["kind"] for one in best["notes"]}
    assert kinds.pop(wrong) == "wrong"
    assert list(kinds.values()).count("right") >= len(kinds) - 1
    assert best["semitones"] == 3
    assert not best["is_clean"]
    assert best["tempo_percent"] == pytest.approx(80, abs=2)
    [said] = [one for one in best["sentences"] if wrong in one["note_ids"]]
    assert "you played" in said["text"]
    heard = {one["id"] for one in get(api, made["links"]["transcription"])["notes"]}
    assert heard.issuperset(said["heard_ids"])
    assert api.get(made["links"]["audio"]).content == path.read_bytes()
    assert seen["best"]["accuracy"] == best["accuracy"]


def test_marks_are_kept_and_follow_the_attempt_but_not_the_lick(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any], lick: dict[str, Any], short_wav: Path
) -> None:
    made = attempt_at(api, lick, short_wav)
    hearer.publish(made, None, notes=play(notes_of(api, solo, lick)))
    before = get(api, made["links"]["self"])
    assert before["best"]["counts"]["right"] == len(lick["note_ids"])
    assert before["best"]["is_clean"]
    wrong = {"op": "transpose", "semitones": 1, "ids": [lick["note_ids"][0]]}
    assert api.patch(f"/jobs/{solo['id']}/notes", json={"operations": [wrong]}).is_success
    assert get(api, made["links"]["self"])["marks"] == before["marks"]
    own = before["marks"]["passes"][0]["notes"][3]["heard_id"]
    mended = {"op": "transpose", "semitones": 1, "ids": [own]}
    assert api.patch(f"/jobs/{made['id']}/notes", json={"operations": [mended]}).is_success
    after = get(api, made["links"]["self"])["marks"]["passes"][0]
    assert after["notes"][3]["kind"] == "wrong"


def test_what_the_player_says_is_believed(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any], lick: dict[str, Any], short_wav: Path
) -> None:
    asked = notes_of(api, solo, lick)
    found = attempt_at(api, lick, short_wav)
    hearer.publish(found, None, notes=play(asked, semitones=2))
    key = get(api, found["links"]["self"])["best"]["key"]
    told = attempt_at(api, lick, short_wav, key=key, tempo_bpm="90", instrument="trumpet")
    assert (told["key"], told["tempo_bpm"], told["instrument"]) == (key, 90.0, "trumpet")
    hearer.publish(told, None, notes=play(asked, semitones=5))
    marks = get(api, told["links"]["self"])["marks"]
    assert (marks["best"], marks["passes"]) == (None, [])
    assert "not recognised" in marks["message"]


def test_attempts_are_listed_with_their_lick_and_nowhere_else(
    api: httpx.Client,
    hearer: Hearer,
    keeper: CorpusKeeper,
    solo: dict[str, Any],
    lick: dict[str, Any],
    short_wav: Path,
) -> None:
    other = choose(api, solo, first_bar=15, last_bar=16)
    first, second = (attempt_at(api, lick, short_wav) for _ in range(2))
    hearer.publish(first, None, notes=play(notes_of(api, solo, lick)))
    listed = get(api, f"/licks/{lick['id']}/attempts")["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]
    assert [one["best"] and one["best"]["is_clean"] for one in listed] == [None, True]
    assert "marks" not in listed[0]
    assert get(api, f"/licks/{other['id']}/attempts")["items"] == []
    assert [one["id"] for one in get(api, "/jobs")["items"]] == [solo["id"]]
    assert get(api, "/jobs", q="short")["items"] == []
    told: list[str] = []
    # One of them waits, and would be told of at once.
    with suppress(httpx.ReadTimeout), api.stream("GET", "/events", timeout=2.0) as stream:
        told += stream.iter_lines()
    assert not any(first["id"] in line or second["id"] in line for line in told)
    keeper.keep()
    with keeper.access.reading() as corpus:
        assert {one.job_id for one in corpus.list_infos()} == {solo["id"]}


def test_attempts_go_with_themselves_their_lick_and_their_solo(
    api: httpx.Client, stack: Stack, hearer: Hearer, solo: dict[str, Any], lick: dict[str, Any],
    short_wav: Path,
) -> None:  # fmt: skip
    one, two, three = (attempt_at(api, lick, short_wav) for _ in range(3))
    other = choose(api, solo, first_bar=15, last_bar=16)
    four = attempt_at(api, other, short_wav)
    folder = stack.settings.data_dir
    assert all((folder / each["id"] / "audio.wav").exists() for each in (one, two, three, four))
    assert api.delete(one["links"]["self"]).status_code == 204
    refused(api.get(one["links"]["self"]), 404, "want the id of an attempt")
    refused(api.delete(one["links"]["self"]), 404, "want the id of an attempt")
    assert api.delete(f"/licks/{lick['id']}").status_code == 204
    for each in (one, two, three):
        assert not (folder / each["id"]).exists()
        assert api.get(f"/jobs/{each['id']}").status_code == 404
    hearer.publish(four, None)
    assert api.delete(f"/jobs/{solo['id']}").status_code == 204
    assert not (folder / four["id"]).exists()
    refused(api.get(four["links"]["self"]), 404, "want the id of an attempt")
    refused(api.get(f"/licks/{other['id']}/attempts"), 404, "want the id of a lick")
    with hearer.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AttemptRow)) == 0
        assert session.scalar(select(func.count()).select_from(Job)) == 0
        removed = session.scalars(select(CorpusRemovalRow.job_id)).all()
    assert uuid.UUID(solo["id"]) in removed
    assert uuid.UUID(four["id"]) not in removed


def test_what_cannot_be_an_attempt_is_refused(
    api: httpx.Client, hearer: Hearer, lick: dict[str, Any], short_wav: Path, tmp_path: Path
) -> None:
    text = tmp_path / "notes.webm"
    text.write_bytes(b"\x1aE\xdf\xa3" + bytes(200))
    refused(post(api, lick, text), 422, "want MP3, WAV, FLAC, Ogg/Opus, M4A/AAC or AIFF")
    refused(post(api, lick, short_wav, key="H"), 422, "want a key")
    refused(post(api, lick, short_wav, tempo_bpm="fast"), 422, "want tempo_bpm as a number")
    refused(post(api, lick, short_wav, tempo_bpm="nan"), 422, "want tempo_bpm as a number")
    refused(post(api, lick, short_wav, instrument="kazoo"), 422, "want an instrument")
    refused(post(api, lick, short_wav, colour="red"), 422, "want no fields but audio, instrument")
    nothing = api.post(f"/licks/{lick['id']}/attempts", files={"sound": ("a.wav", b"x")})
    refused(nothing, 422, "want the file in the field `audio`")
    refused(post(api, {"id": uuid.uuid4()}, short_wav), 404, "want the id of a lick")
    refused(api.get("/attempts/none"), 404, "want the id of an attempt, got 'none'")
    made = attempt_at(api, lick, short_wav)
    hearer.publish(made, None)
    own = choose(api, {"links": {"licks": f"/jobs/{made['id']}/licks"}}, from_sec=0.0, to_sec=5.0)
    refused(post(api, own, short_wav), 409, "want a lick of a solo to play back")
