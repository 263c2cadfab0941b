"""The recording of a job to look at and to practise with: peaks, spectrogram, clips."""

import os
import uuid
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import IO, Annotated, Any, Literal
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from licklab.domain.region import Region
from licklab.engine.audio.clip import MEDIA_TYPES, REPEATS, SEMITONES, SPEEDS_PERCENT, ClipWishes
from licklab.engine.audio.spectrogram import (
    COLUMNS_PER_SEC,
    HIGHEST_MIDI,
    LOWEST_MIDI,
    ROWS_PER_SEMITONE,
    TILE_SEC,
    count_tiles,
)
from licklab.engine.audio.waveform import PEAKS_PER_SEC
from licklab.formats.line_analysis_json import write_span
from licklab.service.api.context import Context, InContext
from licklab.service.api.problems import responses
from licklab.service.naming import download_name
from licklab.service.sounds import stretch_around

router = APIRouter(tags=["sound"])

# A job's recording never changes; on a shared computer it stays in one person's browser.
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_CHUNK_BYTES = 1 << 16
_MISSING = responses(HTTPStatus.NOT_FOUND)
_REFUSED = responses(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_EXAMPLE_PATH = "/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6"

_Kind = Literal["wav", "mp3", "flac"]
_Time = Annotated[float, Query(ge=0, allow_inf_nan=False, description="Of the recording.")]
_Speed = Annotated[
    float, Query(ge=SPEEDS_PERCENT[0], le=SPEEDS_PERCENT[1], description="In percent.")
]
_Semitones = Annotated[int, Query(ge=SEMITONES[0], le=SEMITONES[1], description="Up or down.")]
_Repeats = Annotated[
    int, Query(ge=REPEATS[0], le=REPEATS[1], description="How often, one after the other.")
]


class SpectrogramOut(BaseModel):
    """How the tiles of a spectrogram lie in time and pitch."""

    tile_sec: int = Field(description="Seconds in a tile; the last may be black at its end.")
    n_tiles: int
    columns_per_sec: int
    lowest_midi: int = Field(description="The key of the lowest rows.")
    highest_midi: int = Field(description="The key of the highest rows, at the top.")
    rows_per_semitone: int = Field(description="A key's middle row is its pitch at A = 440 Hz.")


class SoundLinks(BaseModel):
    """Where the sound and its pictures are."""

    audio: str
    peaks: str
    spectrogram: str = Field(description="With `{tile}` in place of a number from 0.")


class SoundOut(BaseModel):
    """What there is to see and hear of a recording."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "duration_sec": 74.2,
                "peaks_per_sec": PEAKS_PER_SEC,
                "spectrogram": {
                    "tile_sec": TILE_SEC,
                    "n_tiles": 4,
                    "columns_per_sec": COLUMNS_PER_SEC,
                    "lowest_midi": LOWEST_MIDI,
                    "highest_midi": HIGHEST_MIDI,
                    "rows_per_semitone": ROWS_PER_SEMITONE,
                },
                "links": {
                    "audio": f"{_EXAMPLE_PATH}/audio",
                    "peaks": f"{_EXAMPLE_PATH}/peaks",
                    "spectrogram": f"{_EXAMPLE_PATH}/spectrogram/{{tile}}.webp",
                },
            }
        }
    )

    duration_sec: float
    peaks_per_sec: int = Field(description="Pairs of lowest and highest sample a second.")
    spectrogram: SpectrogramOut
    links: SoundLinks


def _read_wishes(
    speed: _Speed = 100.0, semitones: _Semitones = 0, repeat: _Repeats = 1
) -> ClipWishes:
    return ClipWishes(speed, semitones, repeat)


_Wishes = Annotated[ClipWishes, Depends(_read_wishes)]


def _binary(media_type: str, description: str) -> dict[int | str, dict[str, Any]]:
    schema = {"type": "string", "format": "binary"}
    return {200: {"description": description, "content": {media_type: {"schema": schema}}}}


_CLIP: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sound, as a file to keep.",
        "content": {
            one: {"schema": {"type": "string", "format": "binary"}} for one in MEDIA_TYPES.values()
        },
    }
}


@router.get("/jobs/{job_id}/sound", summary="What there is to see and hear", responses=_MISSING)
def get_sound(context: InContext, job_id: uuid.UUID) -> SoundOut:
    """Tell how long a recording is and how its pictures lie in time and pitch."""
    job = context.sounds.job(job_id)
    base = f"/jobs/{job.id}"
    return SoundOut(
        duration_sec=job.duration_sec,
        peaks_per_sec=PEAKS_PER_SEC,
        spectrogram=SpectrogramOut(
            tile_sec=TILE_SEC,
            n_tiles=count_tiles(job.duration_sec),
            columns_per_sec=COLUMNS_PER_SEC,
            lowest_midi=LOWEST_MIDI,
            highest_midi=HIGHEST_MIDI,
            rows_per_semitone=ROWS_PER_SEMITONE,
        ),
        links=SoundLinks(
            audio=f"{base}/audio",
            peaks=f"{base}/peaks",
            spectrogram=f"{base}/spectrogram/{{tile}}.webp",
        ),
    )


@router.get(
    "/jobs/{job_id}/peaks",
    summary="The outline of the recording",
    response_class=Response,
    responses={
        **_binary("application/octet-stream", "int8: lowest, highest, lowest, highest, ..."),
        **responses(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    },
)
async def get_peaks(context: InContext, job_id: uuid.UUID) -> Response:
    """Give the lowest and highest sample of each hundredth of a second; 127 is full scale.

    They are as long as what can be read, which may be less than the file promises.
    """
    content = await to_thread.run_sync(context.sounds.peaks, job_id, limiter=context.sound_limiter)
    return Response(content, media_type="application/octet-stream", headers=_FOREVER)


@router.get(
    "/jobs/{job_id}/spectrogram/{tile}.webp",
    summary="A picture of the sound",
    response_class=Response,
    responses={**_binary("image/webp", "Grey; the highest pitch at the top."), **_MISSING},
)
async def get_tile(
    context: InContext, job_id: uuid.UUID, tile: Annotated[int, Path(ge=0, le=1_000_000)]
) -> Response:
    """Draw 20 s of a recording, time by pitch, to lie under a piano roll."""
    content = await to_thread.run_sync(
        context.sounds.tile, job_id, tile, limiter=context.sound_limiter
    )
    return Response(content, media_type="image/webp", headers=_FOREVER)


@router.get(
    "/jobs/{job_id}/clip.{ext}",
    summary="A stretch of the recording to practise with",
    response_class=Response,
    responses={**_CLIP, **_REFUSED},
)
async def get_clip(
    context: InContext,
    job_id: uuid.UUID,
    ext: _Kind,
    from_sec: _Time,
    to_sec: _Time,
    wishes: _Wishes,
) -> Response:
    """Cut up to two minutes out of a recording, slower or faster, in another key, repeated."""
    stretch = Region(from_sec, to_sec)
    return await _send(context, job_id, stretch, wishes, ext, f"{from_sec:.1f}-{to_sec:.1f} s")


@router.get(
    "/licks/{lick_id}/clip.{ext}",
    summary="A lick to practise with",
    response_class=Response,
    responses={**_CLIP, **_REFUSED},
)
async def get_lick_clip(
    context: InContext, lick_id: uuid.UUID, ext: _Kind, wishes: _Wishes
) -> Response:
    """Cut a lick out of its recording, with a little air, slower or faster, in another key."""
    job_id, stretch, place = await to_thread.run_sync(_find_lick, context, lick_id)
    return await _send(context, job_id, stretch, wishes, ext, place)


def _find_lick(context: Context, lick_id: uuid.UUID) -> tuple[uuid.UUID, Region, str]:
    job_id, study, span = context.licks.locate(lick_id)
    where = write_span(study.line, span)
    job = context.sounds.job(job_id)
    stretch = stretch_around(study.line, span, job.duration_sec)
    bars = where["bars"]
    if not bars:
        return job_id, stretch, f"{where['onset_sec']:.1f} s"
    first, last = bars[0], bars[-1]
    return job_id, stretch, f"bar {first}" if first == last else f"bars {first}-{last}"


async def _send(
    context: Context,
    job_id: uuid.UUID,
    stretch: Region,
    wishes: ClipWishes,
    ext: str,
    place: str,
) -> Response:
    job = await to_thread.run_sync(context.sounds.job, job_id)
    file = await to_thread.run_sync(
        partial(context.sounds.clip, job_id, stretch, wishes, ext), limiter=context.sound_limiter
    )
    details = [place]
    if wishes.speed_percent != 100:
        details.append(f"{wishes.speed_percent:g} percent")
    if wishes.semitones:
        details.append(f"{wishes.semitones:+d} semitones")
    if wishes.n_repeats > 1:
        details.append(f"{wishes.n_repeats} times")
    name = download_name(job, ext, ", ".join(details))
    return StreamingResponse(
        chunks_of(file),
        media_type=MEDIA_TYPES[ext],
        headers={
            "Content-Disposition": f"attachment; filename*=utf-8''{quote(name)}",
            "Content-Length": str(os.fstat(file.fileno()).st_size),
            # A lick may be trimmed, and a job named anew.
            "Cache-Control": "private, no-cache",
        },
    )


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file that is sent, and close it.

    Parameters
    ----------
    file : binary file
        At its beginning.

    Yields
    ------
    bytes
        Piece by piece.
    """
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
