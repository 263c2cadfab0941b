"""Making a lick one's own: its coach, its exercises, a practice pack, and playing it back."""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import soundfile as sf
from playwright.sync_api import Browser, Download, Locator, Page, expect

from licklab.engine.grid import SAMPLE_RATE
from tests.e2e.accessibility import violations_light_and_dark
from tests.e2e.conftest import DESKTOP, Service
from tests.integration.conftest import wait_for
from tests.unit.engine.tones import Tone, render_tones

# Music is drawn after that of the whole solo.
_DRAWN_MS = 40_000
# A worker makes it, beside a browser.
_MADE_MS = 120_000
_LEAD_SEC = 0.5


@pytest.fixture(scope="module")
def lick(client: httpx.Client, example_id: str) -> Iterator[dict[str, Any]]:
    """Give the best lick; what was made of it here goes."""
    licks = client.get(f"/jobs/{example_id}/licks").json()["licks"]
    best: dict[str, Any] = max(licks, key=lambda one: float(one["lickness"]))
    yield best
    for attempt in client.get(f"/licks/{best['id']}/attempts").json()["items"]:
        client.delete(f"/attempts/{attempt['id']}")
    for pack in client.get(f"/licks/{best['id']}/practice-packs").json()["items"]:
        client.delete(pack["links"]["self"])


@pytest.fixture(scope="module")
def take(
    client: httpx.Client,
    example_id: str,
    lick: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Give the lick as somebody plays it who misses the third note and has the fifth wrong."""
    notes = client.get(f"/jobs/{example_id}/notes").json()["notes"]
    asked = [one for one in notes if one["id"] in lick["note_ids"]]
    tones = [
        Tone(
            _LEAD_SEC + one["onset_sec"] - lick["onset_sec"],
            one["offset_sec"] - one["onset_sec"],
            one["pitch_midi"] + (1 if at == 4 else 0),
        )
        for at, one in enumerate(asked)
        if at != 2
    ]
    path = tmp_path_factory.mktemp("take") / "my take.wav"
    length_sec = lick["offset_sec"] - lick["onset_sec"] + 2 * _LEAD_SEC
    sf.write(path, render_tones(tones, length_sec), SAMPLE_RATE, subtype="PCM_16")
    return path


def _open(page: Page, job_id: str, lick: dict[str, Any]) -> None:
    page.goto(f"/solos/{job_id}/licks/{lick['id']}")
    expect(page.get_by_role("button", name="All licks")).to_be_visible()


def _unfold(page: Page, title: str) -> Locator:
    page.locator("aside summary", has_text=re.compile(f"^{title}$")).click()
    return page.get_by_role("region", name=title, exact=True)


def _lit(page: Page) -> set[str]:
    """Give the notes that are lit in the open lick's music."""
    lit: list[str] = page.locator("aside .lick-sheet [data-lit]").evaluate_all(
        "all => all.map(one => one.dataset.note).filter(Boolean)"
    )
    return set(lit)


def _expect_accessible(page: Page, title: str) -> None:
    assert violations_light_and_dark(page, f"section[aria-label='{title}']") == []


def _bytes_of(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_the_coach_lights_what_it_speaks_of_and_leads_there(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any]
) -> None:
    said = client.get(f"/licks/{lick['id']}/coach").json()
    sentences = [one for section in said["sections"] for one in section["sentences"]]
    _open(page, example_id, lick)
    coach = _unfold(page, "Coach")
    for section in said["sections"]:
        expect(coach.get_by_role("heading", name=section["title"])).to_be_visible()
    expect(coach.locator("[data-sentence]")).to_have_count(len(sentences))
    # There is no language model here.
    expect(coach.get_by_role("button", name="In other words")).to_have_count(0)
    # When the music comes, what lies under the pointer changes.
    page.mouse.move(0, 0)
    wait_for(lambda: _lit(page) == set(lick["note_ids"]), _DRAWN_MS / 1000, 0.1)
    told = min(sentences, key=lambda one: len(one["note_ids"]))
    row = coach.locator(f"[data-sentence='{told['id']}']")
    row.hover()
    wait_for(lambda: _lit(page) == set(told["note_ids"]), 10, 0.1)
    coach.get_by_label("Level").hover()
    wait_for(lambda: _lit(page) == set(lick["note_ids"]), 10, 0.1)
    row.get_by_role("button").first.focus()
    wait_for(lambda: _lit(page) == set(told["note_ids"]), 10, 0.1)
    # A time plays from there, to the end of what loops.
    sing = next(one for one in sentences if one["from_sec"] is not None)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    times = coach.locator(f"[data-sentence='{sing['id']}'] .place[title='Play from there']")
    times.first.click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.get_by_role("button", name="Pause", exact=True).click()
    _expect_accessible(page, "Coach")
    coach.get_by_label("Level").select_option("beginner")
    simple = client.get(f"/licks/{lick['id']}/coach", params={"level": "beginner"}).json()
    n_simple = sum(len(section["sentences"]) for section in simple["sections"])
    expect(coach.locator("[data-sentence]")).to_have_count(n_simple)
    page.reload()
    expect(_unfold(page, "Coach").get_by_label("Level")).to_have_value("beginner")


def test_exercises_are_drawn_when_they_are_opened_and_played(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any]
) -> None:
    made = client.get(f"/licks/{lick['id']}/exercises").json()["items"]
    _open(page, example_id, lick)
    exercises = _unfold(page, "Exercises")
    rows = exercises.get_by_role("listitem")
    expect(rows).to_have_count(len(made))
    expect(exercises.locator("svg [data-note]")).to_have_count(0)
    head = rows.first.get_by_role("button").first
    expect(head).to_contain_text(made[0]["title"])
    head.press("Enter")
    expect(exercises.get_by_role("img", name=re.compile("^Bar")).first).to_be_visible(
        timeout=_DRAWN_MS
    )
    exercises.get_by_role("button", name=f"Play {made[0]['title']}").click()
    expect(exercises.locator("[data-now]").first).to_be_attached()
    exercises.get_by_role("button", name=f"Stop {made[0]['title']}").click()
    expect(exercises.locator("[data-now]")).to_have_count(0)
    _expect_accessible(page, "Exercises")


