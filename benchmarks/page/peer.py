"""alphaTab beside our own drawing: the same score, in the same browser."""

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Route

_ROOT = Path(__file__).resolve().parents[2]
_LOCK = _ROOT / "tests" / "integration" / "alphatab"
_HOST = "http://peer.localhost"
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".json": "application/json"}
_PAGE = (
    '<!doctype html><div id="score" style="width:830px"></div>'
    '<script src="/alphaTab.min.js"></script>'
)
_DRAW = """async () => {
  const settings = new alphaTab.Settings();
  settings.core.useWorkers = false;
  settings.core.enableLazyLoading = false;
  settings.core.fontDirectory = '/font/';
  settings.core.scriptFile = '/alphaTab.min.js';
  const api = new alphaTab.AlphaTabApi(document.getElementById('score'), settings);
  await document.fonts.ready;
  const draw = async () => {
    const begun = performance.now();
    const text = await (await fetch('/score.alphatex')).text();
    await new Promise((done) => { api.postRenderFinished.on(done); api.tex(text); });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - begun;
  };
  await draw();
  return draw();
}"""


def measure_alphatab(browser: Browser, alphatex: str, folder: Path) -> tuple[str, str]:
    """Let alphaTab draw a score.

    Parameters
    ----------
    browser : Browser
        That also draws ours.
    alphatex : str
        The score.
    folder : Path
        Where its package is put.

    Returns
    -------
    tuple of str
        What was measured, and what came.
    """
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_LOCK / name, folder)
    npm = Path(sys.executable).with_name("npm")
    path = f"{npm.parent}:/usr/bin:/bin"
    subprocess.run(
        [npm, "ci", "--silent", "--ignore-scripts"],
        cwd=folder, check=True, env={"PATH": path, "HOME": str(Path.home())},
    )  # fmt: skip
    package = folder / "node_modules" / "@coderline" / "alphatab" / "dist"

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_HOST).partition("?")[0]
        if path == "/":
            route.fulfill(body=_PAGE, content_type="text/html")
        elif path == "/score.alphatex":
            route.fulfill(body=alphatex, content_type="text/plain")
        else:
            file = package / path.removeprefix("/")
            kind = _TYPES.get(file.suffix, "application/octet-stream")
            route.fulfill(body=file.read_bytes(), content_type=kind)

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route(f"{_HOST}/**", answer)
    page.goto(f"{_HOST}/")
    took = page.evaluate(_DRAW)
    weight = len(gzip.compress((package / "alphaTab.min.js").read_bytes(), 6)) / 1000
    return (
        "the same 200 bars by alphaTab 1.8 (AlphaTex at hand, second drawing); its script",
        f"{took / 1000:.2f} s; {weight:.0f} KB",
    )
