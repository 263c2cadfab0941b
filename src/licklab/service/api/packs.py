"""Practice packs: order one, follow it, take it away."""

import uuid
from http import HTTPStatus
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field, TypeAdapter

from licklab.errors import UnknownPackError
from licklab.service.api.context import Context, InContext
from licklab.service.api.edits import Text, describe_body, receive_json
from licklab.service.api.files import RangedFile
from licklab.service.api.problems import responses
from licklab.service.api.schemas import Moment
from licklab.service.naming import download_name
from licklab.service.pack_tables import PackRow, PackStatus
from licklab.service.pack_wishes import WrittenWishes

router = APIRouter(prefix="/licks/{lick_id}/practice-packs", tags=["practice"])


class PackIn(WrittenWishes):
    """An order for a practice pack."""

    title: Annotated[Text, Field(max_length=200)] | None = Field(
        None, description="Of the booklet; that of the solo if left out."
    )
    more_lick_ids: list[uuid.UUID] = Field(
        default_factory=list,
        max_length=11,
        description="Licks that follow, of this solo or of others; each leads into the next.",
    )

    def wishes(self) -> WrittenWishes:
        """Give what is wanted, without title and licks."""
        return WrittenWishes.model_validate(
            self.model_dump(exclude={"title", "more_lick_ids"}, mode="json")
        )


class PackLinks(BaseModel):
    """Where a pack and its files are."""

    self: str
    archive: str | None = Field(description="The ZIP; null until the pack is READY.")
    booklet: str | None = Field(description="The PDF; null until the pack is READY.")


class PackOut(BaseModel):
    """A practice pack."""

    id: uuid.UUID
    lick_id: uuid.UUID
    lick_ids: list[uuid.UUID]
    title: str
    status: PackStatus
    progress: float = Field(ge=0, le=1)
    error: str | None = Field(description="Why it FAILED.")
    wishes: WrittenWishes
    created_at: Moment
    finished_at: Moment | None
    links: PackLinks

    @classmethod
    def from_row(cls, lick_id: uuid.UUID, row: PackRow) -> "PackOut":
        """Show a pack.

        Parameters
        ----------
        lick_id : UUID
            Of the lick under which it was asked for.
        row : PackRow
            The pack.

        Returns
        -------
        PackOut
            The same as JSON.
        """
        here = f"/licks/{lick_id}/practice-packs/{row.id}"
        is_ready = row.status == PackStatus.READY
        return cls(
            id=row.id,
            lick_id=lick_id,
            lick_ids=[uuid.UUID(one) for one in row.lick_ids],
            title=row.title,
            status=PackStatus(row.status),
            progress=row.progress,
            error=row.error,
            wishes=WrittenWishes.model_validate(row.wishes),
            created_at=row.created_at,
            finished_at=row.finished_at,
            links=PackLinks(
                self=here,
                archive=f"{here}.zip" if is_ready else None,
                booklet=f"{here}.pdf" if is_ready else None,
            ),
        )


class PackList(BaseModel):
    """The packs in which a lick is."""

    items: list[PackOut]


_ORDER: TypeAdapter[PackIn] = TypeAdapter(PackIn)
_NOT_FOUND = responses(HTTPStatus.NOT_FOUND)
_NOT_READY = responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


@router.post(
    "",
    summary="Order a practice pack",
    status_code=HTTPStatus.CREATED,
    openapi_extra=describe_body(_ORDER, {"instrument": "alto_sax", "order": "fourths"}),
    responses=responses(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)  # fmt: skip
async def create_pack(request: Request, context: InContext, lick_id: uuid.UUID) -> PackOut:
    """Have a pack made: booklet, music in every key, exercises, sound. A worker makes it."""
    body = await receive_json(request.stream(), _ORDER)
    row = await to_thread.run_sync(_order, context, lick_id, body)
    return PackOut.from_row(lick_id, row)


@router.get("", summary="The practice packs of a lick", responses=_NOT_FOUND)
def list_packs(context: InContext, lick_id: uuid.UUID) -> PackList:
    """List the packs in which the lick is, the latest first."""
    found = context.packs.list(lick_id)
    return PackList(items=[PackOut.from_row(lick_id, one) for one in found])


@router.get(
    "/{pack_id}.zip",
    summary="A practice pack as an archive",
    response_class=FileResponse,
    responses={200: {"content": {"application/zip": {}}}, **_NOT_READY},
)
def get_archive(context: InContext, lick_id: uuid.UUID, pack_id: uuid.UUID) -> Response:
    """Give the ZIP: `manifest.json` says what is in it."""
    return _file(context, lick_id, pack_id, is_archive=True)


@router.get(
    "/{pack_id}.pdf",
    summary="The booklet of a practice pack",
    response_class=FileResponse,
    responses={200: {"content": {"application/pdf": {}}}, **_NOT_READY},
)
def get_booklet(context: InContext, lick_id: uuid.UUID, pack_id: uuid.UUID) -> Response:
    """Give the booklet: cover, analysis, keys, exercises."""
    return _file(context, lick_id, pack_id, is_archive=False)


@router.get("/{pack_id}", summary="Look at a practice pack", responses=_NOT_FOUND)
def get_pack(context: InContext, lick_id: uuid.UUID, pack_id: uuid.UUID) -> PackOut:
    """Say how far a pack has come."""
    return PackOut.from_row(lick_id, _find(context, lick_id, pack_id))


@router.delete(
    "/{pack_id}",
    summary="Delete a practice pack",
    status_code=HTTPStatus.NO_CONTENT,
    responses=_NOT_FOUND,
)
def delete_pack(context: InContext, lick_id: uuid.UUID, pack_id: uuid.UUID) -> None:
    """Delete a pack with its files, whatever it is at."""
    _find(context, lick_id, pack_id)
    context.packs.delete(pack_id)


def _order(context: Context, lick_id: uuid.UUID, body: PackIn) -> PackRow:
    body.wishes().read("other")  # what cannot be met is said now, not by a worker
    return context.packs.create([lick_id, *body.more_lick_ids], body.wishes(), body.title)


def _find(context: Context, lick_id: uuid.UUID, pack_id: uuid.UUID) -> PackRow:
    row = context.packs.get(pack_id)
    if str(lick_id) not in row.lick_ids:
        raise UnknownPackError(f"want a practice pack of the lick {lick_id}, got {pack_id}")
    return row


def _file(
    context: Context, lick_id: uuid.UUID, pack_id: uuid.UUID, *, is_archive: bool
) -> Response:
    _find(context, lick_id, pack_id)
    row, path = context.packs.file(pack_id, is_archive=is_archive)
    suffix = "zip" if is_archive else "pdf"
    job = context.jobs.get(row.job_id)
    return RangedFile(
        path,
        media_type=f"application/{suffix}",
        filename=download_name(job, suffix, "practice pack"),
    )
