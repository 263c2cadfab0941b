"""The application."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from licklab.errors import LickLabError
from licklab.service.api import (
    assignments,
    attempts,
    coach,
    corpus,
    docs,
    events,
    example,
    exercises,
    files,
    health,
    imports,
    instruments,
    job_details,
    jobs,
    licks,
    mending,
    notes,
    packs,
    playback,
    practice,
    practice_files,
    problems,
    scores,
    search,
    shared,
    sheets,
    sound,
    web,
)
from licklab.service.api.context import build_context
from licklab.service.api.guard import Guard
from licklab.service.api.parameters import refuse_unknown_parameters
from licklab.service.database import AWAY
from licklab.service.example import Example
from licklab.service.settings import Settings
from licklab.version import __version__

# Level 9 takes twice as long for a hundredth less.
_GZIP_LEVEL = 6
_LEAST_BYTES = 1000
_COMPRESSED = (
    "application/octet-stream",
    "application/pdf",
    "application/vnd.recordare.musicxml",
)

log = logging.getLogger(__name__)

_DESCRIPTION = """
Upload a recording, say which instrument to follow, get its notes.
Errors are problem details (RFC 9457). Times in transcriptions are seconds of the original file.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application.

    Parameters
    ----------
    settings : Settings, optional
        With both URLs; from the environment if omitted.

    Returns
    -------
    FastAPI
        Ready to be served; its database must be up to date.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.context = build_context(settings)
        if settings.example:
            await to_thread.run_sync(_give_example, app.state.context.example)
        yield
        app.state.context.database.close()

    app = FastAPIOffline(
        title="Jazz Lick Lab",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # ours has a policy
        redoc_url=None,
        dependencies=[Depends(refuse_unknown_parameters)],
    )
    problems.install(app)
    for module in (
        health, instruments, jobs, job_details, example, imports, files, scores, sheets, sound,
        playback, mending, notes, licks, coach, exercises, packs, attempts, search, corpus,
        practice, practice_files, events, assignments, shared,
    ):  # fmt: skip
        app.include_router(module.router)
    app.include_router(files.schemas_router)
    docs.install(app)
    web.install(app, settings.page_dir or web.FOLDER)
    # Nothing that is compressed already, and nothing that is sent little by little or in parts.
    app.add_middleware(
        GZipMiddleware,
        minimum_size=_LEAST_BYTES,
        compresslevel=_GZIP_LEVEL,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, *_COMPRESSED),
    )
    app.add_middleware(Guard, hosts=settings.trusted_hosts)
    _document_problems(app)
    return app


def _give_example(example: Example) -> None:
    try:
        example.give_once()
    except (*AWAY, LickLabError, OSError) as error:
        # The service works without it, and the next start tries again.
        log.warning("no example at this start: %s", str(error).partition("\n")[0])


def _document_problems(app: FastAPI) -> None:
    """Put the problem's schema where the operations refer to it."""
    original = app.openapi

    def openapi() -> dict[str, Any]:
        schema = original()
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = problems.Problem.model_json_schema()
        # Every 422 here is a problem; FastAPI's own shape for it never leaves the service.
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        refused = problems.responses(HTTPStatus.UNPROCESSABLE_ENTITY)[422]
        for path in schema["paths"].values():
            for operation in path.values():
                if "422" in operation["responses"]:
                    operation["responses"]["422"] = refused
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
