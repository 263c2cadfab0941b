"""Errors as RFC 9457 problem details, and the one table of HTTP statuses."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from licklab.errors import (
    CorpusError,
    CorpusFileError,
    InputError,
    LickError,
    LickLabError,
    NoLanguageModelError,
    QueryError,
    ServiceError,
    TooLongError,
    UnknownAssignmentError,
    UnknownAttemptError,
    UnknownLickError,
    UnknownLinkError,
    UnknownNoteError,
    UnknownPackError,
    UnknownSessionError,
    UnknownSoloError,
)
from licklab.service.api.invalid import describe_invalid
from licklab.service.api.policies import BARE, headers_of, hide_secret
from licklab.service.database import AWAY
from licklab.service.job_pages import CursorError
from licklab.service.jobs import JobFileMissingError, JobNotFoundError, JobStateError
from licklab.service.mending import StaleEditError
from licklab.service.shared import QuestionsChangedError
from licklab.service.upload import UploadError, UploadTooLargeError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# The most particular class first.
_STATUSES: tuple[tuple[type[LickLabError], HTTPStatus], ...] = (
    (JobNotFoundError, HTTPStatus.NOT_FOUND),
    (JobFileMissingError, HTTPStatus.NOT_FOUND),
    (UnknownNoteError, HTTPStatus.NOT_FOUND),
    (UnknownLickError, HTTPStatus.NOT_FOUND),
    (UnknownAttemptError, HTTPStatus.NOT_FOUND),
    (UnknownPackError, HTTPStatus.NOT_FOUND),
    (UnknownAssignmentError, HTTPStatus.NOT_FOUND),
    (UnknownLinkError, HTTPStatus.NOT_FOUND),
    (QuestionsChangedError, HTTPStatus.CONFLICT),
    (UnknownSoloError, HTTPStatus.NOT_FOUND),
    (UnknownSessionError, HTTPStatus.NOT_FOUND),
    (JobStateError, HTTPStatus.CONFLICT),
    (NoLanguageModelError, HTTPStatus.CONFLICT),
    (UploadTooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooLongError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (UploadError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (CursorError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (QueryError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (LickError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (CorpusFileError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (CorpusError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ServiceError, HTTPStatus.SERVICE_UNAVAILABLE),
)

_IDS = {
    ("path", "job_id"): "a job",
    ("path", "lick_id"): "a lick",
    ("path", "attempt_id"): "an attempt",
    ("path", "assignment_id"): "an assignment",
    ("path", "session_id"): "a session of practice",
}


class Problem(BaseModel):
    """An error as RFC 9457 wants it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "Unprocessable Content",
                "status": 422,
                "detail": "want MP3, WAV, FLAC, Ogg/Opus, M4A/AAC or AIFF, got no audio",
                "instance": "/jobs",
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


def responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """Describe the problems that an operation may answer with.

    Parameters
    ----------
    *statuses : HTTPStatus
        Of the problems.

    Returns
    -------
    dict
        For FastAPI's `responses`.
    """
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(status): {
            "description": status.phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def problem_response(
    request: Request,
    status: int,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Build the answer to a request that went wrong.

    Parameters
    ----------
    request : Request
        The request.
    status : int
        HTTP status.
    detail : str
        What was wanted and what came.
    headers : mapping, optional
        Of the answer.
    **more : object
        Further members of the problem.

    Returns
    -------
    JSONResponse
        Of media type `application/problem+json`.
    """
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, instance=_path(request)
    )
    return JSONResponse(problem.model_dump() | more, status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of an application a problem.

    Parameters
    ----------
    app : FastAPI
        The application.
    """
    app.add_exception_handler(LickLabError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    for away in AWAY:
        app.add_exception_handler(away, _database_away)
    app.add_exception_handler(ClientDisconnect, _hung_up)
    app.add_exception_handler(Exception, _unexpected)


def _path(request: Request) -> str:
    return hide_secret(request.url.path)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    status = next(
        (status for kind, status in _STATUSES if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s: %s", request.method, _path(request), error)
    if isinstance(error, CorpusError):
        # What it says of files and folders is for those who run the service.
        detail = "want a corpus that works; the log says what is wrong"
        return problem_response(request, status, detail)
    if isinstance(error, StaleEditError):
        return problem_response(request, status, str(error), version=error.version)
    return problem_response(request, status, str(error))


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    detail = str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = f"want a path that this service has (see /docs), got {_path(request)}"
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "another method")
        detail = f"want {allowed} for {_path(request)}, got {request.method}"
    return problem_response(request, error.status_code, detail, headers=error.headers)


async def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["loc"][:2] in _IDS:
        got = str(first.get("input", ""))[:80]
        # Nothing has such an id, so it is as unknown as any other.
        detail = f"want the id of {_IDS[first['loc'][:2]]}, got {got!r}"
        return problem_response(request, HTTPStatus.NOT_FOUND, detail)
    return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, describe_invalid(first))


async def _database_away(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s: %s", request.method, _path(request), str(error).partition("\n")[0])
    return problem_response(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database does not answer at the moment; try again in a few seconds.",
        headers={"Retry-After": "5"},
    )


async def _hung_up(request: Request, _: Exception) -> JSONResponse:
    log.info("%s %s: the client hung up", request.method, _path(request))
    detail = "want the whole request, got a part of it"
    return problem_response(request, HTTPStatus.BAD_REQUEST, detail)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("%s %s", request.method, _path(request), exc_info=error)
    return problem_response(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong in the program; its log says what.",
        # It comes past the guard, which gives all other answers theirs.
        headers={**headers_of(request.url.path), "Content-Security-Policy": BARE},
    )
