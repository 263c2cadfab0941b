"""Times as people write them."""

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
