"""Assignments over HTTP: made by a teacher, opened by a link, answered by students."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import soundfile as sf
from pypdf import PdfReader
from sqlalchemy import update

from licklab.service.assignment_tables import AnswersRow, ShareLinkRow
from licklab.service.lick_tables import LickRow
from licklab.service.shared import MOST_ANSWERS
from licklab.service.tokens import digest_token
from tests.integration.hearing import Hearer
from tests.integration.solos import bring, choose, get, licks_of, refused


@pytest.fixture
def solo(api: httpx.Client) -> dict[str, Any]:
    """Give the solo of the example's score as a READY job."""
    return bring(api)


def assign(api: httpx.Client, *licks: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = api.post("/assignments", json={"title": "Endings", "licks": list(licks), **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def link(api: httpx.Client, assignment: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = api.post(assignment["links"]["links"], json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def share(api: httpx.Client, *licks: dict[str, Any], **more: Any) -> str:
    """Make an assignment and give the path that its link opens."""
    return f"/shared-assignments/{link(api, assign(api, *licks, **more))['token']}"


def best(api: httpx.Client, solo: dict[str, Any], count: int = 2) -> list[str]:
    return [one["id"] for one in licks_of(api, solo)["licks"][:count]]


def all_right(details: dict[str, Any]) -> list[dict[str, int]]:
    """Answer as the key has it."""
    return [
        {"lick": lick["number"], "question": one["number"], "choice": one["right"]}
        for lick in details["found"]
        for one in lick["asked"]
    ]


def send(api: httpx.Client, path: str, answers: list[dict[str, int]], **more: Any) -> Any:
    version = get(api, path)["version"]
    body = {"student": "Ella", "version": version, "answers": answers, **more}
    return api.post(f"{path}/answers", json=body)


def test_an_assignment_is_made_listed_changed_and_deleted(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    first, second = best(api, solo)
    made = assign(
        api,
        {"lick_id": first, "title": " My  turnaround ", "score": "hidden", "keys": ["Eb", "Fm"]},
        {"lick_id": second, "questions": False, "speed_percent": 60},
        text="Sing it first.",
        part="trumpet",
    )
    assert (made["title"], made["part"], made["feedback"]) == ("Endings", "trumpet", "key")
    assert [one["number"] for one in made["licks"]] == [1, 2]
    assert made["licks"][0]["title"] == "My turnaround"
    assert made["licks"][0]["keys"] == ["Eb:major", "F:minor"]
    assert made["licks"][1]["speed_percent"] == 60
    assert get(api, "/assignments")["items"][0] == made
    details = get(api, made["links"]["self"])
    assert [len(one["asked"]) > 2 for one in details["found"]] == [True, False]
    asked = details["found"][0]["asked"][0]
    assert asked["choices"][asked["right"]]["text"]
    assert asked["key"]["note_ids"]

    changed = api.patch(made["links"]["self"], json={"title": "Others", "part": None}).json()
    assert (changed["title"], changed["part"], changed["licks"]) == ("Others", None, made["licks"])
    changed = api.patch(made["links"]["self"], json={"licks": [{"lick_id": second}]}).json()
    assert [one["lick_id"] for one in changed["licks"]] == [second]
    assert api.delete(made["links"]["self"]).status_code == 204
    refused(api.get(made["links"]["self"]), 404, "want the id of an assignment")
    assert api.get(f"/licks/{first}").is_success


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "  "}, "text with at least one letter"),
        ({"title": "x" * 201}, "title"),
        ({"licks": []}, "licks"),
        ({"part": "kazoo"}, "want a part"),
        ({"feedback": "all"}, "feedback"),
        ({"colour": "red"}, "want no member colour"),
        ({"score": "gone"}, "score"),
        ({"speed_percent": 49}, "speed_percent"),
        ({"speed_percent": 101}, "speed_percent"),
        ({"keys": ["H"]}, "a key such as"),
        ({"score": "after_answers", "questions": False}, "want questions about a lick"),
        ({"lick_id": "1"}, "lick_id"),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    api: httpx.Client, solo: dict[str, Any], change: dict[str, Any], words: str
) -> None:
    lick: dict[str, Any] = {"lick_id": best(api, solo, 1)[0]}
    body: dict[str, Any] = {"title": "Endings"}
    for name, value in change.items():
        of_lick = name in {"score", "speed_percent", "keys", "questions", "lick_id"}
        (lick if of_lick else body)[name] = value
    refused(api.post("/assignments", json={"licks": [lick], **body}), 422, words)


def test_an_unknown_lick_cannot_be_assigned(api: httpx.Client) -> None:
    body = {"title": "Endings", "licks": [{"lick_id": str(uuid.uuid4())}]}
    refused(api.post("/assignments", json=body), 404, "want the id of a lick")


def test_a_link_opens_what_the_teacher_allows(api: httpx.Client, solo: dict[str, Any]) -> None:
    first, second = best(api, solo)
    api.patch(f"/licks/{second}", json={"name": "Home"})
    path = share(
        api,
        {"lick_id": first, "score": "hidden", "keys": ["Eb"]},
        {"lick_id": second, "questions": False},
        text="Sing it first.",
    )
    seen = get(api, path)
    assert (seen["title"], seen["text"], seen["feedback"]) == ("Endings", "Sing it first.", "key")
    one, other = seen["licks"]
    assert (one["title"], other["title"]) == ("Lick 1", "Home")
    assert one["bars"] == get(api, f"/licks/{first}")["bars"]
    assert (one["is_score_open"], other["is_score_open"]) == (False, True)
    assert one["audio"] is None
    assert one["keys"][0]["key"] == "Eb:major"
    assert len(one["questions"]) > 2
    assert other["questions"] == []
    choices = [choice for question in one["questions"] for choice in question["choices"]]
    assert not any(choice["note_ids"] for choice in choices)
    assert {name for question in one["questions"] for name in question} == {
        "number", "kind", "text", "choices",
    }  # fmt: skip


def test_links_are_listed_without_their_secrets_and_revoked_for_good(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    assignment = assign(api, {"lick_id": best(api, solo, 1)[0]})
    made = link(api, assignment, label=" Tuesday  class ", days=14)
    another = link(api, assignment)
    assert len(made["token"]) == 32
    assert made["page"] == f"/shared/{made['token']}"
    ends = [datetime.fromisoformat(one["expires_at"]) for one in (made, another)]
    for end, days in zip(ends, (14, 30), strict=True):
        assert abs(end - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=5)
    listed = api.get(assignment["links"]["links"])
    assert [one["label"] for one in listed.json()["items"]] == ["", "Tuesday class"]
    assert made["token"] not in listed.text
    with hearer.database.transaction() as session:
        row = session.get_one(ShareLinkRow, uuid.UUID(made["id"]))
        assert row.token_digest == digest_token(made["token"])
    assert api.get(f"/shared-assignments/{made['token']}").is_success
    where = f"{assignment['links']['links']}/{made['id']}"
    for _ in range(2):
        assert api.delete(where).status_code == 204
    assert api.get(f"/shared-assignments/{made['token']}").status_code == 404
    assert api.get(f"/shared-assignments/{another['token']}").is_success
    items = get(api, assignment["links"]["links"])["items"]
    assert [one["is_open"] for one in items] == [True, False]
    assert get(api, assignment["links"]["self"])["n_links"] == 1
    other = assign(api, {"lick_id": best(api, solo, 1)[0]})
    refused(api.delete(f"{other['links']['links']}/{another['id']}"), 404, "want the id of a link")
    for wrong in (0, 366, 1.5):
        refused(api.post(assignment["links"]["links"], json={"days": wrong}), 422, "days")


def test_a_sheet_has_the_notes_of_the_lick_and_no_others(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    lick = choose(api, solo, first_bar=13, last_bar=14)
    bars = set(range(13, 15))
    half = choose(api, solo, from_sec=lick["onset_sec"], to_sec=lick["onset_sec"] + 1.0)
    whole = {one["id"] for one in get(api, f"/licks/{half['id']}/sheet")["notes"]}
    assert whole > set(half["note_ids"])  # the rest of their bars
    path = share(api, {"lick_id": half["id"], "keys": ["Eb"]})
    sheet = get(api, f"{path}/licks/1/sheet", part="trumpet", id_prefix="a")
    assert {one["id"] for one in sheet["notes"]} == set(half["note_ids"])
    drawn = "".join(one["svg"] for one in sheet["lines"])
    assert drawn.count("data-note") == len(half["note_ids"])
    assert {one["number"] for one in sheet["bars"]} <= bars
    assert min(one["onset_sec"] for one in sheet["notes"]) >= 0
    assert sheet["part"]["instrument"] == "trumpet"
    assert "job_id" not in sheet
    moved = get(api, f"{path}/licks/1/sheet", part="trumpet", key="Eb")
    assert moved["concert_key"].startswith("Eb")
    refused(api.get(f"{path}/licks/1/sheet", params={"key": "B"}), 404, "want a link")
    refused(api.get(f"{path}/licks/1/sheet", params={"part": "kazoo"}), 422, "want a part")


def test_questions_name_notes_as_the_part_has_them(api: httpx.Client, solo: dict[str, Any]) -> None:
    path = share(api, {"lick_id": best(api, solo, 1)[0]})
    concert, tenor = (get(api, path, part=part) for part in ("concert", "tenor_sax"))
    assert concert["version"] != tenor["version"]
    pairs = [
        list(zip(one["questions"], other["questions"], strict=True))
        for one, other in zip(concert["licks"], tenor["licks"], strict=True)
    ]
    kinds = [(one["kind"], other["kind"]) for lick in pairs for one, other in lick]
    assert all(one == other for one, other in kinds)
    assert any(one["text"] != other["text"] for lick in pairs for one, other in lick)


def test_a_clip_is_the_lick_and_no_more(api: httpx.Client, blues: dict[str, Any]) -> None:
    lick = choose(api, blues, from_sec=0.9, to_sec=2.0)
    path = share(
        api,
        {"lick_id": lick["id"], "speed_percent": 75, "keys": ["Eb"]},
        {"lick_id": lick["id"], "audio": False},
    )
    seen = get(api, path)["licks"]
    assert seen[0]["audio"]["speed_percent"] == 75
    assert seen[1]["audio"] is None
    length_sec = lick["offset_sec"] - lick["onset_sec"] + 0.2
    assert seen[0]["audio"]["duration_sec"] == pytest.approx(length_sec, abs=0.01)
    for speed, scale in ((100, 1.0), (50, 2.0)):
        answer = api.get(f"{path}/licks/1/clip.mp3", params={"speed": speed, "key": "Eb"})
        assert answer.headers["content-type"] == "audio/mpeg"
        assert answer.headers["content-disposition"] == 'inline; filename="lick-1.mp3"'
        assert answer.headers["cache-control"] == "no-store"
        samples, rate = sf.read(io.BytesIO(answer.content))
        assert len(samples) / rate == pytest.approx(scale * length_sec, abs=0.08)
    refused(api.get(f"{path}/licks/2/clip.mp3"), 404, "want a link")
    for query in ("speed=49", "speed=101", "from_sec=0", "repeat=9", "semitones=1"):
        assert api.get(f"{path}/licks/1/clip.mp3?{query}").status_code == 422


def test_a_score_has_no_clip(api: httpx.Client, solo: dict[str, Any]) -> None:
    path = share(api, {"lick_id": best(api, solo, 1)[0]})
    refused(api.get(f"{path}/licks/1/clip.mp3"), 404, "want a link")


def test_answers_are_marked_and_come_back(api: httpx.Client, solo: dict[str, Any]) -> None:
    first, second = best(api, solo)
    assignment = assign(
        api, {"lick_id": first, "score": "after_answers"}, {"lick_id": second, "score": "hidden"}
    )
    made = link(api, assignment, label="Class")
    path = f"/shared-assignments/{made['token']}"
    details = get(api, assignment["links"]["self"])
    right = all_right(details)
    answer = send(api, path, right, took_sec=95.4)
    assert answer.status_code == 201, answer.text
    marked = answer.json()
    assert marked["n_right"] == marked["n_asked"] == len(right)
    asked = details["found"][0]["asked"][0]
    told = marked["answers"][0]
    assert (told["is_right"], told["right"]) == (True, asked["right"])
    assert told["key"] == asked["key"]
    hidden = next(one for one in marked["answers"] if one["lick"] == 2)
    assert hidden["key"]["text"]
    assert hidden["key"]["note_ids"] == []

    wrong = [{**right[0], "choice": (right[0]["choice"] + 1) % 3}]
    marked = send(api, path, wrong, student="  Anna\u202e  B ").json()
    assert marked["n_right"] == 0
    assert marked["n_asked"] == len(right)
    assert [one["choice"] for one in marked["answers"][1:]] == [None] * (len(right) - 1)

    items = get(api, assignment["links"]["results"])["items"]
    assert [(one["student"], one["n_right"]) for one in items] == [
        ("Anna B", 0), ("Ella", len(right)),
    ]  # fmt: skip
    assert items[1]["took_sec"] == 95.4
    assert items[1]["link_label"] == "Class"
    assert items[0]["answers"][0]["choice"] == asked["choices"][wrong[0]["choice"]]["text"]
    assert items[0]["answers"][0]["right"] == asked["choices"][asked["right"]]["text"]
    assert items[0]["answers"][1]["choice"] is None
    assert get(api, assignment["links"]["self"])["n_answers"] == 2
    result = f"{assignment['links']['results']}/{items[0]['id']}"
    assert api.delete(result).status_code == 204
    assert api.delete(result).status_code == 404
    assert len(get(api, assignment["links"]["results"])["items"]) == 1


def test_notation_is_shown_after_answering_to_who_answered_every_question(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    lick = {"lick_id": best(api, solo, 1)[0], "score": "after_answers"}
    assignment = assign(api, lick)
    path, other = (f"/shared-assignments/{link(api, assignment)['token']}" for _ in range(2))
    right = all_right(get(api, assignment["links"]["self"]))
    refused(api.get(f"{path}/licks/1/sheet"), 404, "want a link")
    some = send(api, path, right[:-1]).json()["receipt"]
    every = send(api, path, right).json()["receipt"]
    assert api.get(f"{path}/licks/1/sheet", params={"receipt": some}).status_code == 404
    assert api.get(f"{path}/licks/1/sheet", params={"receipt": every}).status_code == 200
    assert api.get(f"{path}/licks/1/sheet", params={"receipt": every + "x"}).status_code == 404
    # A receipt is of the link that was answered through.
    assert api.get(f"{other}/licks/1/sheet", params={"receipt": every}).status_code == 404
    assert get(api, path, receipt=every)["licks"][0]["is_score_open"]
    assert not get(api, path)["licks"][0]["is_score_open"]


@pytest.mark.parametrize("feedback", ["none", "marks"])
def test_a_student_is_told_no_more_than_the_teacher_allows(
    api: httpx.Client, solo: dict[str, Any], feedback: str
) -> None:
    assignment = assign(api, {"lick_id": best(api, solo, 1)[0]}, feedback=feedback)
    path = f"/shared-assignments/{link(api, assignment)['token']}"
    details = get(api, assignment["links"]["self"])
    marked = send(api, path, all_right(details)).json()
    assert all(one["right"] is None and one["key"] is None for one in marked["answers"])
    told = [one["is_right"] for one in marked["answers"]]
    assert told == ([None] if feedback == "none" else [True]) * len(told)
    assert (marked["n_right"] is None) == (feedback == "none")
    assert get(api, assignment["links"]["results"])["items"][0]["n_right"] == len(told)


def test_answers_that_cannot_be_are_refused(api: httpx.Client, solo: dict[str, Any]) -> None:
    path = share(api, {"lick_id": best(api, solo, 1)[0]})
    one = {"lick": 1, "question": 1, "choice": 0}
    for answers, words in (
        ([{**one, "lick": 2}], "got one to question 1 of lick 2"),
        ([{**one, "question": 90}], "got one to question 90"),
        ([{**one, "question": 0}], "question"),
        ([{**one, "choice": 4}], "want a choice from 0 to"),
        ([{**one, "choice": -1}], "choice"),
        ([one, one], "want one answer to question 1"),
        ([one] * 200, "answers"),
    ):
        refused(send(api, path, answers), 422, words)
    for more, words in (
        ({"student": " "}, "student"),
        ({"student": "x" * 81}, "student"),
        ({"student": "a\x00b"}, "control"),
        ({"took_sec": -1}, "took_sec"),
        ({"role": "teacher"}, "want no member role"),
    ):
        refused(send(api, path, [one], **more), 422, words)
    refused(send(api, path, [one], version="0"), 409, "look again")
    long = api.post(f"{path}/answers", content=b" " * 20_000)
    refused(long, 413, "want a request of at most 16000 bytes")


def test_answers_through_a_link_come_to_an_end(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    assignment = assign(api, {"lick_id": best(api, solo, 1)[0]})
    made = link(api, assignment)
    path = f"/shared-assignments/{made['token']}"
    version = get(api, path)["version"]
    assert send(api, path, []).status_code == 201
    with hearer.database.transaction() as session:
        session.add_all(
            AnswersRow(
                id=uuid.uuid4(), assignment_id=uuid.UUID(assignment["id"]), version=version,
                link_id=uuid.UUID(made["id"]), student="x", receipt_digest=b"", choices=[],
                n_right=0, n_asked=1, took_sec=None,
            )
            for _ in range(MOST_ANSWERS - 2)
        )  # fmt: skip
    assert send(api, path, []).status_code == 201
    refused(send(api, path, []), 422, f"want at most {MOST_ANSWERS} answers")
    another = f"/shared-assignments/{link(api, assignment)['token']}"
    assert send(api, another, []).status_code == 201


def test_a_table_of_results_has_no_formulas(api: httpx.Client, solo: dict[str, Any]) -> None:
    lick = {"lick_id": best(api, solo, 1)[0], "title": "=1+1"}
    assignment = assign(api, lick, title="=HYPERLINK(0)/../x")
    path = f"/shared-assignments/{link(api, assignment, label='@SUM(A1)')['token']}"
    names = ["=1+2", "+1", "-1", "@x", " =1", 'Ella, "the" 2nd']
    for name in names:
        assert send(api, path, [], student=name).status_code == 201
    answer = api.get(assignment["links"]["results_csv"])
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "/" not in answer.headers["content-disposition"].partition("''")[2]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:6] == ["student", "sent", "link", "right", "asked", "minutes"]
    assert len(rows) == 1 + len(names)
    assert all(len(row) == len(rows[0]) for row in rows)
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert {row[0] for row in rows[1:]} == {"'=1+2", "'+1", "'-1", "'@x", "'=1", names[-1]}
    assert rows[1][6] == "wrong: no answer"


def test_a_worksheet_has_answers_for_the_teacher_alone(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    first, second = best(api, solo)
    assignment = assign(api, {"lick_id": first}, {"lick_id": second, "score": "hidden"})
    path = f"/shared-assignments/{link(api, assignment)['token']}"
    details = get(api, assignment["links"]["self"])
    keys = [one["key"]["text"] for lick in details["found"] for one in lick["asked"]]

    def text_of(where: str, **query: Any) -> str:
        answer = api.get(where, params=query)
        assert answer.status_code == 200, answer.text
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    for where in (f"{path}/worksheet.pdf", assignment["links"]["worksheet"]):
        text = text_of(where)
        assert "Endings" in text
        assert "Which degree of" in text
        assert "Answers" not in text
        assert not any(key in text for key in keys)
    solved = text_of(assignment["links"]["worksheet"], answers="true", paper="letter")
    assert "Answers" in solved
    assert sum(key in solved for key in keys) > 0.7 * len(keys)
    refused(api.get(f"{path}/worksheet.pdf", params={"answers": "true"}), 422, "want no parameter")


def test_an_edit_of_the_solo_asks_other_questions_and_keeps_what_was_answered(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    lick = licks_of(api, solo)["licks"][0]
    assignment = assign(api, {"lick_id": lick["id"]})
    path = f"/shared-assignments/{link(api, assignment)['token']}"
    before = get(api, path)
    assert send(api, path, [{"lick": 1, "question": 1, "choice": 0}]).status_code == 201
    old = get(api, assignment["links"]["results"])["items"][0]
    last = lick["note_ids"][-1]
    edit = {"operations": [{"op": "transpose", "semitones": 1, "ids": [last]}]}
    assert api.patch(f"/jobs/{solo['id']}/notes", json=edit).is_success
    after = get(api, path)
    assert after["version"] != before["version"]
    stale = {"student": "Ella", "version": before["version"], "answers": []}
    refused(api.post(f"{path}/answers", json=stale), 409, "look again")
    assert get(api, assignment["links"]["results"])["items"][0] == old
    api.post(f"/jobs/{solo['id']}/undo")
    assert get(api, path)["version"] == before["version"]


def test_an_assigned_lick_is_kept_when_it_is_no_longer_found(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    first, second, *_ = licks_of(api, solo)["licks"]
    path = share(api, {"lick_id": first["id"]})
    # As if both had been found in notes that are no longer there.
    gone = {"note_ids": ["gone"], "onset_sec": 0.0, "offset_sec": 0.1}
    with hearer.database.transaction() as session:
        for one in (first, second):
            row = session.get_one(LickRow, uuid.UUID(one["id"]))
            row.body = {**row.body, **gone, "occurrences": [{**one["occurrences"][0], **gone}]}
    assert api.put(f"/jobs/{solo['id']}/key", json={"key": "Eb"}).is_success
    now = {one["id"]: one for one in licks_of(api, solo)["licks"]}
    assert second["id"] not in now
    assert now[first["id"]]["note_ids"] == first["note_ids"]
    assert get(api, path)["licks"][0]["n_notes"] == len(first["note_ids"])


def test_a_lick_that_is_deleted_leaves_a_gap_and_a_job_takes_its_licks_along(
    api: httpx.Client, solo: dict[str, Any]
) -> None:
    first, second = best(api, solo)
    chosen = choose(api, solo, first_bar=13, last_bar=14)["id"]
    assignment = assign(api, *({"lick_id": one} for one in (first, chosen, second)))
    path = f"/shared-assignments/{link(api, assignment)['token']}"
    for gone in (first, chosen):
        assert api.delete(f"/licks/{gone}").status_code == 204
    assert [one["number"] for one in get(api, path)["licks"]] == [3]
    for number in (1, 2):
        refused(api.get(f"{path}/licks/{number}/sheet"), 404, "want a link")
    licks = get(api, assignment["links"]["self"])["licks"]
    assert [one["lick_id"] for one in licks][1:] == [None, second]
    assert api.delete(f"/jobs/{solo['id']}").is_success
    assert get(api, path)["licks"] == []
    refused(api.get(f"{path}/licks/3/sheet"), 404, "want a link")
    assert api.get(f"{path}/worksheet.pdf").is_success


def test_an_expired_link_opens_nothing(
    api: httpx.Client, hearer: Hearer, solo: dict[str, Any]
) -> None:
    made = link(api, assign(api, {"lick_id": best(api, solo, 1)[0]}))
    path = f"/shared-assignments/{made['token']}"
    assert api.get(path).is_success
    past = update(ShareLinkRow).where(ShareLinkRow.id == uuid.UUID(made["id"]))
    with hearer.database.transaction() as session:
        session.execute(past.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert api.get(path).status_code == 404
