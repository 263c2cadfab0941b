"""Waveform and piano roll: what they show, selecting, editing notes and beats, trimming licks."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

# Of the drawings: heights from the top at 1280 px, as `web/src/timeline/layout.ts` has them.
_WAVE_Y = 120
_COUNT_FRAMES = """(seconds) => new Promise((done) => {
    const times = [];
    const look = (now) => {
        times.push(now);
        if (now - times[0] < seconds * 1000) requestAnimationFrame(look);
        else done(times);
    };
    requestAnimationFrame(look);
})"""
_COUNT_COLOURS = """(canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] > 0) seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    }
    return seen.size;
}"""


@pytest.fixture
def solo(page: Page, example_id: str) -> Page:
    return _open(page, example_id)


@pytest.fixture
def own_solo(page: Page, own_job: str, client: httpx.Client) -> Page:
    """Give a solo to change, as it was heard."""
    while client.post(f"/jobs/{own_job}/undo", json={}).is_success:
        pass
    return _open(page, own_job)


def _open(page: Page, job_id: str) -> Page:
    page.goto(f"/solos/{job_id}")
    expect(page.get_by_role("region", name="Timeline")).to_be_visible(timeout=15_000)
    return page


def _lanes(page: Page) -> Locator:
    return page.locator("[data-lanes]")


def _roll(page: Page) -> Locator:
    return page.get_by_role("img", name="Piano roll")


def _notes(client: httpx.Client, job_id: str) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = client.get(f"/jobs/{job_id}/notes").json()["notes"]
    return notes


def _begins(name: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(name)}")


def _wait_for_colours(page: Page, canvas: Locator, at_least: int) -> None:
    page.wait_for_function(
        f"(one) => ({_COUNT_COLOURS})(one) >= {at_least}", arg=canvas.element_handle()
    )


def _drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    page.mouse.move(*end, steps=3)
    page.mouse.up()


class _Axis:
    """Places of moments and pitches in the window."""

    def __init__(self, page: Page) -> None:
        box = _lanes(page).bounding_box()
        roll = _roll(page).bounding_box()
        assert box is not None
        assert roll is not None
        self.left, self.top, self.roll = box["x"], box["y"], roll
        lanes = _lanes(page)
        self.from_sec = float(lanes.get_attribute("data-from-sec") or "nan")
        self.px_per_sec = float(lanes.get_attribute("data-px-per-sec") or "nan")
        self.high_midi = int(lanes.get_attribute("data-high-midi") or "")
        self.row_px = float(lanes.get_attribute("data-row-px") or "nan")

    def x(self, sec: float) -> float:
        return self.left + (sec - self.from_sec) * self.px_per_sec

    def y(self, pitch_midi: float) -> float:
        top: float = self.roll["y"]
        return top + (self.high_midi - pitch_midi + 0.5) * self.row_px


def test_waveform_spectrogram_and_notes_are_drawn_and_told(
    solo: Page, example_id: str, client: httpx.Client
) -> None:
    n_notes = len(_notes(client, example_id))
    wave = solo.get_by_role("img", name="Waveform of")
    expect(_roll(solo)).to_have_accessible_name(_begins(f"Piano roll: {n_notes} notes from "))
    # The grid is the first canvas, the outline the second.
    _wait_for_colours(solo, wave.locator("canvas").nth(1), 1)
    # Roles alone are few colours; a spectrogram has many.
    _wait_for_colours(solo, _roll(solo).locator("canvas"), 60)


def test_a_drag_selects_from_beat_to_beat_and_alt_anywhere(
    solo: Page, example_id: str, client: httpx.Client
) -> None:
    axis = _Axis(solo)
    beats = client.get(f"/jobs/{example_id}/analysis").json()["beats"]
    first, last = beats[8]["time_sec"], beats[16]["time_sec"]
    y = axis.top + _WAVE_Y
    _drag(solo, (axis.x(first) + 4, y), (axis.x(last) - 5, y))
    edges = solo.get_by_role("slider", name="of the selection")
    expect(edges.first).to_have_attribute("aria-valuetext", "bar 3, beat 1")
    expect(edges.last).to_have_attribute("aria-valuetext", "bar 5, beat 1")
    assert float(edges.last.get_attribute("aria-valuenow") or "nan") == pytest.approx(
        last, abs=1e-6
    )

    edges.last.focus()
    solo.keyboard.press("ArrowLeft")
    expect(edges.last).to_have_attribute("aria-valuetext", "bar 4, beat 4")
    solo.keyboard.press("Escape")
    expect(edges).to_have_count(0)

    solo.keyboard.down("Alt")
    _drag(solo, (axis.x(first) + 5, y), (axis.x(last), y))
    solo.keyboard.up("Alt")
    start = float(edges.first.get_attribute("aria-valuenow") or "nan")
    assert start == pytest.approx(first + 5 / axis.px_per_sec, abs=0.01)


def test_a_click_moves_the_cursor_and_keys_go_from_beat_to_beat(solo: Page) -> None:
    axis = _Axis(solo)
    solo.mouse.click(axis.x(8.1), axis.top + _WAVE_Y)
    cursor = solo.get_by_role("slider", name="Cursor")
    expect(cursor).to_have_attribute("aria-valuetext", "bar 6, beat 1")
    cursor.focus()
    solo.keyboard.press("ArrowRight")
    expect(cursor).to_have_attribute("aria-valuetext", "bar 6, beat 2")
    solo.keyboard.press("Shift+ArrowRight")
    expect(solo.get_by_role("slider", name="End of the selection")).to_have_attribute(
        "aria-valuetext", "bar 6, beat 3"
    )


def test_keys_and_wheel_zoom_and_show_the_whole(
    solo: Page, example_id: str, client: httpx.Client
) -> None:
    before = _Axis(solo)
    solo.keyboard.press("z")
    expect(_lanes(solo)).not_to_have_attribute("data-px-per-sec", str(before.px_per_sec))
    closer = _Axis(solo)
    assert closer.px_per_sec > before.px_per_sec
    solo.mouse.move(closer.x(closer.from_sec) + 300, closer.top + _WAVE_Y)
    solo.keyboard.down("Control")
    solo.mouse.wheel(0, 400)
    solo.keyboard.up("Control")
    expect(_lanes(solo)).not_to_have_attribute("data-px-per-sec", str(closer.px_per_sec))
    assert _Axis(solo).px_per_sec < closer.px_per_sec
    solo.keyboard.press("f")
    last = client.get(f"/jobs/{example_id}/analysis").json()["beats"][-1]["bar"]
    shown = solo.get_by_role("slider", name="Part of the recording that is shown")
    expect(shown).to_have_attribute("aria-valuetext", f"bars 1 to {last}")


def test_a_lick_opens_from_its_region_and_keys_trim_it(
    own_solo: Page, client: httpx.Client
) -> None:
    regions = own_solo.get_by_role("list", name="Licks in the recording").get_by_role("button")
    region = regions.first
    region.click()
    expect(region).to_have_attribute("aria-pressed", "true")
    lick_id = own_solo.url.split("/")[-1]
    before = client.get(f"/licks/{lick_id}").json()
    region.focus()
    with own_solo.expect_response(lambda one: one.request.method == "PATCH"):
        own_solo.keyboard.press("}")
        own_solo.keyboard.press("}")
        own_solo.keyboard.press(")")
    after = client.get(f"/licks/{lick_id}").json()
    assert after["note_ids"][:-2] == before["note_ids"][1:]
    assert after["origin"] == "chosen"


def test_a_note_changes_its_pitch_by_key_and_by_drag_and_undo_takes_it_back(
    own_solo: Page, own_job: str, client: httpx.Client
) -> None:
    note = _notes(client, own_job)[0]
    own_solo.keyboard.press("e")
    own_solo.get_by_role("application", name="Notes to edit").focus()
    own_solo.keyboard.press("ArrowRight")
    expect(own_solo.get_by_text("1 note is marked.")).to_be_visible()
    with own_solo.expect_response(lambda one: one.request.method == "PATCH"):
        own_solo.keyboard.press("Shift+ArrowDown")
    assert _notes(client, own_job)[0]["pitch_midi"] == note["pitch_midi"] - 12
    expect(_roll(own_solo)).to_have_accessible_name(
        _begins(f"Piano roll: {len(_notes(client, own_job))} notes from ")
    )
    expect(_lanes(own_solo)).to_have_attribute("data-saving", "false")

    axis = _Axis(own_solo)
    x = axis.x((note["onset_sec"] + note["offset_sec"]) / 2)
    low, high = axis.y(note["pitch_midi"] - 12), axis.y(note["pitch_midi"])
    with own_solo.expect_response(lambda one: one.request.method == "PATCH"):
        _drag(own_solo, (x, low), (x, high))
    assert _notes(client, own_job)[0]["pitch_midi"] == note["pitch_midi"]
    assert client.post(f"/jobs/{own_job}/undo", json={}).is_success
    assert _notes(client, own_job)[0]["pitch_midi"] == note["pitch_midi"] - 12


def test_a_double_click_adds_a_note_and_delete_takes_it_away(
    own_solo: Page, own_job: str, client: httpx.Client
) -> None:
    n_before = len(_notes(client, own_job))
    own_solo.keyboard.press("e")
    axis = _Axis(own_solo)
    with own_solo.expect_response(lambda one: one.request.method == "PATCH"):
        own_solo.mouse.dblclick(axis.x(2.0), axis.y(64))
    expect(_roll(own_solo)).to_have_accessible_name(_begins(f"Piano roll: {n_before + 1} notes"))
    added = _notes(client, own_job)[0]
    assert added["pitch_midi"] == 64
    assert added["onset_sec"] <= 2.0 <= added["offset_sec"]

    expect(own_solo.get_by_text("1 note is marked.")).to_be_visible()
    expect(_lanes(own_solo)).to_have_attribute("data-saving", "false")
    with own_solo.expect_response(lambda one: one.request.method == "PATCH"):
        own_solo.keyboard.press("Delete")
    assert len(_notes(client, own_job)) == n_before


def test_a_beat_that_is_dragged_stays_that_beat(
    own_solo: Page, own_job: str, client: httpx.Client
) -> None:
    before = client.get(f"/jobs/{own_job}/analysis").json()["beats"]
    own_solo.keyboard.press("e")
    axis = _Axis(own_solo)
    y = axis.roll["y"] - 12
    with own_solo.expect_response(lambda one: one.request.method == "PUT"):
        x = axis.x(before[9]["time_sec"])
        _drag(own_solo, (x, y), (x + 6, y))
    after = {
        (one["bar"], one["position_in_bar"]): one["time_sec"]
        for one in client.get(f"/jobs/{own_job}/analysis").json()["beats"]
    }
    dragged = before.pop(9)
    assert after[3, 2] == pytest.approx(dragged["time_sec"] + 6 / axis.px_per_sec, abs=0.02)
    for one in before:
        moment = after[one["bar"], one["position_in_bar"]]
        assert moment == pytest.approx(one["time_sec"], abs=1e-5)


def _frames_per_sec(page: Page) -> float:
    """Measure the best second of three: what other programs take is not the page's."""
    times: list[list[float]] = [page.evaluate(_COUNT_FRAMES, 1) for _ in range(3)]
    return max((len(one) - 1) / (one[-1] - one[0]) * 1000 for one in times)


