"""What people call their jobs: titles and tags."""

import uuid
from http import HTTPStatus
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from licklab.service.api.context import InContext
from licklab.service.api.edits import describe_body, receive_json
from licklab.service.api.problems import responses
from licklab.service.api.schemas import JobOut, TagList
from licklab.service.library import Described
from licklab.service.naming import LONGEST_TAG, LONGEST_TITLE, MOST_TAGS

router = APIRouter(tags=["jobs"])

# White space around it does not count, and is taken off before it is measured.
_ROOM = 4


class DescribeIn(BaseModel):
    """What a job is called; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(max_length=_ROOM * LONGEST_TITLE)] | None = Field(
        None,
        description=f"At most {LONGEST_TITLE} characters; null or empty for the file's name.",
        examples=["Third Shelf Blues"],
    )
    tags: list[Annotated[str, Field(max_length=_ROOM * LONGEST_TAG)]] = Field(
        [],
        max_length=_ROOM * MOST_TAGS,
        description=f"All of them, at most {MOST_TAGS} of at most {LONGEST_TAG} characters. Of "
        "those that differ in case only, the first stays.",
        examples=[["to learn", "blues"]],
    )

    def described(self) -> Described:
        """Give what is said.

        Returns
        -------
        Described
            Of the job.
        """
        said = self.model_fields_set
        return Described(
            title=self.title or "" if "title" in said else None,
            tags=self.tags if "tags" in said else None,
        )


_DESCRIBE = TypeAdapter(DescribeIn)


@router.patch(
    "/jobs/{job_id}",
    summary="Give a job a title and tags",
    openapi_extra=describe_body(_DESCRIBE, {"title": "Third Shelf Blues", "tags": ["blues"]}),
    responses=responses(
        HTTPStatus.NOT_FOUND,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ),
)
async def patch_job(request: Request, context: InContext, job_id: uuid.UUID) -> JobOut:
    """Say what a job is called. Pages and files that are taken away have the title in their names.

    What is left out stays as it is.
    """
    body = await receive_json(request.stream(), _DESCRIBE)
    job = await to_thread.run_sync(context.library.describe, job_id, body.described())
    return JobOut.from_job(job, context.storage)


@router.get("/tags", summary="List tags")
def list_tags(context: InContext) -> TagList:
    """List the tags of all jobs, the most frequent first; what differs in case only is one tag."""
    return TagList.from_counts(context.library.tags())
