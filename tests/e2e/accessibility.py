"""axe-core on a page."""

import functools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
# What was asked for before is on the screen.
_AT_REST = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}"""


@functools.cache
def _source() -> str:
    if not _AXE.exists():
        pytest.skip("wants the page's packages (make web)")
    return _AXE.read_text()


def violations(page: Page, within: str = "html") -> list[str]:
    """List what axe finds wrong in what a selector finds, with the elements."""
    return _run(page, within, {})


def violations_light_and_dark(page: Page, within: str = "html") -> list[str]:
    """List what axe finds wrong in both schemes; what no colour changes is looked at once."""
    page.emulate_media(color_scheme="light")
    _wait_for_theme(page, "light")
    found = _run(page, within, {})
    page.emulate_media(color_scheme="dark")
    _wait_for_theme(page, "dark")
    found += _run(page, within, {"runOnly": _OF_COLOURS})
    page.emulate_media(color_scheme="null")
    return found


def _wait_for_theme(page: Page, theme: str) -> None:
    page.wait_for_function("one => document.documentElement.dataset.theme === one", arg=theme)


def _run(page: Page, within: str, options: dict[str, Any]) -> list[str]:
    page.evaluate(_source())
    page.evaluate(_AT_REST)
    found: dict[str, Any] = page.evaluate(
        "([within, options]) => axe.run(within, {...options, resultTypes: ['violations']})",
        [within, options],
    )
    return [f"{one['id']}: {one['help']}: {_places(one['nodes'])}" for one in found["violations"]]


def _places(nodes: list[dict[str, Any]]) -> str:
    return ", ".join(" ".join(map(str, one["target"])) for one in nodes[:4])
