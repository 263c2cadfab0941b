"""Licks as the API gives them: documents of the schemas, with ids, names and versions."""

import copy
import json
from http import HTTPStatus
from typing import Any

from fastapi import Response

from licklab.formats.lick_json import SCHEMA, licks_schema
from licklab.formats.line_analysis_json import analysis_schema
from licklab.service.lick_rows import LickRecord
from licklab.service.licks import JobLicks

_OWN = {
    "id": {"type": "string", "format": "uuid"},
    "name": {"type": ["string", "null"], "description": "That a person gave it."},
    "origin": {"enum": ["found", "chosen"], "description": "Whose choice it is."},
    "warning": {
        "type": ["string", "null"],
        "description": "Of a lick that a person chose or named, when its notes are gone.",
    },
}
_VERSION = {
    "type": "integer",
    "description": "Of the notes, beats and changes that the licks were found in.",
}


def describe_licks() -> dict[int | str, dict[str, Any]]:
    """Describe the licks of a job for the API's document.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    schema = copy.deepcopy(licks_schema())
    schema["properties"]["version"] = _VERSION
    items = schema["properties"]["licks"]["items"]
    items["properties"] = {**_OWN, **items["properties"]}
    items["required"] = [*_OWN, *items["required"]]
    schema["required"] = [*schema["required"], "version"]
    about = "A document of schema `licklab.licks/1`: the found licks before the chosen ones."
    return _answer_of(about, schema)


def describe_lick(
    status: HTTPStatus = HTTPStatus.OK, about: str = "The lick."
) -> dict[int | str, dict[str, Any]]:
    """Describe one lick for the API's document.

    Parameters
    ----------
    status : HTTPStatus
        Of the answer.
    about : str
        What it is.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    items = licks_schema()["properties"]["licks"]["items"]
    members = {name: one for name, one in items["properties"].items() if name != "number"}
    required = [name for name in items["required"] if name != "number"]
    own = {**_OWN, "job_id": {"type": "string", "format": "uuid"}, "version": _VERSION}
    schema = {
        "type": "object",
        "required": [*own, *required],
        "properties": {**own, **members},
    }
    return _answer_of(about, schema, status)


def describe_analysis() -> dict[int | str, dict[str, Any]]:
    """Describe an analysis for the API's document.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    return _answer_of("A document of schema `licklab.analysis/1`.", analysis_schema())


def licks_to_json(found: JobLicks) -> dict[str, Any]:
    """Show the licks of a job.

    Parameters
    ----------
    found : JobLicks
        The licks.

    Returns
    -------
    dict
        A document of schema `licklab.licks/1`, and more.
    """
    return {
        "schema": SCHEMA,
        "version": found.version,
        "phrases": found.phrases,
        "licks": [
            {"number": number, **_own(one), **one.body} for number, one in enumerate(found.licks, 1)
        ],
    }


def lick_to_json(version: int, one: LickRecord) -> dict[str, Any]:
    """Show one lick.

    Parameters
    ----------
    version : int
        Of the analysis that it was found in.
    one : LickRecord
        The lick.

    Returns
    -------
    dict
        As in the list, with its job.
    """
    return {**_own(one), "job_id": str(one.job_id), "version": version, **one.body}


def json_response(document: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Answer with a document.

    Parameters
    ----------
    document : dict
        As JSON.
    status : HTTPStatus
        Of the answer.

    Returns
    -------
    Response
        That is asked for anew each time: edits show at once.
    """
    return Response(
        json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
        status,
        media_type="application/json",
        headers={"Cache-Control": "no-cache"},
    )


def _own(one: LickRecord) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "origin": one.origin.value,
        "warning": one.warning,
    }


def _answer_of(
    about: str, schema: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> dict[int | str, dict[str, Any]]:
    return {
        int(status): {"description": about, "content": {"application/json": {"schema": schema}}}
    }
