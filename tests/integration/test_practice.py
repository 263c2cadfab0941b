"""Practice over the API, on real servers: sessions, schedule, progress, files, calendar."""

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, text

from licklab.service.database import Database
from licklab.service.practice_desk import PracticeDesk
from licklab.service.practice_tables import (
    PracticeCardRow,
    PracticeSessionRow,
    PractisedLickRow,
)
from licklab.service.practice_wishes import NewSession, ScheduleWish, WantedKey
from licklab.service.storage import LocalStorage
from tests.integration.conftest import Stack
from tests.integration.solos import bring, choose, get, ids, licks_of, refused

NOW = datetime.now(UTC)


@pytest.fixture
def database(stack: Stack) -> Iterator[Database]:
    """Give the database with nothing practised in it."""
    database = Database(stack.settings.required_database_url)
    forget_all(database)
    yield database
    forget_all(database)
    database.close()


def forget_all(database: Database) -> None:
    with database.transaction() as session:
        for table in (PracticeSessionRow, PracticeCardRow, PractisedLickRow):
            session.execute(delete(table))
        session.execute(
            text(
                "UPDATE practice_settings SET time_zone = 'UTC', new_keys_a_day = 2, "
                "key_order = 'fourths'"
            )
        )


@pytest.fixture
def solo(api: httpx.Client, database: Database) -> dict[str, Any]:  # noqa: ARG001 - for its effect
    """Give the example's score as a READY job, and nothing practised."""
    return bring(api)


@pytest.fixture
def lick(api: httpx.Client, solo: dict[str, Any]) -> dict[str, Any]:
    """Give a lick of it."""
    return choose(api, solo, first_bar=11, last_bar=12, name="Turnaround")


