"""The list of solos: find, name, tag and delete them, with the mouse and without."""

from contextlib import ExitStack

import httpx
import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.accessibility import violations_light_and_dark
from tests.e2e.conftest import ROOT

SCORE = ROOT / "examples" / "third-shelf-blues.mid"
HOSTILE = "<img src=x onerror=alert(1)>"
LONG = "x" * 200


def bring(client: httpx.Client, title: str, *tags: str) -> str:
    """Make a job that is READY at once; gives its id."""
    with SCORE.open("rb") as file:
        job = client.post("/imports", files={"score": (SCORE.name, file)}).json()
    said = {"title": title, "tags": tags}
    client.patch(f"/jobs/{job['id']}", json=said).raise_for_status()
    job_id: str = job["id"]
    return job_id


@pytest.fixture
def solos(client: httpx.Client, afterwards: ExitStack) -> dict[str, str]:
    """Give the ids of three solos by their titles; the first is the oldest."""
    found = {title: bring(client, title, *tags) for title, *tags in (
        ("Anthropology, slow", "e2e", "bebop"), (HOSTILE, "e2e", "<b>x</b>"), (LONG, "e2e"),
    )}  # fmt: skip
    for job_id in found.values():
        afterwards.callback(client.delete, f"/jobs/{job_id}")
    return found


def open_library(page: Page, tag: str = "e2e") -> None:
    """Show what has a tag."""
    page.goto("/")
    page.get_by_role("group", name="Show one tag").get_by_role("button", name=tag).click()


def titles(page: Page) -> Locator:
    return page.locator("[data-job] h2")


def card(page: Page, job_id: str) -> Locator:
    return page.locator(f'[data-job="{job_id}"]')


