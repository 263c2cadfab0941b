"""Teaching: an assignment is made and shared, a student answers in a browser of their own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.accessibility import violations, violations_light_and_dark
from tests.e2e.conftest import PHONE, Watch

# A clip is cut and slowed beside other work.
_CLIP_MS = 40_000


@pytest.fixture(autouse=True)
def nothing(client: httpx.Client) -> Iterator[None]:
    """Have no assignment before and after."""
    _delete_all(client)
    yield
    _delete_all(client)


def _delete_all(client: httpx.Client) -> None:
    for one in client.get("/assignments").json()["items"]:
        client.delete(f"/assignments/{one['id']}")


def _licks(client: httpx.Client, job_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/jobs/{job_id}/licks").json()["licks"]
    return sorted(found, key=lambda one: float(one["onset_sec"]))


def _share(client: httpx.Client, **assignment: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    made = client.post("/assignments", json=assignment).raise_for_status().json()
    link = client.post(f"/assignments/{made['id']}/links", json={"label": "Class"})
    return made, link.raise_for_status().json()


def _rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Licks", exact=True).get_by_role("article")


def _is_narrow(page: Page) -> bool:
    return int(page.evaluate("document.documentElement.scrollWidth")) <= PHONE["width"]


def test_an_assignment_is_made_of_licks_of_the_library_and_ordered_by_keys(
    page: Page, client: httpx.Client, example_id: str
) -> None:
    licks = _licks(client, example_id)
    page.goto(f"/solos/{example_id}/licks/{licks[0]['id']}")
    page.get_by_role("link", name="Teaching").click()
    expect(page.get_by_role("heading", name="Give your students licks")).to_be_visible()
    assert violations(page) == []
    page.go_back()
    page.get_by_role("link", name="Assign to students").click()
    # The lick that was open is in it.
    expect(_rows(page)).to_have_count(1)
    chooser = page.get_by_role("group", name="Choose licks")
    expect(chooser.get_by_role("checkbox")).to_have_count(len(licks))
    chooser.get_by_role("checkbox").nth(1).check()
    expect(_rows(page)).to_have_count(2)
    page.get_by_role("button", name="Make the assignment").click()
    expect(page.get_by_role("alert")).to_have_text("Give it a title.")
    page.get_by_label("Title").fill("Week <i>1</i>")
    page.get_by_label("What your students should do").fill("Listen first.\nThen read.")
    page.get_by_label("Written for").select_option(label="Alto saxophone")
    second = _rows(page).nth(1)
    second.get_by_label("Students read").fill("The answer")
    second.get_by_label("The notation").select_option("after_answers")
    second.get_by_label("The loop begins at").select_option("75")
    second.get_by_text("Keys to practise it in").click()
    second.get_by_role("button", name="E♭").press("Enter")
    assert violations(page) == []
    second.get_by_role("button", name=re.compile("earlier$")).press("Enter")
    expect(_rows(page).first.get_by_label("Students read")).to_have_value("The answer")
    # Its first place: what moves it further up is no more, what moves it down has the focus.
    expect(_rows(page).first.get_by_role("button", name=re.compile("later$"))).to_be_focused()
    _rows(page).nth(1).get_by_role("button", name=re.compile("^Take .* out$")).click()
    expect(_rows(page)).to_have_count(1)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(_rows(page)).to_have_count(2)
    page.set_viewport_size(PHONE)
    assert _is_narrow(page)
    assert violations(page) == []
    page.get_by_role("button", name="Make the assignment").click()
    expect(page.get_by_role("heading", name="Week <i>1</i>", level=1)).to_be_focused()
    (made,) = client.get("/assignments").json()["items"]
    assert (made["part"], made["text"]) == ("alto_sax", "Listen first.\nThen read.")
    first, last = made["licks"]
    assert (first["lick_id"], first["title"], first["score"], first["speed_percent"]) == (
        licks[1]["id"], "The answer", "after_answers", 75,
    )  # fmt: skip
    assert [one.split(":")[0] for one in first["keys"]] == ["Eb"]
    assert last["lick_id"] == licks[0]["id"]
    # What is asked, with its answers; and on paper.
    page.get_by_text(re.compile("question.* about The answer$")).click()
    expect(page.get_by_role("article", name="The answer").get_by_text("✓")).not_to_have_count(0)
    for name in ("Worksheet, PDF", "With the answers, PDF"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Of their answers").select_option("marks")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The assignment is saved.")).to_be_visible()
    assert client.get(made["links"]["self"]).json()["feedback"] == "marks"
    assert violations_light_and_dark(page) == []
    assert _is_narrow(page)
    page.get_by_role("button", name="Delete it").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").press("Enter")
    expect(page.get_by_role("heading", name="Give your students licks")).to_be_visible()
    assert client.get("/assignments").json()["items"] == []


def test_a_student_hears_reads_and_answers_and_the_teacher_sees_it_and_revokes_the_link(
    page: Page,
    client: httpx.Client,
    example_id: str,
    open_context: Callable[..., BrowserContext],
    watch: Watch,
) -> None:
    licks = _licks(client, example_id)[:2]
    asked = [
        {"lick_id": licks[0]["id"], "title": "First", "keys": ["Eb"]},
        {"lick_id": licks[1]["id"], "title": "Second", "score": "after_answers"},
    ]
    made = client.post("/assignments", json={"title": "By ear", "licks": asked}).json()
    questions = {
        (lick["number"], one["number"]): one
        for lick in client.get(made["links"]["self"]).json()["found"]
        for one in lick["asked"]
    }
    page.goto(f"/teaching/{made['id']}")
    page.get_by_label("For whom").fill("Ella")
    page.get_by_label("Open for").select_option("7")
    page.get_by_role("button", name="Make a link").press("Enter")
    field = page.get_by_label("Copy it now")
    expect(field).to_be_focused()
    address = field.input_value()
    expect(page.get_by_role("region", name="Links for students")).to_contain_text("open until")
    assert violations(page) == []

    student = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    asked_for: list[str] = []
    student.on("request", lambda one: asked_for.append(urlsplit(one.url).path))
    document = student.goto(address)
    assert document is not None
    assert document.headers["referrer-policy"] == "no-referrer"
    expect(student.get_by_role("heading", name="By ear", level=1)).to_be_visible()
    assert student.get_by_role("link").count() == 1
    first = student.get_by_role("region", name="1. First")
    second = student.get_by_role("region", name="2. Second")
    expect(first.get_by_role("img", name=re.compile("^Bars? "))).not_to_have_count(0)
    expect(second.get_by_text("By ear first")).to_be_visible()
    assert violations_light_and_dark(student) == []
    assert _is_narrow(student)
    # The loop sounds and lights its notes; another key draws them anew.
    first.get_by_label("Speed").select_option("50")
    first.get_by_role("button", name="Play loop").click()
    lit = first.locator("[data-now]")
    expect(lit).not_to_have_count(0, timeout=_CLIP_MS)
    expect(first.get_by_role("button", name="Stop")).to_be_visible()
    second.get_by_role("button", name="Play loop").click()
    expect(first.get_by_role("button", name="Play loop")).to_be_visible()
    expect(second.get_by_role("button", name="Stop")).to_be_visible(timeout=_CLIP_MS)
    second.get_by_role("button", name="Stop").click()
    with student.expect_response(re.compile(r"/licks/1/sheet\?.*key=Eb")) as drawn:
        first.get_by_label("Key").select_option(index=1)
    assert drawn.value.ok
    # One wrong answer, all others right.
    for (number, at), one in questions.items():
        choice = one["right"] if (number, at) != (1, 1) else (one["right"] + 1) % 2
        region = first if number == 1 else second
        asking = region.get_by_role("group").filter(has=student.get_by_role("radio"))
        asking.nth(at - 1).get_by_role("radio").nth(choice).check()
    send = student.get_by_role("button", name=re.compile("^Send "))
    expect(send).to_have_text(f"Send {len(questions)} answers")
    send.click()
    expect(student.get_by_role("alert")).to_contain_text("Write your name")
    student.get_by_label("Your name").fill("Ella <b>F.</b>")
    send.click()
    score = student.get_by_role("heading", name=f"{len(questions) - 1} of {len(questions)} right")
    expect(score).to_be_focused()
    expect(first.get_by_text("✗ not right")).to_have_count(1)
    expect(second.get_by_role("img", name=re.compile("^Bars? "))).not_to_have_count(0)
    assert violations(student) == []
    student.reload()
    expect(second.get_by_role("img", name=re.compile("^Bars? "))).not_to_have_count(0)
    # Nothing but the page's own files and what the link opens.
    token = address.rpartition("/")[2]
    allowed = (f"/shared/{token}", f"/shared-assignments/{token}", "/assets/", "/favicon.svg",
               "/manifest.webmanifest")  # fmt: skip
    assert [one for one in asked_for if not one.startswith(allowed)] == []

    page.get_by_role("button", name="Look again").click()
    row = page.get_by_role("region", name="Results of students").get_by_role("row").nth(1)
    expect(row).to_contain_text(f"Ella <b>F.</b>{len(questions) - 1} of {len(questions)}")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take them as CSV").click()
    assert "Ella <b>F.</b>" in Path(taken.value.path()).read_text()
    page.get_by_text("Answers of Ella").click()
    expect(page.get_by_text("right is").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Revoke Ella").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke it").click()
    expect(page.get_by_role("region", name="Links for students")).to_contain_text("revoked")
    watch.expected.append("404")
    student.reload()
    expect(student.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    assert violations(student) == []
    # What was answered stays until the teacher throws it away, which can be undone.
    page.get_by_role("button", name="Delete what Ella").click()
    expect(page.get_by_text("Nobody has answered yet.")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).last.press("Enter")
    expect(row).to_contain_text("Ella")


def test_a_student_whose_questions_have_changed_is_told_and_answers_the_new_ones(
    phone: Page, client: httpx.Client, example_id: str, watch: Watch
) -> None:
    licks = _licks(client, example_id)
    made, link = _share(
        client, title="Changing", feedback="none", licks=[{"lick_id": licks[0]["id"]}]
    )
    phone.goto(link["page"])
    phone.get_by_role("radio").first.check()
    phone.get_by_label("Your name").fill("Bud")
    other = [{"lick_id": licks[1]["id"], "score": "hidden", "audio": False}]
    client.patch(made["links"]["self"], json={"licks": other}).raise_for_status()
    watch.expected.append("409")
    phone.get_by_role("button", name=re.compile("^Send ")).click()
    expect(phone.get_by_role("alert")).to_contain_text("has changed the questions")
    expect(phone.get_by_role("button", name="Play loop")).to_have_count(0)
    expect(phone.get_by_text("the notation is not shown")).to_be_visible()
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name=re.compile("^Send 1 of ")).click()
    expect(phone.get_by_text("Your answers are with your teacher.")).to_be_visible()
    expect(phone.get_by_text("right")).to_have_count(0)
    (result,) = client.get(made["links"]["results"]).json()["items"]
    assert result["student"] == "Bud"
    assert violations(phone) == []
