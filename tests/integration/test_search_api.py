"""Searches over the API, on real servers: by lick, selection, text, solo and file."""

import io
import uuid
from pathlib import Path
from typing import Any

import httpx
import mido
import pytest

from licklab.domain.pitch_name import SpelledPitch
from licklab.formats.transcription_json import read_transcription
from tests.integration.conftest import upload
from tests.integration.corpora import CorpusKeeper, walk
from tests.integration.hearing import Hearer
from tests.integration.solos import EXAMPLE, bring, choose, get, licks_of, refused
from tests.unit.domain.grids import blues_analysis


@pytest.fixture
def solo(api: httpx.Client, keeper: CorpusKeeper) -> dict[str, Any]:
    """Give the solo of the example's score, in the corpus."""
    job = bring(api)
    keeper.keep()
    return job


def transposed(semitones: int) -> bytes:
    """Move the example's score."""
    score = mido.MidiFile(EXAMPLE)
    for track in score.tracks:
        for one in track:
            if one.type in {"note_on", "note_off"} and one.channel != 9:
                one.note += semitones
    return written(score)


def melody(pitches: list[int]) -> bytes:
    """Write eighths as MIDI."""
    track = mido.MidiTrack()
    for pitch in pitches:
        track.append(mido.Message("note_on", note=pitch, velocity=80, time=0))
        track.append(mido.Message("note_off", note=pitch, time=240))
    return written(mido.MidiFile(tracks=[track]))


def written(score: mido.MidiFile) -> bytes:
    buffer = io.BytesIO()
    score.save(file=buffer)
    return buffer.getvalue()


def find(api: httpx.Client, **body: Any) -> list[dict[str, Any]]:
    answer = api.post("/search", json=body)
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def as_text(pitches: list[int]) -> str:
    return " ".join(map(str, pitches))


