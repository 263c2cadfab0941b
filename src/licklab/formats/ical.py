"""Calendars as RFC 5545 has them, for programs that subscribe to an address.

In go days with a title and lines of text, out comes one event for each, which lasts all day and
takes no time: who is busy otherwise stays free. Days have no time zone, so that they stay on their
dates wherever they are read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"

_LONGEST_OCTETS = 75
_PRODUCT = "-//Jazz Lick Lab//Practice//EN"
# RFC 5545 allows no control characters in text but for the tab; ends of lines are written as \n.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What is to be done on a day.

    Attributes
    ----------
    uid : str
        The same each time that the day is written, and of no other event in the world.
    day : date
        The day.
    title : str
        What a calendar shows.
    lines : tuple of str
        What it shows when the event is opened.
    """

    uid: str
    day: date
    title: str
    lines: tuple[str, ...] = ()


def write_calendar(name: str, days: Sequence[CalendarDay], stamp: datetime) -> bytes:
    """Write a calendar.

    Parameters
    ----------
    name : str
        Of the calendar.
    days : sequence of CalendarDay
        Its events.
    stamp : datetime
        When it was written.

    Returns
    -------
    bytes
        UTF-8, lines of at most 75 octets that end with CR and LF.
    """
    shown = _escape(name)
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{shown}",
        f"X-WR-CALNAME:{shown}",
        # How often programs ask again.
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for one in days:
        content += _event(one, stamp)
    content.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in content)


def _event(one: CalendarDay, stamp: datetime) -> list[str]:
    # The end of a day is the day after it.
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escape(one.uid)}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(one.title)}",
    ]
    if one.lines:
        lines.append(f"DESCRIPTION:{_escape(chr(10).join(one.lines))}")
    return [*lines, "TRANSP:TRANSPARENT", "CATEGORIES:Practice", "END:VEVENT"]


def _escape(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def _fold(line: str) -> bytes:
    """End a line, broken where it is too long; never within a letter."""
    parts, part = [], b""
    room = _LONGEST_OCTETS
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(part) + len(octets) > room:
            parts.append(part)
            part = b""
            room = _LONGEST_OCTETS - 1  # the space that a continued line begins with
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