def test_the_cursor_moves_fifty_times_a_second(solo: Page) -> None:
    _wait_for_colours(solo, _roll(solo).locator("canvas"), 60)
    resting = _frames_per_sec(solo)
    solo.keyboard.press(" ")
    cursor = solo.get_by_role("slider", name="Cursor")
    start = cursor.evaluate("(one) => getComputedStyle(one).transform")
    solo.wait_for_function(
        "([one, at]) => getComputedStyle(one).transform !== at",
        arg=[cursor.element_handle(), start],
    )
    playing = _frames_per_sec(solo)
    solo.keyboard.press(" ")
    # On a machine that is too busy to draw a page at rest, as often as that.
    assert playing >= min(50, 0.85 * resting)


def test_a_finger_moves_the_view_and_selects_after_a_rest(phone: Page, example_id: str) -> None:
    _open(phone, example_id)
    axis = _Axis(phone)
    session = phone.context.new_cdp_session(phone)

    def touch(kind: str, x: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": axis.top + 90}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        # A finger takes time, and rests before it leaves: of one that flings the page away the
        # browser takes the next tap for the end of the fling, and gives no click.
        phone.wait_for_timeout(40)

    touch("touchStart", 300)
    for x in (280, 260, 240, 220, 200, 200):
        touch("touchMove", x)
    touch("touchEnd", 200)
    expect(_lanes(phone)).not_to_have_attribute("data-from-sec", "0")
    expect(phone.get_by_role("slider", name="of the selection")).to_have_count(0)

    select = phone.get_by_role("button", name="Select")
    select.tap()
    expect(select).to_have_attribute("aria-pressed", "true")
    touch("touchStart", 100)
    for x in (140, 200, 260):
        touch("touchMove", x)
    touch("touchEnd", 260)
    expect(phone.get_by_role("slider", name="of the selection")).to_have_count(2)