def test_names_and_tags_are_text_and_stay_in_their_place(
    page: Page, phone: Page, solos: dict[str, str]
) -> None:
    for shown in (page, phone):
        open_library(shown)
        expect(titles(shown)).to_have_text([LONG, HOSTILE, "Anthropology, slow"])
        expect(
            card(shown, solos[HOSTILE]).get_by_role("button", name="<b>x</b>").first
        ).to_have_text("<b>x</b>")
        assert shown.locator("[data-job] img, [data-job] h2 b").count() == 0
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_solos_are_found_by_words_and_tags_and_put_in_order(
    page: Page, solos: dict[str, str]
) -> None:
    open_library(page)
    page.get_by_label("Order").select_option("oldest")
    expect(titles(page)).to_have_text(["Anthropology, slow", HOSTILE, LONG])
    page.get_by_role("searchbox").fill("slow bebop")
    expect(titles(page)).to_have_text(["Anthropology, slow"])
    page.get_by_role("searchbox").fill("nobody plays this")
    expect(page.get_by_text("Nothing fits what you search.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(card(page, solos[LONG])).to_be_visible()
    card(page, solos["Anthropology, slow"]).get_by_role("button", name="bebop").first.click()
    expect(titles(page)).to_have_text(["Anthropology, slow"])


def test_a_solo_is_named_and_tagged_where_it_stands(
    page: Page, client: httpx.Client, solos: dict[str, str]
) -> None:
    job_id = solos["Anthropology, slow"]
    open_library(page)
    one = card(page, job_id)
    one.get_by_role("button", name="Rename").click()
    field = page.get_by_role("textbox", name="Title")
    field.fill("never mind")
    field.press("Escape")
    expect(one.locator("h2")).to_have_text("Anthropology, slow")
    one.get_by_role("button", name="Rename").click()
    field.fill("Thriving on a Riff")
    field.press("Enter")
    expect(one.locator("h2")).to_have_text("Thriving on a Riff")
    one.get_by_role("button", name="Add a tag").click()
    new = one.get_by_role("combobox", name="New tag")
    new.fill("to learn, fast")
    new.press("Enter")
    expect(one.get_by_role("listitem")).to_contain_text(["e2e", "bebop", "to learn", "fast", ""])
    new.press("Escape")
    one.get_by_role("button", name="Remove the tag bebop").click()
    expect(one.get_by_role("button", name="bebop")).to_have_count(0)
    job = client.get(f"/jobs/{job_id}").json()
    assert (job["title"], job["tags"]) == ("Thriving on a Riff", ["e2e", "to learn", "fast"])


def test_what_happens_elsewhere_shows_here(
    page: Page, client: httpx.Client, solos: dict[str, str]
) -> None:
    open_library(page)
    expect(titles(page)).to_have_count(3)
    said = {"title": "Said by another"}
    client.patch(f"/jobs/{solos[HOSTILE]}", json=said)
    expect(card(page, solos[HOSTILE]).locator("h2")).to_have_text("Said by another")
    client.delete(f"/jobs/{solos[LONG]}")
    expect(titles(page)).to_have_count(2)


def test_a_deletion_can_be_undone_for_eight_seconds(
    page: Page, client: httpx.Client, solos: dict[str, str]
) -> None:
    page.clock.install()
    open_library(page)
    one = card(page, solos[HOSTILE])
    one.get_by_role("button", name="Delete").click()
    expect(one).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(titles(page)).to_have_text([LONG, HOSTILE, "Anthropology, slow"])
    page.clock.fast_forward(20_000)
    assert client.get(f"/jobs/{solos[HOSTILE]}").is_success

    def is_deletion(request: Request) -> bool:
        return request.method == "DELETE" and solos[HOSTILE] in request.url

    one.get_by_role("button", name="Delete").click()
    with page.expect_request_finished(is_deletion):
        page.clock.fast_forward(8100)
    assert client.get(f"/jobs/{solos[HOSTILE]}").status_code == 404
    expect(titles(page)).to_have_text([LONG, "Anthropology, slow"])


def test_a_page_that_goes_takes_its_deletions_with_it(
    page: Page, client: httpx.Client, solos: dict[str, str]
) -> None:
    open_library(page)
    card(page, solos[LONG]).get_by_role("button", name="Delete").click()
    expect(card(page, solos[LONG])).to_have_count(0)
    page.goto("about:blank")
    page.goto("/")
    expect(card(page, solos[HOSTILE])).to_be_visible()
    expect(card(page, solos[LONG])).to_have_count(0)
    assert client.get(f"/jobs/{solos[LONG]}").status_code == 404


def test_the_list_needs_no_mouse(page: Page, client: httpx.Client, solos: dict[str, str]) -> None:
    page.goto("/")
    expect(card(page, solos[HOSTILE])).to_be_visible()
    keys = page.keyboard
    keys.press("/")
    keys.type("e2e")
    expect(titles(page)).to_have_count(3)
    keys.press("ArrowDown")
    keys.press("j")
    expect(card(page, solos[HOSTILE]).get_by_role("link")).to_be_focused()
    keys.press("e")
    keys.type("Played by keys")
    keys.press("Enter")
    expect(card(page, solos[HOSTILE]).get_by_role("link")).to_be_focused()
    keys.press("t")
    keys.type("keys")
    keys.press("Enter")
    expect(
        card(page, solos[HOSTILE]).get_by_role("button", name="Remove the tag keys")
    ).to_be_visible()
    keys.press("Escape")
    keys.press("k")
    keys.press("Delete")
    expect(card(page, solos[LONG])).to_have_count(0)
    expect(card(page, solos[HOSTILE]).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(card(page, solos[LONG]).get_by_role("link")).to_be_focused()
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/solos/{solos[HOSTILE]}")
    job = client.get(f"/jobs/{solos[HOSTILE]}").json()
    assert (job["title"], job["tags"][-1]) == ("Played by keys", "keys")
    page.goto("about:blank")  # the solo that it opens is about to be deleted


def test_axe_finds_nothing_wrong(page: Page, solos: dict[str, str]) -> None:
    open_library(page)
    expect(titles(page)).to_have_count(3)
    card(page, solos[LONG]).get_by_role("button", name="Delete").click()
    page.get_by_role("combobox", name="Which instrument").click()
    expect(page.get_by_role("option", name="Trumpet")).to_be_visible()
    assert violations_light_and_dark(page) == []
    page.get_by_role("button", name="Undo").click()
    card(page, solos[LONG]).get_by_role("button", name="Rename").click()
    page.get_by_text("More: a part").click()
    card(page, solos[HOSTILE]).get_by_role("button", name="Add a tag").click()
    assert violations_light_and_dark(page) == []
