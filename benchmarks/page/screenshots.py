"""Takes the pictures of the page that are in docs/web.

    python -m benchmarks.page.screenshots [--out docs/web]

Starts `licklab serve` in a temporary folder, with the example solo, some practice and an
assignment.
"""

import argparse
import io
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from benchmarks.page.service import running_service

_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
_SIZES = {1280: 1000, 390: 844}
_PANELS = {"licks": "Licks", "practice": "Practice", "mend": "Mend", "take": "Take away"}
_HEARD_SEC = 120.0


@dataclass(frozen=True)
class _Shown:
    """Where there is something to see."""

    url: str
    solo: str
    lick: str
    assignment: str
    shared: str


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description="Pictures of the page.")
    parser.add_argument("--out", type=Path, default=Path("docs/web"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_service(Path(folder), with_example=True) as url,
    ):
        with httpx.Client(base_url=url, timeout=60) as client:
            shown = _fill(client, url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=_FLAGS)
            for width, height in _SIZES.items():
                is_phone = width < 600
                for scheme in ("light", "dark"):
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme,
                        is_mobile=is_phone, has_touch=is_phone, reduced_motion="reduce",
                    )  # fmt: skip
                    page = context.new_page()
                    page.set_default_timeout(60_000)
                    _take(page, shown, options.out, f"{width}-{scheme}")
                    context.close()
            browser.close()


def _fill(client: httpx.Client, url: str) -> _Shown:
    deadline = time.monotonic() + _HEARD_SEC
    while True:
        (job,) = client.get("/jobs", params={"tag": "example"}).json()["items"]
        if job["status"] == "READY":
            break
        assert time.monotonic() < deadline, f"want the example heard, got {job['status']}"
        time.sleep(1)
    licks = client.get(f"/jobs/{job['id']}/licks").json()["licks"]
    first, second = licks[1], licks[0]
    _post(client, "/practice/licks", lick_id=first["id"], n_keys=12)
    for semitones, tempo_bpm, is_clean in ((0, 100, True), (5, 90, True), (10, 90, False)):
        _post(
            client, "/practice/sessions", lick_id=first["id"], semitones=semitones,
            tempo_bpm=tempo_bpm, is_clean=is_clean, passes=4,
        )  # fmt: skip
    asked = [{"lick_id": first["id"]}, {"lick_id": second["id"], "score": "after_answers"}]
    made = _post(client, "/assignments", title="Two ways into the blues", licks=asked)
    link = _post(client, f"/assignments/{made['id']}/links", label="Tuesday's class")
    return _Shown(url, job["id"], first["id"], made["id"], link["page"])


def _post(client: httpx.Client, path: str, **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(path, json=body).raise_for_status().json()
    return answer


def _take(page: Page, shown: _Shown, out: Path, name: str) -> None:
    url = shown.url
    _open(page, f"{url}/solos/{shown.solo}")
    _keep(page, out / f"solo-{name}.png")
    if name.endswith("dark"):
        return
    _open(page, url)
    _keep(page, out / f"library-{name}.png")
    _open(page, f"{url}/solos/{shown.solo}/licks/{shown.lick}")
    for panel, label in _PANELS.items():
        page.get_by_role("tab", name=label).click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(800)
        _keep(page, out / f"{panel}-{name}.png")
    page.get_by_role("tab", name="Licks").click()
    for part in ("Coach", "Exercises"):
        page.locator("aside summary", has_text=part).first.click()
        region = page.get_by_role("region", name=part, exact=True)
        region.evaluate("one => one.scrollIntoView({block: 'start'})")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(800)
        _keep(page, out / f"{part.lower()}-{name}.png")
    for view, address in (
        ("today", f"{url}/practice"),
        ("teaching", f"{url}/teaching/{shown.assignment}"),
        ("shared", f"{url}{shown.shared}" if shown.shared.startswith("/") else shown.shared),
    ):
        _open(page, address)
        _keep(page, out / f"{view}-{name}.png")


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def _keep(page: Page, path: Path) -> None:
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(path, optimize=True)


if __name__ == "__main__":
    main()
