"""What all requests that mend have in common: versions, and the edits that were made."""

import json
import re
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Header, Response

from licklab.errors import InputError
from licklab.service.api.edits import VersionIn
from licklab.service.api.problems import responses
from licklab.service.edit_rows import EditRecord

IfMatch = Annotated[
    str | None, Header(description="The version, as an ETag; the same as `version` in the body.")
]
"""The header of a change that names the version it was made on."""

CHANGE_PROBLEMS = responses(
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
"""What a change may be refused with."""

_EDIT = {
    "version": {"type": "integer", "description": "Of the analysis that it made."},
    "kind": {"enum": ["grid", "chords", "key", "notes"]},
    "edit": {
        "type": "object",
        "description": "As it was said; of a long one `op`, the beginning of its `text`, and "
        "`truncated`.",
    },
    "fit": {
        "type": ["object", "null"],
        "description": "How a chart lies over the recording: `fit` from 0 to 1, "
        "`transposition_semitones`, `start_beat`, `n_choruses`.",
    },
    "created_at": {"type": "string", "format": "date-time"},
    "undone": {"type": "boolean", "description": "Whether it can be made again."},
}
EDITS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "description": "The oldest first; those that were undone come last.",
    "items": {"type": "object", "properties": _EDIT},
}
"""JSON Schema of the edits in an answer."""

VERSION_SCHEMA: dict[str, Any] = {"type": "integer", "description": "Grows with every change."}
"""JSON Schema of the version in an answer."""


def describe_answer(description: str, properties: dict[str, Any]) -> dict[int | str, Any]:
    """Describe an answer for the API's document.

    Parameters
    ----------
    description : str
        What it is.
    properties : dict
        JSON Schemas of its members between the version and the edits.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    members = {"version": VERSION_SCHEMA, **properties, "edits": EDITS_SCHEMA}
    schema = {"type": "object", "properties": members}
    return {
        200: {
            "description": description,
            "content": {"application/json": {"schema": schema}},
            "headers": {"ETag": {"description": "The version.", "schema": {"type": "string"}}},
        }
    }


def wanted_version(body: VersionIn, if_match: str | None) -> int | None:
    """Tell which version a change was made on.

    Parameters
    ----------
    body : VersionIn
        Of the request.
    if_match : str or None
        Its header.

    Returns
    -------
    int or None
        None when it names none.

    Raises
    ------
    InputError
        If the header is no version.
    """
    if body.version is not None or if_match is None or if_match.strip() == "*":
        return body.version
    found = re.fullmatch(r'\s*"(\d{1,9})"\s*', if_match)
    if found is None:
        raise InputError(f'want a version such as "3" in If-Match, got {if_match[:80]!r}')
    return int(found[1])


def answer(version: int, members: dict[str, Any], edits: list[EditRecord]) -> Response:
    """Answer with what is there now.

    Parameters
    ----------
    version : int
        Of it.
    members : dict
        As JSON.
    edits : list of EditRecord
        That made it so.

    Returns
    -------
    Response
        JSON, with the version as its ETag.
    """
    document = {"version": version, **members, "edits": [_record_to_json(one) for one in edits]}
    return Response(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
        media_type="application/json",
        headers={"ETag": f'"{version}"', "Cache-Control": "no-cache"},
    )


def _record_to_json(one: EditRecord) -> dict[str, Any]:
    return {
        "version": one.version,
        "kind": one.kind.value,
        "edit": one.body,
        "fit": one.fit,
        "created_at": one.created_at.isoformat(),
        "undone": one.undone,
    }
