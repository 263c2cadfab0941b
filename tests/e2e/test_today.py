"""The practice page: a lick on the schedule, played, logged, and taken away."""

import json
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import violations, violations_light_and_dark
from tests.e2e.conftest import PHONE
from tests.integration.conftest import wait_for

_LOGGED_SEC = 30.0


@pytest.fixture
def lick(client: httpx.Client, example_id: str, afterwards: ExitStack) -> dict[str, Any]:
    """Give the shortest lick, with nothing practised before and after."""
    _forget(client)
    licks = client.get(f"/jobs/{example_id}/licks").json()["licks"]
    shortest: dict[str, Any] = min(licks, key=lambda one: one["offset_sec"] - one["onset_sec"])
    afterwards.callback(_forget, client)
    return shortest


def _forget(client: httpx.Client) -> None:
    for one in client.get("/practice/progress").json()["licks"]:
        client.delete(f"/practice/licks/{one['lick']['id']}")
    for one in client.get("/practice/sessions", params={"limit": 200}).json()["items"]:
        client.delete(f"/practice/sessions/{one['id']}")


def _sessions(client: httpx.Client, lick: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(
        "/practice/sessions", params={"lick_id": lick["id"]}
    ).json()["items"]
    return found


def _today(page: Page) -> Locator:
    return page.get_by_role("region", name="Today").get_by_role("article")


def _undo(page: Page) -> None:
    page.get_by_role("button", name="Undo", exact=True).last.press("Enter")


def test_a_lick_is_put_on_the_schedule_comes_today_is_played_and_goes(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any]
) -> None:
    page.goto(f"/solos/{example_id}/licks/{lick['id']}")
    page.get_by_role("button", name="Put on my schedule").click()
    expect(page.get_by_text("is on your schedule, 12 keys")).to_be_visible()
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Practice").click()
    expect(page.get_by_role("heading", name="Practice", level=1)).to_be_focused()
    # The tenor reads F as G; two keys are begun on a day.
    expect(_today(page)).to_have_count(2)
    first = _today(page).filter(has=page.get_by_text("concert F", exact=True))
    expect(first.locator("strong")).to_have_text("G")
    expect(first.get_by_text(re.compile("^New: begin with "))).to_be_visible()
    assert violations(page) == []
    tempo = first.get_by_label("Tempo, beats a minute")
    expect(tempo).not_to_have_value("")
    tempo.fill("")
    first.get_by_role("button", name="✓ Clean").click()
    expect(first.get_by_role("alert")).to_contain_text("Say how fast you played")
    assert _sessions(client, lick) == []
    tempo.fill("84")
    first.get_by_role("button", name="✓ Clean").press("Enter")
    expect(_today(page)).to_have_count(1)
    expect(page.get_by_text("♩ = 84, clean.")).to_be_visible()
    (played,) = _sessions(client, lick)
    assert played["key"].split(":")[0] == "F"
    assert (played["tempo_bpm"], played["is_clean"], played["source"]) == (84.0, True, "by_hand")
    _undo(page)
    expect(_today(page)).to_have_count(2)
    assert _sessions(client, lick) == []
    first.get_by_role("button", name="✓ Clean").press("Enter")
    expect(_today(page)).to_have_count(1)
    # Whoever goes by keys goes on with the next row.
    expect(_today(page).get_by_role("link").first).to_be_focused()
    _today(page).get_by_role("button", name="✗ Not clean").click()
    expect(page.get_by_text("You are done for today.")).to_be_visible()
    expect(page.get_by_text("1 day in a row")).to_be_visible()
    chart = page.get_by_role("img", name=re.compile("^2 passes on 1 day of the last twelve weeks"))
    expect(chart.locator("rect")).to_have_count(1)
    page.get_by_role("region", name="Your schedule").get_by_text("Keys and tempos").click()
    table = page.get_by_role("table")
    rows = table.get_by_role("row")
    expect(rows).to_have_count(13)
    expect(rows.filter(has=page.get_by_role("rowheader", name="F", exact=True))).to_contain_text(
        "1 of 1 session clean"
    )
    expect(rows.filter(has=page.get_by_role("rowheader", name="B♭"))).to_contain_text(
        "0 of 1 session clean"
    )
    assert violations_light_and_dark(page) == []
    page.set_viewport_size(PHONE)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_row_opens_its_lick_in_its_key_and_the_ladder_logs_what_was_played(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any]
) -> None:
    client.post("/practice/licks", json={"lick_id": lick["id"], "keys": ["Eb"]}).raise_for_status()
    page.goto("/practice")
    _today(page).get_by_label("Tempo, beats a minute").fill("98")
    _today(page).get_by_role("link", name="Play it").click()
    expect(page).to_have_url(
        re.compile(rf"/solos/{example_id}/licks/{lick['id']}\?semitones=-2&speed=\d+$")
    )
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_label("Key")).to_have_value("-2")
    expect(player.get_by_role("spinbutton", name="Speed in per cent")).not_to_have_value("100")
    ladder = page.get_by_role("region", name="Practice", exact=True)
    for name, value in (
        ("Start tempo", 110), ("Target tempo", 120), ("Tempo step", 10),
        ("Passes at each tempo", 1),
    ):  # fmt: skip
        ladder.get_by_label(name).fill(str(value))
        ladder.get_by_label(name).press("Enter")
    ladder.get_by_role("button", name="Start the ladder").click()
    expect(ladder.get_by_role("heading", name="1 of 1 key at 120 %")).to_be_visible()
    told = page.get_by_text("In your practice log: ")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("E♭ (120 %)")
    (played,) = _sessions(client, lick)
    assert (played["key"].split(":")[0], played["tempo_share"]) == ("Eb", 1.2)
    assert played["is_clean"] is True
    assert (played["passes"], played["source"]) == (2, "ladder")
    loop_sec = lick["offset_sec"] - lick["onset_sec"]
    assert played["duration_sec"] >= loop_sec * (1 / 1.1 + 1 / 1.2) - 0.2
    # Stopped before a tempo was played to its end: what was played counts, but not as clean.
    ladder.get_by_role("button", name="Another ladder").click()
    ladder.get_by_label("Passes at each tempo").fill("12")
    ladder.get_by_label("Passes at each tempo").press("Enter")
    page.keyboard.press("g")
    expect(ladder.get_by_role("status")).to_contain_text("pass 2 of 12")
    page.keyboard.press("Escape")
    wait_for(lambda: len(_sessions(client, lick)) == 2, _LOGGED_SEC, 0.2)
    assert _sessions(client, lick)[0]["is_clean"] is False
    expect(page.get_by_text("not clean")).to_be_visible()
    _undo(page)
    wait_for(lambda: len(_sessions(client, lick)) == 1, _LOGGED_SEC, 0.2)
    # Without a pass there is nothing to log.
    page.keyboard.press("g")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Practice", exact=True).click()
    expect(page.get_by_text("You are done for today.")).to_be_visible()
    assert len(_sessions(client, lick)) == 1


