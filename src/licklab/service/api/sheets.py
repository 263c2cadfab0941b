"""The score for a screen: of a solo, and of a lick."""

import uuid
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from licklab.exporting.request import read_request
from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import responses
from licklab.service.api.sheet_json import SheetLinesOut, SheetOut
from licklab.service.naming import shown_title
from licklab.service.sheets import SheetRequest, VersionedSheet

router = APIRouter(tags=["sheets"])

_LONGEST = 300
_Name = Annotated[Annotated[str, Field(max_length=_LONGEST)] | None, Query()]
_Part = Annotated[
    Annotated[str, Field(max_length=_LONGEST)] | None,
    Query(description="An instrument or `concert`; the instrument that was heard if left out."),
]
_Key = Annotated[
    Annotated[str, Field(max_length=_LONGEST)] | None,
    Query(description="Concert key to move the solo to."),
]
_Semitones = Annotated[
    Annotated[int, Field(ge=-12, le=12)] | None,
    Query(description="To move the solo by, in place of `key`."),
]
_Octave = Annotated[
    Annotated[int, Field(ge=-4, le=4)] | None,
    Query(description="Octaves to move it by besides; as fits the instrument if left out."),
]
_Bar = Annotated[Annotated[int, Field(ge=-100_000, le=100_000)] | None, Query()]
_Tab = Annotated[
    Annotated[str, Field(max_length=_LONGEST)] | None,
    Query(description="A tuning, `none`, or what the instrument usually has if left out."),
]
_Width = Annotated[
    float, Query(ge=60, le=600, allow_inf_nan=False, description="Of the music, in millimetres.")
]
_Staff = Annotated[
    float | None,
    Query(ge=3, le=20, allow_inf_nan=False, description="Height of a staff, in millimetres."),
]
_Prefix = Annotated[
    str,
    Query(
        pattern="^([A-Za-z][A-Za-z0-9-]{0,20})?$",
        description="Put before every id, so that several sheets have room in one document.",
    ),
]
_Lines = Annotated[
    Annotated[int, Field(ge=1, le=100_000)] | None,
    Query(description="Lines to draw at once, the first ones; all if left out."),
]
_SHEET: dict[int | str, dict[str, Any]] = {200: {"model": SheetOut, "description": "The sheet."}}
_REFUSED = responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


def _read_wishes(
    part: _Part = None,
    key: _Key = None,
    semitones: _Semitones = None,
    octave: _Octave = None,
    tab: _Tab = None,
    hand: _Name = None,
    width_mm: _Width = 190.0,
    staff_mm: _Staff = None,
    id_prefix: _Prefix = "",
    doubtful: bool = True,  # noqa: FBT001, FBT002  (a query parameter)
) -> SheetRequest:
    wanted = read_request(
        part=part, key=key, semitones=semitones, octave=octave, tab=tab, hand=hand,
        doubtful=doubtful,
    )  # fmt: skip
    style = replace(wanted.style, screen_mm=width_mm)
    if staff_mm is not None:
        style = replace(style, staff_mm=staff_mm)
    return SheetRequest(replace(wanted, style=style), id_prefix)


Wishes = Annotated[SheetRequest, Depends(_read_wishes)]
"""How a sheet is to look, from the query of a request."""


def _read_bars(wishes: Wishes, first_bar: _Bar = None, last_bar: _Bar = None) -> SheetRequest:
    score = replace(wishes.export.score, first_bar=first_bar, last_bar=last_bar)
    return replace(wishes, export=replace(wishes.export, score=score))


_SomeBars = Annotated[SheetRequest, Depends(_read_bars)]


@router.get(
    "/jobs/{job_id}/sheet",
    summary="The solo as lines of music for a screen",
    response_class=Response,
    responses={**_SHEET, **_REFUSED},
)
def get_sheet(
    context: InContext,
    job_id: uuid.UUID,
    wishes: _SomeBars,
    n_lines: _Lines = None,
) -> Response:
    """Draw the solo for an instrument, each line by itself, with a map from heads to heard notes.

    Edits show at once: `version` says of what.
    """
    return _answer(context, context.sheets.of_job(job_id, wishes), n_lines)


@router.get(
    "/jobs/{job_id}/sheet/lines",
    summary="More lines of a sheet",
    response_class=Response,
    responses={200: {"model": SheetLinesOut, "description": "The lines."}, **_REFUSED},
)
def get_sheet_lines(
    context: InContext,
    job_id: uuid.UUID,
    wishes: _SomeBars,
    start: Annotated[int, Query(ge=0, le=100_000, description="Index of the first line.")],
    n_lines: Annotated[int, Query(ge=1, le=100_000)],
) -> Response:
    """Draw lines that follow the first ones of the sheet that is asked for in the same words.

    A long score is on the screen at once so: a page shows the first lines while these are drawn.
    """
    found = context.sheets.of_job(job_id, wishes)
    return _send(SheetLinesOut.from_sheet(found, start, n_lines))


@router.get(
    "/licks/{lick_id}/sheet",
    summary="The bars of a lick as lines of music for a screen",
    response_class=Response,
    responses={**_SHEET, **_REFUSED},
)
def get_lick_sheet(context: InContext, lick_id: uuid.UUID, wishes: Wishes) -> Response:
    """Draw the bars in which a lick stands; `in_lick` tells its notes from those around them."""
    return _answer(context, context.sheets.of_lick(lick_id, wishes))


def _answer(context: Context, found: VersionedSheet, n_lines: int | None = None) -> Response:
    title = shown_title(context.jobs.get(found.job_id))
    return _send(SheetOut.from_sheet(found, title, n_lines))


def _send(what: SheetOut | SheetLinesOut) -> Response:
    return Response(
        what.model_dump_json(),
        media_type="application/json",
        # Asked for anew each time: edits show at once.
        headers={"Cache-Control": "no-cache"},
    )
