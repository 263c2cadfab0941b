"""Edits of notes over the API, on real servers."""

import json
import statistics
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import mido
import pytest
from sqlalchemy.orm import Session

from licklab.domain.note import Note
from licklab.domain.region import Region
from licklab.formats.transcription_json import read_transcription, transcription_schema
from licklab.service.analysis_tables import AnalysisRow, EditRow, Layer
from tests.integration.conftest import Stack, upload
from tests.integration.hearing import Hearer
from tests.schemas import check
from tests.unit.domain.grids import blues_analysis


@pytest.fixture
def solo(api: httpx.Client, hearer: Hearer, short_wav: Path) -> dict[str, Any]:
    """Give a READY job: a blues, over which a scale goes up and up."""
    job = upload(api, short_wav)
    hearer.publish(job, blues_analysis(), notes=_scale())
    return job


def _scale(delay_sec: float = 0.0, extra: tuple[Note, ...] = ()) -> tuple[Note, ...]:
    """Play 40 notes: the one at 2 s is n3, of pitch 62."""
    starts = [1.0 + 0.5 * i + delay_sec for i in range(40)]
    played = [Note(one, one + 0.4, 60 + i, 80, 0.9) for i, one in enumerate(starts)]
    return tuple(sorted((*played, *extra), key=lambda one: one.onset_sec))


