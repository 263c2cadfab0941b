"""The JSON of the API."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from licklab.domain.instrument import INSTRUMENTS, Clef, Instrument, Texture
from licklab.domain.mode import Mode
from licklab.service.job_pages import Page
from licklab.service.jobs import SCORE_SUFFIX, audio_name
from licklab.service.library import TagCount
from licklab.service.naming import shown_title
from licklab.service.storage import Storage
from licklab.service.tables import Job, JobStatus


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_in_utc, return_type=str)]

_EXAMPLE_ID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
_EXAMPLE_LINKS = {
    "self": f"/jobs/{_EXAMPLE_ID}",
    "events": f"/jobs/{_EXAMPLE_ID}/events",
    "audio": f"/jobs/{_EXAMPLE_ID}/audio",
    "transcription": f"/jobs/{_EXAMPLE_ID}/transcription",
    "midi": f"/jobs/{_EXAMPLE_ID}/transcription.mid",
    "page": f"/jobs/{_EXAMPLE_ID}/score.pdf",
    "licks": f"/jobs/{_EXAMPLE_ID}/licks",
    "solo": f"/solos/{_EXAMPLE_ID}",
}
EXAMPLE_JOB: dict[str, Any] = {
    "id": _EXAMPLE_ID,
    "status": "CREATED",
    "title": "solo",
    "tags": ["to learn"],
    "instrument": "guitar",
    "mode": "auto",
    "start_sec": None,
    "end_sec": None,
    "audio_path": f"/app/data/{_EXAMPLE_ID}/audio.mp3",
    "created_at": "2026-11-23T12:00:00Z",
    "error": None,
    "filename": "solo.mp3",
    "has_audio": True,
    "duration_sec": 74.2,
    "size_bytes": 1187000,
    "stage": None,
    "progress": 0.0,
    "eta_sec": None,
    "note_count": None,
    "key": None,
    "tempo_bpm": None,
    "warnings": [],
    "attempts": 0,
    "result_at": None,
    "updated_at": "2026-11-23T12:00:00Z",
    "links": _EXAMPLE_LINKS,
}


def listening_properties() -> dict[str, Any]:
    """Describe the fields that say what is to be heard.

    Returns
    -------
    dict
        Of JSON Schema, by name.
    """
    return {
        "instrument": {
            "type": "string",
            "description": "Id, name or alias of an instrument.",
            "examples": list(INSTRUMENTS),
        },
        "mode": {
            "type": "string",
            "enum": list(Mode),
            "description": "One note at a time, several at once, or as the instrument is played; "
            "a new job is `auto` without it.",
        },
        "start_sec": {
            "type": ["number", "null"],
            "minimum": 0,
            "description": "Hear from here on; from the beginning when left open.",
        },
        "end_sec": {
            "type": ["number", "null"],
            "exclusiveMinimum": 0,
            "description": "Hear up to here; to the end when left open.",
        },
    }


class Links(BaseModel):
    """Where a job's other resources are; the results answer from its first READY on."""

    self: str
    events: str
    audio: str
    transcription: str
    midi: str
    page: str
    licks: str
    solo: str = Field(description="The page for browsers.")


