"""Between what was practised and its rows."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    KeyOrder,
    PracticeSession,
    PracticeSettings,
    PracticeSource,
    PractisedLick,
)
from licklab.practice.cards import Card, CardState, TempoCount, TempoFacts, replay
from licklab.practice.schedule import Memory
from licklab.service.moment_cursors import in_utc
from licklab.service.practice_tables import (
    PracticeCardRow,
    PracticeSessionRow,
    PracticeSettingsRow,
    PractisedLickRow,
)

# There are 36 keys, and lists of thousands of cards.
_key = lru_cache(Key.parse)


def settings_row(session: Session, *, lock: bool = False) -> PracticeSettingsRow:
    """Read the one row of settings.

    Parameters
    ----------
    session : Session
        To read in.
    lock : bool, optional
        Whether others who lock it wait until the transaction ends.

    Returns
    -------
    PracticeSettingsRow
        There from the beginning.
    """
    return session.get_one(PracticeSettingsRow, True, with_for_update=lock or None)  # noqa: FBT003 - the key


def settings_of(row: PracticeSettingsRow) -> PracticeSettings:
    """Read what the player wishes.

    Parameters
    ----------
    row : PracticeSettingsRow
        The row.

    Returns
    -------
    PracticeSettings
        The same as a value.
    """
    return PracticeSettings(row.time_zone, row.new_keys_a_day, KeyOrder(row.key_order))


def write_settings(row: PracticeSettingsRow, settings: PracticeSettings) -> None:
    """Write what the player wishes.

    Parameters
    ----------
    row : PracticeSettingsRow
        The row.
    settings : PracticeSettings
        What it is to say.
    """
    row.time_zone, row.new_keys_a_day = settings.time_zone, settings.new_keys_a_day
    row.key_order = settings.order.value


def session_of(row: PracticeSessionRow | Row[Any]) -> PracticeSession:
    """Read a session.

    Parameters
    ----------
    row : PracticeSessionRow or Row
        The row, or all of its columns.

    Returns
    -------
    PracticeSession
        The same as a value.
    """
    return PracticeSession(
        id=row.id,
        lick_id=row.lick_id,
        lick_name=row.lick_name,
        key=_key(row.key),
        # The database's own zone depends on its server.
        played_at=in_utc(row.played_at),
        time_zone=row.time_zone,
        tempo_bpm=row.tempo_bpm,
        original_bpm=row.original_bpm,
        is_clean=row.is_clean,
        accuracy=row.accuracy,
        passes=row.passes,
        duration_sec=row.duration_sec,
        source=PracticeSource(row.source),
    )


def session_values(played: PracticeSession) -> dict[str, Any]:
    """Write a session as the values of a row.

    Parameters
    ----------
    played : PracticeSession
        The session.

    Returns
    -------
    dict
        By column.
    """
    return {
        "id": played.id,
        "lick_id": played.lick_id,
        "lick_name": played.lick_name,
        "key": str(played.key),
        "played_at": played.played_at,
        "time_zone": played.time_zone,
        "played_on": played.day,
        "tempo_bpm": played.tempo_bpm,
        "original_bpm": played.original_bpm,
        "is_clean": played.is_clean,
        "accuracy": played.accuracy,
        "passes": played.passes,
        "duration_sec": played.duration_sec,
        "source": played.source.value,
    }


def lick_of(row: PractisedLickRow, keys: Sequence[str]) -> PractisedLick:
    """Read a lick that is practised.

    Parameters
    ----------
    row : PractisedLickRow
        The row.
    keys : sequence of str
        Those on the schedule, in their order.

    Returns
    -------
    PractisedLick
        With its keys.
    """
    return PractisedLick(
        id=row.id,
        name=row.name,
        home_key=_key(row.home_key),
        keys=tuple(map(_key, keys)),
        order=KeyOrder(row.key_order),
        added_at=in_utc(row.added_at),
        original_bpm=row.original_bpm,
        target_bpm=row.target_bpm,
        job_id=row.job_id,
        job_title=row.job_title,
        bars=tuple(row.bars),
    )


def lick_values(lick: PractisedLick, *, is_from_here: bool) -> dict[str, Any]:
    """Write a lick as the values of a row; its keys are cards.

    Parameters
    ----------
    lick : PractisedLick
        The lick.
    is_from_here : bool
        Whether it is, or was, a lick of this service.

    Returns
    -------
    dict
        By column.
    """
    return {
        "id": lick.id,
        "is_from_here": is_from_here,
        "name": lick.name,
        "home_key": str(lick.home_key),
        "key_order": lick.order.value,
        "added_at": lick.added_at,
        "original_bpm": lick.original_bpm,
        "target_bpm": lick.target_bpm,
        "job_id": lick.job_id,
        "job_title": lick.job_title,
        "bars": list(lick.bars),
    }


def card_of(row: PracticeCardRow) -> Card:
    """Read a card.

    Parameters
    ----------
    row : PracticeCardRow
        The row.

    Returns
    -------
    Card
        The same as a value.
    """
    return Card(row.lick_id, _key(row.key), row.position, _state_of(row))


def cards_by_lick(
    session: Session, lick_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[PracticeCardRow]]:
    """Read all cards of some licks.

    Parameters
    ----------
    session : Session
        To read in.
    lick_ids : collection of UUID
        The licks.

    Returns
    -------
    dict of UUID to list of PracticeCardRow
        For each lick.
    """
    found: dict[uuid.UUID, list[PracticeCardRow]] = {one: [] for one in lick_ids}
    query = select(PracticeCardRow).where(PracticeCardRow.lick_id.in_(found))
    for row in session.scalars(query.execution_options(populate_existing=True)):
        found[row.lick_id].append(row)
    return found


def keys_by_lick(session: Session, lick_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Read the keys of some licks that are on the schedule.

    Parameters
    ----------
    session : Session
        To read in.
    lick_ids : collection of UUID
        The licks.

    Returns
    -------
    dict of UUID to list of str
        For each lick, in their order.
    """
    found: dict[uuid.UUID, list[str]] = {one: [] for one in lick_ids}
    card = PracticeCardRow
    query = select(card.lick_id, card.key).where(card.lick_id.in_(found))
    for lick_id, key in session.execute(
        query.where(card.position.is_not(None)).order_by(card.position)
    ):
        found[lick_id].append(key)
    return found


