"""Practising: the ladder of tempos and keys on the recording, and notes that are guessed first."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import violations_light_and_dark

# What the ladder says of itself, with what the player is set to in that moment.
_WATCH = """() => {
    const status = document.querySelector('[aria-label=Practice] [role=status]');
    const value = (name) => document.querySelector(`[aria-label=Player] ${name}`).value;
    window.steps = [];
    new MutationObserver(() => {
        window.steps.push([status.textContent, value('[type=number]'), value('.key')]);
    }).observe(status, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def lick(client: httpx.Client, example_id: str) -> dict[str, Any]:
    """Give the shortest lick: its bar is played in less than two seconds."""
    licks = client.get(f"/jobs/{example_id}/licks").json()["licks"]
    shortest: dict[str, Any] = min(licks, key=lambda one: one["offset_sec"] - one["onset_sec"])
    return shortest


@pytest.fixture
def solo(page: Page, example_id: str, lick: dict[str, Any]) -> Page:
    return _open(page, f"/solos/{example_id}/licks/{lick['id']}")


def _open(page: Page, address: str) -> Page:
    page.goto(address)
    page.get_by_role("tab", name="Practice").click()
    expect(_play(page)).to_be_enabled()
    return page


def _practice(page: Page) -> Locator:
    return page.get_by_role("region", name="Practice")


def _play(page: Page) -> Locator:
    return page.get_by_role("region", name="Player").get_by_role(
        "button", name=re.compile("^(Play|Pause)$")
    )


def _sheet(page: Page) -> Locator:
    return _practice(page).get_by_role("group", name="Notes to practise")


def _status(page: Page) -> Locator:
    return _practice(page).get_by_role("status")


def _set(page: Page, **numbers: int) -> None:
    for name, value in numbers.items():
        field = _practice(page).get_by_label(name.replace("_", " "))
        field.fill(str(value))
        field.press("Enter")


def _set_short(page: Page, n_keys: int = 1) -> None:
    """Set a ladder of two tempos, one pass each."""
    _set(page, Start_tempo=110, Target_tempo=120, Tempo_step=10, Passes_at_each_tempo=1)
    if n_keys > 1:
        _practice(page).get_by_label("Keys", exact=True).select_option("fourths")
        _set(page, Number_of_keys=n_keys)


def _expect_player(page: Page, percent: int, semitones: int) -> None:
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_role("spinbutton", name="Speed in per cent")).to_have_value(str(percent))
    expect(player.get_by_label("Key")).to_have_value(str(semitones))


def test_the_ladder_climbs_to_its_target_in_each_key_and_gives_the_player_back(
    solo: Page, lick: dict[str, Any]
) -> None:
    _set_short(solo, n_keys=2)
    solo.evaluate(_WATCH)
    _practice(solo).get_by_role("button", name="Start the ladder").click()
    expect(_practice(solo).get_by_role("heading", name="2 of 2 keys at 120 %")).to_be_visible()
    expected = iter([
        ["F, 110 percent, pass 1 of 1", "110", "0"],
        ["F, 120 percent, pass 1 of 1", "120", "0"],
        ["B flat, 110 percent, pass 1 of 1", "110", "5"],
        ["B flat, 120 percent, pass 1 of 1", "120", "5"],
        ["The ladder has ended.", "100", "0"],
    ])  # fmt: skip
    # In order; a browser that is kept from its work for longer than a pass leaves one out.
    seen = solo.evaluate("window.steps")
    assert len(seen) >= 4
    assert all(step in expected for step in seen), seen
    _expect_player(solo, 100, 0)
    expect(_play(solo)).to_have_accessible_name("Play")
    kept = solo.evaluate(f"localStorage['licklab.practice.sessions.{lick['id']}']")
    assert '"reached":[120,120]' in kept
    expect(_practice(solo).get_by_role("button", name="Again")).to_be_visible()


def test_keys_alone_start_skip_go_back_pause_and_stop_it(solo: Page) -> None:
    _set_short(solo, n_keys=12)
    _set(solo, Passes_at_each_tempo=12)
    solo.keyboard.press("g")
    expect(_status(solo)).to_have_text("F, 110 percent, pass 1 of 12")
    expect(_play(solo)).to_have_accessible_name("Pause")
    for _ in range(2):
        solo.keyboard.press(">")
    expect(_status(solo)).to_have_text("B flat, 110 percent, pass 1 of 12")
    solo.keyboard.press("g")
    expect(_play(solo)).to_have_accessible_name("Play")
    _expect_player(solo, 110, 5)
    expect(_practice(solo).get_by_text("written C")).to_be_visible()
    expect(_sheet(solo)).to_have_attribute("data-semitones", "5")
    solo.keyboard.press("<")
    _expect_player(solo, 120, 0)
    expect(_sheet(solo)).to_have_attribute("data-semitones", "0")
    solo.keyboard.press("Escape")
    _expect_player(solo, 100, 0)
    expect(_practice(solo).get_by_role("button", name="Start the ladder")).to_be_visible()


def test_a_bar_is_counted_before_each_step_if_wanted(solo: Page) -> None:
    _set_short(solo)
    _practice(solo).get_by_label("Count in each step").check()
    solo.evaluate(_WATCH)
    solo.keyboard.press("g")
    expect(
        solo.get_by_role("region", name="Player").get_by_role("button", name="Count-in")
    ).to_have_attribute("aria-pressed", "true")
    expect(_practice(solo).get_by_role("heading", name="1 of 1 key at 120 %")).to_be_visible()
    said = [step[0] for step in solo.evaluate("window.steps")]
    assert said == [
        "F, 110 percent, pass 1 of 1",
        "F, 120 percent, pass 1 of 1",
        "The ladder has ended.",
    ]


def test_two_misses_make_it_slower(solo: Page) -> None:
    _set_short(solo)
    _practice(solo).get_by_label("I rate each pass").check()
    solo.keyboard.press("g")
    missed = _practice(solo).get_by_role("button", name="Missed")
    for _ in range(2):
        solo.keyboard.press("u")
        expect(missed).to_have_attribute("aria-pressed", "true")
        expect(missed).to_have_attribute("aria-pressed", "false")
    expect(_status(solo)).to_have_text("F, 102 percent, 0 clean of 1")
    solo.keyboard.press("y")
    expect(_status(solo)).to_have_text("F, 112 percent, 0 clean of 1")


def test_whoever_leaves_it_finds_the_player_as_it_was(
    solo: Page, client: httpx.Client, lick: dict[str, Any]
) -> None:
    solo.keyboard.press("-")
    solo.keyboard.press(".")
    for leave in ("panel", "lick"):
        solo.keyboard.press("g")
        # "This key" is the one that is chosen.
        _expect_player(solo, 60, 1)
        if leave == "panel":
            # It goes on while something else is shown, and can be stopped there.
            solo.get_by_role("tab", name="Licks").click()
            line = solo.get_by_role("region", name="Ladder", exact=True)
            expect(line).to_contain_text(re.compile(r"G♭, \d+ %"))
            expect(_play(solo)).to_have_accessible_name("Pause")
            line.get_by_role("button", name="Stop").click()
            expect(line).to_have_count(0)
        else:
            solo.keyboard.press("n")
            expect(solo).not_to_have_url(re.compile(lick["id"]))
        _expect_player(solo, 95, 1)
        expect(_play(solo)).to_have_accessible_name("Play")
        solo.get_by_role("tab", name="Practice").click()
    opened = client.get(f"/licks/{solo.url.split('/')[-1]}").json()
    loop = solo.get_by_role("region", name="Player").get_by_role("button", name="Loop")
    expect(loop).to_have_text(re.compile(rf"bars? {opened['bars'][0]}\b"))


def test_notes_are_covered_and_shown_bar_by_bar_and_note_by_note(
    solo: Page, lick: dict[str, Any]
) -> None:
    expect(_sheet(solo).locator("[data-note]").first).to_be_visible()
    solo.keyboard.press("Shift+H")
    covers = _sheet(solo).get_by_role("button", name="is hidden: show it")
    expect(covers).to_have_count(len(lick["bars"]))
    solo.keyboard.press("Shift+R")
    expect(covers).to_have_count(len(lick["bars"]) - 1)
    first = _sheet(solo).locator("g.note[data-note]")
    expect(first.nth(0)).to_have_css("visibility", "visible")
    expect(first.nth(1)).to_have_css("visibility", "hidden")
    _practice(solo).get_by_role("button", name="Cover again").click()
    covers.first.click()
    expect(covers).to_have_count(len(lick["bars"]) - 1)
    expect(_sheet(solo).locator("[data-covered]")).to_have_count(0)
    solo.keyboard.press("Shift+H")
    expect(covers).to_have_count(0)


def test_the_best_lick_is_offered_where_none_is_open(
    page: Page, client: httpx.Client, example_id: str
) -> None:
    _open(page, f"/solos/{example_id}")
    licks = client.get(f"/jobs/{example_id}/licks").json()["licks"]
    best = max(licks, key=lambda one: one["lickness"])
    _practice(page).get_by_role("button", name="Practise").click()
    expect(page).to_have_url(re.compile(best["id"]))
    expect(_practice(page).get_by_role("button", name="Start the ladder")).to_be_visible()


def test_what_is_marked_is_practised_with_its_bars(page: Page, example_id: str) -> None:
    page.goto(f"/solos/{example_id}")
    expect(_play(page)).to_be_enabled()
    # The solo's first notes are in bars 4 and 5.
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("[")
    page.keyboard.press("2")
    expect(_practice(page).get_by_role("heading", name="What is marked")).to_be_visible()
    expect(_sheet(page).get_by_role("img", name=re.compile("^Bar"))).not_to_have_count(0)
    expect(_practice(page).get_by_text("in one key")).to_be_visible()


def test_what_was_set_is_there_the_next_time_and_presets_set_all_at_once(solo: Page) -> None:
    _practice(solo).get_by_role("button", name="Twelve keys at 80 %").click()
    solo.reload()
    solo.get_by_role("tab", name="Practice").click()
    expect(_practice(solo).get_by_role("button", name="Twelve keys at 80 %")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(_practice(solo).get_by_label("Start tempo")).to_have_value("80")
    expect(_practice(solo).get_by_label("Number of keys")).to_have_value("12")


def test_a_thumb_meets_every_button_of_a_running_ladder(
    phone: Page, example_id: str, lick: dict[str, Any]
) -> None:
    _open(phone, f"/solos/{example_id}/licks/{lick['id']}")
    _practice(phone).get_by_role("button", name="Start the ladder").tap()
    expect(_practice(phone).get_by_role("button", name="Pause")).to_be_visible()
    for button in _practice(phone).get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44, button.text_content()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing_wrong_with_practising(solo: Page) -> None:
    _practice(solo).get_by_label("I rate each pass").check()
    solo.keyboard.press("Shift+H")
    _set_short(solo, n_keys=3)
    found = violations_light_and_dark(solo, "[aria-label=Practice]")
    solo.keyboard.press("g")
    solo.keyboard.press("y")
    found += violations_light_and_dark(solo, "[aria-label=Practice]")
    for _ in range(6):
        solo.keyboard.press(">")
    expect(_practice(solo).get_by_role("heading", name="0 of 3 keys at 120 %")).to_be_visible()
    found += violations_light_and_dark(solo, "[aria-label=Practice]")
    assert found == []
