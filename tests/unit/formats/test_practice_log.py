import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.practice_log import (
    PracticeLog,
    PracticeSession,
    PracticeSettings,
    PracticeSource,
)
from licklab.errors import InputError, SchemaError
from licklab.formats.practice_csv import COLUMNS, NEEDED, read_table, write_table
from licklab.formats.practice_log import SCHEMA, read_log, write_log
from tests.unit.practice.logs import BEGIN, lick, logs, session, sessions

HEAD = ",".join(NEEDED)
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def written(log: PracticeLog) -> bytes:
    return b"".join(write_log(log.settings or PracticeSettings(), log.licks, log.sessions))


def complaint_of(read: Callable[[bytes], PracticeLog], content: bytes) -> str:
    """Tell what a reader says against a file; whatever else it raises is raised here."""
    try:
        read(content)
    except InputError as error:
        return str(error)
    return ""


def document() -> dict[str, Any]:
    log = PracticeLog((lick(),), (session(session_id=3, accuracy=0.5),), PracticeSettings())
    found: dict[str, Any] = json.loads(written(log))
    return found


@given(logs)
def test_a_log_is_read_as_it_was_written(log: PracticeLog) -> None:
    assert read_log(written(log)) == log


@given(st.lists(sessions, max_size=8).map(tuple))
def test_a_table_is_read_as_it_was_written(played: tuple[PracticeSession, ...]) -> None:
    assert read_table(b"".join(write_table(played))) == PracticeLog(sessions=played)


@given(st.lists(sessions, max_size=4))
def test_no_cell_is_a_formula(played: list[PracticeSession]) -> None:
    text = b"".join(write_table(played)).decode()
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_log_has_a_session_on_each_line() -> None:
    lines = written(PracticeLog((lick(),), (session(), session()))).splitlines()
    assert [line.startswith(b'{"id":') for line in lines] == [False, True, True, True]
    assert lines[-1].endswith(b"]}")
    assert len(lines) == 4


@given(st.sampled_from([name for name in document()["sessions"][0] if name != "lick_id"]), _JSON)
def test_a_session_of_anything_is_read_or_refused_with_its_row(name: str, value: Any) -> None:
    broken = document()
    broken["sessions"].append({**broken["sessions"][0], name: value})
    complaint = complaint_of(read_log, json.dumps(broken).encode())
    wanted = ("session 2: want ", "want a practice log as JSON")
    assert not complaint or complaint.startswith(wanted)


@given(st.sampled_from(list(document()["licks"][0])), _JSON)
def test_a_lick_of_anything_is_read_or_refused_with_its_row(name: str, value: Any) -> None:
    broken = document()
    broken["licks"].append({**broken["licks"][0], name: value})
    complaint = complaint_of(read_log, json.dumps(broken).encode())
    assert not complaint or complaint.startswith(("lick 2: want ", "want a practice log as JSON"))


@given(st.binary(max_size=200), st.sampled_from([read_log, read_table]))
def test_bytes_of_any_kind_are_read_or_refused(
    content: bytes, read: Callable[[bytes], PracticeLog]
) -> None:
    for some in (content, HEAD.encode() + b"\n" + content):
        complaint = complaint_of(read, some)
        assert not complaint or "want" in complaint


