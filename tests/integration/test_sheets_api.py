"""The score for a screen over the API, on real servers."""

from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from tests.integration.solos import bring, choose, get, licks_of, refused

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def solo(api: httpx.Client) -> dict[str, Any]:
    """Give the solo of the example's score as a READY job."""
    return bring(api)


def sheet(api: httpx.Client, job: dict[str, Any], **query: Any) -> dict[str, Any]:
    return get(api, f"/jobs/{job['id']}/sheet", **query)


def heads_by_line(document: dict[str, Any]) -> list[dict[str, Element]]:
    return [
        {
            one.get("id") or "": one
            for one in fromstring(line["svg"]).iter(f"{_SVG}g")
            if "note" in (one.get("class") or "").split()
        }
        for line in document["lines"]
    ]


def test_a_sheet_maps_every_head_to_what_was_heard(api: httpx.Client, solo: dict[str, Any]) -> None:
    found = sheet(api, solo, width_mm=120, id_prefix="s1-")
    heard = get(api, f"/jobs/{solo['id']}/notes")
    assert found["version"] == heard["version"]
    assert [one["id"] for one in found["notes"]] == [one["id"] for one in heard["notes"]]
    heads = heads_by_line(found)
    line_of = {
        number: bar["line"] for bar in found["bars"] if (number := bar["number"]) is not None
    }
    named = []
    for note in found["notes"]:
        assert note["heads"][0] in heads[line_of[note["bar"]]]
        for head in note["heads"]:
            (drawn,) = [line[head] for line in heads if head in line]
            assert drawn.get("data-note") == note["id"]
        named += note["heads"]
    assert sorted(named) == sorted(one for line in heads for one in line)
    assert all(one.startswith("s1-") for one in named)
    assert {one["in_lick"] for one in found["notes"]} == {None}


