"""The days to come as a calendar that other programs subscribe to."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from licklab.formats.ical import CalendarDay, write_calendar
from licklab.practice.forecast import DayPlan

_NAME = "Licks to practise"
# A calendar shows a title in one line.
_NAMED_LICKS = 3


def write_plans(calendar_id: uuid.UUID, plans: Sequence[DayPlan], now: datetime) -> bytes:
    """Write the days to come.

    Parameters
    ----------
    calendar_id : UUID
        Of the player's calendar: with a day, it names an event for all time.
    plans : sequence of DayPlan
        What is to be practised.
    now : datetime, UTC
        When it is written.

    Returns
    -------
    bytes
        As RFC 5545 has it: one event for each day with something to practise.
    """
    days = [_day(calendar_id, plan) for plan in plans]
    return write_calendar(_NAME, days, now)


def _day(calendar_id: uuid.UUID, plan: DayPlan) -> CalendarDay:
    keys: dict[uuid.UUID, list[str]] = {}
    names: dict[uuid.UUID, str] = {}
    for pairs, note in ((plan.due, ""), (plan.new, " (new)")):
        for lick, card in pairs:
            names[lick.id] = lick.name
            keys.setdefault(lick.id, []).append(f"{card.key.tonic}{note}")
    lines = tuple(f"{names[lick_id]}: {', '.join(some)}" for lick_id, some in keys.items())
    shown = [f"{names[lick_id]}" for lick_id in list(keys)[:_NAMED_LICKS]]
    left = len(keys) - len(shown)
    title = f"Practise {', '.join(shown)}" + (f" and {left} more" if left else "")
    return CalendarDay(f"{plan.day:%Y%m%d}-{calendar_id}@licklab", plan.day, title, lines)
