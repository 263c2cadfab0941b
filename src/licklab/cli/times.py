"""Times as people write them."""

import math
import re

_CLOCK = re.compile(r"(?:(\d+):)?(\d+):([0-5]?\d(?:\.\d+)?)")


def read_time(text: str) -> float:
    """Read a time in a recording.

    Parameters
    ----------
    text : str
        Seconds (`75.5`), minutes and seconds (`1:15.5`) or hours too (`0:01:15.5`).

    Returns
    -------
    float, seconds
        What it says; of seconds alone the sign and size are not looked at.

    Raises
    ------
    ValueError
        If it is no time.

    Examples
    --------
    >>> read_time("12.5"), read_time("1:15.5"), read_time("1:00:01")
    (12.5, 75.5, 3601.0)
    """
    clock = _CLOCK.fullmatch(text.strip())
    if clock is not None:
        hours, minutes, seconds = clock.groups()
        if hours is None or int(minutes) < 60:
            return 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds)
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"want a time such as 75.5, 1:15.5 or 0:01:15; got {text!r}") from None


def write_time(sec: float) -> str:
    """Write a time in a recording for people.

    Parameters
    ----------
    sec : float, seconds
        From its beginning.

    Returns
    -------
    str
        Minutes and seconds to the tenth; hours where there are any.

    Examples
    --------
    >>> write_time(75.52), write_time(3601.0), write_time(-0.3)
    ('1:15.5', '1:00:01.0', '-0:00.3')
    """
    tenths = round(abs(sec) * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{'-' if sec < 0 and tenths else ''}{clock}:{rest / 10:04.1f}"


def read_stretch(start: str | None, end: str | None) -> tuple[float, float] | None:
    """Read a stretch of time from the options `--from` and `--to`.

    Parameters
    ----------
    start, end : str, optional
        Times as `read_time` takes them; the beginning and the end if omitted.

    Returns
    -------
    (float, float), seconds, or None
        None where neither is given.

    Raises
    ------
    ValueError
        If one is no time, or the end is not after the start.
    """
    if start is None and end is None:
        return None
    first = 0.0 if start is None else read_time(start)
    last = math.inf if end is None else read_time(end)
    if not first < last:
        raise ValueError(f"want an end after the start, got {start} and {end}")
    return first, last


def read_bars(text: str) -> tuple[int, int]:
    """Read bars as people write them.

    Parameters
    ----------
    text : str
        ``12``, or ``12-15`` with both ends included; a pickup is bar 0.

    Returns
    -------
    (int, int)
        First and last.

    Raises
    ------
    ValueError
        If it says no bars.

    Examples
    --------
    >>> read_bars("12"), read_bars("12-15")
    ((12, 12), (12, 15))
    """
    match = re.fullmatch(r"\s*(-?\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", text)
    if match is None:
        raise ValueError(f"want bars such as 12 or 12-15, got {text!r}")
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        raise ValueError(f"want a last bar after the first, got {text!r}")
    return first, last
