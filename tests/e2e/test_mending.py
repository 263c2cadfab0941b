"""Mending on the page: beats, chords, key, instrument; undo and redo; two tabs at once."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.accessibility import violations_light_and_dark
from tests.e2e.conftest import Watch

# An edit, and all that follows from it, on a machine that does other things too.
_SAVED_MS = 30_000
# The example has 87 s.
_HEARD_MS = 120_000
_BLUES = "| F7 | Bb7 | F7 | % | Bb7 | Bdim7 | F7 | D7 | Gm7 | C7 | F7 D7 | Gm7 C7 |"
# A tap each 400 ms, which is the tempo of the example. The page takes the moment that the event
# tells: a finger is not late because the machine is busy.
_TAP = """() => new Promise((done) => {
    const start = performance.now();
    let n = 0;
    const timer = setInterval(() => {
        if (performance.now() < start + n * 400) return;
        const event = new KeyboardEvent('keydown', { key: 'x', bubbles: true });
        Object.defineProperty(event, 'timeStamp', { value: start + n * 400 });
        document.dispatchEvent(event);
        if (++n < 7) return;
        clearInterval(timer);
        done();
    }, 10);
})"""


@pytest.fixture
def job_id(own_job: str, client: httpx.Client) -> Iterator[str]:
    """Give a solo without edits; those of the test are undone."""
    yield own_job
    while any(not one["undone"] for one in _analysis(client, own_job)["edits"]):
        client.post(f"/jobs/{own_job}/undo").raise_for_status()


@pytest.fixture
def solo(page: Page, job_id: str) -> Page:
    return _open(page, job_id)


def _open(page: Page, job_id: str) -> Page:
    page.goto(f"/solos/{job_id}")
    page.get_by_role("tab", name="Mend").click(timeout=_SAVED_MS)
    expect(_bar(page, 1)).to_be_visible(timeout=_SAVED_MS)
    return page


def _bars(page: Page) -> Locator:
    return page.get_by_role("group", name="Bars", exact=True)


def _bar(page: Page, number: int) -> Locator:
    return _bars(page).get_by_role("button", name=re.compile(rf"^Bar {number}:"))


def _field(page: Page, number: int) -> Locator:
    return page.get_by_label(f"Chords of bar {number}", exact=True)


def _tempo(page: Page) -> Locator:
    return page.get_by_label("Tempo, beats a minute")


def _edits(page: Page) -> Locator:
    return page.get_by_role("region", name="Edits").get_by_role("status")


def _type(page: Page, number: int, chords: str) -> None:
    _bar(page, number).click()
    _field(page, number).fill(chords)
    _field(page, number).press("Enter")


def _show_all_bars(page: Page) -> None:
    page.get_by_label("Which bars are edited").select_option("All bars")


def _analysis(client: httpx.Client, job_id: str) -> dict[str, Any]:
    analysis: dict[str, Any] = client.get(f"/jobs/{job_id}/analysis").json()
    return analysis


def _line(client: httpx.Client, job_id: str) -> dict[str, Any]:
    line: dict[str, Any] = client.get(f"/jobs/{job_id}/line-analysis").json()
    return line


def _note_roles(client: httpx.Client, job_id: str, bar: int) -> dict[str, tuple[str, str]]:
    notes = _line(client, job_id)["notes"]
    return {one["id"]: (one["chord"], one["degree"]) for one in notes if one["bar"] == bar}


def test_a_chord_that_is_typed_changes_the_score_and_what_the_notes_are(
    solo: Page, client: httpx.Client, job_id: str
) -> None:
    before = _note_roles(client, job_id, 6)
    assert {chord for chord, _ in before.values()} == {"Bb7"}
    _show_all_bars(solo)
    expect(_bar(solo, 6)).to_contain_text("IV7")
    _type(solo, 6, "Bbm7 Eb7")
    expect(_edits(solo)).to_have_text("Chords Bbm7 Eb7", timeout=_SAVED_MS)
    # Enter went on to the next bar, which waits for its chords.
    expect(_field(solo, 7)).to_be_focused()
    expect(_bar(solo, 6)).to_contain_text("B♭m7 E♭7")
    expect(_bar(solo, 6)).not_to_contain_text("IV7")
    after = _note_roles(client, job_id, 6)
    assert {chord for chord, _ in after.values()} == {"Bbm7", "Eb7"}
    assert after.keys() == before.keys()
    assert after != before
    # A tenor reads them a tone higher.
    score = solo.get_by_role("region", name="Score")
    expect(score.get_by_role("img", name=re.compile("Cm7 F7")).first).to_be_visible(
        timeout=_SAVED_MS
    )


def test_one_chorus_that_is_edited_is_edited_in_all_of_them(
    solo: Page, client: httpx.Client, job_id: str
) -> None:
    _type(solo, 2, "Bb7 . . Bdim7")
    expect(_edits(solo)).to_have_text("Chords Bb7 Bdim7", timeout=_SAVED_MS)
    analysis = _analysis(client, job_id)
    beats = {(one["bar"], one["position_in_bar"]): one["time_sec"] for one in analysis["beats"]}
    onsets = {round(one["onset_sec"], 3): one["symbol"] for one in analysis["chords"]}
    for chorus in analysis["form"]["choruses"]:
        fourth_beat = beats.get((chorus["first_bar"] + 1, 4))
        if fourth_beat is not None:
            assert onsets[round(fourth_beat, 3)] == "Bdim7"


def test_a_bar_that_cannot_be_says_why_and_keeps_what_was_typed(solo: Page, watch: Watch) -> None:
    watch.expected.append("422")
    _type(solo, 3, "H7")
    expect(solo.get_by_role("alert").filter(has_text="H7")).to_be_visible(timeout=_SAVED_MS)
    expect(_field(solo, 3)).to_have_value("H7")
    _field(solo, 3).fill("C D E F G")
    _field(solo, 3).press("Enter")
    expect(solo.get_by_text("want at most 4 chords in this bar, got 5")).to_be_visible()
    _field(solo, 3).press("Escape")
    expect(_bar(solo, 3)).to_be_focused()
    expect(_edits(solo)).to_have_text("As it was heard")


def test_half_the_tempo_and_back_with_keys_for_undo_and_redo(
    solo: Page, client: httpx.Client, job_id: str
) -> None:
    score = solo.get_by_role("region", name="Score")
    expect(_tempo(solo)).to_have_value("150")
    solo.get_by_role("button", name="half as many beats").click()
    expect(_tempo(solo)).to_have_value("75", timeout=_SAVED_MS)
    expect(score.get_by_text("♩ = 75")).to_be_visible(timeout=_SAVED_MS)
    solo.keyboard.press("Control+z")
    expect(_tempo(solo)).to_have_value("150", timeout=_SAVED_MS)
    solo.keyboard.press("Control+Shift+z")
    expect(_tempo(solo)).to_have_value("75", timeout=_SAVED_MS)
    solo.get_by_role("button", name="twice as many beats").click()
    expect(_tempo(solo)).to_have_value("150", timeout=_SAVED_MS)
    assert [one["edit"]["op"] for one in _analysis(client, job_id)["edits"]] == ["halve", "double"]


def test_this_is_beat_one_where_the_cursor_is(
    solo: Page, client: httpx.Client, job_id: str
) -> None:
    _show_all_bars(solo)
    [one_sec] = [
        beat["time_sec"]
        for beat in _analysis(client, job_id)["beats"]
        if (beat["bar"], beat["position_in_bar"]) == (9, 1)
    ]

    def place_of(sec: float) -> int:
        beats = _analysis(client, job_id)["beats"]
        nearest = min(beats, key=lambda beat: abs(float(beat["time_sec"]) - sec))
        return int(nearest["position_in_bar"])

    solo.get_by_role("button", name="Go to bar 9", exact=True).click()
    solo.get_by_role("button", name="bars begin one beat later").click()
    expect(_edits(solo)).to_have_text("Bars begin 1 beat later", timeout=_SAVED_MS)
    assert place_of(one_sec) == 4
    solo.keyboard.press("b")
    expect(_edits(solo)).to_have_text(re.compile("A bar begins at 0:1"), timeout=_SAVED_MS)
    assert place_of(one_sec) == 1


def test_tapping_along_gives_the_beats(solo: Page, client: httpx.Client, job_id: str) -> None:
    solo.get_by_role("button", name="Play and tap").click(timeout=_SAVED_MS)
    use = solo.get_by_role("button", name="Use these taps")
    expect(use).to_be_disabled()
    expect(solo.get_by_role("button", name="Tap", exact=True)).to_be_visible()
    solo.evaluate(_TAP)
    words = solo.get_by_text(re.compile(r"\d taps · ♩ = \d+"))
    expect(words).to_be_visible()
    found = re.search(r"♩ = (\d+)", words.inner_text())
    assert found is not None
    assert 130 <= int(found[1]) <= 172
    use.click()
    expect(_edits(solo)).to_have_text("7 taps", timeout=_SAVED_MS)
    assert _analysis(client, job_id)["edits"][-1]["edit"]["op"] == "taps"
    solo.keyboard.press("Space")


def test_a_chart_of_one_chorus_is_laid_over_all(solo: Page, watch: Watch) -> None:
    watch.expected.append("422")
    solo.get_by_text("Paste a chart").click()
    text = solo.get_by_label(re.compile("^One chorus as text"))
    lay = solo.get_by_role("button", name="Lay it over the solo")
    text.fill("F7 Bb7")
    lay.click()
    expect(solo.get_by_role("alert").filter(has_text="strokes")).to_be_visible(timeout=_SAVED_MS)
    expect(text).to_have_value("F7 Bb7")
    text.fill(_BLUES)
    expect(solo.get_by_text("A chart of 12 bars")).to_be_visible()
    lay.click()
    fit = solo.get_by_text(re.compile(r"The chart fits \d\d %, \d choruses"))
    expect(fit).to_be_visible(timeout=_SAVED_MS)
    expect(_bar(solo, 6)).to_have_accessible_name(re.compile("^Bar 6: Bdim7"))
    expect(_bar(solo, 8)).to_have_accessible_name(re.compile("^Bar 8: D7"))


def test_the_key_is_chosen_and_numerals_follow(
    solo: Page, client: httpx.Client, job_id: str
) -> None:
    numeral = _bar(solo, 10)
    expect(numeral).to_contain_text("V7")
    solo.get_by_role("button", name=re.compile("^Rather D minor")).click()
    expect(_edits(solo)).to_have_text("Key D minor", timeout=_SAVED_MS)
    expect(solo.get_by_label("Key of the solo")).to_have_value("D:minor")
    assert _analysis(client, job_id)["key"] == "D:minor"
    solo.get_by_role("button", name="↶ Undo").click()
    expect(_edits(solo)).to_have_text("As it was heard", timeout=_SAVED_MS)


def test_two_tabs_that_edit_the_same_chart_do_not_undo_each_other(
    open_context: Callable[..., BrowserContext], watch: Watch, job_id: str
) -> None:
    watch.expected.append("409")
    first, second = (_open(open_context().new_page(), job_id) for _ in range(2))
    _bar(second, 3).click()
    _field(second, 3).fill("Am7 D7")
    _type(first, 2, "Bbm7")
    expect(_edits(first)).to_have_text("Chords Bbm7", timeout=_SAVED_MS)
    _field(second, 3).press("Enter")
    expect(second.get_by_text("changed in another tab")).to_be_visible(timeout=_SAVED_MS)
    # It sees what the first one did, and what it typed is still there to be taken.
    expect(_bar(second, 2)).to_have_accessible_name(re.compile("^Bar 2: B♭m7"))
    expect(_field(second, 3)).to_have_value("Am7 D7")
    _field(second, 3).press("Enter")
    expect(_edits(second)).to_have_text("Chords Am7 D7", timeout=_SAVED_MS)
    expect(_bar(second, 2)).to_have_accessible_name(re.compile("^Bar 2: B♭m7"))
    expect(_bar(second, 3)).to_have_accessible_name(re.compile("^Bar 3: Am7 D7"))


def test_a_chart_is_written_by_keys_alone(solo: Page) -> None:
    _bar(solo, 1).focus()
    solo.keyboard.press("ArrowRight")
    solo.keyboard.press("ArrowDown")
    expect(_bar(solo, 6)).to_be_focused()
    solo.keyboard.type("bdim7")
    expect(_field(solo, 6)).to_have_value("Bdim7")
    solo.keyboard.press("Tab")
    expect(_field(solo, 7)).to_be_focused()
    solo.keyboard.press("Shift+Tab")
    expect(_field(solo, 6)).to_be_focused()
    solo.keyboard.press("Escape")
    expect(_bar(solo, 6)).to_be_focused()


def test_axe_finds_nothing_and_a_thumb_meets_everything(
    open_context: Callable[..., BrowserContext], job_id: str
) -> None:
    context = open_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = _open(context.new_page(), job_id)
    _bar(phone, 5).tap()
    expect(_field(phone, 5)).to_be_focused()
    phone.get_by_text("Paste a chart").tap()
    phone.get_by_text("Instrument", exact=True).tap()
    assert violations_light_and_dark(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_another_instrument_is_heard_and_edits_are_kept(solo: Page) -> None:
    _type(solo, 2, "Bbm7")
    expect(_edits(solo)).to_have_text("Chords Bbm7", timeout=_SAVED_MS)
    solo.get_by_text("Instrument", exact=True).click()
    choice = solo.get_by_role("combobox", name="Hear it again as")
    choice.click()
    choice.fill("alto")
    choice.press("Enter")
    solo.get_by_role("button", name="Hear it again").click()
    expect(solo.get_by_role("progressbar")).to_be_visible()
    expect(solo.get_by_text("Heard again")).to_be_visible(timeout=_HEARD_MS)
    expect(_bar(solo, 2)).to_have_accessible_name(re.compile("^Bar 2: B♭m7"))
    expect(solo.get_by_role("region", name="Score").get_by_label("Part")).to_have_value("alto_sax")
