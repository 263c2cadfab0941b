"""axe-core on a page."""

import functools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

_AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


@functools.cache
def _source() -> str:
    if not _AXE.exists():
        pytest.skip("wants the page's packages (make web)")
    return _AXE.read_text()


def violations(page: Page, within: str = "html") -> list[str]:
    """List what axe finds wrong in what a selector finds, with the elements."""
    page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(
        "(within) => axe.run(within, {resultTypes: ['violations']})", within
    )
    return [f"{one['id']}: {one['help']}: {_places(one['nodes'])}" for one in found["violations"]]


def _places(nodes: list[dict[str, Any]]) -> str:
    return ", ".join(" ".join(map(str, one["target"])) for one in nodes[:4])
