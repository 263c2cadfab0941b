"""The exercises of a lick, for a page: what they are called, and their music."""

import uuid
from dataclasses import dataclass

from licklab.domain.instrument import find_instrument
from licklab.domain.tab import find_tuning, usual_tuning
from licklab.engraving.style import PageStyle
from licklab.errors import LickError
from licklab.exporting.request import NO_TAB
from licklab.exporting.sheet import lay_out_sheet
from licklab.notation.passage_scores import PassageLook, arrange_passage
from licklab.practice.exercises.exercise import Exercise
from licklab.practice.exercises.for_part import exercises_for_part
from licklab.practice.keys import key_of, put_in_key
from licklab.service.pack_licks import PackLicks
from licklab.service.sheets import VersionedSheet


@dataclass(frozen=True, slots=True)
class LickExercises:
    """The exercises of a lick.

    Attributes
    ----------
    lick_id, job_id : UUID
        The lick, and its job.
    version : int
        Of the notes, beats and changes that they are made of.
    instrument : str
        Id of for whom they are.
    exercises : tuple of Exercise
        In the order in which they are practised.
    """

    lick_id: uuid.UUID
    job_id: uuid.UUID
    version: int
    instrument: str
    exercises: tuple[Exercise, ...]


class Exercises:
    """The use cases around exercises; nothing of them is stored, for they follow from the lick.

    Parameters
    ----------
    licks : PackLicks
        Where licks are drawn.
    """

    def __init__(self, licks: PackLicks) -> None:
        self._licks = licks

    def list(self, lick_id: uuid.UUID, instrument: str | None) -> LickExercises:
        """Make the exercises of a lick.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        instrument : str or None
            For whom; the instrument of the solo if None.

        Returns
        -------
        LickExercises
            In its own key, in the octave of the instrument.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        LickError
            If its notes are no longer there.
        UnknownInstrumentError
            If there is no such instrument.
        """
        drawn = self._licks.draw(lick_id)
        one = find_instrument(instrument or drawn.job.instrument)
        keyed = put_in_key(drawn.passage, key_of(drawn.passage), one.id)
        made = exercises_for_part(keyed.passage, one.id)
        return LickExercises(lick_id, drawn.job.id, drawn.version, one.id, made)

    def sheet(
        self,
        lick_id: uuid.UUID,
        number: int,
        instrument: str | None,
        tab: str | None,
        style: PageStyle,
        id_prefix: str,
    ) -> VersionedSheet:
        """Draw an exercise.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        number : int
            Of the exercise, from 1.
        instrument : str or None
            For whom; the instrument of the solo if None.
        tab : str or None
            A tuning, ``none``, or what the instrument usually has if None.
        style : PageStyle
            How it looks.
        id_prefix : str
            Put before every id.

        Returns
        -------
        VersionedSheet
            Its music; times are those of the exercise, from second 0.

        Raises
        ------
        UnknownLickError
            If there is no such lick.
        LickError
            If it has no such exercise.
        InputError
            If it cannot be drawn so.
        """
        found = self.list(lick_id, instrument)
        if not 1 <= number <= len(found.exercises):
            raise LickError(
                f"want an exercise of the lick, 1 to {len(found.exercises)}; got {number}"
            )
        exercise = found.exercises[number - 1]
        if tab is None:
            tuning = usual_tuning(found.instrument)
        else:
            tuning = None if tab.strip().lower() == NO_TAB else find_tuning(tab)
        look = PassageLook(found.instrument, tuning, title=exercise.title)
        score = arrange_passage(exercise.passage, look)
        sheet = lay_out_sheet(score, style, id_prefix, exercise.passage.key)
        return VersionedSheet(found.job_id, found.version, sheet)