def test_the_log_is_taken_away_brought_again_and_what_is_no_log_is_refused(
    phone: Page, client: httpx.Client, lick: dict[str, Any], tmp_path: Path, watch: Any
) -> None:
    phone.goto("/practice")
    begin = phone.get_by_role("heading", name="Nothing is on your schedule yet")
    expect(begin).to_be_visible()
    assert violations(phone) == []
    client.post("/practice/licks", json={"lick_id": lick["id"], "n_keys": 3}).raise_for_status()
    body = {"lick_id": lick["id"], "semitones": 0, "tempo_bpm": 100, "is_clean": True, "passes": 4}
    client.post("/practice/sessions", json=body).raise_for_status()
    phone.reload()
    taken = {}
    for name in ("JSON", "CSV"):
        with phone.expect_download() as download:
            phone.get_by_role("link", name=f"Take it as {name}").click()
        taken[name] = Path(download.value.path()).read_bytes()
    document = json.loads(taken["JSON"])
    assert [one["passes"] for one in document["sessions"]] == [4]
    assert taken["CSV"] == client.get("/practice/log.csv").content
    file = tmp_path / "my log.json"
    file.write_bytes(taken["JSON"])
    latest = phone.get_by_role("region", name="Played last")
    latest.get_by_role("button", name=re.compile("out of the log$")).click()
    expect(latest).to_have_count(0)
    phone.get_by_role("region", name="Your log").locator("input[type=file]").set_input_files(file)
    expect(phone.get_by_text("Added: 1 session and 0 licks.")).to_be_visible()
    expect(latest.get_by_role("listitem")).to_have_count(1)
    watch.expected.append("422")
    file.write_text("no log")
    phone.get_by_role("region", name="Your log").locator("input[type=file]").set_input_files(file)
    expect(phone.get_by_role("alert")).to_contain_text("Nothing of my log.json was added: want ")
    calendar = phone.get_by_label("In your calendar").input_value()
    assert client.get(calendar).text.startswith("BEGIN:VCALENDAR")
    phone.get_by_role("button", name=re.compile("^Take off the schedule")).click()
    expect(phone.get_by_text("No lick is on it.")).to_be_visible()
    _undo(phone)
    expect(phone.get_by_role("region", name="Your schedule")).to_contain_text("of 3 keys begun")
    phone.get_by_text("How it is learned").click()
    phone.get_by_label("Keys", exact=True).fill("5")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("region", name="Your schedule")).to_contain_text("of 5 keys begun")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
