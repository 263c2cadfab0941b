"""A practice log as JSON of schema `licklab.practice/1`: what one takes away and brings again.

Members may be added to the schema, never changed or removed. When a key comes back is not in it:
that follows from the sessions.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from licklab.domain.key import Key
from licklab.domain.practice_log import (
    KeyOrder,
    PracticeLog,
    PracticeSession,
    PracticeSettings,
    PracticeSource,
    PractisedLick,
    plain_key,
)
from licklab.errors import PracticeError, SchemaError
from licklab.formats.document_members import Members

SCHEMA = "licklab.practice/1"
MEDIA_TYPE = "application/json"
MOST_SESSIONS = 100_000
"""In one file: fifty a day for five years."""
MOST_LICKS = 10_000
"""In one file."""

_N_KEYS = 12
_MOST_BARS = 2
_MOST_BAR = 1_000_000
_Value = TypeVar("_Value")


def write_log(
    settings: PracticeSettings,
    licks: Iterable[PractisedLick],
    sessions: Iterable[PracticeSession],
) -> Iterator[bytes]:
    """Write a log piece by piece: a long one need not lie in memory.

    Parameters
    ----------
    settings : PracticeSettings
        What the player wishes.
    licks : iterable of PractisedLick
        In the order in which they came.
    sessions : iterable of PracticeSession
        In the order in which they were played.

    Yields
    ------
    bytes
        Parts of one document, which has a lick or a session on each line.
    """
    yield f'{{"schema":"{SCHEMA}","settings":{_dump(_write_settings(settings))},'.encode()
    yield from _write_list("licks", map(_write_lick, licks))
    yield b","
    yield from _write_list("sessions", map(write_session, sessions))
    yield b"}\n"


def read_log(content: bytes) -> PracticeLog:
    """Read a log.

    Parameters
    ----------
    content : bytes
        The document, from anybody.

    Returns
    -------
    PracticeLog
        What it says.

    Raises
    ------
    SchemaError
        If it is none; the message names the place.
    """
    try:
        document = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"want a practice log as JSON, got: {str(error)[:200]}") from error
    whole = Members(document, "the log")
    if not whole.has("schema") or whole.text("schema") != SCHEMA:
        raise whole.wrong(f"the schema {SCHEMA}", document.get("schema"))
    settings = document.get("settings")
    return PracticeLog(
        licks=tuple(
            _read(f"lick {row}", item, _read_lick)
            for row, item in enumerate(whole.items("licks", MOST_LICKS), 1)
        ),
        sessions=tuple(
            _read(f"session {row}", item, read_session)
            for row, item in enumerate(whole.items("sessions", MOST_SESSIONS), 1)
        ),
        settings=None if settings is None else _read("settings", settings, _read_settings),
    )


def write_session(session: PracticeSession) -> dict[str, Any]:
    """Write a session.

    Parameters
    ----------
    session : PracticeSession
        To write.

    Returns
    -------
    dict
        Of the schema.
    """
    return {
        "id": str(session.id),
        "lick_id": str(session.lick_id),
        "lick_name": session.lick_name,
        "key": str(session.key),
        "played_at": write_moment(session.played_at),
        "time_zone": session.time_zone,
        "tempo_bpm": session.tempo_bpm,
        "original_bpm": session.original_bpm,
        "is_clean": session.is_clean,
        "accuracy": session.accuracy,
        "passes": session.passes,
        "duration_sec": session.duration_sec,
        "source": session.source.value,
    }


def read_session(members: Members) -> PracticeSession:
    """Read a session.

    Parameters
    ----------
    members : Members
        Of the schema.

    Returns
    -------
    PracticeSession
        What it says.

    Raises
    ------
    SchemaError
        If it says what cannot be.
    """
    passes, source = members.optional(members.whole, "passes"), PracticeSource.BY_HAND
    if members.has("source"):
        source = members.word("source", PracticeSource)
    try:
        return PracticeSession(
            id=members.uuid("id"),
            lick_id=members.uuid("lick_id"),
            lick_name=members.text("lick_name"),
            key=plain_key(members.key("key")),
            played_at=members.moment("played_at"),
            time_zone=members.text("time_zone"),
            tempo_bpm=members.number("tempo_bpm"),
            original_bpm=members.optional(members.number, "original_bpm"),
            is_clean=members.flag("is_clean"),
            accuracy=members.optional(members.number, "accuracy"),
            passes=1 if passes is None else passes,
            duration_sec=members.optional(members.number, "duration_sec"),
            source=source,
        )
    except PracticeError as error:
        raise SchemaError(f"{members.place}: {error}") from error


def write_moment(moment: datetime) -> str:
    """Write a moment.

    Parameters
    ----------
    moment : datetime
        In UTC.

    Returns
    -------
    str
        As ISO 8601 has it, to the microsecond where there are some.
    """
    return moment.isoformat().replace("+00:00", "Z")


def _write_settings(settings: PracticeSettings) -> dict[str, Any]:
    return {
        "time_zone": settings.time_zone,
        "new_keys_a_day": settings.new_keys_a_day,
        "order": settings.order.value,
    }


def _read_settings(members: Members) -> PracticeSettings:
    return PracticeSettings(
        time_zone=members.text("time_zone"),
        new_keys_a_day=members.whole("new_keys_a_day"),
        order=members.word("order", KeyOrder),
    )


def _write_lick(lick: PractisedLick) -> dict[str, Any]:
    return {
        "id": str(lick.id),
        "name": lick.name,
        "home_key": str(lick.home_key),
        "keys": [str(key) for key in lick.keys],
        "order": lick.order.value,
        "added_at": write_moment(lick.added_at),
        "original_bpm": lick.original_bpm,
        "target_bpm": lick.target_bpm,
        "job_id": None if lick.job_id is None else str(lick.job_id),
        "job_title": lick.job_title,
        "bars": list(lick.bars),
    }


def _read_lick(members: Members) -> PractisedLick:
    return PractisedLick(
        id=members.uuid("id"),
        name=members.text("name"),
        home_key=plain_key(members.key("home_key")),
        keys=tuple(_read_key(members, one) for one in members.items("keys", _N_KEYS)),
        order=members.word("order", KeyOrder),
        added_at=members.moment("added_at"),
        original_bpm=members.optional(members.number, "original_bpm"),
        target_bpm=members.optional(members.number, "target_bpm"),
        job_id=members.optional(members.uuid, "job_id"),
        job_title=members.optional(members.text, "job_title") or "",
        bars=tuple(_read_bar(members, one) for one in members.items("bars", _MOST_BARS)),
    )


def _read_key(members: Members, text: object) -> Key:
    return plain_key(Members({"a key": text}, members.place).key("a key"))


def _read_bar(members: Members, bar: object) -> int:
    number = Members({"a bar": bar}, members.place).whole("a bar")
    if abs(number) > _MOST_BAR:
        raise members.wrong(f"bars up to {_MOST_BAR}", number)
    return number


def _read(place: str, item: object, read: Callable[[Members], _Value]) -> _Value:
    """Read a part; what cannot be is told with its place."""
    try:
        return read(Members(item, place))
    except PracticeError as error:
        raise SchemaError(f"{place}: {error}") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _write_list(name: str, items: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    yield f'"{name}":['.encode()
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_dump(item)}".encode()
    yield b"]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
