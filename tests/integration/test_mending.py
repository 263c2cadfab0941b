"""Rhythm and harmony over the API: rows, edits and their evidence on real servers."""

import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import mido
import numpy as np
import pytest

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.domain.region import Region
from licklab.formats.evidence_npz import write_evidence
from licklab.formats.transcription_json import (
    read_transcription,
    transcription_schema,
)
from licklab.service.analysis_rows import load_analysis
from licklab.service.analysis_tables import BeatRow, EditRow, Layer
from licklab.service.jobs import EVIDENCE_NAME, TRANSCRIPTION_NAME
from tests.integration.conftest import Stack, upload
from tests.integration.hearing import Hearer
from tests.schemas import check
from tests.unit.domain.grids import blues_analysis

PROBLEM = "application/problem+json"
# Frames in a second, about as the networks give them.
_RATE, _CHORD_RATE = 86.13, 10.77


def _get(api: httpx.Client, job: dict[str, Any], name: str = "analysis") -> dict[str, Any]:
    answer = api.get(f"/jobs/{job['id']}/{name}")
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def _put(api: httpx.Client, job: dict[str, Any], name: str, **body: Any) -> dict[str, Any]:
    answer = api.put(f"/jobs/{job['id']}/{name}", json=body)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def _refused(answer: httpx.Response, status: int, detail: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    problem: dict[str, Any] = answer.json()
    assert detail in problem["detail"]
    return problem


def _music(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in ("version", "edits")}


def test_rows_give_back_what_was_heard(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    with hearer.database.transaction() as session:
        stored = load_analysis(session, uuid.UUID(blues["id"]), Layer.HEARD)
    assert stored is not None
    assert stored.analysis == blues_analysis()
    seen = _get(api, blues)
    assert (seen["version"], seen["edits"]) == (1, [])
    assert seen["heard"] == {"start_sec": 0.0, "end_sec": 60.0}
    document = _get(api, blues, "transcription")
    members = {name: seen[name] for name in seen if name not in ("version", "heard", "edits")}
    assert members.items() <= document.items()


def test_doubling_moves_bars_chords_and_notes_and_can_be_undone_and_redone(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    before, notes_before = _get(api, blues), _get(api, blues, "transcription")["notes"]
    midi = api.get(f"/jobs/{blues['id']}/transcription.mid").content
    doubled = _put(api, blues, "grid", op="double", version=before["version"])
    assert doubled["version"] == 2
    assert doubled["tempo_bpm"] == pytest.approx(240)
    assert len(doubled["chords"]) == len(before["chords"])
    assert doubled["form"]["n_bars"] == 24
    assert [(one["kind"], one["edit"]) for one in doubled["edits"]] == [("grid", {"op": "double"})]
    assert _get(api, blues) == doubled
    document = _get(api, blues, "transcription")
    check(document, transcription_schema)
    assert document["tempo_bpm"] == doubled["tempo_bpm"]
    assert document["beats"] == doubled["beats"]
    places = [(one["onset_sec"], one.get("bar"), one.get("beat")) for one in document["notes"]]
    assert places != [(one["onset_sec"], one.get("bar"), one.get("beat")) for one in notes_before]
    assert api.get(f"/jobs/{blues['id']}/transcription.mid").content != midi
    undone = api.post(f"/jobs/{blues['id']}/undo", json={"version": 2}).json()
    assert (undone["version"], _music(undone)) == (3, _music(before))
    assert [one["undone"] for one in undone["edits"]] == [True]
    assert hearer.count(BeatRow, blues, BeatRow.layer == Layer.MENDED) == 0
    assert _get(api, blues, "transcription")["notes"] == notes_before
    redone = api.post(f"/jobs/{blues['id']}/redo").json()
    assert (redone["version"], _music(redone)) == (4, _music(doubled))
    again = api.post(f"/jobs/{blues['id']}/redo")
    _refused(again, 409, "want a job with an edit that was taken back")


def test_a_new_edit_ends_what_can_be_redone(api: httpx.Client, blues: dict[str, Any]) -> None:
    _put(api, blues, "grid", op="double")
    api.post(f"/jobs/{blues['id']}/undo")
    seen = _put(api, blues, "grid", op="halve")
    assert [one["edit"]["op"] for one in seen["edits"]] == ["halve"]
    assert api.post(f"/jobs/{blues['id']}/redo").status_code == 409
    assert api.post(f"/jobs/{blues['id']}/undo").status_code == 200
    _refused(api.post(f"/jobs/{blues['id']}/undo"), 409, "want a job with an edit to take back")


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ({"op": "tempo", "tempo_bpm": 60}, lambda one: one["tempo_bpm"] == pytest.approx(60)),
        ({"op": "halve"}, lambda one: one["tempo_bpm"] == pytest.approx(60)),
        ({"op": "shift", "beats": 0.5}, lambda one: one["beats"][0]["time_sec"] == 1.25),
        ({"op": "shift", "beats": -1}, lambda one: one["beats"][0]["position_in_bar"] == 2),
        ({"op": "downbeat", "time_sec": 2.1}, lambda one: one["beats"][2]["position_in_bar"] == 1),
        ({"op": "time_signature", "time_signature": "3/4"},
         lambda one: one["time_signature"] == "3/4"),
        ({"op": "taps", "taps_sec": [10.0, 10.4, 10.8]},
         lambda one: one["tempo_bpm"] == pytest.approx(150, abs=0.1)),
        ({"op": "pins", "pins": [{"time_sec": 3.1, "bar": 1}]},
         lambda one: {"time_sec": 3.1, "bar": 1, "position_in_bar": 1, "confidence": 1.0}
         in one["beats"]),
    ],
)  # fmt: skip
def test_every_edit_of_the_grid_does_what_it_says(
    api: httpx.Client,
    blues: dict[str, Any],
    body: dict[str, Any],
    check: Callable[[dict[str, Any]], bool],
) -> None:
    assert not check(_get(api, blues))
    seen = _put(api, blues, "grid", **body)
    assert check(seen)
    times = {one["time_sec"] for one in seen["beats"]}
    halves = {
        round((a["time_sec"] + b["time_sec"]) / 2, 6)
        for a, b in zip(seen["beats"], seen["beats"][1:], strict=False)
    }
    inside = [one for one in seen["chords"] if one["onset_sec"] >= min(times)]
    assert len(inside) >= 23
    assert {one["onset_sec"] for one in inside} <= times | halves


def test_chords_and_key_are_written_and_follow_the_grid(
    api: httpx.Client, blues: dict[str, Any]
) -> None:
    events = [{"onset_sec": 3.02, "offset_sec": 4.9, "label": "A:min7", "symbol": "Am7"}]
    seen = _put(api, blues, "chords", events=events)
    assert [(one["onset_sec"], one["symbol"]) for one in seen["chords"][:3]] == [
        (1.0, "Bb7"),
        (3.0, "Am7"),
        (5.0, "Bb7"),
    ]
    assert seen["chords"][1]["confidence"] == 1.0
    shifted = _put(api, blues, "grid", op="shift", beats=0.5)
    assert shifted["chords"][1]["symbol"] == "Am7"
    assert shifted["chords"][1]["onset_sec"] in {one["time_sec"] for one in shifted["beats"]}
    keyed = _put(api, blues, "key", key="Gm")
    assert (keyed["key"], keyed["key_confidence"], keyed["key_alternative"]) == (
        "G:minor", 1.0, "Bb:major",
    )  # fmt: skip
    document = _get(api, blues, "transcription")
    assert (document["key"], document["chords"]) == ("G:minor", keyed["chords"])
    assert [one["kind"] for one in keyed["edits"]] == ["chords", "grid", "key"]


def test_edits_are_kept_when_the_recording_is_transcribed_again(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    _put(api, blues, "grid", op="shift", beats=0.5)
    mended = _put(api, blues, "key", key="F")
    assert api.post(f"/jobs/{blues['id']}/transcribe", json={}).status_code == 200
    early = api.put(f"/jobs/{blues['id']}/grid", json={"op": "double"})
    _refused(early, 409, "READY to mend, got CREATED")
    assert _music(_get(api, blues)) == _music(mended)
    hearer.publish(blues, blues_analysis(period_sec=0.31))
    again = _get(api, blues)
    assert again["version"] == mended["version"] + 1
    assert again["beats"] == mended["beats"]
    assert again["key"] == "F:major"
    api.post(f"/jobs/{blues['id']}/undo")
    heard = api.post(f"/jobs/{blues['id']}/undo").json()
    assert heard["tempo_bpm"] == pytest.approx(60 / 0.31, abs=0.01)
    assert heard["key"] == "Bb:blues"


def test_edits_follow_when_another_part_is_transcribed(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    mended = _put(api, blues, "grid", op="shift", beats=0.5)
    mended = _put(api, blues, "chords", events=[
        {"onset_sec": 1, "offset_sec": 49, "symbol": "Am7"}
    ])  # fmt: skip
    assert api.post(f"/jobs/{blues['id']}/transcribe", json={}).status_code == 200
    hearer.publish(blues, blues_analysis(1), region=Region(0.0, 20.0))
    part = _get(api, blues)
    assert part["beats"] == [one for one in mended["beats"] if one["time_sec"] <= 20.0]
    assert part["chords"][-1]["offset_sec"] <= 20.5
    assert api.post(f"/jobs/{blues['id']}/transcribe", json={}).status_code == 200
    hearer.publish(blues, None, region=Region(70.0, 90.0), duration_sec=100.0)
    elsewhere = _get(api, blues)
    assert (elsewhere["beats"], elsewhere["chords"]) == ([], [])


def test_without_its_files_a_result_can_still_be_mended(
    api: httpx.Client, stack: Stack, blues: dict[str, Any]
) -> None:
    folder = stack.settings.data_dir / blues["id"]
    evidence = _believed(0.5, 60.0)
    empty = replace(
        evidence.chords,
        **{name: getattr(evidence.chords, name)[:0] for name in ("chords", "bass", "tensions")},
    )
    (folder / EVIDENCE_NAME).write_bytes(write_evidence(Evidence(evidence.rhythm, empty)))
    (folder / TRANSCRIPTION_NAME).unlink()
    seen = _put(api, blues, "grid", op="double")
    assert len(seen["chords"]) == 24
    chart = api.put(f"/jobs/{blues['id']}/chords", json={"text": "| C |"})
    _refused(chart, 422, "want a recording whose harmony was heard")


def test_a_long_edit_is_listed_in_short(api: httpx.Client, blues: dict[str, Any]) -> None:
    taps = [1.0 + 0.2 * i for i in range(290)]
    _put(api, blues, "grid", op="taps", taps_sec=taps)
    events = [{"onset_sec": 2.0, "offset_sec": 4.0, "symbol": "Am7"}]
    seen = _put(api, blues, "chords", events=events)
    assert seen["edits"][0]["edit"] == {"op": "taps", "truncated": True}
    assert seen["edits"][1]["edit"]["chords"][0]["symbol"] == "Am7"


def test_an_edit_of_an_old_version_is_refused_with_the_one_that_is_there(
    api: httpx.Client, blues: dict[str, Any]
) -> None:
    tag = api.get(f"/jobs/{blues['id']}/analysis").headers["etag"]
    assert tag == '"1"'
    path = f"/jobs/{blues['id']}/grid"
    done = api.put(path, json={"op": "double"}, headers={"If-Match": tag})
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    late = api.put(path, json={"op": "halve"}, headers={"If-Match": tag})
    assert (
        _refused(late, 409, "version 2, which is there now, got one of version 1")["version"] == 2
    )
    late = api.put(path, json={"op": "halve", "version": 1})
    assert _refused(late, 409, "version 2")["version"] == 2
    late = api.post(f"/jobs/{blues['id']}/undo", json={"version": 1})
    assert _refused(late, 409, "version 2")["version"] == 2
    bad = api.put(path, json={"op": "halve"}, headers={"If-Match": "W/7"})
    _refused(bad, 422, 'want a version such as "3" in If-Match')


def test_of_many_edits_at_once_none_is_lost(api: httpx.Client, blues: dict[str, Any]) -> None:
    start = threading.Barrier(8)

    def shift(_: int) -> int:
        start.wait()
        body = {"op": "shift", "beats": 1}
        version: int = api.put(f"/jobs/{blues['id']}/grid", json=body).json()["version"]
        return version

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(shift, range(8)))
    assert sorted(versions) == list(range(2, 10))
    seen = _get(api, blues)
    assert (seen["version"], len(seen["edits"])) == (9, 8)
    # Eight beats later the bars begin where they did.
    assert [b["position_in_bar"] for b in seen["beats"][:5]] == [1, 2, 3, 4, 1]

    def of_nine(_: int) -> int:
        start.wait()
        body = {"op": "shift", "beats": 1, "version": 9}
        return api.put(f"/jobs/{blues['id']}/grid", json=body).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(of_nine, range(8)))
    assert sorted(answers) == [200, *[409] * 7]


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("grid", b"{}", "want "),
        ("grid", b'{"op": "triple"}', "want "),
        ("grid", b"{", "want JSON, got '{'"),
        ("grid", b"[]", "want "),
        ("grid", b'{"op": "tempo"}', "want "),
        ("grid", b'{"op": "tempo", "tempo_bpm": 1e9}', "want a tempo of 30 to 400 bpm"),
        ("grid", b'{"op": "tempo", "tempo_bpm": NaN}', "want "),
        ("grid", b'{"op": "double", "more": 1}', "want "),
        ("grid", b'{"op": "shift", "beats": 0.3}', "want a shift by half beats"),
        ("grid", b'{"op": "taps", "taps_sec": [3]}', "want "),
        ("grid", b'{"op": "taps", "taps_sec": [3, 2]}', "want times in order"),
        ("grid", b'{"op": "downbeat", "time_sec": 99}', "want times inside what was heard"),
        ("grid", b'{"op": "time_signature", "time_signature": "4/5"}', "want a time signature"),
        ("chords", b"{}", "one of text, ireal, musicxml and events"),
        ("chords", b'{"text": "| C |"}', "want a recording whose harmony was heard"),
        ("chords", b'{"events": []}', "want "),
        ("chords", b'{"events": [{"onset_sec": 2, "offset_sec": 1, "label": "C:maj"}]}',
         "want a chord that begins before it ends"),
        ("chords", b'{"events": [{"onset_sec": 2, "offset_sec": 1e308, "label": "C:maj"}]}',
         "want chords inside what was heard"),
        ("chords",
         b'{"events": [{"onset_sec": 2, "offset_sec": 3, "label": "C:maj", "symbol": "Cm"}]}',
         "want a symbol and a label of one chord, got 'Cm' and 'C:maj'"),
        ("chords", b'{"events": [{"onset_sec": 2, "offset_sec": 3, "symbol": "C\\u0000"}]}',
         "without control characters (U+0000)"),
        ("chords", b'{"text": "| C\\u0000 |"}', "without control characters (U+0000)"),
        ("chords", b'{"ireal": "irealb://\\u0001"}', "without control characters (U+0001)"),
        ("chords", b'{"musicxml": "\\u0000"}', "without control characters (U+0000)"),
        ("grid", b'{"op": "taps", "taps_sec": [3, 3.5, 4, 4.1]}', "want beats 0.15 s apart"),
        ("grid", b'{"op": "pins", "pins": [{"time_sec": 3, "bar": 9}, {"time_sec": 7, "bar": 2}]}',
         "want bars in order"),
        ("key", b'{"key": "H"}', "want a key such as"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_problem_and_changes_nothing(
    api: httpx.Client, blues: dict[str, Any], name: str, content: bytes, detail: str
) -> None:
    before = _get(api, blues)
    _refused(api.put(f"/jobs/{blues['id']}/{name}", content=content), 422, detail)
    assert _get(api, blues) == before


def test_a_body_without_end_is_not_read_to_its_end(
    api: httpx.Client, blues: dict[str, Any]
) -> None:
    body = b'{"text": "' + b"x" * 5_000_000 + b'"}'
    _refused(api.put(f"/jobs/{blues['id']}/chords", content=body), 413, "at most 4000000 bytes")


def test_before_a_result_there_is_nothing_to_mend(api: httpx.Client, short_wav: Path) -> None:
    job = upload(api, short_wav)
    _refused(api.get(f"/jobs/{job['id']}/analysis"), 409, "READY, got CREATED")
    for name in ("grid", "chords", "key"):
        body = {"grid": {"op": "double"}, "chords": {"text": "C"}, "key": {"key": "C"}}[name]
        _refused(api.put(f"/jobs/{job['id']}/{name}", json=body), 409, "READY to mend, got CREATED")
    for name in ("undo", "redo"):
        _refused(api.post(f"/jobs/{job['id']}/{name}"), 409, "READY to mend, got CREATED")


def test_a_result_without_beats_gets_them_by_tapping(
    api: httpx.Client, hearer: Hearer, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    hearer.publish(job, None, region=Region(10.0, 30.0))
    _refused(api.put(f"/jobs/{job['id']}/grid", json={"op": "double"}), 422, "tap some")
    seen = _put(api, job, "grid", op="taps", taps_sec=[12.0, 12.5, 13.0])
    assert (seen["beats"][0]["time_sec"], seen["beats"][-1]["time_sec"]) == (10.0, 30.0)
    assert seen["heard"] == {"start_sec": 10.0, "end_sec": 30.0}
    notes = _get(api, job, "transcription")["notes"]
    # The first tap is a downbeat: of bar 2, since there is room for one before it.
    assert next(one for one in notes if one["onset_sec"] > 12.4)["bar"] == 2


def test_a_job_takes_its_rows_and_evidence_along(
    api: httpx.Client, hearer: Hearer, blues: dict[str, Any]
) -> None:
    _put(api, blues, "grid", op="double")
    assert hearer.count(BeatRow, blues) > 0
    assert api.delete(f"/jobs/{blues['id']}").status_code == 204
    assert hearer.count(BeatRow, blues) == hearer.count(EditRow, blues) == 0


def _believed(period_sec: float, duration_sec: float) -> Evidence:
    """Make evidence of a pulse, and of a blues of twelve bars that goes with it."""
    rng = np.random.default_rng(0)
    times = np.arange(0.4, duration_sec, period_sec)
    belief = rng.random(int(duration_sec * _RATE)).astype(np.float32) * 0.2
    belief[np.rint(times * _RATE).astype(int).clip(0, len(belief) - 1)] = 0.9
    rhythm = RhythmEvidence(0.0, _RATE, belief, belief, belief, belief)
    n_frames = int(duration_sec * _CHORD_RATE)
    bars = (np.arange(n_frames) / _CHORD_RATE - 0.4) // (4 * period_sec)
    roots = np.array([10, 3, 10, 10, 3, 3, 10, 7, 0, 5, 10, 5])[bars.astype(int) % 12]
    chords = rng.random((n_frames, 1 + 12 * len(QUALITIES))).astype(np.float32)
    chords[np.arange(n_frames), 1 + len(QUALITIES) * roots + QUALITIES.index("7")] += 20
    bass = rng.random((n_frames, 13)).astype(np.float32)
    bass[np.arange(n_frames), 1 + roots] += 5
    tensions = np.zeros((n_frames, 12, len(TENSIONS)), np.float32)
    logs = [np.log(one / one.sum(axis=1, keepdims=True)) for one in (chords, bass)]
    return Evidence(rhythm, ChordEvidence(0.0, _CHORD_RATE, logs[0], logs[1], tensions))


def test_taps_follow_the_evidence_that_is_kept(
    api: httpx.Client, hearer: Hearer, short_wav: Path
) -> None:
    job = upload(api, short_wav)
    evidence = _believed(0.437, 60.0)
    hearer.publish(job, blues_analysis(), evidence=evidence)
    first = 0.4 + 20 * 0.437
    seen = _put(api, job, "grid", op="taps", taps_sec=[first, first + 0.44, first + 0.87])
    times = np.array([one["time_sec"] for one in seen["beats"]])
    truth = np.arange(0.4, 59.0, 0.437)
    assert np.abs(truth[:, None] - times).min(axis=1).max() < 0.03
    # Chords are found anew on the new beats, and the key with them.
    roots = {one["label"].partition(":")[0] for one in seen["chords"]}
    assert roots >= {"Bb", "Eb", "F"}
    assert seen["key"].startswith("Bb")
    assert {one["onset_sec"] for one in seen["chords"]} <= set(times.tolist())


def test_mending_five_minutes_answers_at_once(
    api: httpx.Client, hearer: Hearer, short_wav: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = upload(api, short_wav)
    # 20 choruses at 200 bpm: 288 s, 961 beats, 240 chords.
    analysis = blues_analysis(20, 0.3)
    evidence = _believed(0.3, 300.0)
    hearer.publish(job, analysis, duration_sec=300.0, evidence=evidence)
    bodies: list[dict[str, Any]] = [
        {"op": "shift", "beats": 0.5},
        {"op": "shift", "beats": -0.5},
        {"op": "downbeat", "time_sec": 150.0},
        {"op": "taps", "taps_sec": [60.1, 60.4, 60.7, 61.0]},
        {"op": "tempo", "tempo_bpm": 198},
        {"op": "time_signature", "time_signature": "3/4"},
        {"op": "double"},
        {"op": "halve"},
    ]
    spent: list[tuple[str, float]] = []
    for body in bodies:
        begun = time.perf_counter()
        _put(api, job, "grid", **body)
        spent.append((body["op"], time.perf_counter() - begun))
    median_sec = statistics.median(sec for _, sec in spent)
    with capsys.disabled():
        each = ", ".join(f"{op} {1000 * sec:.0f}" for op, sec in spent)
        print(f"\na change of the grid: median {1000 * median_sec:.0f} ms ({each})")  # noqa: T201
    # 0.3 s is promised on a machine that does nothing else, chords found anew included; this one
    # may do much else. To listen again would take minutes.
    assert median_sec < 2.0


def test_midi_of_a_mended_result_has_its_tempo_and_signature(
    api: httpx.Client, blues: dict[str, Any], tmp_path: Path
) -> None:
    _put(api, blues, "grid", op="time_signature", time_signature="3/4")
    path = tmp_path / "mended.mid"
    path.write_bytes(api.get(f"/jobs/{blues['id']}/transcription.mid").content)
    track = mido.MidiFile(path).tracks[0]
    assert any(one.type == "time_signature" and one.numerator == 3 for one in track)
    document = _get(api, blues, "transcription")
    heard = read_transcription(json.dumps(document).encode())
    assert heard.analysis is not None
    assert str(heard.analysis.grid.time_signature) == "3/4"
