"""Licks on the page: cards, one that is open, made, trimmed, thrown away, and found elsewhere."""

import re
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.conftest import Watch
from tests.integration.conftest import wait_for

# The corpus takes in what was heard within seconds; beside a browser it takes a few more.
_TAKEN_IN_SEC = 60.0
# Music is drawn first, after that of the whole solo.
_LIT_SEC = 40.0


def _cards(page: Page) -> Locator:
    return page.locator("aside article")


def _open_solo(page: Page, job_id: str) -> None:
    page.goto(f"/solos/{job_id}")
    expect(_cards(page).first).to_be_visible()


def _licks(client: httpx.Client, job_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/jobs/{job_id}/licks").json()["licks"]
    return found


def _best(client: httpx.Client, job_id: str) -> dict[str, Any]:
    return max(_licks(client, job_id), key=lambda one: float(one["lickness"]))


def _lit(page: Page) -> set[str]:
    """Give the notes that are lit in the open lick's music."""
    return set(
        page.locator("aside [data-lit]").evaluate_all(
            "all => all.map(one => one.dataset.note).filter(Boolean)"
        )
    )


def _of_lick(page: Page, lick: dict[str, Any]) -> None:
    """Wait until all notes of a lick are lit."""
    wait_for(lambda: _lit(page) == set(lick["note_ids"]), _LIT_SEC, 0.1)


@pytest.fixture
def lick(client: httpx.Client, own_job: str, afterwards: ExitStack) -> dict[str, Any]:
    """Give a lick that a test may change: one of bars that no other test uses."""
    body = {"first_bar": 16, "last_bar": 17, "name": "Try it"}
    made: dict[str, Any] = (
        client.post(f"/jobs/{own_job}/licks", json=body).raise_for_status().json()
    )
    afterwards.callback(client.delete, f"/licks/{made['id']}")
    return made


def test_a_card_shows_music_and_says_why_and_opens_by_enter(
    page: Page, client: httpx.Client, example_id: str
) -> None:
    licks, best = _licks(client, example_id), _best(client, example_id)
    _open_solo(page, example_id)
    expect(_cards(page)).to_have_count(len(licks))
    card = _cards(page).first
    music = card.get_by_role("img", name=re.compile("^Bars? ")).first
    expect(music).to_be_visible(timeout=_LIT_SEC * 1000)
    expect(card.get_by_text("surely a lick")).to_be_visible()
    assert violations(page) == []
    card.get_by_role("button", name=re.compile("open$")).press("Enter")
    expect(page).to_have_url(re.compile(f"/solos/{example_id}/licks/{best['id']}$"))
    _of_lick(page, best)


def test_keys_go_from_lick_to_lick_and_close(page: Page, example_id: str) -> None:
    _open_solo(page, example_id)
    back = page.get_by_role("button", name="All licks")
    page.keyboard.press("n")
    expect(back).to_be_visible()
    first = page.url
    page.keyboard.press("n")
    expect(page).not_to_have_url(first)
    page.keyboard.press("p")
    expect(page).to_have_url(first)
    page.keyboard.press("Escape")
    expect(_cards(page).first).to_be_visible()
    expect(page).to_have_url(re.compile(f"/solos/{example_id}$"))


def test_a_link_opens_a_lick_that_loops_and_each_sentence_lights_its_notes(
    page: Page, client: httpx.Client, example_id: str
) -> None:
    lick = _best(client, example_id)
    statements = client.get(f"/licks/{lick['id']}/analysis").json()["statements"]
    told = min(statements, key=lambda one: len(one["note_ids"]))
    page.goto(f"/solos/{example_id}/licks/{lick['id']}")
    _of_lick(page, lick)
    panel = page.get_by_role("tabpanel", name="Licks")
    sentences = panel.get_by_role("region", name="What it does").get_by_role("button")
    expect(sentences).to_have_count(len(statements))
    sentences.nth(statements.index(told)).hover()
    wait_for(lambda: _lit(page) == set(told["note_ids"]), _LIT_SEC, 0.1)
    panel.get_by_role("heading").first.hover()
    _of_lick(page, lick)
    panel.get_by_role("button", name="Play loop").click()
    expect(panel.get_by_role("button", name="Pause")).to_be_visible()
    panel.get_by_role("button", name="Pause").click()
    assert violations(page) == []


def test_a_lick_is_named_and_trimmed_by_keys(
    page: Page, client: httpx.Client, own_job: str, lick: dict[str, Any]
) -> None:
    page.goto(f"/solos/{own_job}/licks/{lick['id']}")
    panel = page.get_by_role("tabpanel", name="Licks")
    panel.get_by_text("Name, trim, throw away").click()
    name = panel.get_by_label("Name", exact=True)
    name.fill("My <b>turn</b>")
    name.press("Enter")
    expect(panel.get_by_role("heading").first).to_have_text("My <b>turn</b>")
    name.press("Escape")
    panel.get_by_role("button", name="End a note earlier").click()
    page.keyboard.press(")")
    # The notes in between are the lick's now.
    wanted = lick["note_ids"][1:-1]
    wait_for(lambda: client.get(f"/licks/{lick['id']}").json()["note_ids"] == wanted, _LIT_SEC, 0.2)
    wait_for(lambda: _lit(page) == set(wanted), _LIT_SEC, 0.1)


def test_a_lick_is_made_of_what_is_marked(
    page: Page, client: httpx.Client, own_job: str, afterwards: ExitStack
) -> None:
    before = {one["id"] for one in _licks(client, own_job)}
    _open_solo(page, own_job)
    page.keyboard.press("k")
    expect(page.get_by_text("Mark some bars first")).to_be_visible()
    # Until the recording is there it cannot be gone through.
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    page.keyboard.press("Home")
    for key in ["Shift+ArrowRight"] * 9 + ["[", "Shift+ArrowRight", "Shift+ArrowRight", "]"]:
        page.keyboard.press(key)
    expect(page.get_by_role("button", name=re.compile("^Make a lick of bars"))).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="All licks")).to_be_visible()
    (made,) = [one for one in _licks(client, own_job) if one["id"] not in before]
    afterwards.callback(client.delete, f"/licks/{made['id']}")
    assert made["origin"] == "chosen"
    expect(page).to_have_url(re.compile(f"/licks/{made['id']}$"))


