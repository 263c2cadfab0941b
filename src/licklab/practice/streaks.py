"""Days of practice: how many in a row, and how much on each of the last weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 12
"""That a chart shows: a season, as long as the longest interval."""


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """How much was practised on a day.

    Attributes
    ----------
    day : date
        The day.
    n_sessions, passes : int
        How many.
    minutes : float
        As far as sessions tell how long they took.
    """

    day: date
    n_sessions: int
    passes: int
    minutes: float


def count_streak(days: Iterable[date], today: date) -> int:
    """Count the days in a row on which was practised.

    Parameters
    ----------
    days : iterable of date
        Days of practice, the latest first; read no further than to the first gap.
    today : date
        Where the player is. A day that is not over yet breaks nothing.

    Returns
    -------
    int
        Up to today, or up to yesterday.

    Examples
    --------
    >>> count_streak([date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 27)], date(2026, 3, 3))
    2
    """
    streak = 0
    wanted = today
    for day in days:
        if day > wanted:
            continue
        if streak == 0 and day == today - timedelta(days=1):
            wanted = day
        if day != wanted:
            break
        streak += 1
        wanted -= timedelta(days=1)
    return streak


def first_day(today: date) -> date:
    """Give the first day of a chart.

    Parameters
    ----------
    today : date
        Where the player is.

    Returns
    -------
    date
        A Monday: the chart ends with the week of today.
    """
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def fill_days(known: Sequence[PracticeDay], today: date) -> tuple[PracticeDay, ...]:
    """List every day of a chart.

    Parameters
    ----------
    known : sequence of PracticeDay
        Those with practice.
    today : date
        The last day.

    Returns
    -------
    tuple of PracticeDay
        From a Monday to today, without gaps.
    """
    by_day = {one.day: one for one in known}
    begin = first_day(today)
    days = (begin + timedelta(days=k) for k in range((today - begin).days + 1))
    return tuple(by_day.get(day, PracticeDay(day, 0, 0, 0.0)) for day in days)
