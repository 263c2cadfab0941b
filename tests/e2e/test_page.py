"""The page as a whole: addresses, what it may load, accessibility of its views."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.accessibility import violations_light_and_dark
from tests.e2e.conftest import DESKTOP, PHONE, Watch

_PANELS = ("Licks", "Practice", "Mend", "Take away")


def test_an_address_that_shows_nothing_leads_home(
    page: Page, example_id: str, watch: Watch
) -> None:
    watch.expected.append("404")
    page.goto("/solos/00000000-0000-0000-0000-000000000000")
    expect(page.get_by_role("heading", name="This solo cannot be shown")).to_be_visible()
    page.get_by_role("link", name="Your recordings").click()
    expect(page.get_by_role("heading", name="Your recordings")).to_be_visible()
    page.get_by_role("link", name="Third Shelf Blues").first.click()
    expect(page).to_have_url(f"/solos/{example_id}")
    page.go_back()
    expect(page.get_by_role("heading", name="Your recordings")).to_be_visible()


def test_scripts_come_from_the_page_alone(client: httpx.Client) -> None:
    policy = client.get("/").headers["content-security-policy"]
    rules = dict(one.strip().split(" ", 1) for one in policy.split(";") if one.strip())
    assert "unsafe-inline" not in rules["script-src"]
    assert "unsafe-eval" not in rules["script-src"].replace("wasm-unsafe-eval", "")
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'self'"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1280", "390"])
def test_axe_finds_nothing(
    open_context: Callable[..., BrowserContext],
    example_id: str,
    viewport: dict[str, int],
) -> None:
    page = open_context(viewport=viewport).new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="Third Shelf Blues").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert violations_light_and_dark(page) == []
    page.goto(f"/solos/{example_id}")
    for name in _PANELS:
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        page.wait_for_load_state("networkidle")
        assert violations_light_and_dark(page) == [], name
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert violations_light_and_dark(page) == []


def test_nothing_is_wider_than_a_phone(
    open_context: Callable[..., BrowserContext], example_id: str
) -> None:
    page = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    for path in ("/", f"/solos/{example_id}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, path