def test_a_lick_is_found_in_another_key_and_never_at_its_own_place(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    other = bring(api, transposed(3), "in A flat.mid")
    keeper.keep()
    lick = max(licks_of(api, solo)["licks"], key=lambda one: len(one["note_ids"]))
    first, *others = get(api, f"/licks/{lick['id']}/similar")["results"]
    assert (first["job_id"], first["transposition"], first["cost"]) == (other["id"], 3, 0)
    assert (first["title"], first["source"]) == ("in A flat", "your recordings")
    assert first["onset_sec"] == pytest.approx(lick["onset_sec"], abs=0.01)
    assert first["bar"] == lick["bars"][0]
    assert len(first["note_names"]) == len(lick["note_names"])
    assert {one["kind"] for one in first["alignment"]} == {"same"}
    assert [one["query"] for one in first["alignment"]] == list(range(len(lick["note_ids"])))
    assert first["links"] == {
        "solo": f"/corpus/solos/{first['solo_id']}",
        "job": f"/jobs/{other['id']}",
        "audio": None,
    }
    costs = [one["cost"] for one in (first, *others)]
    assert costs == sorted(costs)
    own = [one for one in others if one["job_id"] == solo["id"]]
    assert all(
        one["offset_sec"] <= lick["onset_sec"] or one["onset_sec"] >= lick["offset_sec"]
        for one in own
    )
    only = get(api, f"/licks/{lick['id']}/similar", limit=1)["results"]
    assert only == [first]
    assert find(api, lick_id=lick["id"], limit=1) == only


def test_what_was_typed_is_found_with_who_plays_it_and_where(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    solo_id = keeper.add("Anna", "One", style="BEBOP", year=1950)
    keeper.add("Bert", "Two")
    wanted = list(walk("One"))[16:26]
    first = find(api, query=as_text(wanted))[0]
    assert (first["performer"], first["title"], first["year"]) == ("Anna", "One", 1950)
    assert (first["style"], first["instrument"], first["licence"]) == ("BEBOP", "tenor_sax", "CC0")
    assert (first["solo_id"], first["job_id"]) == (solo_id, None)
    assert (first["bar"], first["beat"], first["onset_sec"]) == (3, 1, 4.0)
    assert (first["first_note"], first["last_note"]) == (16, 25)
    assert first["chords"] == ["Cmaj7", "A7"]
    assert [SpelledPitch.parse(one).midi for one in first["note_names"]] == wanted
    assert (first["transposition"], first["cost"]) == (0, 0)
    assert first["links"]["audio"] is first["links"]["job"] is None
    higher = find(api, query=as_text([one + 5 for one in wanted]))[0]
    assert (higher["solo_id"], higher["transposition"]) == (solo_id, -5)
    notes = get(api, first["links"]["solo"])["notes"]
    found = [notes[one["solo"]]["pitch_midi"] for one in first["alignment"]]
    assert found == wanted


def test_a_selection_and_notes_of_a_solo_are_found_elsewhere(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    other = bring(api, transposed(-2))
    keeper.keep()
    by_bars = find(api, job_id=solo["id"], first_bar=13, last_bar=14, limit=1)[0]
    assert (by_bars["job_id"], by_bars["transposition"], by_bars["bar"]) == (other["id"], -2, 13)
    end = by_bars["onset_sec"] + 4.0
    by_time = find(api, job_id=solo["id"], from_sec=by_bars["onset_sec"] - 0.1, to_sec=end)[0]
    assert by_time["job_id"] == other["id"]
    notes = {"first_note": by_bars["first_note"], "last_note": by_bars["last_note"]}
    back = find(api, solo_id=by_bars["solo_id"], **notes, limit=1)[0]
    assert (back["job_id"], back["transposition"]) == (solo["id"], 2)


def test_a_file_of_notes_is_found_and_its_fields_filter(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    for performer in ("Anna", "Bert"):
        keeper.add(performer, "One")
    content = melody(list(walk("One"))[8:20])
    answer = api.post("/search", files={"file": ("lick.mid", content)})
    assert answer.status_code == 200, answer.text
    assert {one["performer"] for one in answer.json()["results"][:2]} == {"Anna", "Bert"}
    fields = {"player": "bert", "limit": "1", "style": "", "within_phrase": "false"}
    answer = api.post("/search", files={"file": ("lick.mid", content)}, data=fields)
    assert [one["performer"] for one in answer.json()["results"]] == ["Bert"]


def test_filters_leave_only_what_is_wanted(api: httpx.Client, keeper: CorpusKeeper) -> None:
    keeper.add("Anna", "One", style="BEBOP", year=1950)
    keeper.add("Bert", "One", style="COOL", year=1960, instrument="trumpet")
    query = as_text(list(walk("One"))[16:24])

    def performers(**filters: Any) -> set[str]:
        return {one["performer"] for one in find(api, query=query, **filters) if not one["cost"]}

    assert performers() == {"Anna", "Bert"}
    assert performers(player="anna") == {"Anna"}
    assert performers(style="cool") == {"Bert"}
    assert performers(instrument="trumpet") == {"Bert"}
    assert performers(from_year=1951) == performers(from_year=1960, to_year=1960) == {"Bert"}
    assert performers(to_year=1955) == {"Anna"}
    assert performers(chords="Cmaj7") == {"Anna", "Bert"}
    assert performers(chords="Bbm7b5") == set()
    assert performers(within_phrase=True) == {"Anna", "Bert"}
    across = as_text(list(walk("One"))[12:20])
    assert [one for one in find(api, query=across, within_phrase=True) if not one["cost"]] == []
    for unmet in ({"player": "nobody"}, {"style": "polka"}, {"from_year": 1960, "to_year": 1950}):
        refused(api.post("/search", json={"query": query, **unmet}), 422, "want ")
    assert len(find(api, query=query, limit=1)) == 1


def test_what_was_recorded_can_be_heard_where_it_is_found(
    api: httpx.Client, hearer: Hearer, keeper: CorpusKeeper, short_wav: Path, solo: dict[str, Any]
) -> None:
    heard = upload(api, short_wav)
    notes = bring(api, transposed(1))
    score = api.get(f"/jobs/{notes['id']}/transcription").content
    api.delete(f"/jobs/{notes['id']}")
    hearer.publish(heard, blues_analysis(), notes=read_transcription(score).notes)
    keeper.keep()
    found = find(api, job_id=solo["id"], first_bar=13, last_bar=14, limit=1)[0]
    assert found["links"]["audio"] == f"/jobs/{heard['id']}/audio"
    assert api.get(found["links"]["audio"]).content == short_wav.read_bytes()


def test_a_deleted_job_is_not_found_even_before_it_has_left_the_corpus(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    other = bring(api, transposed(4))
    keeper.keep()
    body = {"job_id": solo["id"], "first_bar": 13, "last_bar": 14}
    assert find(api, **body)[0]["job_id"] == other["id"]
    assert api.delete(f"/jobs/{other['id']}").status_code == 204
    assert other["id"] in keeper.job_ids()
    assert other["id"] not in [one["job_id"] for one in find(api, **body)]
    keeper.keep()
    assert keeper.job_ids() == [solo["id"]]


def test_a_damaged_corpus_stops_searches_and_nothing_else(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    keeper.damage()
    wanted = "want a corpus that works; the log says what is wrong"
    refused(api.post("/search", json={"query": "60 62 63 65 67"}), 503, wanted)
    for path in ("/corpus/solos", "/corpus/statistics"):
        refused(api.get(path), 503, wanted)
        assert str(keeper.folder) not in api.get(path).text
    assert api.get("/jobs").is_success
    licks = licks_of(api, solo)["licks"]
    assert licks
    refused(api.get(f"/licks/{licks[0]['id']}/similar"), 503, "want ")
    assert choose(api, solo, first_bar=9, last_bar=10)["reasons"] is not None
    assert api.get(f"/licks/{licks[0]['id']}/analysis").is_success
    another = bring(api, transposed(1))
    assert licks_of(api, another)["licks"]
    keeper.clear()
    assert find(api, query="60 62 63 65 67") == []


def test_a_recording_is_sent_to_the_jobs(api: httpx.Client, short_wav: Path) -> None:
    answer = api.post("/search", files={"file": ("lick.mid", short_wav.read_bytes())})
    refused(answer, 422, "got a recording: upload it to /jobs")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "want one of query, lick_id, job_id, solo_id; got none of them"),
        ({"query": "60 62 63 65", "solo_id": "x"}, "got query and solo_id"),
        ({"query": "60 62 63 65", "first_bar": 1}, "want first_bar with job_id, got query"),
        ({"query": ""}, "want "),
        ({"query": "60 62"}, "want a pattern of 4 notes or more"),
        ({"query": "no music at all"}, "want "),
        ({"query": "60 62 63 \x00"}, "without control characters"),
        ({"query": as_text([60] * 300)}, "want a pattern of at most"),
        ({"query": "60 62 63 65", "limit": 0}, "greater than or equal to 1"),
        ({"query": "60 62 63 65", "limit": 101}, "less than or equal to 100"),
        ({"query": "60 62 63 65", "chords": "H7"}, "want "),
        (
            {"query": "60 62 63 65", "from_year": "long ago"},
            "want from_year to be a valid integer, got 'long ago'",
        ),
        ({"query": "60 62 63 65", "artist": "Anna"}, "want no member artist, got one"),
        ({"lick_id": "none"}, "want lick_id to be a valid UUID, got"),
        ({"solo_id": "none"}, "want first_note and last_note with solo_id"),
        ({"job_id": str(uuid.uuid4())}, "want from_sec and to_sec"),
        ({"job_id": str(uuid.uuid4()), "from_sec": 1}, "got from_sec"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(
    api: httpx.Client, keeper: CorpusKeeper, body: dict[str, Any], detail: str
) -> None:
    keeper.add("Anna", "One")
    refused(api.post("/search", json=body), 422, detail)


def test_unknown_places_are_404_and_strange_bodies_are_refused(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    solo_id = keeper.add("Anna", "One")
    unknown = str(uuid.uuid4())
    refused(api.post("/search", json={"lick_id": unknown}), 404, "want the id of a lick")
    bars = {"first_bar": 1, "last_bar": 2}
    refused(api.post("/search", json={"job_id": unknown, **bars}), 404, "want the id of a job")
    notes = {"first_note": 0, "last_note": 9}
    refused(api.post("/search", json={"solo_id": unknown, **notes}), 404, "want a solo")
    notes["last_note"] = 64
    refused(api.post("/search", json={"solo_id": solo_id, **notes}), 422, "want notes from 0 to 63")
    refused(api.get(f"/licks/{unknown}/similar"), 404, "want the id of a lick")
    refused(api.get(f"/licks/{unknown}/similar", params={"limit": 0}), 422, "want limit")
    refused(
        api.get(f"/licks/{unknown}/similar", params={"artist": "A"}),
        422,
        "want no parameter artist, got one",
    )
    refused(api.post("/search", content=b"{"), 422, "want JSON, got '{'")
    refused(api.post("/search", content=b"[]"), 422, "want the body to be an object, got '[]'")
    refused(api.post("/search", files={"score": ("a.mid", b"x")}), 422, "in the field `file`")
    refused(api.post("/search", files={"file": ("a.mid", b"no music")}), 422, "want ")
    refused(api.post("/search", files={"file": ("a.mid", b"")}), 422, "got an empty one")
    cut = melody([60, 62, 64, 65])[:10]
    told = "want a MIDI file, got one that is broken: it ends too early"
    refused(api.post("/search", files={"file": ("a.mid", cut)}), 422, told)
    wrong = {"limit": "many"}
    answer = api.post("/search", files={"file": ("a.mid", melody([60, 62, 64, 65]))}, data=wrong)
    refused(answer, 422, "want limit to be a valid integer, got 'many'")
