"""Pages of jobs in one order or another.

A page ends with a cursor: the value and the id of its last job, so that jobs that come and go
meanwhile neither repeat nor hide others.
"""

import base64
import binascii
import json
import math
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from licklab.errors import InputError
from licklab.service.tables import Job, JobPurpose


class Sort(StrEnum):
    """Orders of a list of jobs."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LONGEST = "longest"


class CursorError(InputError):
    """The cursor of a page is not one that was given out."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of jobs; `next` is None on the last one."""

    jobs: Sequence[Job]
    next: str | None


# As `shown_title` has it, for sorting.
_TITLE = func.lower(
    func.coalesce(Job.title, func.regexp_replace(Job.filename, r"(.)\.[^.]*$", r"\1"))
)


@dataclass(frozen=True, slots=True)
class _Order:
    """An order by a value of each job, and by its id among equals."""

    key: ColumnElement[Any]
    is_descending: bool
    read: Callable[[Any], object]
    write: Callable[[Any], object]

    def clauses(self) -> list[ColumnElement[Any]]:
        sides: tuple[ColumnElement[Any], ...] = (self.key, Job.id.expression)
        return [one.desc() if self.is_descending else one.asc() for one in sides]

    def after(self, place: tuple[object, uuid.UUID]) -> ColumnElement[bool]:
        here = tuple_(self.key, Job.id)
        return here < place if self.is_descending else here > place


def _read_moment(value: Any) -> datetime:
    return datetime.fromisoformat(value)


def _read_text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no text that a title can be")
    value.encode()  # halves of surrogates have no bytes
    return value


def _read_sec(value: Any) -> float:
    if not isinstance(value, float) or not math.isfinite(value):
        raise ValueError("no duration")
    return value


_CREATED = Job.created_at.expression
_ORDERS: Mapping[Sort, _Order] = MappingProxyType(
    {
        Sort.NEWEST: _Order(_CREATED, True, _read_moment, datetime.isoformat),  # noqa: FBT003
        Sort.OLDEST: _Order(_CREATED, False, _read_moment, datetime.isoformat),  # noqa: FBT003
        Sort.TITLE: _Order(_TITLE, False, _read_text, str),  # noqa: FBT003
        Sort.LONGEST: _Order(Job.duration_sec.expression, True, _read_sec, float),  # noqa: FBT003
    }
)


def take_page(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    sort: Sort,
    cursor: str | None,
    limit: int,
) -> Page:
    """Read a page of the library: of jobs that are solos.

    Parameters
    ----------
    session : Session
        To read in.
    conditions : sequence of ColumnElement
        All of which hold for the jobs.
    sort : Sort
        Their order.
    cursor : str or None
        `Page.next` of the page before, in the same order.
    limit : int
        Jobs on a page.

    Returns
    -------
    Page
        Of these jobs.

    Raises
    ------
    CursorError
        If the cursor is not one of ours, or of another order.
    """
    order = _ORDERS[sort]
    query = select(Job, order.key).where(Job.purpose == JobPurpose.SOLO, *conditions)
    if cursor is not None:
        query = query.where(order.after(_read_cursor(cursor, sort)))
    rows = session.execute(query.order_by(*order.clauses()).limit(limit + 1)).all()
    jobs = [job for job, _ in rows[:limit]]
    if len(rows) <= limit:
        return Page(jobs, None)
    place = json.dumps([sort, order.write(rows[limit - 1][1]), str(jobs[-1].id)])
    return Page(jobs, base64.urlsafe_b64encode(place.encode()).decode())


def _read_cursor(cursor: str, sort: Sort) -> tuple[object, uuid.UUID]:
    try:
        kind, key, job_id = json.loads(base64.urlsafe_b64decode(cursor))
        if kind == sort:
            return _ORDERS[sort].read(key), uuid.UUID(job_id)
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        pass
    raise CursorError(
        f"want the `next` of another page in the order `{sort}` as cursor, got {cursor[:80]!r}"
    )
