"""Sheets of results, the last ones kept: who practises goes back and forth between keys."""

import uuid
from dataclasses import dataclass, replace

from licklab.domain.score import Score
from licklab.domain.transcription import Transcription
from licklab.exporting.request import ExportRequest
from licklab.exporting.sheet import Sheet, make_sheet, write_for_sheet
from licklab.notation.arrange import ScoreOptions
from licklab.notation.rhythm import Rhythm, read_rhythm
from licklab.service.keeping import Kept
from licklab.service.licks import Licks
from licklab.service.mending import Mending

# A sheet of 200 bars takes some megabytes: its score, its music, its drawings.
_MOST_SHEETS = 24
# The licks of a page are bars of the same part, and the keys of a part are of the same solo.
_MOST_PARTS = 6
_MOST_SOLOS = 6


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """What somebody wants to see of a job.

    Attributes
    ----------
    export : ExportRequest
        Which part of it and how it looks.
    id_prefix : str
        Put before every id.
    """

    export: ExportRequest
    id_prefix: str = ""


@dataclass(frozen=True, slots=True)
class VersionedSheet:
    """A sheet and what it was made of.

    Attributes
    ----------
    job_id : UUID
        The job.
    version : int
        Of the notes, beats and changes.
    sheet : Sheet
        As it is written; its lines are drawn when somebody asks for them.
    lick_ids : frozenset of str or None
        Ids of the notes of the lick that it is about; None where it is about none.
    """

    job_id: uuid.UUID
    version: int
    sheet: Sheet
    lick_ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class _Solo:
    """What the sheets of all parts are made of."""

    version: int
    heard: Transcription
    rhythm: Rhythm


_SheetKey = tuple[uuid.UUID, int, SheetRequest, frozenset[str] | None]
_PartKey = tuple[uuid.UUID, int, ScoreOptions, str | None]


class Sheets:
    """Sheets by job, version and what is wanted; what has another version is another sheet.

    Parameters
    ----------
    mending : Mending
        Where results are read.
    licks : Licks
        Where licks are found.
    """

    def __init__(self, mending: Mending, licks: Licks) -> None:
        self._mending, self._licks = mending, licks
        self._sheets: Kept[_SheetKey, Sheet] = Kept(_MOST_SHEETS)
        self._parts: Kept[_PartKey, Score] = Kept(_MOST_PARTS)
        self._solos: Kept[tuple[uuid.UUID, int], _Solo] = Kept(_MOST_SOLOS)

    def of_job(self, job_id: uuid.UUID, request: SheetRequest) -> VersionedSheet:
        """Write a result, to be drawn line by line.

        Parameters
        ----------
        job_id : UUID
            The job.
        request : SheetRequest
            What somebody wants to see.

        Returns
        -------
        VersionedSheet
            Of the result as it is mended now.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        JobFileMissingError
            If the file of the result is not there.
        InputError
            If it cannot be written so.
        """
        return self._draw(job_id, request, None)

    def of_lick(self, lick_id: uuid.UUID, request: SheetRequest) -> VersionedSheet:
        """Write the bars of a lick, to be drawn line by line.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        request : SheetRequest
            What somebody wants to see.

        Returns
        -------
        VersionedSheet
            Of the job's result as it is mended now.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        JobFileMissingError
            If the file of the job's result is not there.
        InputError
            If its notes are no longer there, or it cannot be written so.
        """
        job_id, study, span = self._licks.locate(lick_id)
        return self._draw(job_id, request, frozenset(study.line.note_ids[span.start : span.stop]))

    def _draw(
        self, job_id: uuid.UUID, request: SheetRequest, lick_ids: frozenset[str] | None
    ) -> VersionedSheet:
        version = self._mending.version_of(job_id)
        solo = self._solos.get((job_id, version), lambda: self._read(job_id))
        export = request.export
        part = replace(export.score, first_bar=None, last_bar=None, title="", composer="")

        def write() -> Score:
            return write_for_sheet(solo.heard, export, solo.rhythm)

        def draw() -> Sheet:
            written = self._parts.get((job_id, solo.version, part, export.tab), write)
            return make_sheet(solo.heard, export, request.id_prefix, lick_ids, written)

        sheet = self._sheets.get((job_id, solo.version, request, lick_ids), draw)
        return VersionedSheet(job_id, solo.version, sheet, lick_ids)

    def _read(self, job_id: uuid.UUID) -> _Solo:
        # Somebody may have changed it meanwhile: then it is of a newer version than was asked for.
        mended = self._mending.look_at_notes(job_id)
        return _Solo(mended.version, mended.transcription, read_rhythm(mended.transcription))
