"""Files on their way from a musician's disk to a solo's page."""

import re
from contextlib import ExitStack
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile as sf
from playwright.sync_api import Locator, Page, expect

from tests.e2e.accessibility import violations
from tests.e2e.conftest import EXAMPLE, ROOT, Service, Watch
from tests.integration.conftest import tone, wait_for

HEARD_MS = 120_000
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def long_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give two minutes: enough to be heard for a while."""
    path = tmp_path_factory.mktemp("bringing") / "two minutes.wav"
    sf.write(path, np.tile(tone(60.0, 11_025), 2), 11_025)
    return path


def follow(page: Page, instrument: str) -> None:
    """Choose what is to be followed, as musicians call it."""
    box = page.get_by_role("combobox", name="Which instrument")
    box.fill(instrument)
    box.press("Enter")


def bring(page: Page, *paths: Path) -> None:
    page.get_by_label("Recordings or scores", exact=True).set_input_files(paths)


def card(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.get_by_role("listitem").filter(has=heading)


def forget(client: httpx.Client, title: str) -> None:
    for job in client.get("/jobs").json()["items"]:
        if job["title"] == title:
            client.delete(f"/jobs/{job['id']}")


def test_a_recording_is_heard_and_opens(
    page: Page, client: httpx.Client, tmp_path: Path, afterwards: ExitStack
) -> None:
    afterwards.callback(forget, client, HOSTILE)
    recording = tmp_path / f"{HOSTILE}.mp3"
    recording.write_bytes(EXAMPLE.read_bytes())
    page.goto("/")
    bring(page, recording)
    expect(page.get_by_text("Your file starts as soon as you choose")).to_be_visible()
    follow(page, "ts")
    one = card(page, HOSTILE)
    bar = one.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(one.get_by_text("Tenor saxophone")).to_be_visible()
    expect(bar).to_have_attribute(
        "aria-valuetext", re.compile("listening, [1-9]"), timeout=HEARD_MS
    )
    expect(one.get_by_text(re.compile("left$"))).to_be_visible()
    expect(one.get_by_text(re.compile(r"\d notes"))).to_be_visible(timeout=HEARD_MS)
    expect(bar).to_have_count(0)
    one.get_by_role("link").click()
    expect(page.get_by_role("heading", name=HOSTILE, level=1)).to_be_visible()
    expect(page.get_by_role("tab", name="Licks")).to_be_visible()
    assert page.locator("img").count() == 0


def test_each_file_has_its_own_fate(
    page: Page, watch: Watch, client: httpx.Client, tmp_path: Path, afterwards: ExitStack
) -> None:
    afterwards.callback(forget, client, "third-shelf-blues")
    watch.expected.append("422")
    text = tmp_path / "notes <b>.txt"
    text.write_text("no music")
    page.goto("/")
    follow(page, "alto")
    bring(page, text, ROOT / "examples" / "third-shelf-blues.mid")
    row = page.get_by_label("Files on their way").get_by_role("listitem")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("notes <b>.txt")
    expect(row).to_contain_text("want MP3, WAV")
    expect(row).to_contain_text("Check the file")
    expect(card(page, "third-shelf-blues")).to_contain_text("notes")
    row.get_by_role("button", name="Dismiss").click()
    expect(row).to_have_count(0)
    page.reload()
    expect(page.get_by_role("combobox", name="Which instrument")).to_have_value("Alto saxophone")


def test_an_upload_that_breaks_off_is_sent_again(
    page: Page, watch: Watch, client: httpx.Client, long_wav: Path, afterwards: ExitStack
) -> None:
    afterwards.callback(forget, client, "two minutes")
    watch.expected.append("ERR_FAILED")
    page.goto("/")
    follow(page, "gtr")
    page.route(
        "**/jobs",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    bring(page, long_wav)
    row = page.get_by_label("Files on their way").get_by_role("listitem")
    expect(row).to_contain_text("connection broke")
    page.unroute("**/jobs")
    row.get_by_role("button", name="Send again").click()
    expect(card(page, "two minutes")).to_contain_text("Guitar")
    expect(row).to_have_count(0)


def test_a_job_is_cancelled_says_so_and_is_tried_again_for_another_instrument(
    page: Page, client: httpx.Client, long_wav: Path, afterwards: ExitStack
) -> None:
    afterwards.callback(forget, client, "two minutes")
    page.goto("/")
    follow(page, "tenor")
    bring(page, long_wav)
    one = card(page, "two minutes")
    one.get_by_role("button", name="Cancel").click()
    expect(one).to_contain_text("You cancelled this job.")
    one.get_by_role("button", name="Try two minutes again").click()
    expect(one.get_by_role("progressbar")).to_be_visible()
    one.get_by_role("button", name="Cancel").click()
    expect(one).to_contain_text("You cancelled this job.")
    one.get_by_role("link").click()
    expect(page.get_by_role("heading", name="could not be heard")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("You cancelled this job.")
    assert violations(page) == []
    follow(page, "tp")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Trumpet · 2:00")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="could not be heard")).to_be_visible()


def test_the_service_may_restart_in_the_middle_of_a_job(
    page: Page,
    watch: Watch,
    client: httpx.Client,
    service: Service,
    tmp_path: Path,
    afterwards: ExitStack,
) -> None:
    afterwards.callback(forget, client, "restarted")
    watch.expected += ["ERR_", "502"]
    recording = tmp_path / "restarted.mp3"
    recording.write_bytes(EXAMPLE.read_bytes())
    page.goto("/")
    follow(page, "ts")
    bring(page, recording)
    one = card(page, "restarted")
    bar = one.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuetext", re.compile("listening"), timeout=HEARD_MS)
    service.stop()
    try:
        expect(page.get_by_text("Reconnecting …")).to_be_visible()
        expect(one).to_be_visible()
    finally:
        service.start()
    expect(page.get_by_text("Reconnecting …")).to_be_hidden()
    expect(one.get_by_text(re.compile(r"\d notes"))).to_be_visible(timeout=HEARD_MS)
    assert wait_for(lambda: client.get("/jobs", params={"q": "restarted"}).json()["items"])
