"""The licks of an assignment as they are now: their notes, and the questions about them."""

import hashlib
import json
import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from licklab.domain.key import Key
from licklab.domain.solo_line import NoteSpan
from licklab.domain.transcription import Transcription
from licklab.errors import LickError
from licklab.notation.parts import find_part
from licklab.notation.passage_playing import passage_line
from licklab.notation.passages import draw_passage
from licklab.practice.questions.asking import ask_questions
from licklab.practice.questions.question import Question
from licklab.practice.questions.written import write_line
from licklab.service.assignment_rows import AssignedLick, Assignment
from licklab.service.jobs import JobFileMissingError, JobNotFoundError, JobStateError
from licklab.service.licks import Licks
from licklab.service.mending import Mending
from licklab.studying.study import Study
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony

GONE = (JobNotFoundError, JobFileMissingError, JobStateError, LickError)
"""Errors that say that a lick is not there at the moment."""

# Twenty assignments of a dozen licks; a few kilobytes each.
_MOST_KEPT = 240


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
            How far each is from the recording, -6 to 5 semitones; empty where the key of the solo
            is not known.
        """
        analysis = self.transcription.analysis
        if analysis is None or analysis.key is None:
            return {}
        home = analysis.key.key.pitch_class
        return {one: (one.pitch_class - home + 6) % 12 - 6 for one in self.assigned.keys}

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


_Key = tuple[uuid.UUID, int, NoteSpan, int, int]


class AssignedLicks:
    """Finds the licks of assignments, and asks about them.

    Parameters
    ----------
    licks : Licks
        Where licks are found.
    mending : Mending
        Where results are read.
    """

    def __init__(self, licks: Licks, mending: Mending) -> None:
        self._licks, self._mending = licks, mending
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
        found = []
        read: dict[uuid.UUID, tuple[int, Transcription]] = {}
        for one in assignment.wishes.licks:
            if one.lick_id is None:
                continue
            try:
                found.append(self._find(one, one.lick_id, read))
            except GONE:
                continue
        return found

    def _find(
        self,
        assigned: AssignedLick,
        lick_id: uuid.UUID,
        read: dict[uuid.UUID, tuple[int, Transcription]],
    ) -> FoundLick:
        job_id, study, span = self._licks.locate(lick_id)
        if job_id not in read:
            mended = self._mending.look_at_notes(job_id)
            read[job_id] = mended.version, mended.transcription
        version, transcription = read[job_id]
        name = assigned.title or self._licks.get(lick_id)[1].name or f"Lick {assigned.number}"
        lick = FoundLick(assigned, name, job_id, version, study, span, transcription)
        if not lick.note_ids <= set(transcription.note_ids):
            # Somebody edits the solo at this moment.
            raise LickError(f"want the notes of the lick {lick_id}, got others")
        return lick

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


def write_questions(
    licks: Sequence[FoundLick], questions: dict[int, tuple[Question, ...]]
) -> list[dict[str, Any]]:
    """Write questions with their right answers, to be read beside what students answered.

    Parameters
    ----------
    licks : sequence of FoundLick
        Of an assignment.
    questions : dict of int to tuple of Question
        By the number of the lick.

    Returns
    -------
    list of dict
        For each lick its number, title and questions.
    """
    return [
        {
            "number": one.assigned.number,
            "title": one.title,
            "questions": [
                {
                    "kind": question.kind.value,
                    "text": question.text,
                    "choices": [choice.text for choice in question.choices],
                    "right": question.answer,
                }
                for question in questions[one.assigned.number]
            ],
        }
        for one in licks
    ]


def version_of(written: Sequence[dict[str, Any]]) -> str:
    """Name a set of questions.

    Parameters
    ----------
    written : sequence of dict
        By `write_questions`.

    Returns
    -------
    str
        The same for the same questions and choices; it tells nothing about which are right.
    """
    asked = [
        [lick["number"], [[one["text"], one["choices"]] for one in lick["questions"]]]
        for lick in written
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]
