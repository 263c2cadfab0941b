import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from licklab.formats.ical import CalendarDay, write_calendar

STAMP = datetime(2026, 3, 1, 13, 5, 9, 123, tzinfo=timezone(timedelta(hours=1)))
_TEXT = st.text(st.characters(codec="utf-8"), max_size=200)
_DAYS = st.builds(
    CalendarDay,
    uid=st.uuids().map(lambda one: f"{one}@licklab"),
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    title=_TEXT,
    lines=st.lists(_TEXT, max_size=4).map(tuple),
)
# RFC 5545, 3.1 and 3.3.11: a content line, and text in which nothing is left to be escaped.
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)")
_ESCAPED = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_WORDS = {"SUMMARY", "DESCRIPTION", "UID", "NAME", "X-WR-CALNAME"}


def read_lines(content: bytes) -> list[tuple[str, str]]:
    """Read a calendar strictly, as the RFC has it."""
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    for line in physical:
        line.decode()  # no letter is cut in two
    found = []
    unfolded = content.replace(b"\r\n ", b"").decode()
    for text in unfolded.removesuffix("\r\n").split("\r\n"):
        match = _LINE.fullmatch(text)
        assert match, text
        if match[1] in _WORDS:
            assert _ESCAPED.fullmatch(match[3]), text
        found.append((match[1], match[3]))
    return found


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), text)


def plain(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))


@given(_TEXT, st.lists(_DAYS, max_size=4))
def test_a_calendar_of_anything_is_as_the_rfc_has_it(name: str, days: list[CalendarDay]) -> None:
    lines = read_lines(write_calendar(name, days, STAMP))
    assert [lines[0], lines[1], lines[-1]] == [
        ("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("END", "VCALENDAR"),
    ]  # fmt: skip
    texts = {name: [unescape(value) for key, value in lines if key == name] for name in _WORDS}
    assert texts["SUMMARY"] == [plain(one.title) for one in days]
    assert texts["UID"] == [one.uid for one in days]
    assert texts["NAME"] == texts["X-WR-CALNAME"] == [plain(name)]
    described = [plain("\n".join(one.lines)) for one in days if one.lines]
    assert texts["DESCRIPTION"] == described


def test_an_event_lasts_its_day_and_takes_no_time() -> None:
    day = CalendarDay("20261231-a@licklab", date(2026, 12, 31), "Practise; or, rest", ("a", "b\\"))
    assert read_lines(write_calendar("Licks", [day], STAMP))[9:-1] == [
        ("BEGIN", "VEVENT"),
        ("UID", "20261231-a@licklab"),
        ("DTSTAMP", "20260301T120509Z"),
        ("DTSTART", "20261231"),
        ("DTEND", "20270101"),
        ("SUMMARY", "Practise\\; or\\, rest"),
        ("DESCRIPTION", "a\\nb\\\\"),
        ("TRANSP", "TRANSPARENT"),
        ("CATEGORIES", "Practice"),
        ("END", "VEVENT"),
    ]


def test_days_have_no_time_zone_and_stamps_are_in_utc() -> None:
    day = CalendarDay("a@b", date(2026, 3, 29), "Practise")
    content = write_calendar("Licks", [day], datetime(2026, 3, 29, tzinfo=UTC))
    assert b"\r\nDTSTART;VALUE=DATE:20260329\r\n" in content
    assert b"\r\nDTSTAMP:20260329T000000Z\r\n" in content
    assert b"VTIMEZONE" not in content
