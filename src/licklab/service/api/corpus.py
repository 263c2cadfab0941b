"""The corpus: its solos, how much it holds, and what its players play again and again."""

import base64
import binascii
import json
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query

from licklab.corpus.patterns import typical_patterns
from licklab.corpus.solo import SoloInfo
from licklab.corpus.wanted_solos import wanted_infos
from licklab.service.api.context import InContext
from licklab.service.api.pattern_json import PatternReportOut
from licklab.service.api.problems import responses
from licklab.service.api.solo_json import (
    SoloFilterIn,
    SoloList,
    SoloOut,
    WholeSoloOut,
)
from licklab.service.job_pages import CursorError

router = APIRouter(prefix="/corpus", tags=["corpus"])

_MOST_A_PAGE = 200
_MOST_PATTERNS = 100
_Name = Annotated[str | None, Query(max_length=300)]
_AWAY = responses(HTTPStatus.SERVICE_UNAVAILABLE)
_REFUSED = responses(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE)
_Key = tuple[str, str, str]


class ListIn(SoloFilterIn):
    """Which solos, and which page of them."""

    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=_MOST_A_PAGE)] = 50


@router.get("/solos", summary="List solos", responses=_REFUSED)
def list_solos(context: InContext, wanted: Annotated[ListIn, Query()]) -> SoloList:
    """List the solos of the corpus, by performer and title."""
    with context.corpus.reading() as corpus:
        infos = wanted_infos(corpus, wanted.solo_filter())
    infos = sorted(infos, key=_sort_key)
    if wanted.cursor is not None:
        last = _read_cursor(wanted.cursor)
        infos = [one for one in infos if _sort_key(one) > last]
    page = infos[: wanted.limit]
    more = _write_cursor(page[-1]) if len(infos) > wanted.limit else None
    return SoloList(items=[SoloOut.from_info(one) for one in page], next=more)


@router.get(
    "/solos/{solo_id}",
    summary="Look at a solo",
    responses=responses(HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE),
)
def get_solo(context: InContext, solo_id: str) -> WholeSoloOut:
    """Show a solo with its notes, chords and phrases."""
    with context.corpus.reading() as corpus:
        return WholeSoloOut.from_solo(corpus.load(solo_id))


@router.get("/statistics", summary="How much the corpus holds", responses=_AWAY)
def get_statistics(context: InContext) -> dict[str, Any]:
    """Count solos and notes, by performer, instrument, style and source."""
    with context.corpus.reading() as corpus:
        return asdict(corpus.statistics())


@router.get(
    "/patterns",
    summary="What is typical of a player or a style",
    responses={**responses(HTTPStatus.NOT_FOUND), **_REFUSED},
)
def get_patterns(
    context: InContext,
    player: _Name = None,
    style: _Name = None,
    limit: Annotated[int, Query(ge=1, le=_MOST_PATTERNS)] = 20,
) -> PatternReportOut:
    """Tell the patterns that a player, or the players of a style, play and the others do not.

    Give one of the two, or both: a player's solos in a style.
    """
    with context.corpus.reading() as corpus:
        report = typical_patterns(
            corpus, performer=player or None, style=style or None, limit=limit
        )
    return PatternReportOut.from_report(report)


def _sort_key(info: SoloInfo) -> _Key:
    return info.performer.casefold(), info.title, info.id


def _write_cursor(info: SoloInfo) -> str:
    return base64.urlsafe_b64encode(json.dumps(_sort_key(info)).encode()).decode()


def _read_cursor(cursor: str) -> _Key:
    try:
        performer, title, solo_id = json.loads(base64.urlsafe_b64decode(cursor))
        return str(performer), str(title), str(solo_id)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise CursorError(f"want the `next` of another page as cursor, got {cursor!r}") from error
