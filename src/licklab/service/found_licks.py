"""The licks of an assignment, found in their solos."""

import uuid
from dataclasses import dataclass, replace

from licklab.domain.key import Key
from licklab.domain.solo_line import NoteSpan
from licklab.domain.transcription import Transcription
from licklab.errors import LickError
from licklab.service.assignment_rows import AssignedLick
from licklab.service.lick_rows import LickRecord
from licklab.service.selections import choose
from licklab.studying.study import Study


@dataclass(frozen=True, slots=True, eq=False)
class FoundLick:
    """A lick of an assignment, found in its solo.

    Attributes
    ----------
    assigned : AssignedLick
        What the teacher says of it.
    title : str
        What students read.
    job_id : UUID
        Its job.
    version : int
        Of the job's notes, beats and changes.
    study : Study
        Of the solo.
    span : NoteSpan
        The notes of the lick.
    transcription : Transcription
        Of the solo, as it is mended now.
    """

    assigned: AssignedLick
    title: str
    job_id: uuid.UUID
    version: int
    study: Study
    span: NoteSpan
    transcription: Transcription

    @property
    def note_ids(self) -> frozenset[str]:
        """Of the notes of the lick."""
        return frozenset(self.study.line.note_ids[self.span.start : self.span.stop])

    @property
    def bars(self) -> list[int]:
        """Numbers of its bars; none without beats."""
        line = self.study.line
        if not line.has_beats:
            return []
        return sorted({int(line.bar[note]) for note in range(self.span.start, self.span.stop)})

    def keys(self) -> dict[Key, int]:
        """List the keys to practise it in.

        Returns
        -------
        dict of Key to int
            How far each is from the recording, -5 to 6 semitones; empty where the key of the solo
            is not known.
        """
        analysis = self.transcription.analysis
        if analysis is None or analysis.key is None:
            return {}
        home = analysis.key.key
        return {one: home.semitones_to(one) for one in self.assigned.keys}

    def alone(self) -> Transcription:
        """Give the lick without the rest of its solo.

        Returns
        -------
        Transcription
            Its notes alone, with their ids, over the beats and changes of the solo.
        """
        heard, mine = self.transcription, self.note_ids
        notes = tuple(
            replace(note, id=note_id)
            for note, note_id in zip(heard.notes, heard.note_ids, strict=True)
            if note_id in mine
        )
        return replace(heard, notes=notes, warnings=())


@dataclass(frozen=True, slots=True, eq=False)
class FoundSolo:
    """All that is known of a solo.

    Attributes
    ----------
    job_id : UUID
        Its job.
    records : dict of UUID to LickRecord
        Its licks, by their ids.
    study : Study
        Of it.
    version : int
        Of its notes, beats and changes.
    transcription : Transcription
        As it is mended now.
    """

    job_id: uuid.UUID
    records: dict[uuid.UUID, LickRecord]
    study: Study
    version: int
    transcription: Transcription

    def find(self, assigned: AssignedLick) -> FoundLick | None:
        """Find a lick of an assignment.

        Parameters
        ----------
        assigned : AssignedLick
            What the teacher says of it.

        Returns
        -------
        FoundLick or None
            None where it is deleted, or its notes are gone.
        """
        record = None if assigned.lick_id is None else self.records.get(assigned.lick_id)
        if record is None:
            return None
        try:
            span = choose(self.study, record.stretch)
        except LickError:
            return None
        title = assigned.title or record.name or f"Lick {assigned.number}"
        lick = FoundLick(
            assigned, title, self.job_id, self.version, self.study, span, self.transcription
        )
        # Somebody may edit the solo at this moment.
        return lick if lick.note_ids <= set(self.transcription.note_ids) else None