def test_a_pack_of_two_licks_is_ordered_taken_away_and_thrown_away(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any]
) -> None:
    _open(page, example_id, lick)
    packs = _unfold(page, "Practice pack")
    expect(packs.get_by_label("For")).to_have_value("tenor_sax")
    packs.get_by_label("For").select_option("alto_sax")
    packs.get_by_label("Keys").select_option("semitones")
    packs.get_by_label("Sound to play along").uncheck()
    packs.get_by_label("Exercises").uncheck()
    packs.get_by_text("Other licks in the same pack").click()
    packs.locator(".others input").first.check()
    _expect_accessible(page, "Practice pack")
    packs.get_by_role("button", name="Make a pack of 2 licks").click()
    expect(packs.get_by_role("progressbar")).to_be_visible()
    expect(packs.get_by_role("link", name="PDF")).to_be_visible(timeout=_MADE_MS)
    _expect_accessible(page, "Practice pack")
    with page.expect_download() as booklet:
        packs.get_by_role("link", name="PDF").click()
    assert _bytes_of(booklet.value).startswith(b"%PDF")
    with page.expect_download() as archive:
        packs.get_by_role("link", name="ZIP with all files").click()
    with zipfile.ZipFile(io.BytesIO(_bytes_of(archive.value))) as files:
        names = files.namelist()
        manifest = json.loads(files.read("manifest.json"))
    assert sum(one.endswith(".musicxml") for one in names) == 24
    assert manifest
    (pack,) = client.get(f"/licks/{lick['id']}/practice-packs").json()["items"]
    assert pack["wishes"]["instrument"] == "alto_sax"
    assert pack["lick_ids"][0] == lick["id"]
    packs.get_by_role("button", name="Delete this practice pack").click()
    expect(packs.get_by_role("link", name="PDF")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(packs.get_by_role("link", name="PDF")).to_be_visible()
    packs.get_by_role("button", name="Delete this practice pack").click()
    page.goto("/")
    gone = f"/licks/{lick['id']}/practice-packs/{pack['id']}"
    wait_for(lambda: client.get(gone).status_code == 404, 15, 0.2)


def test_a_recording_of_the_lick_is_marked_note_by_note_and_logged(
    page: Page, client: httpx.Client, example_id: str, lick: dict[str, Any], take: Path
) -> None:
    _open(page, example_id, lick)
    back = _unfold(page, "Play it back")
    _expect_accessible(page, "Play it back")
    back.get_by_label("Choose a recording").set_input_files(take)
    expect(back.get_by_role("progressbar")).to_be_visible()
    signs = back.locator("svg [data-sign]")
    expect(signs.first).to_be_attached(timeout=_MADE_MS)
    attempt = client.get(f"/licks/{lick['id']}/attempts").json()["items"][0]
    marks = client.get(attempt["links"]["self"]).json()["marks"]
    best = marks["passes"][marks["best"]]
    kinds = {one["note_id"]: one["kind"] for one in best["notes"]}
    assert kinds[lick["note_ids"][2]] == "missed"
    assert kinds[lick["note_ids"][4]] == "wrong"
    expect(back.locator("svg [data-sign='missed']")).to_have_count(best["counts"]["missed"])
    expect(back.locator("svg [data-sign='wrong']")).to_have_count(best["counts"]["wrong"])
    expect(back.locator("svg [data-sign='right']")).to_have_count(best["counts"]["right"])
    wrong = back.locator(f".marked [data-note='{lick['note_ids'][4]}']").first
    expect(wrong).to_have_attribute("data-mark", "wrong")
    legend = back.get_by_role("list", name="Marks")
    expect(legend).to_contain_text(f"{best['counts']['missed']} missed")
    sentence = next(one for one in best["sentences"] if lick["note_ids"][4] in one["note_ids"])
    said = back.locator(".said button").nth(
        [one for one in best["sentences"] if one["note_ids"]].index(sentence)
    )
    said.hover()
    expect(wrong).to_have_attribute("data-lit", "")
    back.get_by_text("Note by note").click()
    expect(back.get_by_role("row")).to_have_count(len(lick["note_ids"]) + 1)
    expect(back.get_by_role("row").nth(5)).to_contain_text("1 semitone too high")
    _expect_accessible(page, "Play it back")
    sessions = {"lick_id": lick["id"]}
    back.get_by_role("button", name="Put into my practice log").click()
    expect(back.get_by_role("button", name="In your practice log")).to_be_disabled()
    (session,) = client.get("/practice/sessions", params=sessions).json()["items"]
    assert session["source"] == "attempt"
    assert session["is_clean"] is False
    assert session["accuracy"] == pytest.approx(best["accuracy"])
    page.get_by_role("button", name="Undo").click()
    expect(back.get_by_role("button", name="Put into my practice log")).to_be_enabled()
    assert client.get("/practice/sessions", params=sessions).json()["items"] == []


@pytest.fixture(scope="module")
def hearing_browser(browser: Browser, take: Path) -> Iterator[Browser]:
    """Give a browser whose microphone hears the take again and again."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={take}",
    ]
    # The one without windows has no microphone.
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("wants the whole chromium (Debian: scripts/install_browser.sh)")
    own = browser.browser_type.launch(executable_path=path, args=flags)
    yield own
    own.close()


def test_the_microphone_counts_in_records_and_is_marked(
    hearing_browser: Browser,
    service: Service,
    client: httpx.Client,
    example_id: str,
    lick: dict[str, Any],
) -> None:
    context = hearing_browser.new_context(viewport=DESKTOP, base_url=service.url)
    page = context.new_page()
    _open(page, example_id, lick)
    back = _unfold(page, "Play it back")
    # Nobody has allowed it yet.
    back.get_by_role("button", name="Record", exact=True).click()
    expect(back.get_by_role("alert")).to_contain_text("Allow it by the sign beside the address")
    context.grant_permissions(["microphone"], origin=service.url)
    before = len(client.get(f"/licks/{lick['id']}/attempts").json()["items"])
    back.get_by_role("button", name="Record", exact=True).click()
    expect(back.locator(".count")).to_have_text(re.compile("^\\s*[1-4]\\s*$"))
    expect(back.get_by_text("Play!")).to_be_attached()
    wait_for(lambda: int(back.get_by_role("meter").get_attribute("aria-valuenow") or 0) > 50, 10)
    _expect_accessible(page, "Play it back")
    # The take comes round at any moment: once more than its length has all of it.
    length_sec = lick["offset_sec"] - lick["onset_sec"] + 2 * _LEAD_SEC
    wait_for(lambda: _recorded_sec(back) > 2.2 * length_sec, 60, 0.2)
    back.get_by_role("button", name="Stop and mark it").click()
    expect(back.locator("svg [data-sign='right']").first).to_be_attached(timeout=_MADE_MS)
    attempts = client.get(f"/licks/{lick['id']}/attempts").json()["items"]
    assert len(attempts) == before + 1
    assert attempts[0]["tempo_bpm"] is not None
    assert attempts[0]["duration_sec"] > 2 * length_sec
    heard = client.get(attempts[0]["links"]["audio"]).content
    assert sf.info(io.BytesIO(heard)).subtype == "PCM_16"
    context.close()


def _recorded_sec(back: Locator) -> float:
    return float(re.sub(r"[^\d.]", "", back.locator(".count").text_content() or "0") or 0)


def test_it_all_fits_a_phone(phone: Page, example_id: str, lick: dict[str, Any]) -> None:
    _open(phone, example_id, lick)
    for title in ("Coach", "Exercises", "Play it back", "Practice pack"):
        _unfold(phone, title)
    expect(phone.locator("[data-sentence]").first).to_be_visible()
    phone.get_by_role("region", name="Exercises").get_by_role("button").first.tap()
    expect(
        phone.get_by_role("region", name="Exercises")
        .get_by_role("img", name=re.compile("^Bar"))
        .first
    ).to_be_visible(timeout=_DRAWN_MS)
    phone.get_by_text("Other licks in the same pack").tap()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for button in phone.locator("aside section").get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        # A place in a sentence is as large as its words, and met in a larger area.
        if "place" not in (button.get_attribute("class") or ""):
            assert box["height"] >= 44, button.text_content()