def put(api: httpx.Client, lick: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = api.post("/practice/licks", json={"lick_id": lick["id"], **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def play(api: httpx.Client, lick: dict[str, Any], **body: Any) -> dict[str, Any]:
    usual = {"lick_id": lick["id"], "semitones": 0, "tempo_bpm": 100, "is_clean": True}
    if "key" in body:
        usual.pop("semitones")
    answer = api.post("/practice/sessions", json={**usual, **body})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def row_of(progress: dict[str, Any], key: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = progress["rows"]
    return next(row for row in rows if row["key"] == key)


def test_a_lick_is_put_on_the_schedule_played_and_comes_back(
    api: httpx.Client, lick: dict[str, Any], solo: dict[str, Any]
) -> None:
    planned = put(api, lick)
    assert (planned["name"], planned["bars"], planned["job_id"]) == (
        "Turnaround", [11, 12], solo["id"],
    )  # fmt: skip
    assert planned["job_title"] == "third-shelf-blues"
    assert planned["home_key"] == planned["keys"][0]
    assert len(set(planned["keys"])) == 12
    assert planned["original_bpm"] == planned["target_bpm"] is not None
    today = get(api, "/practice/today")
    assert (today["due"], today["new"], today["practised"]) == (0, 2, 0)
    assert [one["key"] for one in today["items"]] == planned["keys"][:2]
    first = today["items"][0]
    assert (first["kind"], first["lick"]["is_there"], first["semitones"]) == ("new", True, 0)
    assert first["reason"].startswith("New: begin with ")
    assert first["suggested_bpm"] == round(0.6 * planned["target_bpm"])
    target = planned["target_bpm"]
    played = play(api, lick, tempo_bpm=target, played_at=ago(9), passes=3)
    assert (played["key"], played["lick_name"], played["tempo_share"]) == (
        planned["home_key"], "Turnaround", 1.0,
    )  # fmt: skip
    today = get(api, "/practice/today")
    # It was mastered on the first day, and so it rests for eight.
    assert [(one["kind"], one["semitones"]) for one in today["items"]] == [
        ("overdue", 0), ("new", 5), ("new", -2),
    ]  # fmt: skip
    assert today["items"][0]["reason"] == (
        f"Overdue by 1 day: you last played it cleanly at {target:.0f} bpm 9 days ago."
    )
    assert today["items"][0]["suggested_bpm"] == round(target)
    play(api, lick, tempo_bpm=0.5 * target)
    today = get(api, "/practice/today")
    assert (today["due"], today["practised"]) == (0, 1)
    progress = get(api, f"/practice/licks/{lick['id']}")
    row = progress["rows"][0]
    assert row["best_clean_bpm"] == target
    assert (row["best_share"], row["last_bpm"], row["sessions"]) == (1.0, 0.5 * target, 2)
    assert row["cells"] == [
        {"from_share": 0.5, "sessions": 1, "clean": 1},
        {"from_share": 1.0, "sessions": 1, "clean": 1},
    ]
    assert row["due_on"] > today["day"]


def test_keys_are_said_in_several_ways(api: httpx.Client, lick: dict[str, Any]) -> None:
    home = put(api, lick)["home_key"]
    mode = home.partition(":")[2]
    keys = [
        play(api, lick, key="C#")["key"],
        play(api, lick, key=f"Db:{mode}")["key"],
        play(api, lick, key="D♭")["key"],
    ]
    assert keys == [f"Db:{mode}"] * 3
    body = {"lick_id": lick["id"], "tempo_bpm": 100, "is_clean": True}
    other = "minor" if mode != "minor" else "major"
    for said, wanted in (
        ({"key": f"Db:{other}"}, f"want a {mode} key, as the lick's own"),
        ({"key": "H"}, "want a key such as"),
        ({}, "want key or semitones, got none of them"),
        ({"key": "F", "semitones": 2}, "want key or semitones, got both"),
    ):
        refused(api.post("/practice/sessions", json={**body, **said}), 422, wanted)
    planned = put(api, lick, keys=["Bb", "F", "Bb"], target_bpm=200)
    assert planned["keys"] == [f"Bb:{mode}", f"F:{mode}"]
    assert put(api, lick, target_bpm=210)["keys"] == planned["keys"]
    assert len(put(api, lick, order="semitones", n_keys=4)["keys"]) == 4


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"tempo_bpm": 0}, "want tempo_bpm to be greater than or equal to 10"),
        ({"tempo_bpm": 1e400}, "want JSON"),
        ({"accuracy": 1.5}, "want accuracy to be less than or equal to 1"),
        ({"passes": 0}, "want passes to be greater than or equal to 1"),
        ({"tempo_bpm": None}, "want tempo_bpm or tempo_share, got none of them"),
        ({"tempo_share": 0.5}, "want tempo_bpm or tempo_share, got both"),
        ({"is_clean": None}, "want is_clean or accuracy, got none of them"),
        ({"played_at": "2026-01-01T12:00:00"}, "want played_at to"),
        ({"played_at": "0001-01-01T00:00:00+14:00"}, "a time between 1900 and 2200"),
        ({"played_at": (NOW + timedelta(days=2)).isoformat()}, "want a time that has passed"),
        ({"time_zone": "Mars/Base"}, "want a time zone such as Europe/Vienna"),
        ({"time_zone": "../../etc/passwd"}, "want a time zone such as Europe/Vienna"),
        ({"time_zone": "America"}, "want a time zone such as Europe/Vienna"),
        ({"source": "dream"}, "want source to be"),
        ({"lick_id": "x"}, "want lick_id to be"),
        ({"mood": "fine"}, "want no member mood, got one"),
    ],
)
def test_what_cannot_have_been_played_is_refused(
    api: httpx.Client, lick: dict[str, Any], body: dict[str, Any], wanted: str
) -> None:
    usual = {"lick_id": lick["id"], "semitones": 0, "tempo_bpm": 100, "is_clean": True}
    content = json.dumps({**usual, **body}).replace("Infinity", "1e400 oops")
    answer = api.post("/practice/sessions", content=content)
    refused(answer, 422, wanted)
    assert get(api, "/practice/sessions")["items"] == []


def test_what_is_not_there_is_not_found(api: httpx.Client, lick: dict[str, Any]) -> None:
    nobody = str(uuid.uuid4())
    body = {"lick_id": nobody, "semitones": 0, "tempo_bpm": 100, "is_clean": True}
    refused(api.post("/practice/sessions", json=body), 404, "want the id of a lick")
    refused(api.post("/practice/licks", json={"lick_id": nobody}), 404, "want the id of a lick")
    refused(
        api.get(f"/practice/licks/{lick['id']}"), 404, "want the id of a lick that is practised"
    )
    refused(api.delete(f"/practice/licks/{nobody}"), 404, "want the id of a lick that is practised")
    refused(api.delete(f"/practice/sessions/{nobody}"), 404, "want the id of a session of practice")
    refused(api.delete("/practice/sessions/x"), 404, "want the id of a session of practice")
    refused(api.get("/practice/today", params={"tz": "x"}), 422, "want a time zone")
    refused(api.get("/practice/progress", params={"cursor": "x"}), 422, "as cursor")
    refused(api.get("/practice/sessions", params={"cursor": "x"}), 422, "as cursor")
    refused(api.get("/practice/today", params={"zone": "UTC"}), 422, "want no parameter zone")


