"""When a key of a lick comes back, by FSRS (Free Spaced Repetition Scheduler, version 6).

In go days with a grade each, out comes what is believed of the memory and the day on which it is to
be refreshed. All is counted in whole days where the player is: neither the hours between two
sessions nor a change of the clock plays a part.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import fsrs

from licklab.errors import ShapeError
from licklab.practice.grades import Grade

LONGEST_INTERVAL_DAYS = 90
"""Fingers forget what the head still knows, so that each key is played once in a season at least.
With 100 licks in 12 keys that are 13 keys a day in the end, half an hour at two minutes each; 60
days would make it 20 keys."""

WANTED_RETENTION = 0.9
"""A key comes back when the chance that it is still there has fallen to this; what FSRS is fitted
for."""

# No steps of minutes: within a day the ladder repeats. No random days: the same log gives the same
# schedule on every machine, and new keys come by ones and twos anyway.
_SCHEDULER = fsrs.Scheduler(
    desired_retention=WANTED_RETENTION,
    learning_steps=(),
    relearning_steps=(),
    maximum_interval=LONGEST_INTERVAL_DAYS,
    enable_fuzzing=False,
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is believed of a memory after some days of practice.

    Attributes
    ----------
    introduced_on : date
        First day of practice.
    practised_on : date
        Last day of practice.
    due_on : date
        When it is to be refreshed; after the last day of practice, 90 days at most.
    stability_days : float
        Days until the chance that it is still there has fallen to nine in ten.
    difficulty : float, 1 to 10
        How hard it is to keep.
    n_days : int
        Days of practice.
    """

    introduced_on: date
    practised_on: date
    due_on: date
    stability_days: float
    difficulty: float
    n_days: int

    @property
    def interval_days(self) -> int:
        """From the last day of practice to the day it is due."""
        return (self.due_on - self.practised_on).days


def review(memory: Memory | None, day: date, grade: Grade) -> Memory:
    """Take a day of practice into account.

    Parameters
    ----------
    memory : Memory or None
        As it was; None before the first day.
    day : date
        When it was practised, after the last day.
    grade : Grade
        Of the day.

    Returns
    -------
    Memory
        For equal memories, due never sooner after a higher grade.

    Raises
    ------
    ShapeError
        If the day is not after the last one.
    """
    card = fsrs.Card(card_id=0, due=_at(day))
    if memory is not None:
        if day <= memory.practised_on:
            raise ShapeError(f"want a day after {memory.practised_on}, got {day}")
        card.state, card.step = fsrs.State.Review, None
        card.stability, card.difficulty = memory.stability_days, memory.difficulty
        card.last_review = _at(memory.practised_on)
    after, _ = _SCHEDULER.review_card(card, fsrs.Rating(grade.value), _at(day))
    assert after.stability is not None
    assert after.difficulty is not None
    # What was lost comes back on the next day, as a step of relearning.
    due_on = day + timedelta(days=1) if grade is Grade.AGAIN else after.due.date()
    return Memory(
        introduced_on=day if memory is None else memory.introduced_on,
        practised_on=day,
        due_on=due_on,
        # Nobody has seen it kept for longer than the longest interval: a belief in years would
        # outlast a slip.
        stability_days=min(after.stability, LONGEST_INTERVAL_DAYS),
        difficulty=after.difficulty,
        n_days=1 if memory is None else memory.n_days + 1,
    )


def retention_on(memory: Memory, day: date) -> float:
    """Estimate the chance that something is still there.

    Parameters
    ----------
    memory : Memory
        As it was after the last day of practice.
    day : date
        When.

    Returns
    -------
    float, 0 to 1
        1 on the last day of practice and before.
    """
    card = fsrs.Card(card_id=0, state=fsrs.State.Review, due=_at(memory.due_on))
    card.stability, card.last_review = memory.stability_days, _at(memory.practised_on)
    return _SCHEDULER.get_card_retrievability(card, _at(day))


def _at(day: date) -> datetime:
    """Give FSRS, which counts from moment to moment, one that stands for a day."""
    return datetime.combine(day, time(), UTC)
