"""How heavy and how fast the page is, in chromium without a graphics card.

    python -m benchmarks.page.measure [--loop-min 10]

Starts `licklab serve` in a temporary folder, lets it hear five minutes of music (the example, again
and again), and imports a score of 200 bars. Then, in one run: what the first load weighs; how long
until the five minutes can be played and read after their data have arrived; frames a second while
they play; how long 200 bars take from the request to the screen, beside alphaTab with the same
score as AlphaTex (fetched, parsed, drawn; its packages come by npm into a temporary folder); and
how much the heap grows while a lick loops.
"""

import argparse
import gzip
import json
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.page.peer import measure_alphatab
from benchmarks.page.service import five_minutes, running_service, two_hundred_bars

_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
# Data that a solo's page asks for; the last of them is when "their data have arrived".
_DATA = ("/analysis", "/notes", "/licks", "/line-analysis", "/sheet", "/sound", "/peaks", "/audio")
_FRAMES_SEC = 10
# Answers while nothing else keeps the page busy: a gap of this many frames is no interaction.
_IDLE = """() => new Promise((done) => {
  let quiet = 0, last = performance.now();
  const step = (now) => {
    quiet = now - last < 60 ? quiet + 1 : 0;
    last = now;
    if (quiet >= 5) done(performance.timeOrigin + now);
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
_FRAMES = """(seconds) => new Promise((done) => {
  const times = [];
  const step = (now) => {
    times.push(now);
    if (now - times[0] < 1000 * seconds) requestAnimationFrame(step);
    else done(times);
  };
  requestAnimationFrame(step);
})"""


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="The page in a browser.")
    parser.add_argument("--loop-min", type=float, default=10, help="minutes of looping")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, running_service(Path(name)) as url:
        with httpx.Client(base_url=url, timeout=300) as client:
            solo = five_minutes(client)
            score, bars = two_hundred_bars(client)
            alphatex = client.get(f"/jobs/{score}/score.alphatex").text
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            rows = [_weigh(page, url)]
            rows += _open_solo(page, f"{url}/solos/{solo}")
            rows += [_frames(page)]
            rows += _draw_score(page, f"{url}/solos/{score}", bars)
            rows += [_loop(page, f"{url}/solos/{solo}", options.loop_min)]
            rows += [measure_alphatab(browser, alphatex, Path(name) / "peer")]
            browser.close()
    print("| what | got |")
    print("|---|---|")
    for what, got in rows:
        print(f"| {what} | {got} |")


def _weigh(page: Page, url: str) -> tuple[str, str]:
    bodies: list[bytes] = []

    def keep(response: Any) -> None:
        if response.url.endswith((".js", ".css")):
            bodies.append(response.body())

    page.on("response", keep)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", keep)
    weight = sum(len(gzip.compress(one, 6)) for one in bodies)
    return "first load, JS and CSS, compressed", f"{weight / 1000:.0f} KB"


def _open_solo(page: Page, address: str) -> list[tuple[str, str]]:
    """Open a solo anew; the first time makes what is kept, such as its licks and its outline."""
    rows = []
    for name in ("first time", "again"):
        page.goto("about:blank")
        page.goto(address)
        page.locator("[data-note]").first.wait_for(timeout=120_000)
        page.get_by_role("region", name="Player").get_by_role("button", name="Play").wait_for()
        page.wait_for_function(
            "() => !document.querySelector('[aria-label=Player] button').disabled",
            timeout=120_000,
        )
        ready = page.evaluate(_IDLE)
        arrived = page.evaluate(
            """(parts) => performance.timeOrigin + Math.max(...performance
              .getEntriesByType('resource')
              .filter((one) => parts.some((part) => new URL(one.name).pathname.endsWith(part)))
              .map((one) => one.responseEnd))""",
            list(_DATA),
        )
        begun = page.evaluate("performance.timeOrigin")
        rows.append(
            (
                f"five minutes ({name}): interactive after its data, of all since the address",
                f"{(ready - arrived) / 1000:.2f} s of {(ready - begun) / 1000:.2f} s",
            )
        )
    return rows


def _frames(page: Page) -> tuple[str, str]:
    page.keyboard.press(" ")
    page.wait_for_timeout(1500)
    times = page.evaluate(_FRAMES, _FRAMES_SEC)
    page.keyboard.press(" ")
    gaps = sorted(b - a for a, b in pairwise(times))
    rate = 1000 * (len(times) - 1) / (times[-1] - times[0])
    return (
        f"frames a second while playing, {_FRAMES_SEC} s",
        f"{rate:.0f} (95 % of gaps under {gaps[int(0.95 * len(gaps))]:.0f} ms)",
    )


def _draw_score(page: Page, address: str, bars: int) -> list[tuple[str, str]]:
    """Time another key: another drawing, of which nothing is there yet."""
    page.goto(address)
    page.locator("[data-note]").first.wait_for(timeout=60_000)
    page.evaluate(_IDLE)
    first, whole = page.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const score = document.querySelector('section[aria-label=Score]');
          const select = score.querySelector('select');
          const before = score.querySelector('[data-line] .music svg');
          const begun = performance.now();
          select.value = 'alto_sax';
          select.dispatchEvent(new Event('change', { bubbles: true }));
          while (document.contains(before)) await frame();
          await frame();
          const first = performance.now() - begun;
          while (score.ariaBusy === 'true') await frame();
          await frame();
          return [first, performance.now() - begun];
        }"""
    )
    drawn = page.get_by_role("region", name="Score").locator("[data-bar]").count()
    return [
        (f"{bars} bars, from the request to a full screen", f"{first / 1000:.2f} s"),
        (f"{bars} bars, from the request to all of them ({drawn})", f"{whole / 1000:.2f} s"),
    ]


def _loop(page: Page, address: str, minutes: float) -> tuple[str, str]:
    page.goto(address)
    page.locator("[data-note]").first.wait_for(timeout=60_000)
    memory = page.context.new_cdp_session(page)
    page.keyboard.press("n")
    page.keyboard.press("l")
    page.keyboard.press(" ")
    page.wait_for_timeout(20_000)
    early = _heap(memory)
    page.wait_for_timeout(60_000 * minutes)
    late = _heap(memory)
    page.keyboard.press(" ")
    return (
        f"heap after {minutes:g} minutes of looping",
        f"{late / 1e6:.1f} MB, before {early / 1e6:.1f} MB ({100 * (late / early - 1):+.1f} %)",
    )


def _heap(memory: CDPSession) -> float:
    memory.send("HeapProfiler.collectGarbage")
    used: float = json.loads(json.dumps(memory.send("Runtime.getHeapUsage")))["usedSize"]
    return used


if __name__ == "__main__":
    main()
