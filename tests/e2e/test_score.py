"""The score: parts, colours, the cursor on what sounds, selecting, bars to guess, printing."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.arrange import ScoreOptions, arrange
from tests.e2e.accessibility import violations_light_and_dark
from tests.lines import even_grid, line, transcription

# Of 200 bars, from asking for them to their picture (issue 7).
_FIRST_MS = 30_000
# Whether the cursor stands on the head that is lit, and no lower or higher.
_IS_ON_HEAD = """() => {
    const cursor = document.querySelector('[data-score-cursor]').getBoundingClientRect();
    const head = document.querySelector('[data-line] [data-now] .notehead use');
    if (!head) return false;
    const box = head.getBoundingClientRect();
    const x = cursor.left + cursor.width / 2, y = box.top + box.height / 2;
    return box.left - 1 <= x && x <= box.right + 1 && cursor.top <= y && y <= cursor.bottom;
}"""


# Chooses a part, and waits until its picture is there.
_CHOOSE = """(name) => new Promise((done) => {
    const part = document.querySelector('section[aria-label=Score] select');
    const first = () => document.querySelector('[data-line] .music svg');
    const before = first();
    part.value = name;
    part.dispatchEvent(new Event('change', { bubbles: true }));
    const look = () => {
        if (first() === before) requestAnimationFrame(look);
        else done();
    };
    look();
})"""


@pytest.fixture
def solo(page: Page, example_id: str) -> Page:
    return _open(page, example_id)


def _open(page: Page, job_id: str) -> Page:
    page.goto(f"/solos/{job_id}")
    # The first sheet of a solo waits for the engraver, and for whatever else the machine does.
    expect(_score(page).locator("[data-line] svg").first).to_be_visible(timeout=_FIRST_MS)
    expect(_score(page)).to_have_attribute("aria-busy", "false")
    return page


def _score(page: Page) -> Locator:
    return page.get_by_role("region", name="Score")


def _sheet(page: Page) -> Locator:
    return _score(page).get_by_role("group", name=re.compile("^Notes: arrow keys"))


def _note(page: Page, note_id: str) -> Locator:
    return _score(page).locator(f'g.note[data-note="{note_id}"] .notehead').first


def _asked(client: httpx.Client, job_id: str, **query: str) -> dict[str, Any]:
    sheet: dict[str, Any] = client.get(f"/jobs/{job_id}/sheet", params=query).json()
    return sheet


def _seek(page: Page, note_id: str) -> None:
    note = _note(page, note_id)
    note.scroll_into_view_if_needed()
    note.click(force=True)


@pytest.fixture(scope="module")
def long_solo(client: httpx.Client) -> Iterator[str]:
    """Give a solo of 200 bars of eighths."""
    pitches = (62, 65, 69, 72, 71, 68, 65, 64)
    notes = line(
        *((k / 4, k / 4 + 0.24, pitches[(k * 3 + k // 8) % 8] + k // 16 % 5) for k in range(1600))
    )
    labels = [(2.0 * k, ("D:min7", "G:7", "C:maj7", "A:7")[k % 4]) for k in range(200)]
    heard = transcription(notes, even_grid(200), labels=labels, key="C")
    score = write_musicxml(arrange(heard, ScoreOptions(part="tenor_sax", title="Long")))
    answer = client.post("/imports", files={"score": ("long.musicxml", score)})
    job_id: str = answer.raise_for_status().json()["id"]
    client.get(f"/jobs/{job_id}/licks").raise_for_status()
    yield job_id
    client.delete(f"/jobs/{job_id}")


def test_a_tenor_reads_its_own_names_and_other_parts_theirs(
    solo: Page, client: httpx.Client, example_id: str
) -> None:
    part = _score(solo).get_by_label("Part")
    expect(part).to_have_value("tenor_sax")
    tenor, concert = _asked(client, example_id), _asked(client, example_id, part="concert")
    for sheet, name in ((tenor, "tenor_sax"), (concert, "concert")):
        part.select_option(name)
        label = " ".join(one["symbol"] for one in sheet["bars"][0]["chords"])
        expect(
            _score(solo).get_by_role("img", name=re.compile(re.escape(f": {label} |"))).first
        ).to_be_visible()
    assert tenor["bars"][0]["chords"][0]["symbol"] != concert["bars"][0]["chords"][0]["symbol"]


def test_a_guitarist_gets_tablature_and_can_put_it_away(solo: Page) -> None:
    frets = _score(solo).locator("text.fret")
    expect(frets).to_have_count(0)
    _score(solo).get_by_label("Part").select_option("guitar")
    expect(frets.first).to_be_attached()
    _score(solo).get_by_role("button", name="Tab").click()
    expect(frets).to_have_count(0)


def test_a_part_that_was_chosen_is_there_the_next_time(solo: Page, example_id: str) -> None:
    _score(solo).get_by_label("Part").select_option("alto_sax")
    expect(_score(solo).get_by_text("Alto saxophone (E♭)")).to_be_visible()
    _open(solo, example_id)
    expect(_score(solo).get_by_label("Part")).to_have_value("alto_sax")


def test_notes_have_the_colour_of_their_role_and_a_legend_says_which(solo: Page) -> None:
    legend = _score(solo).get_by_role("list", name="Colours of the notes")
    for name in ("chord tone", "tension", "approach", "other"):
        expect(legend.get_by_text(name, exact=True)).to_be_visible()
    ink = solo.evaluate("getComputedStyle(document.body).color")
    colours = {
        role: _score(solo)
        .locator(f"g.note[data-role={role}]:not([data-doubtful])")
        .first.evaluate("(one) => getComputedStyle(one).color")
        for role in ("chord", "tension", "approach")
    }
    assert len({*colours.values(), ink}) == 4
    _score(solo).get_by_role("button", name="Colours").click()
    expect(legend).to_have_count(0)
    note = _score(solo).locator("g.note[data-role=tension]:not([data-doubtful])").first
    expect(note).to_have_css("color", ink)


def test_the_cursor_is_on_the_head_that_sounds(
    solo: Page, client: httpx.Client, example_id: str
) -> None:
    notes = _asked(client, example_id)["notes"]
    # Among them notes on swung eighths, a line's first one, and lines that were out of sight.
    for note in [*notes[:9], *notes[-3:]]:
        _seek(solo, note["id"])
        solo.wait_for_function(
            f"""document.querySelector('[data-now]')?.dataset.note === '{note["id"]}'"""
        )
        # The head is lit in one frame, the cursor stands there in the next.
        solo.wait_for_function(_IS_ON_HEAD)


def test_the_cursor_of_a_lick_that_is_opened_by_its_link_is_on_its_line(
    page: Page, client: httpx.Client, example_id: str
) -> None:
    licks = client.get(f"/jobs/{example_id}/licks").json()["licks"]
    last = max(licks, key=lambda one: one["onset_sec"])
    _open(page, f"{example_id}/licks/{last['id']}")
    page.wait_for_function(_IS_ON_HEAD)


def test_the_cursor_goes_on_while_it_plays(
    solo: Page, client: httpx.Client, example_id: str
) -> None:
    notes = _asked(client, example_id)["notes"]
    _seek(solo, notes[0]["id"])
    _sheet(solo).press("Enter")
    later = [note["id"] for note in notes[4:40]]
    solo.wait_for_function(
        "(ids) => ids.includes(document.querySelector('[data-now]')?.dataset.note)",
        arg=later,
        polling=20,
    )
    solo.get_by_role("button", name="Pause").click()


def test_a_drag_over_notes_marks_them_in_all_views(
    solo: Page, client: httpx.Client, example_id: str
) -> None:
    notes = _asked(client, example_id)["notes"]
    _note(solo, notes[2]["id"]).scroll_into_view_if_needed()
    boxes = [_note(solo, notes[k]["id"]).bounding_box() for k in (2, 5)]
    (x, y), (to_x, to_y) = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box
    ]
    solo.mouse.move(x, y)
    solo.mouse.down()
    solo.mouse.move((x + to_x) / 2, y, steps=3)
    solo.mouse.move(to_x, to_y, steps=3)
    solo.mouse.up()
    start = solo.get_by_role("slider", name="Start of the selection")
    end = solo.get_by_role("slider", name="End of the selection")
    assert float(start.get_attribute("aria-valuenow") or 0) == pytest.approx(
        notes[2]["onset_sec"], abs=0.001
    )
    assert float(end.get_attribute("aria-valuenow") or 0) == pytest.approx(
        notes[5]["offset_sec"], abs=0.001
    )
    expect(_score(solo).locator("rect.selection").first).to_be_attached()


def test_the_score_is_read_and_selected_by_key(
    solo: Page, client: httpx.Client, example_id: str
) -> None:
    notes = _asked(client, example_id)["notes"]
    _seek(solo, notes[3]["id"])
    sheet = _sheet(solo)
    sheet.focus()
    sheet.press("ArrowRight")
    bar = notes[4]["bar"]
    said = _score(solo).locator("[aria-live=polite]")
    expect(said).to_have_text(re.compile(f"^{re.escape(notes[4]['name'])}, .+, bar {bar}$"))
    sheet.press("Shift+ArrowRight")
    sheet.press("Shift+ArrowRight")
    end = solo.get_by_role("slider", name="End of the selection")
    assert float(end.get_attribute("aria-valuenow") or 0) == pytest.approx(
        notes[6]["offset_sec"], abs=0.001
    )
    sheet.press("Escape")
    expect(end).to_have_count(0)


def test_a_lick_is_opened_by_its_flag(solo: Page, client: httpx.Client, example_id: str) -> None:
    lick = client.get(f"/jobs/{example_id}/licks").json()["licks"][0]
    flag = _score(solo).get_by_role("button", name=re.compile(f"^Lick {lick['number']}:"))
    flag.scroll_into_view_if_needed()
    flag.click()
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(solo).to_have_url(re.compile(f"/licks/{lick['id']}$"))
    expect(_score(solo).locator("rect.open").first).to_be_attached()


def test_bars_are_hidden_and_shown_by_key(solo: Page) -> None:
    covers = _score(solo).get_by_role("button", name=re.compile("is hidden: show it$"))
    n_bars = _score(solo).locator("g.measure").count()
    solo.keyboard.press("h")
    expect(covers).to_have_count(n_bars)
    solo.keyboard.press("r")
    expect(covers).to_have_count(n_bars - 1)
    covers.first.focus()
    covers.first.press("Enter")
    expect(covers).to_have_count(n_bars - 2)
    # Who shows bars by key goes on where they are.
    expect(covers.first).to_be_focused()
    _score(solo).get_by_role("button", name="Show all").click()
    expect(covers).to_have_count(0)
    _score(solo).get_by_role("button", name="Hide all").click()
    expect(covers).to_have_count(n_bars)
    solo.keyboard.press("h")
    expect(covers).to_have_count(0)


def test_numerals_stand_over_chords_when_asked_for(solo: Page) -> None:
    numerals = _score(solo).locator("text.roman")
    expect(numerals).to_have_count(0)
    _score(solo).get_by_role("button", name="Roman numerals").click()
    expect(numerals.first).to_be_attached()
    numeral = numerals.first.bounding_box()
    name = _score(solo).locator("g.harm").first.bounding_box()
    assert numeral is not None
    assert name is not None
    # Boxes of text are higher than what is written in them.
    assert numeral["y"] + numeral["height"] <= name["y"] + name["height"] * 0.4
    assert numeral["x"] == pytest.approx(name["x"], abs=4)


def test_two_hundred_bars_are_drawn_anew_for_another_part(page: Page, long_solo: str) -> None:
    _open(page, long_solo)
    # Nothing of another part is drawn yet, in the service or here. How long it takes is measured by
    # benchmarks.page, where nothing else runs.
    page.evaluate(_CHOOSE, "alto_sax")
    expect(_score(page)).to_have_attribute("aria-busy", "false")
    assert _score(page).locator("g.measure").count() >= 200


def test_score_and_recording_show_the_same_bars(
    page: Page, long_solo: str, client: httpx.Client
) -> None:
    _open(page, long_solo)
    licks = client.get(f"/jobs/{long_solo}/licks").json()["licks"]
    late = max(licks, key=lambda one: one["onset_sec"])
    shown = page.get_by_role("slider", name="Part of the recording that is shown")
    bars = shown.get_attribute("aria-valuetext")
    lick_line = _score(page).locator("[data-line]", has=page.locator("rect.open")).first
    # A card of the list opens it: the recording and the score go there, the page stays.
    place = f"bars? {late['bars'][0]}\\b.*, open$"
    page.get_by_role("button", name=re.compile(place)).last.click()
    expect(shown).not_to_have_attribute("aria-valuetext", str(bars))
    expect(lick_line).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("window.scrollY") == 0
    # Who scrolls the score back takes the recording along.
    page.locator("[data-score-column]").evaluate("(one) => one.scrollTo({ top: 0 })")
    expect(shown).to_have_attribute("aria-valuetext", re.compile("^bars 1 to"))
    # And who goes on in the recording, the score.
    page.keyboard.press("Escape")
    shown.press("End")
    last = _score(page).locator("[data-line]").last
    expect(last).to_be_in_viewport()


def test_the_page_is_printed_alone_and_black(solo: Page) -> None:
    solo.emulate_media(media="print")
    expect(_score(solo).get_by_role("heading")).to_be_visible()
    for gone in (
        _score(solo).get_by_label("Part"),
        _score(solo).locator("[data-score-cursor]"),
        solo.get_by_role("region", name="Timeline"),
        solo.get_by_role("banner"),
    ):
        expect(gone).to_be_hidden()
    note = _score(solo).locator("g.note[data-role=tension]").first
    expect(note).to_have_css("color", "rgb(0, 0, 0)")
    expect(_score(solo).locator("[data-line]").first).to_have_css("break-inside", "avoid")


def test_music_fits_a_phone_and_every_id_is_there_once(phone: Page, example_id: str) -> None:
    _open(phone, example_id)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    bars = _score(phone).locator("[data-line]").first.locator("g.measure").count()
    assert 1 <= bars <= 3
    ids = phone.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_axe_finds_nothing_wrong_with_the_score(solo: Page) -> None:
    solo.keyboard.press("h")
    assert violations_light_and_dark(solo) == []
    solo.keyboard.press("h")
