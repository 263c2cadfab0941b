"""Assignments as teachers make them: licks behind share links, questions, results."""

import uuid
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response

from licklab.service.api.assignment_bodies import ASSIGNMENT, CHANGES, LINK, LONGEST_PART
from licklab.service.api.assignment_json import (
    AssignmentDetails,
    AssignmentList,
    AssignmentOut,
)
from licklab.service.api.context import InContext
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.problems import responses
from licklab.service.api.result_json import LinkList, LinkOut, MadeLinkOut, ResultList, ResultOut
from licklab.service.api.worksheets import PDF, WorksheetStyle
from licklab.service.assignment_results import write_results
from licklab.service.question_sets import version_of, write_questions
from licklab.service.worksheets import make_worksheet

router = APIRouter(prefix="/assignments", tags=["assignments"])

_NOT_FOUND = responses(HTTPStatus.NOT_FOUND)
_REFUSED = responses(
    HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY
)
_EXAMPLE: dict[str, Any] = {
    "title": "Endings on the 3rd",
    "text": "Listen first, then answer, then play along.",
    "licks": [
        {
            "lick_id": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "speed_percent": 75,
            "score": "after_answers",
            "keys": ["Eb", "F"],
        }
    ],
}
_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One row for each time that somebody answered.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}
_Part = Annotated[
    Annotated[str, Query(max_length=LONGEST_PART)] | None,
    Query(description="An instrument or `concert`; as the assignment says if left out."),
]


@router.get("", summary="All assignments")
def list_assignments(context: InContext) -> AssignmentList:
    """List all assignments, the newest first."""
    found = context.teaching.assignments.list()
    return AssignmentList(items=[AssignmentOut.from_assignment(one) for one in found])


@router.post(
    "",
    summary="Make an assignment",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(ASSIGNMENT, _EXAMPLE),
    responses=_REFUSED,
)
async def make_assignment(request: Request, context: InContext) -> AssignmentOut:
    """Make an assignment of some licks; nobody sees it until there is a link."""
    body = await receive_json(request.stream(), ASSIGNMENT)
    made = await to_thread.run_sync(context.teaching.assignments.make, body.read())
    return AssignmentOut.from_assignment(made)


@router.get(
    "/{assignment_id}",
    summary="Look at an assignment",
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
)
def get_assignment(
    context: InContext, assignment_id: uuid.UUID, part: _Part = None
) -> AssignmentDetails:
    """Show an assignment with its questions and their answers.

    Questions follow from notes and changes as they are now: an edit of the solo shows at once.
    """
    one = context.teaching.assignments.get(assignment_id)
    licks = context.teaching.licks.find(one)
    questions = context.teaching.licks.ask(one, licks, part)
    version = version_of(write_questions(licks, questions))
    return AssignmentDetails.from_found(one, licks, questions, version)


@router.patch(
    "/{assignment_id}",
    summary="Change an assignment",
    openapi_extra=describe_body(CHANGES, {"feedback": "marks"}),
    responses=_REFUSED,
)
async def patch_assignment(
    request: Request, context: InContext, assignment_id: uuid.UUID
) -> AssignmentOut:
    """Change what an assignment says. Its links and what was answered stay."""
    changes = (await receive_json(request.stream(), CHANGES)).read()

    def change() -> AssignmentOut:
        changed = context.teaching.assignments.change(assignment_id, **changes)
        return AssignmentOut.from_assignment(changed)

    return await to_thread.run_sync(change)


@router.delete(
    "/{assignment_id}",
    summary="Delete an assignment",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def delete_assignment(context: InContext, assignment_id: uuid.UUID) -> Response:
    """Delete an assignment with its links and all that was answered; its licks stay."""
    context.teaching.assignments.delete(assignment_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post(
    "/{assignment_id}/links",
    summary="Make a link for students",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(LINK, {"label": "Tuesday class", "days": 14}),
    responses=_REFUSED,
)
async def make_link(request: Request, context: InContext, assignment_id: uuid.UUID) -> MadeLinkOut:
    """Make a link; its secret is told this once, for only its digest is kept."""
    body = await receive_json(request.stream(), LINK)
    made = await to_thread.run_sync(
        context.teaching.links.make, assignment_id, body.label, body.days
    )
    return MadeLinkOut.from_made(*made)


@router.get("/{assignment_id}/links", summary="The links of an assignment", responses=_NOT_FOUND)
def list_links(context: InContext, assignment_id: uuid.UUID) -> LinkList:
    """List the links of an assignment, closed ones too, without their secrets."""
    found = context.teaching.links.list(assignment_id)
    return LinkList(items=[LinkOut.from_link(one) for one in found])


@router.delete(
    "/{assignment_id}/links/{link_id}",
    summary="Revoke a link",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def revoke_link(context: InContext, assignment_id: uuid.UUID, link_id: uuid.UUID) -> Response:
    """Close a link at once and for good; what was answered through it stays."""
    context.teaching.links.revoke(assignment_id, link_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/{assignment_id}/results", summary="What students answered", responses=_NOT_FOUND)
def list_results(context: InContext, assignment_id: uuid.UUID) -> ResultList:
    """List what students answered, question by question, the newest first."""
    found = context.teaching.results.list(assignment_id)
    return ResultList(items=[ResultOut.from_result(one) for one in found])


@router.get(
    "/{assignment_id}/results.csv",
    summary="What students answered, as a table",
    response_class=Response,
    responses={**_CSV, **_NOT_FOUND},
)
def get_results_table(context: InContext, assignment_id: uuid.UUID) -> Response:
    """Give what students answered as a table for a spreadsheet."""
    title = context.teaching.assignments.get(assignment_id).wishes.title
    content = write_results(context.teaching.results.list(assignment_id))
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": _attachment(f"{title}, results.csv")},
    )


@router.delete(
    "/{assignment_id}/results/{result_id}",
    summary="Delete what a student answered",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def delete_result(context: InContext, assignment_id: uuid.UUID, result_id: uuid.UUID) -> Response:
    """Delete what one student answered at one time."""
    context.teaching.results.delete(assignment_id, result_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get(
    "/{assignment_id}/worksheet.pdf",
    summary="An assignment on paper",
    response_class=Response,
    responses={**PDF, **responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)},
)
def get_worksheet(
    context: InContext,
    assignment_id: uuid.UUID,
    style: WorksheetStyle,
    part: _Part = None,
    answers: bool = False,  # noqa: FBT001, FBT002  (a query parameter)
) -> Response:
    """Give an assignment to print; with the answers on pages of their own when asked for."""
    one = context.teaching.assignments.get(assignment_id)
    licks = context.teaching.licks.find(one)
    questions = context.teaching.licks.ask(one, licks, part)
    content = make_worksheet(one, licks, questions, style, part=part, with_answers=answers)
    return Response(
        content,
        media_type="application/pdf",
        headers={
            "Content-Disposition": _attachment(f"{one.wishes.title}.pdf"),
            "Cache-Control": "no-cache",
        },
    )


def _attachment(name: str) -> str:
    shown = name.replace("/", "-").replace("\\", "-").replace(":", "-")
    return f"attachment; filename*=utf-8''{quote(shown, safe='')}"
