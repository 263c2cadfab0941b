"""What is taken away: the files that the links give."""

import io
from pathlib import Path
from xml.etree import ElementTree

import httpx
import mido
import pytest
import soundfile as sf
from playwright.sync_api import Page, expect
from pypdf import PdfReader


@pytest.fixture
def panel(page: Page, client: httpx.Client, example_id: str) -> Page:
    """Give the page with the best lick open and the files shown."""
    lick = client.get(f"/jobs/{example_id}/licks").json()["licks"][0]
    page.goto(f"/solos/{example_id}/licks/{lick['id']}")
    page.get_by_role("tab", name="Take away").click()
    return page


def _take(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as taken:
        page.get_by_role("tabpanel").get_by_role("link", name=name, exact=True).click()
    return taken.value.suggested_filename, Path(taken.value.path()).read_bytes()


def test_the_page_comes_for_an_instrument_and_in_a_key(panel: Page) -> None:
    files = panel.get_by_role("tabpanel")
    files.get_by_role("combobox", name="For").select_option(label="Alto saxophone")
    files.get_by_role("combobox", name="Concert key").select_option("Eb")
    name, pdf = _take(panel, "PDF")
    assert name == "Third Shelf Blues.pdf"
    words = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    assert "Third Shelf Blues" in words
    assert "Alto saxophone" in words
    _, music = _take(panel, "MusicXML")
    score = ElementTree.fromstring(music)  # noqa: S314 - our own writer's
    # Eb concert is C for an alto; of a blues as major.
    assert score.findtext(".//key/fifths") == "0"
    assert score.findtext(".//transpose/chromatic") == "-9"


def test_midi_comes_as_played_and_as_written(panel: Page, client: httpx.Client) -> None:
    job = panel.url.split("/")[4]
    heard = client.get(f"/jobs/{job}/notes").json()["notes"]
    for name in ("MIDI, as played", "MIDI, as written"):
        _, content = _take(panel, name)
        file = mido.MidiFile(file=io.BytesIO(content))
        struck = [one for one in file if one.type == "note_on" and one.velocity]
        assert len(struck) == len(heard), name


def test_only_the_open_lick_is_written(panel: Page) -> None:
    panel.get_by_role("checkbox", name="only the marked bars").check()
    _, music = _take(panel, "MusicXML")
    bars = ElementTree.fromstring(music).findall(".//measure")  # noqa: S314 - our own writer's
    assert 1 <= len(bars) <= 3


def test_the_sound_of_a_lick_comes_slowed(panel: Page, client: httpx.Client) -> None:
    lick = client.get(f"/licks/{panel.url.split('/')[-1]}").json()
    files = panel.get_by_role("tabpanel")
    files.get_by_role("spinbutton", name="Speed").fill("50")
    files.get_by_role("combobox", name="File").select_option("wav")
    name, content = _take(panel, "Take the sound")
    assert name.endswith("50 percent.wav")
    length = sf.info(io.BytesIO(content)).duration
    # With 50 ms of air before it and 150 after, at half the tempo.
    assert length == pytest.approx(2 * (lick["offset_sec"] - lick["onset_sec"] + 0.2), abs=0.02)
    expect(panel.get_by_role("link", name="/solos/")).to_have_attribute("href", panel.url)
