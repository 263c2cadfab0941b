"""The example, for those who deleted it."""

from fastapi import APIRouter

from licklab.service.api.context import InContext
from licklab.service.api.schemas import JobOut

router = APIRouter(tags=["jobs"])


@router.post("/example", summary="Bring the example back")
def create_example(context: InContext) -> JobOut:
    """Make a job of the recording that ships with the program; the one that is there, if it is.

    A library that is used for the first time has it from the start (`EXAMPLE`).
    """
    return JobOut.from_job(context.example.give(), context.storage)