def plan_keys(session: Session, lick_id: uuid.UUID, keys: Sequence[Key]) -> None:
    """Put keys of a lick on the schedule, in their order, and take all others off it.

    Parameters
    ----------
    session : Session
        In a transaction that holds the lick's lock.
    lick_id : UUID
        The lick.
    keys : sequence of Key
        Those to learn; what was played in others stays.
    """
    places = {str(key): place for place, key in enumerate(keys)}
    for row in cards_by_lick(session, [lick_id])[lick_id]:
        row.position = places.pop(row.key, None)
        if row.position is None and row.due_on is None:
            session.delete(row)
    session.add_all(
        PracticeCardRow(lick_id=lick_id, key=key, position=place) for key, place in places.items()
    )
    session.flush()


def replay_cards(
    session: Session, lick: PractisedLickRow, today: date, keys: Collection[str] | None = None
) -> None:
    """Work out anew what follows from the sessions of a lick.

    Parameters
    ----------
    session : Session
        In a transaction that holds the lick's lock.
    lick : PractisedLickRow
        The lick.
    today : date
        Anywhere.
    keys : collection of str, optional
        Only the cards of these keys; all of them if omitted.
    """
    # Plain rows: nothing of them is changed, and there may be thousands.
    query = select(PracticeSessionRow.__table__).where(PracticeSessionRow.lick_id == lick.id)
    rows = {one.key: one for one in cards_by_lick(session, [lick.id])[lick.id]}
    if keys is not None:
        query = query.where(PracticeSessionRow.key.in_(keys))
    played: dict[str, list[PracticeSession]] = {key: [] for key in keys or rows}
    for one in session.execute(query):
        played.setdefault(one.key, []).append(session_of(one))
    for key, sessions in played.items():
        row = rows.get(key)
        if row is None and not sessions:
            continue
        if row is None:
            row = PracticeCardRow(lick_id=lick.id, key=key)
            session.add(row)
        _write_state(row, replay(sessions, lick.target_bpm, today))
        if not sessions and row.position is None:
            session.delete(row)
    session.flush()


def _state_of(row: PracticeCardRow) -> CardState | None:
    if row.facts is None:
        return None
    assert row.introduced_on is not None  # all are written together
    assert row.practised_on is not None
    assert row.due_on is not None
    assert row.stability_days is not None
    assert row.difficulty is not None
    assert row.n_days is not None
    memory = Memory(
        row.introduced_on, row.practised_on, row.due_on, row.stability_days, row.difficulty,
        row.n_days,
    )  # fmt: skip
    tempos = tuple(TempoCount(*one) for one in row.facts["tempos"])
    return CardState(memory, TempoFacts(**{**row.facts, "tempos": tempos}))


def _write_state(row: PracticeCardRow, state: CardState | None) -> None:
    for name in Memory.__dataclass_fields__:
        setattr(row, name, None if state is None else getattr(state.memory, name))
    row.facts = None if state is None else _facts_to_json(state.facts)


def _facts_to_json(facts: TempoFacts) -> dict[str, Any]:
    document = {name: getattr(facts, name) for name in TempoFacts.__dataclass_fields__}
    tempos = [(one.tempo_bpm, one.n_sessions, one.n_clean) for one in facts.tempos]
    return {**document, "tempos": tempos}
