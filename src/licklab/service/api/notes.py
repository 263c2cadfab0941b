"""Notes: look, mend."""

import uuid
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from licklab.formats.note_json import write_notes
from licklab.formats.transcription_json import transcription_schema
from licklab.service.api import edit_history
from licklab.service.api.context import InContext
from licklab.service.api.edit_history import IfMatch, wanted_version
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.note_edits import NOTES
from licklab.service.api.problems import responses
from licklab.service.mending import MendedNotes

router = APIRouter(prefix="/jobs/{job_id}", tags=["notes"])

_ANSWER: dict[int | str, dict[str, Any]] = edit_history.describe_answer(
    "The notes as they are mended.",
    {
        "notes": transcription_schema()["properties"]["notes"],
        "warnings": {
            "type": "array",
            "description": "Where edits name notes that this hearing does not have.",
            "items": {"type": "string"},
        },
    },
)
_EXAMPLE = {
    "version": 3,
    "operations": [
        {"op": "transpose", "semitones": -12, "from_sec": 12.0, "to_sec": 20.5},
        {"op": "split", "id": "n7", "time_sec": 4.25},
        {"op": "remove", "ids": ["n12", "n13"]},
    ],
}


@router.get(
    "/notes",
    summary="The notes",
    response_class=Response,
    responses={**_ANSWER, **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)},
)
def get_notes(context: InContext, job_id: uuid.UUID) -> Response:
    """Give the notes as they are mended, on the beats as they are mended, and the edits."""
    return _answer(context.mending.look_at_notes(job_id))


@router.patch(
    "/notes",
    summary="Mend the notes",
    openapi_extra=describe_body(NOTES, _EXAMPLE),
    response_class=Response,
    responses={**_ANSWER, **edit_history.CHANGE_PROBLEMS},
)
async def patch_notes(
    request: Request, context: InContext, job_id: uuid.UUID, if_match: IfMatch = None
) -> Response:
    """Add, remove, transpose, move, merge and split notes: all that is listed, or nothing.

    Notes keep their ids, and new ones get ids that no other has. The edit can be undone
    (`POST /jobs/{job_id}/undo`), and is kept when the recording is transcribed again: what it names
    is then looked for at the same time and pitch.
    """
    body = await receive_json(request.stream(), NOTES)
    version = wanted_version(body, if_match)

    def work() -> Response:
        return _answer(context.mending.edit_notes(job_id, body.edit(), version))

    return await to_thread.run_sync(work)


def _answer(mended: MendedNotes) -> Response:
    members = {"notes": write_notes(mended.transcription), "warnings": list(mended.warnings)}
    return edit_history.answer(mended.version, members, mended.edits)
