"""The licks of an assignment as they are now: their notes, and the questions about them."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy import select

from licklab.domain.solo_line import NoteSpan
from licklab.errors import LickError
from licklab.notation.parts import find_part
from licklab.notation.passage_playing import passage_line
from licklab.notation.passages import draw_passage
from licklab.practice.part_lines import write_line
from licklab.practice.questions.asking import ask_questions
from licklab.practice.questions.question import Question
from licklab.service.assignment_rows import Assignment
from licklab.service.database import Database
from licklab.service.found_licks import FoundLick, FoundSolo
from licklab.service.jobs import JobFileMissingError, JobNotFoundError, JobStateError
from licklab.service.lick_tables import LickRow
from licklab.service.licks import Licks
from licklab.service.mending import Mending
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony

GONE = (JobNotFoundError, JobFileMissingError, JobStateError, LickError)
"""Errors that say that a lick is not there at the moment."""

# Twenty assignments of a dozen licks; a few kilobytes each.
_MOST_KEPT = 240


_Key = tuple[uuid.UUID, int, NoteSpan, int, int]


class AssignedLicks:
    """Finds the licks of assignments, and asks about them.

    Parameters
    ----------
    database : Database
        The truth.
    licks : Licks
        Where licks are found.
    mending : Mending
        Where results are read.
    """

    def __init__(self, database: Database, licks: Licks, mending: Mending) -> None:
        self._database, self._licks, self._mending = database, licks, mending
        self._kept: OrderedDict[_Key, tuple[Question, ...]] = OrderedDict()
        self._keeping = threading.Lock()

    def find(self, assignment: Assignment) -> list[FoundLick]:
        """Find all licks of an assignment that are there.

        Parameters
        ----------
        assignment : Assignment
            Which.

        Returns
        -------
        list of FoundLick
            In order, without those that are gone.
        """
        wanted = [one.lick_id for one in assignment.wishes.licks if one.lick_id is not None]
        with self._database.reading() as session:
            query = select(LickRow.id, LickRow.job_id).where(LickRow.id.in_(wanted))
            job_of = {row.id: row.job_id for row in session.execute(query)}
        solos = {job_id: self._read(job_id) for job_id in set(job_of.values())}
        found = []
        for one in assignment.wishes.licks:
            solo = solos.get(job_of[one.lick_id]) if one.lick_id in job_of else None
            lick = None if solo is None else solo.find(one)
            if lick is not None:
                found.append(lick)
        return found

    def _read(self, job_id: uuid.UUID) -> FoundSolo | None:
        """Read all that is known of a solo; None where it is gone."""
        try:
            records = self._licks.list(job_id).licks
            study, _ = self._licks.select(job_id, None)
            mended = self._mending.look_at_notes(job_id)
        except GONE:
            return None
        known = {one.id: one for one in records}
        return FoundSolo(job_id, known, study, mended.version, mended.transcription)

    def ask(
        self, assignment: Assignment, licks: Sequence[FoundLick], part: str | None
    ) -> dict[int, tuple[Question, ...]]:
        """Ask about the licks of an assignment.

        Parameters
        ----------
        assignment : Assignment
            Whose seed counts: all students are asked the same.
        licks : sequence of FoundLick
            Of it.
        part : str or None
            In whose names; the assignment's, or each lick's own, if None.

        Returns
        -------
        dict of int to tuple of Question
            By the number of the lick; none of a lick without questions.

        Raises
        ------
        PartError
            If there is no such part.
        """
        return {
            one.assigned.number: self._ask(assignment, one, part)
            if one.assigned.has_questions
            else ()
            for one in licks
        }

    def _ask(
        self, assignment: Assignment, lick: FoundLick, part: str | None
    ) -> tuple[Question, ...]:
        line = lick.study.line
        pitches = line.pitch_midi[lick.span.start : lick.span.stop].tolist()
        wanted = find_part(part or assignment.wishes.part, lick.transcription.instrument, pitches)
        semitones = wanted.transposition_semitones % 12
        seed = (assignment.id.int + lick.assigned.number) % 2**32
        key = (lick.job_id, lick.version, lick.span, semitones, seed)
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        moved = write_line(line, semitones)
        analysis = lick.study.analysis
        if moved is not line:
            analysis = analyze_line(
                moved, analyze_harmony(moved.chords, moved.key, moved.beats_per_bar)
            )
        on_page = passage_line(draw_passage(lick.alone(), lick.note_ids))
        made = ask_questions(moved, analysis, lick.span, seed=seed, written=on_page)
        with self._keeping:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made