@given(st.lists(st.lists(st.text(max_size=8), min_size=5, max_size=5), max_size=3))
def test_cells_of_any_kind_are_read_or_refused(rows: list[list[str]]) -> None:
    table = "\n".join([HEAD, *(",".join(row) for row in rows)])
    complaint = complaint_of(read_table, table.encode("utf-8", "replace"))
    assert not complaint or "want" in complaint


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"tempo_bpm": 0}, "session 1: want a tempo from 10 to 1000 bpm, got 0"),
        ({"tempo_bpm": "fast"}, "session 1: want tempo_bpm to be a number, got 'fast'"),
        ({"tempo_bpm": True}, "session 1: want tempo_bpm to be a number, got True"),
        ({"tempo_bpm": 10**400}, "session 1: want tempo_bpm to be a number"),
        ({"is_clean": 1}, "session 1: want is_clean to be true or false, got 1"),
        ({"accuracy": 2}, "session 1: want an accuracy from 0 to 1"),
        ({"passes": 1.5}, "session 1: want passes to be a whole number"),
        ({"passes": 0}, "session 1: want 1 to 10000 passes"),
        ({"id": "1"}, "session 1: want id to be an id (a UUID), got '1'"),
        ({"key": "H"}, "session 1: want key to be a key such as Bb:major, got 'H'"),
        ({"played_at": "2026-01-01"}, "session 1: want played_at to be a time with its offset"),
        ({"played_at": "0001-01-01T00:00:00+14:00"}, "session 1: want played_at to be a time"),
        ({"played_at": "9999-12-31T00:00:00Z"}, "session 1: want a time between 1900 and 2200"),
        ({"time_zone": "/etc/passwd"}, "session 1: want a time zone such as"),
        ({"lick_name": "a\0b"}, "session 1: want a name without control characters, got U+0000"),
        ({"lick_name": "\ud800"}, "session 1: want a name without control characters, got U+D800"),
        ({"lick_name": "x" * 201}, "session 1: want a name of at most 200 characters, got 201"),
        ({"lick_name": ""}, "session 1: want a name of the lick, got an empty one"),
        ({"source": "dream"}, "session 1: want source to be one of by_hand, ladder, attempt"),
        ({"lick_id": None}, "session 1: want lick_id to be a text, got nothing"),
    ],
)
def test_what_cannot_have_been_played_is_refused(change: dict[str, Any], wanted: str) -> None:
    broken = document()
    broken["sessions"][0].update(change)
    with pytest.raises(SchemaError) as refused:
        read_log(json.dumps(broken).encode())
    assert str(refused.value).startswith(wanted)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"[]", "the log: want an object"),
        (b"{}", f"the log: want the schema {SCHEMA}, got nothing"),
        (b'{"schema":1}', "the log: want schema to be a text"),
        (b'{"schema":"licklab.practice/1","sessions":{}}', "want sessions to be a list"),
        (b'{"schema":"licklab.practice/1","sessions":[3]}', "session 1: want an object, got 3"),
        (b'{"schema":"licklab.practice/1","settings":{}}', "settings: want time_zone to be a text"),
        (b'{"schema":"licklab.practice/1","licks":[{}]}', "lick 1: want id to be a text"),
        (b'{"a":NaN}', "NaN is no number"),
        (b"[" * 100_000, "want a practice log as JSON"),
    ],
)
def test_what_is_no_log_is_refused(content: bytes, wanted: str) -> None:
    with pytest.raises(SchemaError) as refused:
        read_log(content)
    assert wanted in str(refused.value)


def test_keys_of_a_lick_come_once_however_they_are_spelled() -> None:
    broken = document()
    broken["licks"][0]["keys"] = ["Db:major", "C#:major"]
    with pytest.raises(SchemaError, match="lick 1: want each key once, got Db:major, Db:major"):
        read_log(json.dumps(broken).encode())


def test_too_long_a_log_is_refused() -> None:
    many = {"schema": SCHEMA, "sessions": [0] * 100_001}
    with pytest.raises(SchemaError, match="the log: want at most 100000 in sessions, got 100001"):
        read_log(json.dumps(many).encode())
    table = HEAD + "\nHome,F,2026-01-01T12:00Z,100,yes" * 3
    assert len(read_table(table.encode()).sessions) == 3


def test_a_table_of_ones_own_needs_five_columns() -> None:
    table = (
        "\ufeffTempo_bpm;LICK_NAME;key;played_at;is_clean;remarks\r\n"
        "100;'=Home;Bb;2026-01-01T13:00:00+01:00;Yes;went well\r\n"
        "\r\n"
        "90,5;Home;C#m;2026-01-02T13:00:00Z;0;\r\n"
    )
    with pytest.raises(SchemaError, match="row 4: want tempo_bpm to be a number, got '90,5'"):
        read_table(table.encode())
    first, second = read_table(table.replace("90,5", "90.5").encode()).sessions
    assert (first.lick_name, str(first.key), first.is_clean) == ("=Home", "Bb:major", True)
    assert (first.played_at.isoformat(), first.time_zone) == ("2026-01-01T12:00:00+00:00", "UTC")
    assert (str(second.key), second.tempo_bpm, second.is_clean) == ("C#:minor", 90.5, False)
    assert second.source is PracticeSource.BY_HAND


def test_rows_without_ids_are_the_same_sessions_each_time() -> None:
    rows = [f"Home,F,2026-01-0{k}T12:00:00Z,100,yes" for k in (1, 2, 1)]
    table = "\n".join([HEAD, *rows]).encode()
    played = read_table(table).sessions
    assert read_table(table).sessions == played
    assert [played[0].id == one.id for one in played] == [True, False, True]
    assert len({one.lick_id for one in played}) == 1


def test_columns_come_in_any_order_and_once() -> None:
    with pytest.raises(SchemaError, match=r"row 1: want the columns .*, got no is_clean"):
        read_table(b"lick_name,key,played_at,tempo_bpm\n")
    with pytest.raises(SchemaError, match="row 1: want each column once"):
        read_table(f"{HEAD},key\n".encode())
    with pytest.raises(SchemaError, match="row 2: want a table, got"):
        read_table(f'{HEAD}\n"a"b,c\n'.encode())
    assert read_table(",".join(reversed(COLUMNS)).encode()) == PracticeLog()


def test_times_are_kept_to_the_microsecond() -> None:
    played = session(BEGIN.replace(microsecond=1))
    assert b"2026-03-01T12:00:00.000001Z" in b"".join(write_table([played]))