def _patch(api: httpx.Client, job: dict[str, Any], *operations: Any, **body: Any) -> dict[str, Any]:
    answer = api.patch(f"/jobs/{job['id']}/notes", json={"operations": operations, **body})
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def _get(api: httpx.Client, job: dict[str, Any], name: str = "notes") -> dict[str, Any]:
    answer = api.get(f"/jobs/{job['id']}/{name}")
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def _refused(answer: httpx.Response, status: int, detail: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert detail in problem["detail"]
    return problem


def _places(seen: dict[str, Any]) -> dict[str, tuple[float, float, int]]:
    return {
        one["id"]: (one["onset_sec"], one["offset_sec"], one["pitch_midi"]) for one in seen["notes"]
    }


def test_every_operation_does_what_it_says_and_ids_stay(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    before = _get(api, solo)
    assert (before["version"], before["warnings"], before["edits"]) == (1, [], [])
    seen = _patch(
        api, solo,
        {"op": "remove", "ids": ["n1", "n2"]},
        {"op": "pitch", "id": "n3", "pitch_midi": 50},
        {"op": "transpose", "semitones": -12, "from_sec": 2.5, "to_sec": 3.5},
        {"op": "move", "id": "n6", "onset_sec": 3.55, "offset_sec": 3.8},
        {"op": "merge", "ids": ["n8", "n7"]},
        {"op": "split", "id": "n9", "time_sec": 5.2},
        {"op": "add", "onset_sec": 30.0, "offset_sec": 30.5, "pitch_midi": 70},
        version=1,
    )  # fmt: skip
    places = _places(seen)
    new = [one for one in places if not one.startswith("n")]
    assert places["n3"] == (2.0, 2.4, 50)
    assert (places["n4"][2], places["n5"][2], places["n6"]) == (51, 52, (3.55, 3.8, 65))
    assert places["n7"] == (4.0, 4.9, 66)
    assert places["n9"] == (5.0, 5.2, 68)
    assert [places[one] for one in new] == [(5.2, 5.4, 68), (30.0, 30.5, 70)]
    assert all(one.startswith("e2.") for one in new)
    assert not {"n1", "n2", "n8"} & set(places)
    untouched = {f"n{i}" for i in range(10, 41)}
    assert {one: _places(before)[one] for one in untouched}.items() <= places.items()
    sure = {one["id"]: one["confidence"] for one in seen["notes"]}
    assert {sure[one] for one in ("n3", "n4", "n6", "n7", "n9", *new)} == {1.0}
    assert {sure[one] for one in untouched} == {0.9}
    assert [(one["kind"], len(one["edit"]["operations"])) for one in seen["edits"]] == [
        ("notes", 7)
    ]
    assert _get(api, solo) == seen


def test_files_show_the_mended_notes_on_the_mended_beats(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any], tmp_path: Path
) -> None:
    midi = api.get(f"/jobs/{solo['id']}/transcription.mid").content
    seen = _patch(api, solo, {"op": "move", "id": "n3", "onset_sec": 2.25})
    assert hearer.count(AnalysisRow, solo, AnalysisRow.layer == Layer.MENDED) == 0
    document = _get(api, solo, "transcription")
    check(document, transcription_schema)
    assert document["notes"] == seen["notes"]
    assert next(one["beat"] for one in seen["notes"] if one["id"] == "n3") == 3.5
    path = tmp_path / "mended.mid"
    path.write_bytes(api.get(f"/jobs/{solo['id']}/transcription.mid").content)
    assert path.read_bytes() != midi
    played = [one for one in mido.MidiFile(path).tracks[-1] if one.type == "note_on"]
    assert len([one for one in played if one.velocity]) == 40
    grid = api.put(f"/jobs/{solo['id']}/grid", json={"op": "shift", "beats": 0.5}).json()
    document = _get(api, solo, "transcription")
    assert document["notes"] == _get(api, solo)["notes"]
    assert document["beats"] == grid["beats"]
    assert next(one["beat"] for one in document["notes"] if one["id"] == "n3") == 3.0
    heard = read_transcription(json.dumps(document).encode())
    assert heard.note_ids == tuple(one["id"] for one in document["notes"])


def test_undo_and_redo_go_through_edits_of_all_kinds(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    heard = _get(api, solo)
    removed = _patch(api, solo, {"op": "remove", "ids": ["n1"]})
    doubled = api.put(f"/jobs/{solo['id']}/grid", json={"op": "double"}).json()
    added = _patch(api, solo, {"op": "add", "onset_sec": 1.0, "offset_sec": 1.3, "pitch_midi": 64})
    assert [one["kind"] for one in added["edits"]] == ["notes", "grid", "notes"]
    after = api.post(f"/jobs/{solo['id']}/undo", json={"version": 4}).json()
    assert (after["version"], after["beats"]) == (5, doubled["beats"])
    assert _places(_get(api, solo)) == _places(removed)
    api.post(f"/jobs/{solo['id']}/undo")
    assert _get(api, solo)["notes"] == removed["notes"]
    api.post(f"/jobs/{solo['id']}/undo")
    assert _get(api, solo)["notes"] == heard["notes"]
    for _ in range(3):
        assert api.post(f"/jobs/{solo['id']}/redo").status_code == 200
    assert _get(api, solo)["notes"] == added["notes"]
    api.post(f"/jobs/{solo['id']}/undo")
    other = _patch(api, solo, {"op": "add", "onset_sec": 1.0, "offset_sec": 1.3, "pitch_midi": 65})
    assert {"e4.1", "e12.1"} & set(_places(other)) == {"e12.1"}


def test_an_edit_of_an_old_version_is_refused(api: httpx.Client, solo: dict[str, Any]) -> None:
    tag = api.get(f"/jobs/{solo['id']}/notes").headers["etag"]
    path, body = f"/jobs/{solo['id']}/notes", {"operations": [{"op": "remove", "ids": ["n1"]}]}
    done = api.patch(path, json=body, headers={"If-Match": tag})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    late = api.patch(path, json=body, headers={"If-Match": tag})
    assert _refused(late, 409, "got one of version 1")["version"] == 2
    late = api.put(f"/jobs/{solo['id']}/grid", json={"op": "double", "version": 1})
    assert _refused(late, 409, "got one of version 1")["version"] == 2


@pytest.mark.parametrize(
    ("operation", "status", "detail"),
    [
        ({"op": "remove", "ids": ["n41"]}, 404, "want the id of a note, got 'n41'"),
        ({"op": "remove", "ids": []}, 422, "want ids of 1 notes or more, got 0"),
        ({"op": "remove", "ids": ["n1", "n1"]}, 422, "want each note once, got 'n1'"),
        ({"op": "pitch", "id": "n1", "pitch_midi": 128}, 422, "less than or equal to 127"),
        ({"op": "pitch", "id": "n1", "pitch_midi": 60.5}, 422, "want "),
        ({"op": "transpose", "semitones": 60, "from_sec": 0}, 422, "of 0 to 127, got 128"),
        ({"op": "transpose", "semitones": 12}, 422, "got neither"),
        ({"op": "transpose", "semitones": 0, "ids": ["n1"]}, 422, "want 1 to 127 semitones"),
        ({"op": "transpose", "semitones": 1, "from_sec": 50}, 422, "want notes from 50.00"),
        ({"op": "move", "id": "n1"}, 422, "got neither"),
        ({"op": "move", "id": "n1", "offset_sec": 1.0}, 422, "ends after it starts, got 1 to 1 s"),
        ({"op": "move", "id": "n1", "offset_sec": 61}, 422, "inside what was heard, 0.00 to 60.00"),
        ({"op": "merge", "ids": ["n1"]}, 422, "want ids of 2 notes or more, got 1"),
        ({"op": "split", "id": "n1", "time_sec": 1.4}, 422, "want a time inside the note"),
        ({"op": "add", "onset_sec": 61, "offset_sec": 62, "pitch_midi": 60}, 422, "inside what"),
        ({"op": "add", "onset_sec": 3, "offset_sec": 3, "pitch_midi": 60}, 422, "ends after it"),
        ({"op": "add", "onset_sec": 1.01, "offset_sec": 2, "pitch_midi": 60}, 422, "got n1 at"),
        ({"op": "add", "onset_sec": 3, "offset_sec": 4, "pitch_midi": -1}, 422, "want "),
        ({"op": "bend", "id": "n1"}, 422, "want "),
        ({"op": "split", "id": "n1", "time_sec": 1.2, "more": 1}, 422, "want "),
        ({"op": "split", "id": "n\u00001", "time_sec": 1.2}, 422, "control characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_problem_and_changes_nothing(
    api: httpx.Client, solo: dict[str, Any], operation: dict[str, Any], status: int, detail: str
) -> None:
    before = _get(api, solo)
    fine = {"op": "remove", "ids": ["n2"]}
    answer = api.patch(f"/jobs/{solo['id']}/notes", json={"operations": [fine, operation]})
    _refused(answer, status, detail)
    assert _get(api, solo) == before


def test_an_edit_has_a_beginning_and_an_end(
    api: httpx.Client, solo: dict[str, Any], short_wav: Path
) -> None:
    path = f"/jobs/{solo['id']}/notes"
    many = [{"op": "pitch", "id": "n1", "pitch_midi": 50}] * 1001
    _refused(api.patch(path, json={"operations": []}), 422, "at least 1 item")
    _refused(api.patch(path, json={"operations": many}), 422, "at most 1000 items")
    assert api.patch(path, json={"operations": many[:1000]}).status_code == 200
    nobody = api.patch(f"/jobs/{uuid.uuid4()}/notes", json={"operations": many[:1]})
    _refused(nobody, 404, "want the id of a job")
    waiting = upload(api, short_wav)
    early = api.patch(f"/jobs/{waiting['id']}/notes", json={"operations": many[:1]})
    _refused(early, 409, "READY to mend, got CREATED")
    _refused(api.get(f"/jobs/{waiting['id']}/notes"), 409, "READY, got CREATED")


def test_edits_outlive_the_same_and_another_hearing(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    seen = _patch(
        api, solo,
        {"op": "pitch", "id": "n3", "pitch_midi": 50},
        {"op": "remove", "ids": ["n5"]},
        {"op": "add", "onset_sec": 30.0, "offset_sec": 30.5, "pitch_midi": 70},
    )  # fmt: skip
    seen = _patch(api, solo, {"op": "move", "id": "n3", "offset_sec": 2.3})
    _again(api, hearer, solo, _scale())
    assert _get(api, solo)["notes"] == seen["notes"]
    # Heard a little later, an octave too high, and with one more note before: other numbers.
    moved = _scale(0.02, (Note(0.5, 0.9, 40, 80, 0.9),))
    _again(api, hearer, solo, (*moved[:3], _higher(moved[3]), *moved[4:]))
    again = _get(api, solo)
    places = _places(again)
    assert places["n4"] == (2.0, 2.3, 50)
    assert "n6" not in places
    assert len(places) == len(seen["notes"]) + 1
    assert again["warnings"] == []


def test_where_an_edit_finds_no_note_what_was_wanted_is_there_with_a_warning(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    _patch(
        api, solo,
        {"op": "pitch", "id": "n3", "pitch_midi": 50},
        {"op": "remove", "ids": ["n5"]},
    )  # fmt: skip
    _again(api, hearer, solo, tuple(one for one in _scale() if one.onset_sec >= 10))
    seen = _get(api, solo)
    assert (seen["notes"][0]["onset_sec"], seen["notes"][0]["pitch_midi"]) == (2.0, 50)
    assert seen["notes"][0]["id"].startswith("e2.")
    assert [one[:12] for one in seen["warnings"]] == ["1 of your ed", "1 of your ed"]
    assert set(seen["warnings"]) <= set(_get(api, solo, "transcription")["warnings"])
    # Of another part of the recording nothing is to be told.
    _again(api, hearer, solo, tuple(one for one in _scale() if one.onset_sec >= 10), Region(9, 30))
    elsewhere = _get(api, solo)
    assert (elsewhere["notes"][0]["onset_sec"], elsewhere["warnings"]) == (10.0, [])
    api.post(f"/jobs/{solo['id']}/undo")
    assert {one["id"] for one in _get(api, solo)["notes"]} == {f"n{i}" for i in range(1, 23)}


def test_a_result_that_cannot_be_stored_leaves_the_files_of_before(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    assert api.post(f"/jobs/{solo['id']}/transcribe", json={}).status_code == 200
    run = hearer.runs.claim(uuid.UUID(solo["id"]))
    assert run is not None
    moved: list[bool] = []

    def fail(_session: Session) -> None:
        raise ValueError("no such chord")

    with pytest.raises(ValueError, match="no such chord"):
        hearer.runs.publish(
            run, lambda: moved.append(True), duration_sec=1.0, warnings=[], note_count=0, store=fail
        )
    assert moved == []


def test_without_its_file_a_result_has_no_notes(
    api: httpx.Client, hearer: Hearer, stack: Stack, solo: dict[str, Any]
) -> None:
    (stack.settings.data_dir / solo["id"] / "transcription.json").unlink()
    body = {"operations": [{"op": "remove", "ids": ["n1"]}]}
    _refused(api.patch(f"/jobs/{solo['id']}/notes", json=body), 404, "no longer there")
    _refused(api.get(f"/jobs/{solo['id']}/notes"), 404, "no longer there")
    assert hearer.count(EditRow, solo) == 0


def test_mending_the_notes_of_five_minutes_answers_at_once(
    api: httpx.Client, hearer: Hearer, short_wav: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = upload(api, short_wav)
    notes = tuple(Note(0.2 * i, 0.2 * i + 0.15, 60 + i % 12, 80, 0.9) for i in range(1, 1500))
    hearer.publish(job, blues_analysis(20, 0.3), duration_sec=310.0, notes=notes)
    spent: list[float] = []
    for i in range(12):
        operations = [
            {"op": "pitch", "id": f"n{3 * i + 1}", "pitch_midi": 50},
            {"op": "split", "id": f"n{3 * i + 2}", "time_sec": 0.2 * (3 * i + 2) + 0.07},
            {"op": "transpose", "semitones": 12 * (-1) ** i, "from_sec": 100, "to_sec": 110},
        ]
        begun = time.perf_counter()
        _patch(api, job, *operations)
        spent.append(time.perf_counter() - begun)
    median_sec = statistics.median(spent)
    with capsys.disabled():
        figures = f"median {1000 * median_sec:.0f} ms, last {1000 * spent[-1]:.0f} ms"
        print(f"\na change of notes: {figures}")  # noqa: T201
    # 0.3 s is promised on a machine that does nothing else.
    assert median_sec < 1.0


def _higher(note: Note) -> Note:
    return Note(note.onset_sec, note.offset_sec, note.pitch_midi + 12, 80, 0.9)


def _again(
    api: httpx.Client,
    hearer: Hearer,
    job: dict[str, Any],
    notes: tuple[Note, ...],
    region: Region | None = None,
) -> None:
    assert api.post(f"/jobs/{job['id']}/transcribe", json={}).status_code == 200
    hearer.publish(job, blues_analysis(), notes=notes, region=region)
