"""The corpus over the API, and the user's own jobs in it, on real servers."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import jsonschema
import pytest
from sqlalchemy import func, select, update

from licklab.service.lick_tables import CorpusRemovalRow
from licklab.service.tables import Job
from tests.integration.conftest import Stack, wait_for
from tests.integration.corpora import SOURCE, CorpusKeeper, walk
from tests.integration.solos import EXAMPLE, bring, get, refused


def pitches_of(api: httpx.Client, job: dict[str, Any]) -> list[int]:
    """Give the pitches of a job's solo as the corpus has them."""
    [info] = get(api, "/corpus/solos", source="your recordings")["items"]
    assert info["job_id"] == job["id"]
    return [one["pitch_midi"] for one in get(api, f"/corpus/solos/{info['id']}")["notes"]]


def n_removals(keeper: CorpusKeeper) -> int:
    with keeper.database.reading() as session:
        return session.scalar(select(func.count()).select_from(CorpusRemovalRow)) or 0


def test_solos_come_page_by_page_and_filtered(api: httpx.Client, keeper: CorpusKeeper) -> None:
    for performer, title in (("bert", "C"), ("Anna", "B"), ("Anna", "A"), ("Carl", "D")):
        keeper.add(performer, title, style="BEBOP" if performer == "Anna" else "COOL", year=1950)
    names, cursor = [], None
    while True:
        page = get(api, "/corpus/solos", limit=3, **({"cursor": cursor} if cursor else {}))
        names += [(one["performer"], one["title"]) for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert names == [("Anna", "A"), ("Anna", "B"), ("bert", "C"), ("Carl", "D")]
    items = get(api, "/corpus/solos", player="ANNA", style="bebop")["items"]
    assert [one["title"] for one in items] == ["A", "B"]
    assert [one["title"] for one in get(api, "/corpus/solos", player="ann")["items"]] == ["A", "B"]
    for unmet, told in (
        ({"instrument": "trumpet"}, "got 'trumpet'; there are tenor_sax"),
        ({"player": "Anne"}, "want a player of the corpus, got 'Anne'; the nearest are Anna"),
        ({"style": "POLKA"}, "got 'POLKA'; there are BEBOP, COOL"),
        ({"from_year": 1951}, "got from 1951; there are 1950 to 1950"),
        ({"from_year": 1960, "to_year": 1950}, "want years in order, got 1960 to 1950"),
    ):
        refused(api.get("/corpus/solos", params=unmet), 422, told)
    refused(api.get("/corpus/solos", params={"cursor": "x"}), 422, "want the `next` of another")
    refused(api.get("/corpus/solos", params={"limit": 0}), 422, "want limit")
    refused(api.get("/corpus/solos", params={"limit": 201}), 422, "want limit")
    refused(
        api.get("/corpus/solos", params={"artist": "Anna"}),
        422,
        "want no parameter artist, got one",
    )


def test_a_solo_can_be_drawn_and_played(api: httpx.Client, keeper: CorpusKeeper) -> None:
    solo_id = keeper.add("Anna", "One", year=1950)
    solo = get(api, f"/corpus/solos/{solo_id}")
    assert (solo["performer"], solo["source"], solo["licence"]) == ("Anna", SOURCE, "CC0")
    assert (solo["key"], solo["tempo_bpm"], solo["beats_per_bar"]) == ("C:major", 120.0, 4)
    assert [one["pitch_midi"] for one in solo["notes"]] == list(walk("One"))
    second = solo["notes"][1]
    assert (second["onset_sec"], second["offset_sec"]) == (0.25, 0.45)
    assert (second["bar"], second["beat"], second["chord"]) == (1, 1.5, 0)
    assert [one["symbol"] for one in solo["chords"][:4]] == ["Dm7", "G7", "Cmaj7", "A7"]
    assert (solo["chords"][1]["bar"], solo["chords"][1]["beat"]) == (2, 1)
    assert solo["phrases"][1] == {"first_note": 16, "last_note": 31}
    refused(api.get("/corpus/solos/none"), 404, "want a solo of the corpus")


def test_statistics_count_what_is_there(api: httpx.Client, keeper: CorpusKeeper) -> None:
    assert get(api, "/corpus/statistics")["n_solos"] == 0
    keeper.add("Anna", "One", year=1950)
    keeper.add("Anna", "Two", year=1960)
    counted = get(api, "/corpus/statistics")
    assert (counted["n_solos"], counted["n_notes"]) == (2, 128)
    assert (counted["first_year"], counted["last_year"]) == (1950, 1960)
    assert counted["performers"] == [{"name": "Anna", "n_solos": 2, "n_notes": 128}]
    assert counted["sources"][0]["licence"] == "CC0"


def test_what_is_typical_of_a_player_is_what_the_others_do_not_play(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    own = [0, 3, -1, 4, -2, 5, -3, 2]
    for number in range(12):
        keeper.add("Anna", f"Tune {number}", style="BEBOP", start=own)
        keeper.add("Bert", f"Song {number}", style="COOL")
    report = get(api, "/corpus/patterns", player="anna", limit=5)
    assert (report["performer"], report["n_solos"], report["n_tunes"]) == ("Anna", 12, 12)
    best = report["patterns"][0]
    assert (best["n_tunes"], best["n_tunes_outside"], best["players"]) == (12, 0, [])
    assert best["places"][0]["pitch_midi"][: len(best["intervals"])]
    assert len(best["places"][0]["note_names"]) == len(best["intervals"]) + 1
    assert best["text"]
    assert len(get(api, "/corpus/patterns", player="Anna", limit=1)["patterns"]) == 1
    assert get(api, "/corpus/patterns", style="cool")["n_solos"] == 12
    refused(api.get("/corpus/patterns"), 422, "want a player or a style")
    refused(api.get("/corpus/patterns", params={"player": "Nobody"}), 404, "want a player")
    refused(api.get("/corpus/patterns", params={"performer": "Anna"}), 422, "there are player, ")
    refused(api.get("/corpus/patterns", params={"style": "COOL", "limit": 0}), 422, "want limit")


def test_a_new_result_is_in_the_corpus_within_seconds_and_leaves_with_its_job(
    api: httpx.Client, stack: Stack, keeper: CorpusKeeper
) -> None:
    first = bring(api)
    keeper.keep()  # compiles the search, which the scheduler would do otherwise
    api.delete(f"/jobs/{first['id']}")
    with stack.scheduler():
        wait_for(lambda: first["id"] not in keeper.job_ids(), 120)  # it starts, on a busy machine
        job = bring(api)
        begin = time.monotonic()
        wait_for(lambda: job["id"] in keeper.job_ids(), 60)
        assert time.monotonic() - begin < 5
        api.delete(f"/jobs/{job['id']}")
        wait_for(lambda: job["id"] not in keeper.job_ids())
    assert n_removals(keeper) == 0


def test_edits_renew_the_solo_and_leave_the_job_as_old_as_it_was(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    job = bring(api)
    keeper.keep()
    before = pitches_of(api, job)
    assert get(api, f"/jobs/{job['id']}")["updated_at"] == job["updated_at"]
    first = get(api, f"/jobs/{job['id']}/notes")["notes"][0]
    operation = {"op": "pitch", "id": first["id"], "pitch_midi": first["pitch_midi"] + 1}
    api.patch(f"/jobs/{job['id']}/notes", json={"operations": [operation]})
    keeper.keep()
    assert pitches_of(api, job) == [before[0] + 1, *before[1:]]
    api.post(f"/jobs/{job['id']}/undo")
    keeper.keep()
    assert pitches_of(api, job) == before


def test_many_schedulers_at_once_put_each_job_in_once(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    jobs = [bring(api)["id"] for _ in range(4)]
    others = [keeper.another() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(one.renew) for one in others for _ in range(3)]:
            done.result()
    keeper.keep()
    assert sorted(keeper.job_ids()) == sorted(jobs)
    for job_id in jobs:
        api.delete(f"/jobs/{job_id}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.renew(), others))
    keeper.keep()
    assert keeper.job_ids() == []


def test_what_was_not_finished_before_a_crash_is_done_by_the_next_round(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    kept, deleted = bring(api), bring(api)
    keeper.keep()
    # As after a crash between writing into the corpus and marking the job.
    with keeper.database.transaction() as session:
        session.execute(update(Job).values(corpus_version=None))
    api.delete(f"/jobs/{deleted['id']}")
    keeper.another().renew()
    assert keeper.job_ids() == [kept["id"]]


def test_a_corpus_that_was_lost_or_damaged_gets_the_jobs_again(
    api: httpx.Client, keeper: CorpusKeeper
) -> None:
    job, deleted = bring(api), bring(api)
    keeper.keep()
    keeper.damage()
    api.delete(f"/jobs/{deleted['id']}")
    with pytest.raises(Exception, match="want "):
        keeper.keep()
    assert n_removals(keeper) == 1
    assert get(api, f"/jobs/{job['id']}")["status"] == "READY"
    keeper.clear()
    keeper.keep()
    assert keeper.job_ids() == [job["id"]]
    assert n_removals(keeper) == 0


def test_a_result_that_cannot_be_read_holds_nothing_up(
    api: httpx.Client, stack: Stack, keeper: CorpusKeeper
) -> None:
    broken, sound = bring(api), bring(api, EXAMPLE.read_bytes(), "sound.mid")
    (stack.settings.data_dir / broken["id"] / "transcription.json").write_text("{}")
    keeper.keep()
    assert keeper.job_ids() == [sound["id"]]
    assert get(api, f"/jobs/{broken['id']}")["status"] == "READY"


def test_results_whose_files_cannot_be_read_wait_and_are_not_tried_without_pause(
    api: httpx.Client, keeper: CorpusKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("licklab.service.own_solos._JOBS_A_ROUND", 2)
    jobs = [bring(api)["id"] for _ in range(3)]
    with monkeypatch.context() as broken:
        broken.setattr("licklab.service.own_solos.load_result", fail)
        assert not keeper.another().renew()
    assert keeper.job_ids() == []
    assert keeper.another().renew()
    keeper.keep()
    assert sorted(keeper.job_ids()) == sorted(jobs)


def test_what_is_documented_is_what_comes(api: httpx.Client, keeper: CorpusKeeper) -> None:
    job, _ = bring(api), bring(api)
    solo_id = keeper.add("Anna", "One")
    keeper.keep()
    lick_id = get(api, job["links"]["licks"])["licks"][0]["id"]
    document = api.get("/openapi.json").json()
    answers = {
        "/jobs/{job_id}/licks": f"/jobs/{job['id']}/licks",
        "/jobs/{job_id}/line-analysis": f"/jobs/{job['id']}/line-analysis?first_bar=9&last_bar=10",
        "/licks/{lick_id}": f"/licks/{lick_id}",
        "/licks/{lick_id}/analysis": f"/licks/{lick_id}/analysis",
        "/licks/{lick_id}/similar": f"/licks/{lick_id}/similar",
        "/corpus/solos": "/corpus/solos",
        "/corpus/solos/{solo_id}": f"/corpus/solos/{solo_id}",
        "/corpus/statistics": "/corpus/statistics",
        "/corpus/patterns": "/corpus/patterns?player=Anna",
    }
    for path, address in answers.items():
        response = document["paths"][path]["get"]["responses"]["200"]
        schema = response["content"]["application/json"]["schema"]
        jsonschema.validate(get(api, address), {**schema, "components": document["components"]})
    body = document["paths"]["/search"]["post"]["requestBody"]["content"]
    assert body["multipart/form-data"]["schema"]["required"] == ["file"]
    for query in ({"query": "60 62 63 65"}, {"lick_id": lick_id, "limit": 5}):
        jsonschema.validate(query, body["application/json"]["schema"])
        answer = api.post("/search", json=query)
        jsonschema.validate(
            answer.json(),
            {"$ref": "#/components/schemas/MatchList", "components": document["components"]},
        )
    assert get(api, f"/jobs/{job['id']}")["links"]["licks"] == f"/jobs/{job['id']}/licks"
