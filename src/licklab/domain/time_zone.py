"""Days where somebody is: moments are kept in UTC, days are counted in a zone of IANA's names."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from licklab.errors import PracticeError

_LONGEST = 64


def find_zone(name: str) -> ZoneInfo:
    """Find a time zone by its name.

    Parameters
    ----------
    name : str
        Such as ``Europe/Vienna``, as IANA has it.

    Returns
    -------
    ZoneInfo
        The zone.

    Raises
    ------
    PracticeError
        If no zone has that name.

    Examples
    --------
    >>> find_zone("Europe/Vienna").key
    'Europe/Vienna'
    """
    # Names are paths below a folder: one that leads elsewhere, or to a folder, is none either.
    try:
        if 0 < len(name) <= _LONGEST and name.isascii():
            return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        pass
    raise PracticeError(
        f"want a time zone such as Europe/Vienna or America/New_York, got {name[:_LONGEST]!r}"
    )


def day_in(moment: datetime, zone: ZoneInfo) -> date:
    """Tell which day it is somewhere.

    Parameters
    ----------
    moment : datetime
        With its own zone; UTC as it is stored.
    zone : ZoneInfo
        Where.

    Returns
    -------
    date
        A day has 23, 24 or 25 hours; every moment is in exactly one.
    """
    return moment.astimezone(zone).date()
