"""Licks over the API, on real servers: the example's score, found, chosen, named, explained."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from licklab.formats.lick_json import licks_schema, write_licks
from licklab.formats.line_analysis_json import analysis_schema
from licklab.formats.transcription_json import read_transcription
from licklab.service.lick_rows import load_records, load_row
from licklab.service.lick_tables import LickRow
from licklab.studying.study import study
from tests.integration.conftest import upload
from tests.integration.corpora import CorpusKeeper
from tests.integration.hearing import Hearer
from tests.integration.solos import bring, choose, get, ids, licks_of, refused
from tests.schemas import check
from tests.unit.domain.grids import blues_analysis


@pytest.fixture
def solo(api: httpx.Client) -> dict[str, Any]:
    """Give the solo of the example's score as a READY job."""
    return bring(api)


def test_licks_come_with_reasons_and_phrases_and_fit_their_schema(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    found = licks_of(api, solo)
    check(found, licks_schema)
    assert (found["schema"], found["version"]) == ("licklab.licks/1", 1)
    assert len(found["licks"]) >= 2
    assert {(one["origin"], one["name"], one["warning"]) for one in found["licks"]} == {
        ("found", None, None)
    }
    assert [one["number"] for one in found["licks"]] == list(range(1, len(found["licks"]) + 1))
    document = api.get(f"/jobs/{solo['id']}/transcription").content
    studied = study(read_transcription(document))
    wanted = write_licks(studied.line, studied.analysis, studied.phrases, studied.licks)
    assert found["phrases"] == wanted["phrases"]
    assert [one["note_ids"] for one in found["licks"]] == [
        one["note_ids"] for one in wanted["licks"]
    ]
    assert all(one["reasons"] for one in found["licks"])
    notes = get(api, f"/jobs/{solo['id']}/notes")["notes"]
    named = {one["id"] for one in notes}
    assert all(named.issuperset(one["note_ids"]) for one in found["licks"])
    in_phrases = [one for phrase in found["phrases"] for one in phrase["note_ids"]]
    assert len(in_phrases) == len(set(in_phrases)) > 0.9 * len(notes)
    assert licks_of(api, solo) == found
    one = found["licks"][0]
    seen = get(api, f"/licks/{one['id']}")
    assert (seen["job_id"], seen["version"]) == (solo["id"], 1)
    assert {name: seen.get(name) for name in one if name != "number"} == {
        name: value for name, value in one.items() if name != "number"
    }


def test_players_of_the_corpus_count_as_reasons(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    document = read_transcription(api.get(f"/jobs/{solo['id']}/transcription").content)
    for performer in ("Anna", "Bert", "Carl"):
        keeper.add_copy(performer, document)
    lick = choose(api, solo, first_bar=13, last_bar=14)
    [shared] = [one for one in lick["reasons"] if one["kind"] == "shared"]
    assert shared["value"] == 3
    assert any(
        one["kind"] == "shared" for each in licks_of(api, solo)["licks"] for one in each["reasons"]
    )


def test_ten_that_ask_at_once_see_one_set_of_licks(api: httpx.Client, solo: dict[str, Any]) -> None:
    with ThreadPoolExecutor(10) as pool:
        seen = list(pool.map(lambda _: licks_of(api, solo), range(10)))
    assert all(one == seen[0] for one in seen)
    assert len(set(ids(seen[0]))) == len(seen[0]["licks"])


def test_ids_names_and_deletions_outlive_edits_of_all_kinds(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    before = licks_of(api, solo)
    named, unwanted, *others = ids(before)
    assert api.patch(f"/licks/{named}", json={"name": "  Home  "}).json()["name"] == "Home"
    assert api.delete(f"/licks/{unwanted}").status_code == 204
    assert api.get(f"/licks/{unwanted}").status_code == 404
    gone = next(one for one in before["licks"] if one["id"] == unwanted)
    key = api.put(f"/jobs/{solo['id']}/key", json={"key": "Bb"})
    assert key.status_code == 200
    first = get(api, f"/jobs/{solo['id']}/notes")["notes"][0]["id"]
    moved = api.patch(
        f"/jobs/{solo['id']}/notes",
        json={"operations": [{"op": "transpose", "semitones": 12, "ids": [first]}]},
    )
    assert moved.status_code == 200
    after = licks_of(api, solo)
    assert after["version"] == 3
    assert next(one for one in after["licks"] if one["id"] == named)["name"] == "Home"
    assert len(set(ids(after)) & set(others)) >= 0.7 * len(others)
    assert unwanted not in ids(after)
    assert gone["note_ids"] not in [one["note_ids"] for one in after["licks"]]
    for _ in range(2):
        api.post(f"/jobs/{solo['id']}/undo")
    again = licks_of(api, solo)
    assert next(one for one in again["licks"] if one["id"] == named)["name"] == "Home"
    assert gone["note_ids"] not in [one["note_ids"] for one in again["licks"]]


def test_a_name_that_is_given_while_another_request_waits_is_seen_by_it(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    lick_id = ids(licks_of(api, solo))[0]
    with hearer.database.transaction() as session:
        assert load_row(session, uuid.UUID(lick_id)).name is None
        api.patch(f"/licks/{lick_id}", json={"name": "Mine"})
        seen = load_records(session, uuid.UUID(solo["id"]))
    assert [one.name for one in seen if str(one.id) == lick_id] == ["Mine"]


def test_a_lick_stays_at_its_place_when_another_place_of_it_comes_first(
    api: httpx.Client, keeper: CorpusKeeper, solo: dict[str, Any]
) -> None:
    lick = next(one for one in licks_of(api, solo)["licks"] if len(one["occurrences"]) > 1)
    first, second, *others = lick["occurrences"]
    assert api.patch(f"/licks/{lick['id']}", json={"name": "Here"}).is_success
    # As if it had been found at its second place, which an edit of the changes may do.
    with keeper.database.transaction() as session:
        row = session.get_one(LickRow, uuid.UUID(lick["id"]))
        row.body = {**row.body, **second, "occurrences": [second, first, *others]}
    assert api.put(f"/jobs/{solo['id']}/key", json={"key": "Eb"}).is_success
    now = get(api, f"/licks/{lick['id']}")
    assert (now["name"], now["warning"], now["version"]) == ("Here", None, 2)
    assert (now["note_ids"], now["bars"]) == (second["note_ids"], second["bars"])
    assert now["occurrences"][0]["note_ids"] == second["note_ids"]
    assert first["onset_sec"] in [one["onset_sec"] for one in now["occurrences"][1:]]
    listed = [one["lickness"] for one in licks_of(api, solo)["licks"]]
    assert listed == sorted(listed, reverse=True)


def test_a_name_is_taken_away_by_null_and_by_nothing_else(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    lick = f"/licks/{ids(licks_of(api, solo))[0]}"
    api.patch(lick, json={"name": "Mine"})
    bars = get(api, lick)["bars"]
    trimmed = api.patch(lick, json={"first_bar": bars[0], "last_bar": bars[-1] + 1})
    assert trimmed.json()["name"] == "Mine"
    assert api.patch(lick, json={"name": None}).json()["name"] is None


def test_licks_are_chosen_by_bars_and_by_time(api: httpx.Client, solo: dict[str, Any]) -> None:
    notes = get(api, f"/jobs/{solo['id']}/notes")["notes"]
    by_bars = choose(api, solo, name="Bars 9 and 10", first_bar=9, last_bar=10)
    assert set(by_bars["bars"]) <= {9, 10}
    assert (by_bars["origin"], by_bars["name"]) == ("chosen", "Bars 9 and 10")
    begin, end = notes[4]["onset_sec"], notes[12]["onset_sec"]
    by_time = choose(api, solo, from_sec=begin, to_sec=end)
    assert by_time["name"] is None
    assert set(by_time["note_ids"]) <= {one["id"] for one in notes[4:12]}
    assert by_time["onset_sec"] == begin
    listed = licks_of(api, solo)["licks"]
    assert [one["id"] for one in listed if one["origin"] == "chosen"] == [
        by_bars["id"],
        by_time["id"],
    ]
    assert [one["number"] for one in listed] == list(range(1, len(listed) + 1))
    assert api.delete(f"/licks/{by_bars['id']}").status_code == 204
    assert by_bars["id"] not in ids(licks_of(api, solo))


def test_a_trimmed_lick_keeps_its_id_and_the_found_one_does_not_come_back(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    before = licks_of(api, solo)
    one = max(before["licks"], key=lambda each: len(each["note_ids"]))
    notes = {each["id"]: each for each in get(api, f"/jobs/{solo['id']}/notes")["notes"]}
    middle = notes[one["note_ids"][3]]["onset_sec"]
    trimmed = api.patch(
        f"/licks/{one['id']}", json={"from_sec": one["onset_sec"], "to_sec": middle}
    )
    assert trimmed.status_code == 200, trimmed.text
    assert (trimmed.json()["id"], trimmed.json()["origin"]) == (one["id"], "chosen")
    assert trimmed.json()["note_ids"] == one["note_ids"][:3]
    api.put(f"/jobs/{solo['id']}/key", json={"key": "Bb"})
    after = licks_of(api, solo)
    assert [each["note_ids"] for each in after["licks"] if each["id"] == one["id"]] == [
        one["note_ids"][:3]
    ]
    found = [each for each in after["licks"] if each["origin"] == "found"]
    assert one["note_ids"] not in [each["note_ids"] for each in found]


def test_a_chosen_lick_outlives_its_notes_and_comes_back_with_them(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    chosen = choose(api, solo, name="Lost", first_bar=9, last_bar=10)
    operations = [{"op": "remove", "ids": chosen["note_ids"]}]
    edit = api.patch(f"/jobs/{solo['id']}/notes", json={"operations": operations})
    assert edit.status_code == 200, edit.text
    lost = get(api, f"/licks/{chosen['id']}")
    assert "no longer there" in lost["warning"]
    assert (lost["name"], lost["note_ids"]) == ("Lost", chosen["note_ids"])
    refused(api.get(f"/licks/{chosen['id']}/analysis"), 422, "want at least 3 notes")
    api.post(f"/jobs/{solo['id']}/undo")
    back = get(api, f"/licks/{chosen['id']}")
    assert (back["warning"], back["note_ids"]) == (None, chosen["note_ids"])


def test_a_lick_is_explained_with_notes_that_are_there(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    named = {one["id"] for one in get(api, f"/jobs/{solo['id']}/notes")["notes"]}
    for one in licks_of(api, solo)["licks"]:
        document = get(api, f"/licks/{one['id']}/analysis")
        check(document, analysis_schema)
        assert document["note_ids"] == one["note_ids"]
        assert document["statements"]
        for statement in document["statements"]:
            assert statement["note_ids"]
            assert named.issuperset(statement["note_ids"])


def test_any_stretch_is_explained_and_so_is_the_whole(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    path = f"/jobs/{solo['id']}/line-analysis"
    whole = get(api, path)
    check(whole, analysis_schema)
    bars = get(api, path, first_bar=9, last_bar=10)
    assert set(bars["bars"]) <= {9, 10}
    assert bars["notes"] == [one for one in whole["notes"] if one["bar"] in (9, 10)]
    begin, end = bars["onset_sec"], bars["notes"][-1]["onset_sec"] + 0.01
    assert get(api, path, from_sec=begin, to_sec=end)["notes"] == bars["notes"]
    refused(api.get(path, params={"first_bar": 3}), 422, "or first_bar and last_bar; got first_bar")
    refused(api.get(path, params={"first_bar": 4, "last_bar": 3}), 422, "want bars in order")
    refused(api.get(path, params={"from_sec": "nan", "to_sec": 1}), 422, "want from_sec to be")
    unknown = "want no parameter from_bar, got one; there are first_bar, last_bar, from_sec, to_sec"
    refused(api.get(path, params={"from_bar": 3, "to_bar": 4}), 422, unknown)
    refused(api.get(solo["links"]["licks"], params={"limit": 3}), 422, "got one; there are none")


def test_an_edit_shows_at_once_in_what_is_explained(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    path = f"/jobs/{solo['id']}/line-analysis"
    first = get(api, path)["notes"][0]
    operation = {"op": "pitch", "id": first["id"], "pitch_midi": first["pitch_midi"] + 1}
    api.patch(f"/jobs/{solo['id']}/notes", json={"operations": [operation]})
    assert get(api, path)["notes"][0]["pitch_midi"] == first["pitch_midi"] + 1


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "got none of them"),
        ({"from_sec": 1}, "got from_sec"),
        ({"from_sec": 1, "last_bar": 2}, "got from_sec, last_bar"),
        ({"from_sec": 1, "to_sec": 2, "first_bar": 1, "last_bar": 2}, "want from_sec and to_sec"),
        ({"from_sec": 2, "to_sec": 1}, "want a stretch of time"),
        ({"from_sec": -1, "to_sec": 1}, "greater than or equal to 0"),
        ({"first_bar": 2, "last_bar": 1}, "want bars in order"),
        ({"first_bar": 900, "last_bar": 901}, "want at least 3 notes for a lick, got 0"),
        ({"first_bar": 1.5, "last_bar": 2}, "want first_bar to be a valid integer"),
        ({"first_bar": 1, "last_bar": 2, "name": "x" * 201}, "at most 200"),
        ({"first_bar": 1, "last_bar": 2, "name": "a\x00"}, "without control characters"),
        ({"first_bar": 1, "last_bar": 2, "colour": "red"}, "want no member colour, got one"),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    api: httpx.Client, solo: dict[str, Any], body: dict[str, Any], detail: str
) -> None:
    refused(api.post(solo["links"]["licks"], json=body), 422, detail)


def test_unknown_licks_and_jobs_are_404(api: httpx.Client, solo: dict[str, Any]) -> None:
    for lick_id in (uuid.uuid4(), "none"):
        refused(api.get(f"/licks/{lick_id}"), 404, "want the id of a lick")
        refused(api.get(f"/licks/{lick_id}/analysis"), 404, "want the id of a lick")
        refused(api.patch(f"/licks/{lick_id}", json={"name": "x"}), 404, "want the id of a lick")
        refused(api.delete(f"/licks/{lick_id}"), 404, "want the id of a lick")
    refused(api.get(f"/jobs/{uuid.uuid4()}/licks"), 404, "want the id of a job")
    lick = f"/licks/{ids(licks_of(api, solo))[0]}"
    refused(api.patch(lick, json={}), 422, "want a name, from_sec and to_sec")
    assert api.delete(lick).status_code == 204
    refused(api.delete(lick), 404, "want the id of a lick")


def test_a_job_without_a_result_has_no_licks_yet(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    refused(api.get(job["links"]["licks"]), 409, "want a job that is READY")
    refused(api.get(f"/jobs/{job['id']}/line-analysis"), 409, "want a job that is READY")


def test_a_solo_of_one_note_or_none_has_no_licks(
    api: httpx.Client, hearer: Hearer, short_wav: Path
) -> None:
    silent = upload(api, short_wav)
    hearer.publish(silent, blues_analysis(), notes=())
    assert (licks_of(api, silent)["licks"], licks_of(api, silent)["phrases"]) == ([], [])
    refused(api.get(f"/jobs/{silent['id']}/line-analysis"), 422, "want a solo with notes")
    unmeasured = upload(api, short_wav)
    hearer.publish(unmeasured, None)
    assert licks_of(api, unmeasured)["phrases"]
    by_bars = {"first_bar": 1, "last_bar": 2}
    refused(api.post(unmeasured["links"]["licks"], json=by_bars), 422, "want a solo with beats")


def test_licks_are_found_anew_in_another_hearing_and_go_with_their_job(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    chosen = choose(api, blues, from_sec=2.0, to_sec=5.0)
    api.post(f"/jobs/{blues['id']}/transcribe", json={"mode": "polyphonic"})
    assert get(api, f"/licks/{chosen['id']}")["version"] == 1
    hearer.publish(blues, blues_analysis(), duration_sec=30.0)
    assert get(api, f"/licks/{chosen['id']}")["version"] == 2
    assert hearer.count(LickRow, blues) > 0
    assert api.delete(f"/jobs/{blues['id']}").status_code == 204
    assert hearer.count(LickRow, blues) == 0
    assert api.get(f"/licks/{chosen['id']}").status_code == 404


def test_the_schemas_are_served(api: httpx.Client) -> None:
    assert get(api, "/schemas/licks-1.json") == licks_schema()
    assert get(api, "/schemas/analysis-1.json") == analysis_schema()
