"""Takes the pictures of the page that are in docs/web.

    python -m benchmarks.page.screenshots [--url http://127.0.0.1:8000] [--out docs/web]

Wants a running `licklab serve` whose library has the example solo, READY.
"""

import argparse
import io
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
_SIZES = {1280: 1000, 390: 844}
_PANELS = {"licks": "Licks", "practice": "Practice", "mend": "Mend", "take": "Take away"}


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(description="Pictures of the page.")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=Path("docs/web"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with httpx.Client(base_url=options.url, timeout=60) as client:
        solo = client.get("/jobs", params={"tag": "example"}).json()["items"][0]["id"]
        lick = client.get(f"/jobs/{solo}/licks").json()["licks"][1]["id"]
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
                name = f"{width}-{scheme}"
                _open(page, options.url)
                if scheme == "light":
                    _keep(page, options.out / f"library-{name}.png")
                _open(page, f"{options.url}/solos/{solo}")
                _keep(page, options.out / f"solo-{name}.png")
                if scheme == "light":
                    _open(page, f"{options.url}/solos/{solo}/licks/{lick}")
                    for panel, label in _PANELS.items():
                        page.get_by_role("tab", name=label).click()
                        page.wait_for_load_state("networkidle")
                        page.wait_for_timeout(800)
                        _keep(page, options.out / f"{panel}-{name}.png")
                context.close()
        browser.close()


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def _keep(page: Page, path: Path) -> None:
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(path, optimize=True)


if __name__ == "__main__":
    main()