def test_a_session_that_is_sent_twice_is_logged_once_and_one_that_is_deleted_never_was(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    put(api, lick)
    own = str(uuid.uuid4())
    with ThreadPoolExecutor(8) as pool:
        played = list(pool.map(lambda _: play(api, lick, id=own, played_at=ago(1)), range(8)))
    assert all(one == played[0] for one in played)
    assert [one["id"] for one in get(api, "/practice/sessions")["items"]] == [own]
    other = play(api, lick, tempo_bpm=50, is_clean=False)
    after = get(api, f"/practice/licks/{lick['id']}")["rows"][0]
    assert (after["sessions"], after["missed"]) == (2, 1)
    assert api.delete(f"/practice/sessions/{other['id']}").status_code == 204
    row = get(api, f"/practice/licks/{lick['id']}")["rows"][0]
    assert (row["sessions"], row["missed"]) == (1, 0)
    assert api.delete(f"/practice/sessions/{own}").status_code == 204
    row = get(api, f"/practice/licks/{lick['id']}")["rows"][0]
    assert (row["sessions"], row["due_on"], row["position"]) == (0, None, 0)


def test_sessions_that_come_at_once_are_all_counted(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda k: play(api, lick, semitones=k % 2, tempo_bpm=100 + k), range(16)))
    rows = get(api, f"/practice/licks/{lick['id']}")["rows"]
    assert [row["sessions"] for row in rows] == [8, 8]
    assert {row["best_clean_bpm"] for row in rows} == {114, 115}


