"""One card for each lick and key: what follows from its sessions.

In go the sessions of a lick in one key, in any order; out comes what is believed of the memory, and
the tempos. Only the set of sessions counts: brought in another order, or twice, they give the same.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from licklab.domain.key import Key
from licklab.domain.practice_log import PracticeSession
from licklab.practice.grades import grade_day, grade_session
from licklab.practice.schedule import Memory, review


@dataclass(frozen=True, slots=True)
class TempoCount:
    """How often something was played at a tempo.

    Attributes
    ----------
    tempo_bpm : int
        As a metronome shows it.
    n_sessions, n_clean : int
        How many sessions, and how many without a slip.
    """

    tempo_bpm: int
    n_sessions: int
    n_clean: int


@dataclass(frozen=True, slots=True)
class TempoFacts:
    """What the sessions in a key tell of tempo and accuracy.

    Attributes
    ----------
    last_bpm : float
        Of the last session.
    last_passes : int
        Of the last session.
    last_accuracy : float or None
        The last that was measured.
    last_clean_bpm, best_clean_bpm : float or None
        Of the last clean session, and of the fastest; None before the first.
    n_missed : int
        Sessions with a slip since the last clean one.
    tempos : tuple of TempoCount
        Slowest first; all sessions are counted in them.
    """

    last_bpm: float
    last_passes: int
    last_accuracy: float | None
    last_clean_bpm: float | None
    best_clean_bpm: float | None
    n_missed: int
    tempos: tuple[TempoCount, ...] = ()

    @property
    def n_sessions(self) -> int:
        """How many there were."""
        return sum(one.n_sessions for one in self.tempos)


@dataclass(frozen=True, slots=True)
class CardState:
    """What follows from the sessions of a card.

    Attributes
    ----------
    memory : Memory
        When it comes back.
    facts : TempoFacts
        How fast it went.
    """

    memory: Memory
    facts: TempoFacts


@dataclass(frozen=True, slots=True)
class Card:
    """A lick in one key.

    Attributes
    ----------
    lick_id : UUID
        The lick.
    key : Key
        The key.
    position : int or None
        Place of the key in the order of the lick, from 0; None when it is not on the schedule.
    state : CardState or None
        None before its first session: it is new, and due never.
    """

    lick_id: uuid.UUID
    key: Key
    position: int | None
    state: CardState | None = None

    @property
    def due_on(self) -> date | None:
        """When it comes back; None of a new one."""
        return None if self.state is None else self.state.memory.due_on


def latest_day(today: date) -> date:
    """Give the last day that it may be anywhere.

    Parameters
    ----------
    today : date
        Somewhere.

    Returns
    -------
    date
        The one after the next: zones are up to 26 hours apart, and clocks not quite exact.
    """
    return today + timedelta(days=2)


def replay(
    sessions: Iterable[PracticeSession], target_bpm: float | None, today: date
) -> CardState | None:
    """Work out what follows from the sessions of a card.

    Parameters
    ----------
    sessions : iterable of PracticeSession
        Of one lick and key, in any order. One that comes twice counts once.
    target_bpm : float or None
        Tempo at which the lick is mastered.
    today : date
        Anywhere. Sessions of days that are still to come, by a clock that was wrong, do not count.

    Returns
    -------
    CardState or None
        None without sessions.
    """
    last_day = latest_day(today)
    once = {one.id: one for one in sessions if one.day <= last_day}
    ordered = sorted(once.values(), key=lambda one: (one.played_at, one.id))
    memory: Memory | None = None
    facts: TempoFacts | None = None
    for day, of_day in groupby(_on_days(ordered), key=lambda pair: pair[0]):
        grades = []
        for _, session in of_day:
            grades.append(grade_session(session, target_bpm))
            facts = _with_session(facts, session)
        memory = review(memory, day, grade_day(grades))
    return None if memory is None or facts is None else CardState(memory, facts)


def _on_days(ordered: Iterable[PracticeSession]) -> Iterable[tuple[date, PracticeSession]]:
    """Pair sessions with days that never go back.

    Who flies to the west has one day twice: what is played there at a date that has passed belongs
    to the day before it.
    """
    last = date.min
    for one in ordered:
        last = max(last, one.day)
        yield last, one


def _with_session(facts: TempoFacts | None, session: PracticeSession) -> TempoFacts:
    if facts is None:
        facts = TempoFacts(session.tempo_bpm, 0, None, None, None, 0)
    accuracy = facts.last_accuracy if session.accuracy is None else session.accuracy
    facts = replace(
        facts,
        last_bpm=session.tempo_bpm,
        last_passes=session.passes,
        last_accuracy=accuracy,
        n_missed=0 if session.is_clean else facts.n_missed + 1,
        tempos=_counted(facts.tempos, session),
    )
    if not session.is_clean:
        return facts
    best = max(session.tempo_bpm, facts.best_clean_bpm or 0.0)
    return replace(facts, last_clean_bpm=session.tempo_bpm, best_clean_bpm=best)


def _counted(counts: tuple[TempoCount, ...], session: PracticeSession) -> tuple[TempoCount, ...]:
    by_tempo = {one.tempo_bpm: one for one in counts}
    tempo_bpm = round(session.tempo_bpm)
    before = by_tempo.get(tempo_bpm, TempoCount(tempo_bpm, 0, 0))
    n_clean = before.n_clean + session.is_clean
    by_tempo[tempo_bpm] = TempoCount(tempo_bpm, before.n_sessions + 1, n_clean)
    return tuple(by_tempo[tempo] for tempo in sorted(by_tempo))
