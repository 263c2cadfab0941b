"""Cursors of lists that go by time: the moment and the id of the last one on a page."""

import base64
import binascii
import json
import uuid
from datetime import UTC, datetime

from licklab.service.job_pages import CursorError

Place = tuple[datetime, uuid.UUID]
"""A moment, and an id among those of the same moment."""


def in_utc(moment: datetime) -> datetime:
    """Give a moment as it is kept.

    Parameters
    ----------
    moment : datetime
        With a zone of any kind, such as that of the database's server.

    Returns
    -------
    datetime
        The same in UTC.
    """
    return moment.astimezone(UTC)


def write_cursor(place: Place) -> str:
    """Write a cursor.

    Parameters
    ----------
    place : (datetime, UUID)
        Of the last one on a page.

    Returns
    -------
    str
        To be given for the next page.
    """
    moment, one_id = place
    text = json.dumps([in_utc(moment).isoformat(), str(one_id)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_cursor(cursor: str) -> Place:
    """Read a cursor.

    Parameters
    ----------
    cursor : str
        That somebody gives.

    Returns
    -------
    (datetime, UUID)
        The place behind which the page begins.

    Raises
    ------
    CursorError
        If it is not one of ours.
    """
    try:
        moment, one_id = json.loads(base64.urlsafe_b64decode(cursor))
        return in_utc(datetime.fromisoformat(moment)), uuid.UUID(one_id)
    except (
        ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error
    ) as error:  # fmt: skip
        raise CursorError(
            f"want the `next` of another page as cursor, got {cursor[:80]!r}"
        ) from error
