"""Attempts as the API gives them."""

import uuid
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from licklab.service.api.schemas import JobOut, Moment
from licklab.service.attempts import AttemptRecord
from licklab.service.storage import Storage
from licklab.service.tables import JobStatus

_Kind = Literal["right", "wrong", "early", "late", "missed", "unsure"]
_ID = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
_LICK = "9d2d5c1e-6a53-4a0e-9a38-5d0d7f5f2b11"
_SOLO = "6e0d3b3c-0f57-4ad5-8f0c-7d9f1c1f7f10"


class NoteMarkOut(BaseModel):
    """A note of the lick, and what was played for it."""

    note_id: str = Field(description="Of the lick's note, as in its notation.")
    kind: _Kind = Field(description="`unsure`: the listener cannot tell; it is not counted.")
    expected_sec: float = Field(description="When it was to be played: seconds of the attempt.")
    expected_midi: int = Field(description="What was to be played, in the key of the attempt.")
    heard_id: str | None = Field(description="Of the attempt's note, as in its transcription.")
    heard_midi: int | None
    deviation_ms: float | None = Field(
        description="Late above 0, early below. 0 from where it is written to where the soloist "
        "of the recording plays it."
    )


class ExtraNoteOut(BaseModel):
    """A note that was played and is not in the lick."""

    heard_id: str
    onset_sec: float
    pitch_midi: int
    after_note_id: str


class SentenceOut(BaseModel):
    """One thing that is said, and of which notes."""

    text: str = Field(description="At concert pitch.")
    note_ids: list[str]
    heard_ids: list[str]


class PassOut(BaseModel):
    """How the lick went, one time through it."""

    onset_sec: float
    offset_sec: float
    semitones: int = Field(description="How much higher than the lick it was played.")
    key: str | None = Field(description="In which it was played; null where the lick's is unknown.")
    tempo_bpm: float
    tempo_percent: float = Field(description="Of the lick's tempo.")
    drift_percent: float = Field(description="By how much it became faster; slower below 0.")
    swing_ratio: float | None = Field(description="Of the eighths; null where there are too few.")
    wanted_swing_ratio: float | None = Field(description="Of the lick's.")
    bias_ms: float
    spread_ms: float
    accuracy: float = Field(ge=0, le=1)
    is_clean: bool = Field(
        description="All pitches right, none missing or too many, at most one note in eight early "
        "or late, at most one in four unsure."
    )
    counts: dict[str, int] = Field(description="Notes of each kind, and `extra` ones.")


class MarkedPassOut(PassOut):
    """One time through the lick, note by note."""

    notes: list[NoteMarkOut]
    extras: list[ExtraNoteOut]
    sentences: list[SentenceOut]


class MarksOut(BaseModel):
    """What is said of an attempt."""

    best: int | None = Field(description="Index into `passes`; null where there are none.")
    passes: list[MarkedPassOut] = Field(description="Each time through the lick, in order.")
    message: str | None = Field(description="Why there are none.")


class AttemptLinks(BaseModel):
    """Where what belongs to an attempt is."""

    self: str
    lick: str
    events: str = Field(description="Follows its status, as of any job.")
    audio: str
    transcription: str


class AttemptSummaryOut(BaseModel):
    """An attempt, without its notes."""

    id: uuid.UUID
    lick_id: uuid.UUID
    job_id: uuid.UUID = Field(description="Of the solo that the lick is of.")
    status: JobStatus
    stage: str | None
    progress: float
    eta_sec: float | None
    error: str | None
    instrument: str
    key: str | None = Field(description="As the player said.")
    tempo_bpm: float | None = Field(description="As the player said.")
    duration_sec: float
    created_at: Moment
    best: PassOut | None = Field(
        description="The best time through; null until READY, or where none was recognised."
    )
    links: AttemptLinks

    @classmethod
    def from_record(cls, record: AttemptRecord, storage: Storage) -> "AttemptSummaryOut":
        """Show an attempt.

        Parameters
        ----------
        record : AttemptRecord
            As it is now.
        storage : Storage
            Where its files are.

        Returns
        -------
        AttemptSummaryOut
            The same as JSON.
        """
        return cls.model_validate(_members(record, storage))


class AttemptOut(AttemptSummaryOut):
    """An attempt with its marks."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": _ID,
                "lick_id": _LICK,
                "job_id": _SOLO,
                "status": "CREATED",
                "stage": None,
                "progress": 0.0,
                "eta_sec": None,
                "error": None,
                "instrument": "tenor_sax",
                "key": "Bb:major",
                "tempo_bpm": None,
                "duration_sec": 7.4,
                "created_at": "2026-11-29T12:00:00Z",
                "best": None,
                "links": {
                    "self": f"/attempts/{_ID}",
                    "lick": f"/licks/{_LICK}",
                    "events": f"/jobs/{_ID}/events",
                    "audio": f"/jobs/{_ID}/audio",
                    "transcription": f"/jobs/{_ID}/transcription",
                },
                "marks": None,
            }
        }
    )

    marks: MarksOut | None = Field(description="Null until READY.")

    @classmethod
    def from_record(cls, record: AttemptRecord, storage: Storage) -> "AttemptOut":
        """Show an attempt with its marks.

        Parameters
        ----------
        record : AttemptRecord
            As it is now.
        storage : Storage
            Where its files are.

        Returns
        -------
        AttemptOut
            The same as JSON.
        """
        return cls.model_validate({**_members(record, storage), "marks": record.marks})


class AttemptList(BaseModel):
    """The attempts at a lick, the last first."""

    items: list[AttemptSummaryOut]


def _members(record: AttemptRecord, storage: Storage) -> dict[str, Any]:
    job = JobOut.from_job(record.job, storage)
    marks, row = record.marks, record.row
    is_marked = marks is not None and marks["best"] is not None
    return {
        "id": job.id,
        "lick_id": row.lick_id,
        "job_id": row.solo_id,
        "status": job.status,
        "stage": job.stage,
        "progress": job.progress,
        "eta_sec": job.eta_sec,
        "error": job.error,
        "instrument": job.instrument,
        "key": row.key,
        "tempo_bpm": row.tempo_bpm,
        "duration_sec": job.duration_sec,
        "created_at": row.created_at,
        "best": marks["passes"][marks["best"]] if marks and is_marked else None,
        "links": {
            "self": f"/attempts/{job.id}",
            "lick": f"/licks/{row.lick_id}",
            "events": f"/jobs/{job.id}/events",
            "audio": f"/jobs/{job.id}/audio",
            "transcription": f"/jobs/{job.id}/transcription",
        },
    }
