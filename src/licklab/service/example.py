"""The example: a recording that ships with the program, and a first job made of it."""

import shutil
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licklab.domain.instrument import INSTRUMENTS
from licklab.engine.audio.probe import probe_audio
from licklab.service.database import Database
from licklab.service.jobs import Jobs
from licklab.service.listening import Listening
from licklab.service.storage import Storage, needs_room
from licklab.service.tables import ExampleRow, Job

RECORDING = Path(__file__).parent / "recordings" / "third-shelf-blues.mp3"
"""A blues in F, composed for this project; `examples/README.md` tells of it."""

INSTRUMENT = "tenor_sax"
"""Who plays the solo in it."""

TITLE = "Third Shelf Blues"
TAGS = ("example",)


class Example:
    """The use case around the example.

    Parameters
    ----------
    database : Database
        The truth.
    storage : Storage
        The files.
    jobs : Jobs
        Where the job is made.
    """

    def __init__(self, database: Database, storage: Storage, jobs: Jobs) -> None:
        self._database = database
        self._storage = storage
        self._jobs = jobs

    def give_once(self) -> Job | None:
        """Make a job of the example in a library that is used for the first time.

        Several processes may do this at once: one of them does it.

        Returns
        -------
        Job or None
            None where it was given before, also if it is deleted by now, and where the library
            has something in it.
        """
        with self._database.transaction() as session:
            row, is_new = _claim(session)
            if not is_new or session.scalar(select(exists().where(Job.id.is_not(None)))):
                return None
            return self._make(row)

    def give(self) -> Job:
        """Give the job that was made of the example, or make one.

        Returns
        -------
        Job
            The one that is there, whatever has been done with it, or a new one.
        """
        with self._database.transaction() as session:
            row, _ = _claim(session)
            there = None if row.job_id is None else session.get(Job, row.job_id)
            return self._make(row) if there is None else there

    @needs_room("the example")
    def _make(self, row: ExampleRow) -> Job:
        """Make the job in a transaction of its own, while the row is held."""
        upload = self._storage.new_upload()
        try:
            shutil.copyfile(RECORDING, upload)
            job = self._jobs.create(
                upload,
                RECORDING.name,
                probe_audio(upload),
                Listening(INSTRUMENTS[INSTRUMENT]),
                title=TITLE,
                tags=TAGS,
            )
        finally:
            upload.unlink(missing_ok=True)
        row.job_id = job.id
        return job


def _claim(session: Session) -> tuple[ExampleRow, bool]:
    """Hold the row of the example until the transaction ends; say whether it is new."""
    claim = insert(ExampleRow).values(name=RECORDING.stem).on_conflict_do_nothing()
    is_new = session.scalar(claim.returning(ExampleRow.name)) is not None
    return session.get_one(ExampleRow, RECORDING.stem, with_for_update=True), is_new