def test_a_lick_that_was_thrown_away_comes_back_until_the_page_goes(
    page: Page, client: httpx.Client, own_job: str, lick: dict[str, Any]
) -> None:
    n_before = len(_licks(client, own_job))
    page.goto(f"/solos/{own_job}/licks/{lick['id']}")
    expect(page.get_by_role("heading", name="Try it")).to_be_visible()
    page.keyboard.press("d")
    # Within the seconds there are: nothing is looked at before, no pointer is moved there.
    page.get_by_role("button", name="Undo", exact=True).last.press("Enter")
    expect(page.get_by_role("heading", name="Try it")).to_be_visible()
    assert len(_licks(client, own_job)) == n_before
    page.keyboard.press("d")
    expect(_cards(page)).to_have_count(n_before - 1)
    page.get_by_role("link", name="Jazz Lick Lab").click()
    wait_for(lambda: client.get(f"/licks/{lick['id']}").status_code == 404, _LIT_SEC, 0.1)


def test_a_match_stands_note_under_note_beneath_the_lick(
    page: Page, client: httpx.Client, example_id: str, own_job: str
) -> None:
    lick = _best(client, example_id)

    def match() -> dict[str, Any] | None:
        found = client.get(f"/licks/{lick['id']}/similar", params={"limit": 50}).json()["results"]
        return next((one for one in found if one["job_id"] == own_job), None)

    wait_for(match, _TAKEN_IN_SEC, 0.5)
    page.goto(f"/solos/{example_id}/licks/{lick['id']}")
    page.get_by_text("Who else plays it").click()
    drawing = page.get_by_role("img", name=re.compile(r"^Lick: .*Match: .*"))
    expect(drawing).to_be_visible()
    expect(drawing.locator("line")).to_have_count(len(lick["note_ids"]))
    expect(page.get_by_text("note for note").first).to_be_visible()
    expect(page.get_by_text("Only your own recordings are searched.")).to_be_visible()
    expect(page.get_by_role("link", name="Open solo")).to_have_attribute(
        "href", re.compile("^/solos/")
    )
    page.get_by_role("button", name="Both").click()
    assert violations(page) == []


def test_a_pattern_is_searched_and_one_that_is_none_is_told_so(
    phone: Page, watch: Watch, example_id: str, client: httpx.Client
) -> None:
    lick = _best(client, example_id)
    watch.expected.append("422")
    phone.goto(f"/solos/{example_id}")
    phone.get_by_role("tab", name="Licks").click()
    phone.get_by_text("Find a pattern").click()
    field = phone.get_by_label("Notes, intervals or degrees")
    field.fill("la la la")
    field.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("want notes")
    field.fill(" ".join(str(one) for one in lick["pitch_midi"]))
    field.press("Enter")
    expect(phone.get_by_role("img", name=re.compile("^Match: "))).to_be_visible()
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