class JobOut(BaseModel):
    """A job."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_JOB})

    id: uuid.UUID
    status: JobStatus
    title: str = Field(description="The file's name without its suffix until somebody gives one.")
    tags: list[str]
    instrument: str = Field(description="Id of the instrument that is followed.")
    mode: Mode = Field(description="As asked for; the transcription says what it came to.")
    start_sec: float | None = Field(description="Where the region to hear begins; null: at 0.")
    end_sec: float | None = Field(description="Where it ends; null: with the recording.")
    audio_path: str = Field(description="Absolute path in the service's file system.")
    created_at: Moment
    error: str | None = Field(description="What went wrong, as a sentence, when FAILED.")
    filename: str
    has_audio: bool = Field(description="False for a job that came as a score.")
    duration_sec: float
    size_bytes: int
    stage: str | None = Field(description="What is being done while TRANSCRIBING.")
    progress: float = Field(ge=0, le=1)
    eta_sec: float | None = Field(description="Estimated seconds until READY.")
    note_count: int | None = Field(description="Of the result of `result_at`, as the warnings.")
    key: str | None = Field(description="Of the result as mended, such as `F:major`.")
    tempo_bpm: float | None = Field(description="Of the result as mended.")
    warnings: list[str]
    attempts: int
    result_at: Moment | None = Field(
        description="Since when the result that can be downloaded is there; null without one. It "
        "outlives a later run that waits, goes on or has failed."
    )
    updated_at: Moment
    links: Links

    @classmethod
    def from_job(cls, job: Job, storage: Storage) -> "JobOut":
        """Show a job.

        Parameters
        ----------
        job : Job
            The row.
        storage : Storage
            Where its files are.

        Returns
        -------
        JobOut
            The same as JSON.
        """
        path = f"/jobs/{job.id}"
        return cls(
            id=job.id,
            status=JobStatus(job.status),
            title=shown_title(job),
            tags=job.tags,
            instrument=job.instrument,
            mode=Mode(job.mode),
            start_sec=job.start_sec,
            end_sec=job.end_sec,
            audio_path=str(storage.path(job.id, audio_name(job))),
            created_at=job.created_at,
            error=job.error,
            filename=job.filename,
            has_audio=job.audio_suffix != SCORE_SUFFIX,
            duration_sec=round(job.duration_sec, 3),
            size_bytes=job.size_bytes,
            stage=job.stage,
            progress=round(job.progress, 4),
            eta_sec=_eta_sec(job),
            note_count=job.note_count,
            key=job.key,
            tempo_bpm=None if job.tempo_bpm is None else round(job.tempo_bpm, 2),
            warnings=job.warnings,
            attempts=job.attempts,
            result_at=job.result_at,
            updated_at=job.updated_at,
            links=Links(
                self=path,
                events=f"{path}/events",
                audio=f"{path}/audio",
                transcription=f"{path}/transcription",
                midi=f"{path}/transcription.mid",
                page=f"{path}/score.pdf",
                licks=f"{path}/licks",
                solo=f"/solos/{job.id}",
            ),
        )


def _eta_sec(job: Job) -> float | None:
    """Estimate the rest from the pace so far; the last report carries the time."""
    if job.status != JobStatus.TRANSCRIBING or job.started_at is None or job.progress < 0.02:
        return None
    spent = (job.updated_at - job.started_at).total_seconds()
    left = spent * (1 - job.progress) / job.progress
    since = (datetime.now(UTC) - job.updated_at).total_seconds()
    return round(max(0.0, left - max(0.0, since)), 1)


class JobList(BaseModel):
    """One page of jobs."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [EXAMPLE_JOB], "next": None}})

    items: list[JobOut]
    next: str | None = Field(description="Give it as `cursor` for the next page; null on the last.")

    @classmethod
    def from_page(cls, page: Page, storage: Storage) -> "JobList":
        """Show a page.

        Parameters
        ----------
        page : Page
            The jobs.
        storage : Storage
            Where their files are.

        Returns
        -------
        JobList
            The same as JSON.
        """
        return cls(items=[JobOut.from_job(job, storage) for job in page.jobs], next=page.next)


class TagOut(BaseModel):
    """A tag."""

    tag: str
    count: int = Field(description="Jobs that have it.")


class TagList(BaseModel):
    """The tags of all jobs, the most frequent first."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"items": [{"tag": "to learn", "count": 3}]}}
    )

    items: list[TagOut]

    @classmethod
    def from_counts(cls, counts: Sequence[TagCount]) -> "TagList":
        """Show the tags.

        Parameters
        ----------
        counts : sequence of TagCount
            The tags.

        Returns
        -------
        TagList
            The same as JSON.
        """
        return cls(items=[TagOut(tag=one.tag, count=one.count) for one in counts])


class InstrumentOut(BaseModel):
    """An instrument that can be followed."""

    id: str
    name: str
    lowest_midi: int
    highest_midi: int
    clef: Clef
    transposition_semitones: int = Field(description="Written minus sounding pitch.")
    texture: Texture
    aliases: list[str]

    @classmethod
    def from_instrument(cls, instrument: Instrument) -> "InstrumentOut":
        """Show an instrument.

        Parameters
        ----------
        instrument : Instrument
            The instrument.

        Returns
        -------
        InstrumentOut
            The same as JSON.
        """
        return cls(
            id=instrument.id,
            name=instrument.name,
            lowest_midi=instrument.lowest_midi,
            highest_midi=instrument.highest_midi,
            clef=instrument.clef,
            transposition_semitones=instrument.transposition_semitones,
            texture=instrument.texture,
            aliases=list(instrument.aliases),
        )


class Health(BaseModel):
    """The process serves."""

    status: str = Field(examples=["ok"])


class Check(BaseModel):
    """One thing that the service needs."""

    ok: bool
    detail: str


class Readiness(BaseModel):
    """Whether the service can do its work."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "status": "ready",
                "checks": {
                    "database": {"ok": True, "detail": "answers"},
                    "queue": {"ok": True, "detail": "answers, 0 waiting"},
                    "storage": {"ok": True, "detail": "can be written"},
                    "workers": {"ok": True, "detail": "1 listening"},
                    "models": {"ok": True, "detail": "basic-pitch 0.4.0"},
                },
            }
        }
    )

    status: str
    checks: dict[str, Check]