def test_the_days_allowance_is_kept_however_often_somebody_looks(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    licks = [choose(api, solo, first_bar=bar, last_bar=bar + 1) for bar in (5, 9)]
    for one in licks:
        put(api, one)
    today = get(api, "/practice/today")
    assert get(api, "/practice/today") == today
    assert [one["lick"]["id"] for one in today["items"]] == [one["id"] for one in licks]
    assert [one["semitones"] for one in today["items"]] == [0, 0]
    play(api, licks[0], tempo_bpm=200)
    assert [one["lick"]["id"] for one in get(api, "/practice/today")["items"]] == [licks[1]["id"]]
    play(api, licks[1], tempo_bpm=200)
    assert get(api, "/practice/today")["items"] == []
    changed = api.patch("/practice/settings", json={"new_keys_a_day": 3})
    assert changed.json() == {"time_zone": "UTC", "new_keys_a_day": 3, "order": "fourths"}
    assert [one["semitones"] for one in get(api, "/practice/today")["items"]] == [5]
    refused(api.patch("/practice/settings", json={"new_keys_a_day": 13}), 422, "new_keys_a_day")
    refused(api.patch("/practice/settings", json={"time_zone": "Moon"}), 422, "want a time zone")
    assert get(api, "/practice/settings")["new_keys_a_day"] == 3


def test_what_was_practised_stays_when_the_lick_and_its_solo_are_deleted(
    api: httpx.Client, solo: dict[str, Any], lick: dict[str, Any]
) -> None:
    put(api, lick)
    play(api, lick, played_at=ago(20))
    api.patch(f"/licks/{lick['id']}", json={"name": "Way home"})
    assert get(api, "/practice/today")["items"][0]["lick"]["name"] == "Way home"
    play(api, lick, semitones=5)
    api.delete(f"/licks/{lick['id']}")
    assert get(api, "/practice/today")["items"] == []
    progress = get(api, f"/practice/licks/{lick['id']}")
    assert (progress["lick"]["is_there"], progress["lick"]["name"]) == (False, "Way home")
    api.delete(solo["links"]["self"])
    names = [one["lick_name"] for one in get(api, "/practice/sessions")["items"]]
    assert names == ["Way home", "Turnaround"]
    assert api.delete(f"/practice/licks/{lick['id']}").status_code == 204
    rows = get(api, f"/practice/licks/{lick['id']}")["rows"]
    assert [(row["semitones"], row["position"], row["sessions"]) for row in rows] == [
        (5, None, 1), (0, None, 1),
    ] or sorted(row["sessions"] for row in rows) == [1, 1]  # fmt: skip


def test_what_was_played_before_counts_when_a_lick_is_put_on_the_schedule(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    play(api, lick, played_at=ago(30), semitones=5)
    assert get(api, "/practice/today")["items"] == []
    put(api, lick)
    today = get(api, "/practice/today")["items"]
    assert [(one["kind"], one["semitones"]) for one in today] == [
        ("overdue", 5), ("new", 0), ("new", -2),
    ]  # fmt: skip
    assert api.delete(f"/practice/licks/{lick['id']}").status_code == 204
    assert get(api, "/practice/today")["items"] == []
    assert put(api, lick, target_bpm=50)["target_bpm"] == 50
    row = row_of(get(api, f"/practice/licks/{lick['id']}"), today[0]["key"])
    assert row["best_share"] == 2.0


def test_progress_counts_days_in_the_players_zone(api: httpx.Client, lick: dict[str, Any]) -> None:
    day = date(2026, 3, 9)
    for k, hour in enumerate((23, 22, 23)):
        moment = datetime(2026, 3, 7 + k, hour, 30, tzinfo=UTC)
        play(api, lick, played_at=moment.isoformat(), time_zone="Asia/Tokyo", passes=2,
             duration_sec=90)  # fmt: skip
    sessions = get(api, "/practice/sessions", from_day=day.isoformat(), to_day="2026-03-09")
    assert [one["day"] for one in sessions["items"]] == ["2026-03-09"]
    for k in range(3):
        play(api, lick, played_at=ago(k), passes=4, duration_sec=120)
    progress = get(api, "/practice/progress")
    assert progress["streak_days"] == 3
    assert progress["days"][-1] == {
        "day": NOW.date().isoformat(), "sessions": 1, "passes": 4, "minutes": 2.0,
    }  # fmt: skip
    assert 78 <= len(progress["days"]) <= 84
    assert progress["bands"][-1] == 1.0
    [one] = progress["licks"]
    assert one["lick"]["is_scheduled"] is False
    assert one["rows"][0]["sessions"] == 6


def test_lists_come_in_pages(api: httpx.Client, solo: dict[str, Any]) -> None:
    licks = [choose(api, solo, first_bar=bar, last_bar=bar + 1) for bar in (5, 7, 9)]
    for one in licks:
        put(api, one, n_keys=1)
    for k in range(5):
        play(api, licks[0], played_at="2026-01-01T12:00:00Z", tempo_bpm=100 + k)
    seen, cursor = [], None
    while True:
        page = get(api, "/practice/sessions", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [one["id"] for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) == 5
    key = get(api, f"/practice/licks/{licks[0]['id']}")["lick"]["home_key"]
    assert len(get(api, "/practice/sessions", lick_id=licks[0]["id"], key=key)["items"]) == 5
    assert get(api, "/practice/sessions", lick_id=licks[0]["id"], key="Gb")["items"] == []
    assert get(api, "/practice/sessions", lick_id=licks[1]["id"])["items"] == []
    first = get(api, "/practice/progress", limit=2)
    rest = get(api, "/practice/progress", limit=2, cursor=first["next"])
    shown = [one["lick"]["id"] for one in (*first["licks"], *rest["licks"])]
    assert shown == [one["id"] for one in licks]
    assert rest["next"] is None
    one = get(api, "/practice/progress", lick_id=licks[1]["id"])
    assert [row["lick"]["id"] for row in one["licks"]] == [licks[1]["id"]]
    assert one["days"] == first["days"]
    # Whoever opens a lick asks: that it is not practised is no error.
    assert get(api, "/practice/progress", lick_id=str(uuid.uuid4()))["licks"] == []


def test_a_tempo_is_said_as_a_share_of_the_recordings(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    played = play(api, lick, tempo_bpm=None, tempo_share=0.75)
    original = get(api, f"/practice/licks/{lick['id']}")["lick"]["original_bpm"]
    assert played["tempo_bpm"] == pytest.approx(0.75 * original, abs=0.001)
    assert played["tempo_share"] == 0.75


def test_a_log_that_is_taken_and_brought_gives_the_same_schedule(
    api: httpx.Client, database: Database, solo: dict[str, Any]
) -> None:
    licks = [choose(api, solo, first_bar=bar, last_bar=bar + 1, name=name)
             for bar, name in ((5, "=SUM(A1:A9)"), (9, "Ünïcødé, \"quoted\""))]  # fmt: skip
    put(api, licks[0], order="random", target_bpm=222)
    put(api, licks[1], n_keys=3)
    for k in range(30):
        play(api, licks[k % 2], semitones=k % 5, tempo_bpm=80.5 + k, accuracy=k / 29,
             is_clean=None, played_at=ago(40 - 1.3 * k), time_zone="America/New_York")  # fmt: skip
    api.patch("/practice/settings", json={"time_zone": "Europe/Vienna", "new_keys_a_day": 1})
    before = everything(api)
    log, table = api.get("/practice/log.json").content, api.get("/practice/log.csv").content
    assert b"'=SUM" in table
    assert bring_log(api, log) == {
        "sessions": 0, "known_sessions": 30, "licks": 0, "known_licks": 2,
    }  # fmt: skip
    assert bring_log(api, table, "text/csv")["sessions"] == 0
    assert everything(api) == before
    forget_all(database)
    assert bring_log(api, log) == {
        "sessions": 30, "known_sessions": 0, "licks": 2, "known_licks": 0,
    }  # fmt: skip
    assert everything(api) == before
    assert api.get("/practice/log.json").content == log
    assert api.get("/practice/log.csv").content == table
    # Of a table alone the licks are known that are still there, but not which are scheduled.
    forget_all(database)
    assert bring_log(api, table, "text/csv")["sessions"] == 30
    assert api.get("/practice/log.csv").content == table
    assert bring_log(api, log)["sessions"] == 0


def test_a_log_from_elsewhere_is_practised_on_without_its_solos(
    api: httpx.Client, database: Database, solo: dict[str, Any], lick: dict[str, Any]
) -> None:
    put(api, lick)
    play(api, lick, played_at=ago(30))
    log = api.get("/practice/log.json").content
    forget_all(database)
    api.delete(solo["links"]["self"])
    bring_log(api, log)
    today = get(api, "/practice/today")["items"]
    assert [(one["kind"], one["lick"]["is_there"]) for one in today] == [
        ("overdue", False), ("new", False), ("new", False),
    ]  # fmt: skip


def everything(api: httpx.Client) -> list[Any]:
    paths = ("today", "progress", "sessions", "settings")
    return [get(api, f"/practice/{one}") for one in paths]


def bring_log(
    api: httpx.Client, content: bytes, media_type: str = "application/json"
) -> dict[str, Any]:
    answer = api.post("/practice/log", content=content, headers={"Content-Type": media_type})
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.parametrize(
    ("content", "media_type", "wanted"),
    [
        (b"{", "application/json", "want a practice log as JSON"),
        (b"[" * 100_000, "application/json", "want a practice log as JSON"),
        (b'{"schema":"licklab.licks/1"}', "application/json", "want the schema licklab.practice/1"),
        (b"a,b\n1,2\n", "text/csv", "row 1: want the columns"),
        (b"\xff\xfe", "text/csv", "want a table in UTF-8"),
        (b"", "text/csv", "want a table with the columns"),
        (b"x", "text/html", "want a log as application/json or text/csv, got text/html"),
        (b"x", "", "got no content type"),
    ],
)
def test_a_log_that_is_none_is_refused(
    api: httpx.Client,
    database: Database,  # noqa: ARG001 - for its effect
    content: bytes,
    media_type: str,
    wanted: str,
) -> None:
    answer = api.post("/practice/log", content=content, headers={"Content-Type": media_type})
    refused(answer, 422, wanted)


def test_a_bad_row_is_named_and_nothing_of_its_log_is_taken(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    head = b"lick_name,key,played_at,tempo_bpm,is_clean\n"
    good = b"Home,F,2026-01-01T12:00:00Z,100,yes\n"
    for row, wanted in (
        (b"Home,X,2026-01-01T12:00:00Z,100,yes\n", "row 3: want key to be a key such as Bb:major"),
        (b"Home,F,yesterday,100,yes\n", "row 3: want played_at to be a time with its offset"),
        (b"Home,F,2026-01-01T12:00:00Z,fast,yes\n", "row 3: want tempo_bpm to be a number"),
        (b"Home,F,2026-01-01T12:00:00Z,100,perhaps\n", "row 3: want is_clean to be true or false"),
        (b"Home,F\n", "row 3: want 5 cells, got 2"),
        (b",F,2026-01-01T12:00:00Z,100,yes\n", "row 3: want lick_name to be a text, got nothing"),
    ):
        answer = api.post(
            "/practice/log", content=head + good + row, headers={"Content-Type": "text/csv"}
        )
        refused(answer, 422, wanted)
    assert get(api, "/practice/sessions")["items"] == []
    assert bring_log(api, head + good + good, "text/csv; charset=utf-8")["sessions"] == 1
    big = b"x" * 50_000_001
    answer = api.post("/practice/log", content=big, headers={"Content-Type": "text/csv"})
    refused(answer, 413, "want a log of at most 50 MB")
    assert lick["id"]


def test_the_calendar_has_an_event_for_each_day_with_the_licks_of_it(
    api: httpx.Client, lick: dict[str, Any]
) -> None:
    put(api, lick, n_keys=3)
    target = get(api, f"/practice/licks/{lick['id']}")["lick"]["target_bpm"]
    play(api, lick, tempo_bpm=target, played_at=ago(3))
    answer = api.get("/practice/calendar.ics", params={"tz": "UTC"})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.content.replace(b"\r\n ", b"").decode().split("\r\n")
    starts = [one.partition(":")[2] for one in lines if one.startswith("DTSTART;VALUE=DATE:")]
    today = NOW.date()
    # Two keys may be begun today; the third rests five days more.
    assert starts == [f"{day:%Y%m%d}" for day in (today, today + timedelta(days=5))]
    assert "SUMMARY:Practise Turnaround" in lines
    described = [one for one in lines if one.startswith("DESCRIPTION:")]
    assert described[0].count("(new)") == 2
    uids = [one for one in lines if one.startswith("UID:")]
    again = api.get("/practice/calendar.ics").content.decode()
    assert all(one in again for one in uids)


def test_the_next_days_come_as_they_were_planned(
    stack: Stack, database: Database, lick: dict[str, Any]
) -> None:
    desk = PracticeDesk.over(database, LocalStorage(stack.settings.data_dir))
    lick_id = uuid.UUID(lick["id"])
    now = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    desk.practising.change_settings(time_zone="Europe/Vienna", new_keys_a_day=1)
    desk.practising.schedule(lick_id, ScheduleWish(n_keys=4), now)
    shown: dict[str, date] = {}
    # Over the night in which Vienna's clocks go forward, and through a month after it.
    for _ in range(40):
        found = desk.overview.today(None, now, 100)
        assert (
            found.day == (now + timedelta(hours=1 if now.day < 29 and now.month == 3 else 2)).date()
        )
        for task in found.tasks:
            key = str(task.card.key)
            assert (task.card.state is None) == (key not in shown)
            if task.card.state is not None:
                assert task.card.state.memory.introduced_on == shown[key]
                assert shown[key] < found.day
            shown.setdefault(key, found.day)
            new = NewSession(lick_id, WantedKey(task.card.key), 100.0, is_clean=True)
            desk.practising.record(new, now)
        assert desk.overview.today(None, now, 100).tasks == ()
        now += timedelta(days=1)
    # At 23:30 on the 27th and 28th, then, by the clock that went forward, at 0:30 on the 30th.
    assert [day.isoformat()[5:] for day in shown.values()] == ["03-27", "03-28", "03-30", "03-31"]


def test_a_clock_that_was_years_ahead_does_not_stop_practice(
    stack: Stack, database: Database, lick: dict[str, Any]
) -> None:
    desk = PracticeDesk.over(database, LocalStorage(stack.settings.data_dir))
    lick_id = uuid.UUID(lick["id"])
    desk.practising.schedule(lick_id, ScheduleWish(n_keys=1), NOW)
    new = NewSession(lick_id, WantedKey(semitones=0), 100.0, is_clean=True)
    desk.practising.record(new, NOW + timedelta(days=2000))
    [task] = desk.overview.today("UTC", NOW, 10).tasks
    assert task.reason == "Due now: it was last logged on a day that is still to come."
    desk.practising.record(new, NOW)
    assert desk.overview.today("UTC", NOW, 10).tasks == ()
    state = desk.overview.lick(lick_id).cards[0].state
    assert state is not None
    assert state.memory.practised_on == NOW.date()


def test_found_licks_are_practised_under_their_numbers(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    found = licks_of(api, solo)["licks"][1]
    planned = put(api, found)
    assert planned["name"] == "Lick 2"
    assert planned["bars"] == [found["bars"][0], found["bars"][-1]]
    # They are the player's by now, also when another hearing or an edit takes their notes away.
    notes = [{"op": "remove", "ids": found["note_ids"]}]
    assert api.patch(f"/jobs/{solo['id']}/notes", json={"operations": notes}).is_success
    assert planned["id"] in ids(licks_of(api, solo))
    assert get(api, "/practice/today")["items"][0]["lick"]["is_there"] is True
