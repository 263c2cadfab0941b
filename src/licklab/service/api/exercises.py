"""Exercises of a lick: what they are, and their music."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from licklab.service.api.context import InContext
from licklab.service.api.problems import responses
from licklab.service.api.sheet_json import SheetOut
from licklab.service.api.sheets import Wishes
from licklab.service.exercises import LickExercises

router = APIRouter(prefix="/licks/{lick_id}/exercises", tags=["practice"])

_Instrument = Annotated[
    str | None,
    Query(max_length=80, description="For whom; the instrument of the solo if left out."),
]
_REFUSED = responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class ExerciseOut(BaseModel):
    """An exercise."""

    number: int = Field(description="From 1, in the order in which they are practised.")
    kind: str
    title: str
    sentence: str = Field(description="What and why; names are those of the written part.")
    note_ids: list[str] = Field(description="Notes of the lick that it rests on.")
    n_bars: int
    tempo_bpm: float


class ExercisesOut(BaseModel):
    """The exercises of a lick."""

    lick_id: uuid.UUID
    job_id: uuid.UUID
    version: int = Field(description="Of the notes, beats and changes that they are made of.")
    instrument: str
    items: list[ExerciseOut]

    @classmethod
    def of(cls, found: LickExercises) -> "ExercisesOut":
        """Show exercises.

        Parameters
        ----------
        found : LickExercises
            Of a lick.

        Returns
        -------
        ExercisesOut
            The same as JSON.
        """
        return cls(
            lick_id=found.lick_id,
            job_id=found.job_id,
            version=found.version,
            instrument=found.instrument,
            items=[
                ExerciseOut(
                    number=number,
                    kind=one.kind.value,
                    title=one.title,
                    sentence=one.sentence,
                    note_ids=list(one.note_ids),
                    n_bars=one.passage.n_bars,
                    tempo_bpm=round(one.passage.tempo_bpm, 1),
                )
                for number, one in enumerate(found.exercises, 1)
            ],
        )


@router.get("", summary="The exercises of a lick", responses=_REFUSED)
def list_exercises(
    context: InContext, lick_id: uuid.UUID, instrument: _Instrument = None
) -> ExercisesOut:
    """Give the exercises that follow from a lick's analysis, from the easiest way in.

    They follow from the lick as it is mended now. None is made that harmony or lick do not allow.
    """
    return ExercisesOut.of(context.exercises.list(lick_id, instrument))


@router.get(
    "/{number}/sheet",
    summary="An exercise as lines of music for a screen",
    response_class=Response,
    responses={200: {"model": SheetOut, "description": "The sheet."}, **_REFUSED},
)
def get_exercise_sheet(
    context: InContext,
    lick_id: uuid.UUID,
    number: Annotated[int, Path(ge=1, le=1000)],
    wishes: Wishes,
) -> Response:
    """Draw an exercise; times are those of the exercise itself, from second 0."""
    export = wishes.export
    found = context.exercises.sheet(
        lick_id, number, export.score.part, export.tab, export.style, wishes.id_prefix
    )
    return Response(
        SheetOut.from_sheet(found, found.sheet.score.title).model_dump_json(),
        media_type="application/json",
        headers={"Cache-Control": "no-cache"},
    )
