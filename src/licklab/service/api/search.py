"""Searches of the corpus, to tell who else played something."""

import uuid
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, TypeAdapter, ValidationError

from licklab.engine.audio.probe import probe_audio
from licklab.errors import AudioError, NotAudioError, QueryError, StorageError
from licklab.formats.imports import MOST_BYTES
from licklab.service.api.context import Context, InContext
from licklab.service.api.edits import Text, Time, describe_body, receive_json
from licklab.service.api.invalid import list_errors
from licklab.service.api.jobs import refuse_by_length
from licklab.service.api.match_json import MatchList, WishIn
from licklab.service.api.problems import responses
from licklab.service.api.selections import read_selection
from licklab.service.searching import FoundMatch
from licklab.service.upload import UploadError, clean_filename, receive_form

router = APIRouter(tags=["search"])

# A query of a whole chorus, note by note, is shorter.
_LONGEST_QUERY = 10_000
_Bar = Annotated[int, Field(strict=True, ge=-100_000, le=100_000)]
_Index = Annotated[int, Field(strict=True, ge=0)]
_REFUSED = responses(
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


class SearchIn(WishIn):
    """A pattern, said in one of four ways, and which results are wanted."""

    query: Text | None = Field(
        None,
        max_length=_LONGEST_QUERY,
        description="Notes (`C4 Eb4 F4 G4`, `60 63 65 67`), intervals, degrees over a chord, ABC.",
        examples=["60 62 63 65 67"],
    )
    lick_id: uuid.UUID | None = None
    job_id: uuid.UUID | None = Field(None, description="With a stretch of time, or bars, of it.")
    from_sec: Time | None = None
    to_sec: Time | None = None
    first_bar: _Bar | None = None
    last_bar: _Bar | None = None
    solo_id: str | None = Field(
        None, max_length=100, description="Of the corpus, with notes of it."
    )
    first_note: _Index | None = Field(None, description="Of the solo, from 0.")
    last_note: _Index | None = Field(None, description="Included.")

    def search(self, context: Context) -> list[FoundMatch]:
        """Search for what it says.

        Parameters
        ----------
        context : Context
            Of the service.

        Returns
        -------
        list of FoundMatch
            The most alike first.

        Raises
        ------
        InputError
            If it says nothing, several things, or what cannot be.
        """
        self._require_one()
        searching, wish = context.searching, self.wish()
        if self.query is not None:
            return searching.by_text(self.query, wish)
        if self.lick_id is not None:
            return searching.by_lick(self.lick_id, wish)
        if self.job_id is not None:
            selection = read_selection(self.from_sec, self.to_sec, self.first_bar, self.last_bar)
            if selection is None:
                raise QueryError(
                    "want from_sec and to_sec, or first_bar and last_bar, with job_id; "
                    "got none of them"
                )
            return searching.by_selection(self.job_id, selection, wish)
        assert self.solo_id is not None
        if self.first_note is None or self.last_note is None:
            raise QueryError("want first_note and last_note with solo_id, got one or none of them")
        return searching.by_solo(self.solo_id, self.first_note, self.last_note, wish)

    def _require_one(self) -> None:
        ways = ("query", "lick_id", "job_id", "solo_id")
        given = [name for name in ways if getattr(self, name) is not None]
        if len(given) != 1:
            raise QueryError(
                f"want one of {', '.join(ways)}; got {' and '.join(given) or 'none of them'}"
            )
        parts = {
            "job_id": ("from_sec", "to_sec", "first_bar", "last_bar"),
            "solo_id": ("first_note", "last_note"),
        }
        for way, names in parts.items():
            stray = [name for name in names if getattr(self, name) is not None]
            if stray and given != [way]:
                raise QueryError(f"want {' and '.join(stray)} with {way}, got {given[0]}")


_SEARCH = TypeAdapter(SearchIn)
_WISH = TypeAdapter(WishIn)


def _describe() -> dict[str, Any]:
    described = describe_body(_SEARCH, {"query": "60 62 63 65 67", "style": "BEBOP", "limit": 5})
    wishes = describe_body(_WISH, {})["requestBody"]["content"]["application/json"]["schema"]
    file = {"type": "string", "format": "binary", "description": "MIDI, MusicXML, ABC or JAMS."}
    described["requestBody"]["required"] = True
    described["requestBody"]["content"]["multipart/form-data"] = {
        "schema": {
            "type": "object",
            "required": ["file"],
            "properties": {"file": file, **wishes["properties"]},
        }
    }
    return described


@router.post("/search", summary="Search the corpus", openapi_extra=_describe(), responses=_REFUSED)
async def search(request: Request, context: InContext) -> MatchList:
    """Find where a pattern is played, in any key and tempo, also with other notes in it.

    It is typed, a lick, a stretch of a job or of a solo, or a file with notes. A recording is not
    heard here: upload it to `/jobs`, then search with its `job_id`.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/"):
        return MatchList.from_matches(await _search_by_file(request, context, content_type))
    body = await receive_json(request.stream(), _SEARCH)
    return MatchList.from_matches(await to_thread.run_sync(body.search, context))


@router.get(
    "/licks/{lick_id}/similar",
    summary="Where else a lick is played",
    responses=responses(
        HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.SERVICE_UNAVAILABLE
    ),
)
def get_similar(
    context: InContext, lick_id: uuid.UUID, wishes: Annotated[WishIn, Query()]
) -> MatchList:
    """Find a lick elsewhere: in other solos, and at other places of its own."""
    return MatchList.from_matches(context.searching.by_lick(lick_id, wishes.wish()))


async def _search_by_file(
    request: Request, context: Context, content_type: str
) -> list[FoundMatch]:
    limit = min(context.settings.max_upload_bytes, MOST_BYTES)
    upload = context.storage.new_upload()
    try:
        await refuse_by_length(request, limit)
        form = await receive_form(request.stream(), content_type, "file", upload, limit)
        if form.filename is None:
            raise UploadError("want the pattern in the field `file`, got no such field")
        wishes, name = _read_wishes(form.fields), clean_filename(form.filename)
        work: Callable[[], list[FoundMatch]] = partial(_search_file, context, upload, name, wishes)
        return await to_thread.run_sync(work)
    except OSError as error:
        raise StorageError(
            f"want room for the pattern in the service's storage, got: {error.strerror}"
        ) from error
    finally:
        upload.unlink(missing_ok=True)


def _read_wishes(fields: dict[str, str]) -> WishIn:
    """Read the fields of a form; those that are left empty are as those that are not there."""
    given = {name: text for name, text in fields.items() if text}
    try:
        return _WISH.validate_python(given)
    except ValidationError as error:
        raise RequestValidationError(list_errors(error)) from error


def _search_file(context: Context, upload: Path, name: str, wishes: WishIn) -> list[FoundMatch]:
    if not upload.stat().st_size:
        raise QueryError("want a file with notes (MIDI, MusicXML, ABC or JAMS), got an empty one")
    _refuse_audio(upload)
    return context.searching.by_file(upload.read_bytes(), name, wishes.wish())


def _refuse_audio(upload: Path) -> None:
    try:
        probe_audio(upload)
    except NotAudioError:
        return
    except AudioError:
        pass  # audio, if of a kind that is not read
    raise QueryError(
        "want a file with notes (MIDI, MusicXML, ABC or JAMS), got a recording: upload it to "
        "/jobs, then search with its job_id"
    )
