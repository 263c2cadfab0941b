"""A job's result as pages and files for other programs."""

import uuid
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from pydantic import BeforeValidator, Field

from licklab.exporting.kinds import EXPORTS, find_export
from licklab.exporting.request import export, read_request
from licklab.service.api.context import InContext
from licklab.service.api.files import result_transcription
from licklab.service.api.problems import responses
from licklab.service.naming import download_name, shown_title

router = APIRouter(prefix="/jobs/{job_id}", tags=["files"])

_LONGEST = 300


def _none_if_empty(value: object) -> object:
    """Take a field that a form leaves empty as one that is not there."""
    return None if value == "" else value


_Empty = BeforeValidator(_none_if_empty)
_Text = Annotated[Annotated[str, Field(max_length=_LONGEST)] | None, _Empty, Query()]
_Bar = Annotated[Annotated[int, Field(ge=-100_000, le=100_000)] | None, _Empty, Query()]
_Octave = Annotated[Annotated[int, Field(ge=-4, le=4)] | None, _Empty, Query()]
_KINDS = ", ".join(f"`{one.suffix}`: {one.about}" for one in EXPORTS.values())


@router.get(
    "/score.{ext}",
    summary="The solo as a page, or as another program's file",
    description=f"One of: {_KINDS}. Edits show at once.",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {"application/octet-stream": {}}},
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY),
    },
)
def get_score(
    context: InContext,
    job_id: uuid.UUID,
    ext: str,
    part: _Text = None,
    key: _Text = None,
    octave: _Octave = None,
    from_bar: _Bar = None,
    to_bar: _Bar = None,
    title: _Text = None,
    composer: _Text = None,
    tab: _Text = None,
    hand: _Text = None,
    paper: _Text = None,
    doubtful: bool = True,  # noqa: FBT001, FBT002  (a query parameter)
) -> Response:
    """Write the solo for an instrument: transposed, in its range, from one bar to another."""
    # On this path `mid` is the page; what was played has a path of its own.
    kind = find_export("score-midi" if ext.lower() == "mid" else ext)
    job, transcription = result_transcription(context, job_id)
    request = read_request(
        part=part, key=key, octave=octave, from_bar=from_bar, to_bar=to_bar,
        title=shown_title(job) if title is None else title,
        composer=composer, tab=tab, hand=hand, paper=paper, doubtful=doubtful,
    )  # fmt: skip
    content = export(transcription, kind, request)
    name = quote(download_name(job, kind.suffix))
    shown = "inline" if kind.suffix in {"pdf", "svg"} else "attachment"
    return Response(
        content,
        media_type=kind.media_type,
        headers={
            "Content-Disposition": f"{shown}; filename*=utf-8''{name}",
            # A drawing that is opened by itself runs nothing and fetches nothing.
            "Content-Security-Policy": (
                "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
            ),
        },
    )