def test_bars_follow_one_another_in_time_and_on_the_lines(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    found = sheet(api, solo)
    assert found["title"] == solo["title"]
    for one, after in pairwise(found["bars"]):
        assert one["offset_sec"] == after["onset_sec"]
        assert after["line"] - one["line"] in {0, 1}
    for at, line in enumerate(found["lines"]):
        numbers = [bar["number"] for bar in found["bars"] if bar["line"] == at]
        assert (line["first_bar"], line["last_bar"]) == (numbers[0], numbers[-1])
    for bar in found["bars"]:
        assert bar["beat_secs"][0] == bar["onset_sec"]
        assert len(bar["beat_secs"]) == bar["length_quarter"] == bar["numerator"] == 4
        for chord in bar["chords"]:
            assert chord["onset_sec"] in bar["beat_secs"]


def test_numerals_are_those_of_the_analysis_in_any_key(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    analysis = get(api, f"/jobs/{solo['id']}/line-analysis")
    wanted = {(one["symbol"], one["roman"]) for one in analysis["chords"]}
    found = sheet(api, solo, part="concert")
    shown = [(one["symbol"], one["roman"]) for bar in found["bars"] for one in bar["chords"]]
    assert shown
    assert {one for one in shown if one[1] is not None} <= wanted
    moved = sheet(api, solo, semitones=3)
    assert [one["roman"] for bar in moved["bars"] for one in bar["chords"]] == [
        one for _, one in shown
    ]


def test_a_sheet_moves_by_semitones_as_well_as_to_a_key(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    plain = sheet(api, solo, part="concert")
    assert (plain["key"], plain["concert_key"], plain["semitones"]) == ("F:major", "F:major", 0)
    for semitones, key in ((-3, "D:major"), (5, "Bb:major"), (1, "Gb:major")):
        moved = sheet(api, solo, part="concert", semitones=semitones)
        assert (moved["concert_key"], moved["semitones"]) == (key, semitones)
        pitches = [one["pitch_midi"] for one in moved["notes"]]
        assert pitches == [one["pitch_midi"] + semitones for one in plain["notes"]]
    alto = sheet(api, solo, part="alto sax", key="Bb", octave=-1)
    assert (alto["key"], alto["concert_key"], alto["semitones"]) == ("G:major", "Bb:major", -7)
    assert alto["part"]["transposition_semitones"] == 9


def test_the_sheet_of_a_lick_has_its_bars_and_tells_its_notes_from_others(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    lick = choose(api, solo, first_bar=13, last_bar=14)
    whole = {one["id"]: one for one in sheet(api, solo)["notes"]}
    found = get(api, f"/licks/{lick['id']}/sheet", id_prefix="lick-", width_mm=90)
    assert found["job_id"] == solo["id"]
    assert [one["id"] for one in found["notes"] if one["in_lick"]] == lick["note_ids"]
    bars = {whole[one]["bar"] for one in lick["note_ids"]}
    assert [one["number"] for one in found["bars"]] == list(range(min(bars), max(bars) + 1))
    assert {one["bar"] for one in found["notes"]} <= {one["number"] for one in found["bars"]}
    low = get(api, f"/licks/{lick['id']}/sheet", semitones=-2, octave=0)
    assert low["semitones"] == -2


def test_tablature_names_the_notes_too(api: httpx.Client, solo: dict[str, Any]) -> None:
    found = sheet(api, solo, part="guitar", octave=0)
    assert found["part"]["has_tab"]
    frets = {
        one.get("data-note")
        for line in found["lines"]
        for one in fromstring(line["svg"]).iter(f"{_SVG}text")
        if one.get("class") == "fret"
    }
    assert frets == {one["id"] for one in found["notes"]}
    assert not sheet(api, solo, part="guitar", tab="none")["part"]["has_tab"]


def test_edits_show_at_once_and_what_was_taken_back_is_as_before(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    before = sheet(api, solo)
    first = before["notes"][0]
    operations = [{"op": "transpose", "ids": [first["id"]], "semitones": 1}]
    api.patch(f"/jobs/{solo['id']}/notes", json={"operations": operations}).raise_for_status()
    after = sheet(api, solo)
    assert after["version"] == before["version"] + 1
    assert after["notes"][0]["pitch_midi"] == first["pitch_midi"] + 1
    api.post(f"/jobs/{solo['id']}/undo").raise_for_status()
    again = sheet(api, solo)
    assert (again["lines"], again["notes"]) == (before["lines"], before["notes"])


def test_a_title_of_a_stranger_is_told_as_it_is_and_drawn_nowhere(api: httpx.Client) -> None:
    name = "<script>alert(1)</script>.mid"
    found = sheet(api, bring(api, name=name))
    assert "script" in found["title"]
    assert not any("script" in line["svg"] for line in found["lines"])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"width_mm": 59}, "width_mm"),
        ({"width_mm": 601}, "width_mm"),
        ({"width_mm": "nan"}, "width_mm"),
        ({"id_prefix": "1a"}, "id_prefix"),
        ({"id_prefix": 'a"><script>'}, "id_prefix"),
        ({"id_prefix": "a" * 22}, "id_prefix"),
        ({"semitones": 13}, "semitones"),
        ({"semitones": 1, "key": "C"}, "want a key or semitones"),
        ({"key": "H"}, "want a key such as"),
        ({"part": "kazoo"}, "want a part, concert or one of"),
        ({"first_bar": 900}, "want bars of the solo"),
        ({"from_bar": 1}, "want no parameter from_bar"),
        ({"hand": "left"}, "want a hand"),
    ],
)
def test_what_cannot_be_is_refused(
    api: httpx.Client, solo: dict[str, Any], query: dict[str, Any], wanted: str
) -> None:
    refused(api.get(f"/jobs/{solo['id']}/sheet", params=query), 422, wanted)


def test_a_lick_has_no_other_bars_to_choose(api: httpx.Client, solo: dict[str, Any]) -> None:
    lick = licks_of(api, solo)["licks"][0]
    answer = api.get(f"/licks/{lick['id']}/sheet", params={"first_bar": 1})
    refused(answer, 422, "want no parameter first_bar")


def test_what_is_not_there_is_not_found(api: httpx.Client, solo: dict[str, Any]) -> None:
    nobody = "00000000-0000-0000-0000-000000000000"
    refused(api.get(f"/jobs/{nobody}/sheet"), 404, nobody)
    refused(api.get(f"/licks/{nobody}/sheet"), 404, nobody)
    assert solo["id"] != nobody


def test_of_a_solo_that_was_deleted_nothing_is_kept(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    sheet(api, solo)
    api.delete(f"/jobs/{solo['id']}").raise_for_status()
    for path in ("sheet", "sheet/lines?start=0&n_lines=1"):
        refused(api.get(f"/jobs/{solo['id']}/{path}"), 404, solo["id"])


def test_the_first_lines_and_those_that_follow_are_the_whole(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    whole = sheet(api, solo, width_mm=70)
    first = sheet(api, solo, width_mm=70, n_lines=2)
    path = f"/jobs/{solo['id']}/sheet/lines"
    more = get(api, path, width_mm=70, start=2, n_lines=2)
    last = get(api, path, width_mm=70, start=4, n_lines=1000)
    assert whole["n_lines"] == first["n_lines"] == len(whole["lines"]) > 4
    assert first["lines"] + more["lines"] + last["lines"] == whole["lines"]
    assert first | {"lines": []} == whole | {"lines": []}
    assert more["version"] == last["version"] == whole["version"]
    assert get(api, path, width_mm=70, start=1000, n_lines=1)["lines"] == []
    bars = {"width_mm": 70, "first_bar": 5, "last_bar": 12}
    some = sheet(api, solo, **bars)
    assert get(api, path, **bars, start=1, n_lines=1)["lines"] == some["lines"][1:2] != []


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({}, "start"),
        ({"start": -1, "n_lines": 1}, "start"),
        ({"start": 0, "n_lines": 0}, "n_lines"),
    ],
)
def test_lines_that_cannot_be_are_refused(
    api: httpx.Client, solo: dict[str, Any], query: dict[str, int], detail: str
) -> None:
    refused(api.get(f"/jobs/{solo['id']}/sheet/lines", params=query), 422, detail)
