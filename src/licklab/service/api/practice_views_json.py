"""The views of practice as the API gives them: today's list, keys by tempos, days."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from licklab.domain.practice_log import PractisedLick
from licklab.practice.cards import Card
from licklab.practice.heat_map import Cell
from licklab.practice.streaks import PracticeDay
from licklab.practice.tempos import suggest_tempo
from licklab.practice.today import Task, TaskKind
from licklab.service.api.practice_json import PractisedLickOut, rounded
from licklab.service.practice_overview import LickProgress, Progress, TodaysList


class CellOut(BaseModel):
    """A field of the heat map."""

    from_share: float = Field(description="Of the target tempo, where its column begins.")
    sessions: int
    clean: int

    @classmethod
    def from_cell(cls, cell: Cell) -> "CellOut":
        """Show a field.

        Parameters
        ----------
        cell : Cell
            The field.

        Returns
        -------
        CellOut
            The same as JSON.
        """
        return cls(from_share=cell.from_share, sessions=cell.n_sessions, clean=cell.n_clean)


class CardOut(BaseModel):
    """A lick in one key, and how far it has come there."""

    key: str
    semitones: int = Field(ge=-5, le=6, description="From the recording, in the nearest octave.")
    position: int | None = Field(description="Place in the order; null: not on the schedule.")
    introduced_on: date | None = Field(description="First day of practice; null: new.")
    practised_on: date | None
    due_on: date | None = Field(description="When it comes back; null: new.")
    interval_days: int | None
    sessions: int
    missed: int = Field(description="Sessions with a slip since the last clean one.")
    last_bpm: float | None
    last_clean_bpm: float | None
    best_clean_bpm: float | None
    best_share: float | None = Field(description="Best clean tempo, of the target.")
    last_accuracy: float | None
    suggested_bpm: float | None = Field(description="To begin with; null where no tempo is known.")

    @classmethod
    def members(cls, lick: PractisedLick, card: Card) -> dict[str, Any]:
        """Tell of a card.

        Parameters
        ----------
        lick : PractisedLick
            Its lick.
        card : Card
            One of its keys.

        Returns
        -------
        dict
            The members of this class.
        """
        memory = None if card.state is None else card.state.memory
        facts = None if card.state is None else card.state.facts
        best = None if facts is None else facts.best_clean_bpm
        share = None if best is None or lick.target_bpm is None else best / lick.target_bpm
        return {
            "key": str(card.key),
            "semitones": lick.home_key.semitones_to(card.key),
            "position": card.position,
            "introduced_on": memory and memory.introduced_on,
            "practised_on": memory and memory.practised_on,
            "due_on": memory and memory.due_on,
            "interval_days": memory and memory.interval_days,
            "sessions": 0 if facts is None else facts.n_sessions,
            "missed": 0 if facts is None else facts.n_missed,
            "last_bpm": facts and facts.last_bpm,
            "last_clean_bpm": facts and facts.last_clean_bpm,
            "best_clean_bpm": best,
            "best_share": rounded(share),
            "last_accuracy": facts and facts.last_accuracy,
            "suggested_bpm": suggest_tempo(facts, lick.target_bpm),
        }


class TaskOut(CardOut):
    """A key of a lick that is to be practised today."""

    lick: PractisedLickOut
    kind: TaskKind
    reason: str = Field(description="Why it is on the list, as a sentence.")

    @classmethod
    def from_task(cls, task: Task, *, is_there: bool) -> "TaskOut":
        """Show a task.

        Parameters
        ----------
        task : Task
            The task.
        is_there : bool
            Whether its lick can be looked at.

        Returns
        -------
        TaskOut
            The same as JSON.
        """
        return cls(
            lick=PractisedLickOut.from_lick(task.lick, is_there=is_there),
            kind=task.kind,
            reason=task.reason,
            **cls.members(task.lick, task.card),
        )


class TodayOut(BaseModel):
    """What is to be practised today: what is due, then what is new."""

    day: date
    time_zone: str
    due: int = Field(description="Keys that are due, also those that are not listed.")
    new: int = Field(description="Keys that are listed and were never played.")
    practised: int = Field(description="Keys that were practised today.")
    items: list[TaskOut]

    @classmethod
    def from_list(cls, found: TodaysList) -> "TodayOut":
        """Show a list.

        Parameters
        ----------
        found : TodaysList
            The list.

        Returns
        -------
        TodayOut
            The same as JSON.
        """
        return cls(
            day=found.day,
            time_zone=found.time_zone,
            due=found.n_due,
            new=found.n_new,
            practised=found.n_practised,
            items=[
                TaskOut.from_task(one, is_there=one.lick.id in found.there) for one in found.tasks
            ],
        )


class RowOut(CardOut):
    """A row of the heat map of a lick."""

    cells: list[CellOut] = Field(description="Fields that were played in, slowest first.")


class LickProgressOut(BaseModel):
    """How far a lick has come."""

    lick: PractisedLickOut
    rows: list[RowOut] = Field(description="Keys in their order, then those off the schedule.")

    @classmethod
    def from_progress(cls, one: LickProgress) -> "LickProgressOut":
        """Show how far a lick has come.

        Parameters
        ----------
        one : LickProgress
            How far.

        Returns
        -------
        LickProgressOut
            The same as JSON.
        """
        return cls(
            lick=PractisedLickOut.from_lick(one.lick, is_there=one.is_there),
            rows=[
                RowOut(
                    cells=[CellOut.from_cell(cell) for cell in cells],
                    **RowOut.members(one.lick, card),
                )
                for card, cells in zip(one.cards, one.cells, strict=True)
            ],
        )


class DayOut(BaseModel):
    """How much was practised on a day."""

    day: date
    sessions: int
    passes: int
    minutes: float = Field(description="As far as sessions tell how long they took.")

    @classmethod
    def from_day(cls, one: PracticeDay) -> "DayOut":
        """Show a day.

        Parameters
        ----------
        one : PracticeDay
            The day.

        Returns
        -------
        DayOut
            The same as JSON.
        """
        return cls(
            day=one.day, sessions=one.n_sessions, passes=one.passes, minutes=round(one.minutes, 2)
        )


class ProgressOut(BaseModel):
    """How far all of it has come."""

    day: date
    streak_days: int = Field(description="Days in a row, up to today or yesterday.")
    days: list[DayOut] = Field(description="Of the last twelve weeks, from a Monday to today.")
    bands: list[float] = Field(description="Where the columns of the heat maps begin.")
    licks: list[LickProgressOut]
    next: str | None = Field(description="Give it as `cursor` for more licks; null on the last.")


def progress_out(found: Progress, bands: tuple[float, ...]) -> ProgressOut:
    """Show how far all of it has come.

    Parameters
    ----------
    found : Progress
        How far.
    bands : tuple of float
        Where the columns of the heat maps begin.

    Returns
    -------
    ProgressOut
        The same as JSON.
    """
    return ProgressOut(
        day=found.day,
        streak_days=found.streak_days,
        days=[DayOut.from_day(one) for one in found.days],
        bands=list(bands),
        licks=[LickProgressOut.from_progress(one) for one in found.licks],
        next=found.next,
    )
