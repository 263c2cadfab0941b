"""Sessions of practice as a table, one row a session: for spreadsheets, and back from them.

A table of one's own needs five columns: lick_name, key, played_at, tempo_bpm and is_clean. What has
no id gets one from what the row says, so that the same row is the same session each time.
"""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from licklab.domain.practice_log import PracticeLog, PracticeSession
from licklab.errors import SchemaError
from licklab.formats.document_members import Members
from licklab.formats.practice_log import MOST_SESSIONS, read_session, write_session

MEDIA_TYPE = "text/csv; charset=utf-8"
COLUMNS = (
    "id", "played_at", "time_zone", "lick_id", "lick_name", "key", "tempo_bpm", "original_bpm",
    "is_clean", "accuracy", "passes", "duration_sec", "source",
)  # fmt: skip
"""Names of the columns, which may come in any order."""
NEEDED = ("lick_name", "key", "played_at", "tempo_bpm", "is_clean")
"""Columns that a table must have."""

# What a spreadsheet takes for the beginning of a formula. Before it, and before itself, goes an
# apostrophe, which a spreadsheet does not show; it is taken off again.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
_NUMBERS = frozenset({"tempo_bpm", "original_bpm", "accuracy", "passes", "duration_sec"})
_ZONE = "UTC"
_NAMESPACE = uuid.UUID("5f0c2f0a-6e5f-5e0e-9a53-1d3f7f3b7c11")
_FLAGS: Mapping[str, bool] = MappingProxyType(
    {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
)
# A cell is never longer than a name; csv's own limit is 131 072 signs.
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_table(sessions: Iterable[PracticeSession]) -> Iterator[bytes]:
    """Write sessions piece by piece.

    Parameters
    ----------
    sessions : iterable of PracticeSession
        In the order of the rows.

    Yields
    ------
    bytes
        UTF-8 with a line of names, as RFC 4180 has it. No cell begins with a sign that a
        spreadsheet takes for a formula.
    """
    yield _row(COLUMNS)
    for one in sessions:
        document = write_session(one)
        yield _row([_cell(document[name]) for name in COLUMNS])


def read_table(content: bytes) -> PracticeLog:
    """Read sessions.

    Parameters
    ----------
    content : bytes
        The table, from anybody: UTF-8, cells divided by commas, semicolons or tabs.

    Returns
    -------
    PracticeLog
        Sessions alone.

    Raises
    ------
    SchemaError
        If it is no such table; the message names the row, as spreadsheets count them.
    """
    try:
        text = content.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise SchemaError(f"want a table in UTF-8, got something else: {error}") from error
    head = text.partition("\n")[0]
    divider = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    names: tuple[str, ...] = ()
    sessions: list[PracticeSession] = []
    try:
        for number, cells in enumerate(table, 1):
            if number == 1:
                names = _read_names(cells)
            elif any(cell.strip() for cell in cells):
                if len(sessions) >= MOST_SESSIONS:
                    raise SchemaError(f"want at most {MOST_SESSIONS} sessions in a file, got more")
                sessions.append(_read_row(f"row {number}", names, cells))
    except csv.Error as error:
        raise SchemaError(f"row {table.line_num}: want a table, got: {error}") from error
    if not names:
        raise SchemaError(f"want a table with the columns {', '.join(NEEDED)}, got an empty file")
    return PracticeLog(sessions=tuple(sessions))


def _read_names(cells: list[str]) -> tuple[str, ...]:
    names = tuple(cell.strip().lower() for cell in cells)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise SchemaError(f"row 1: want the columns {', '.join(NEEDED)}, got no {missing[0]}")
    known = [name for name in names if name in COLUMNS]
    if len(set(known)) != len(known):
        raise SchemaError("row 1: want each column once, got one twice")
    return names


def _read_row(place: str, names: tuple[str, ...], cells: list[str]) -> PracticeSession:
    if len(cells) != len(names):
        raise SchemaError(f"{place}: want {len(names)} cells, got {len(cells)}")
    document: dict[str, object] = {}
    for name, written in zip(names, cells, strict=True):
        cell = written
        if cell.startswith("'") and cell[1:].startswith(_FORMULA_SIGNS):
            cell = cell[1:]
        if name != "lick_name":
            cell = cell.strip()
        if name in COLUMNS and cell:
            document[name] = _value(name, cell)
    document.setdefault("time_zone", _ZONE)
    # Ids that are not there follow from what is.
    document.setdefault("lick_id", _made_id(document.get("lick_name")))
    document.setdefault("id", _made_id(*(document.get(name) for name in COLUMNS[1:])))
    return read_session(Members(document, place))


def _value(name: str, cell: str) -> object:
    """Give a cell as JSON would have it; what is none of its kind stays a text."""
    if name == "is_clean":
        return _FLAGS.get(cell.lower(), cell)
    if name in _NUMBERS:
        try:
            return float(cell)
        except ValueError:
            return cell
    return cell


def _made_id(*values: object) -> str:
    return str(uuid.uuid5(_NAMESPACE, repr(values)))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _row(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode()
