"""Practice in lines of text, as the program prints it."""

from collections.abc import Iterator
from typing import Any

_WEEK = 7


def today_lines(today: dict[str, Any]) -> Iterator[str]:
    """Write what is to be practised today.

    Parameters
    ----------
    today : dict
        As `GET /practice/today` gives it.

    Yields
    ------
    str
        Lines: each key of a lick with its tempo, and why it is there.
    """
    yield (
        f"{today['day']} ({today['time_zone']}): {today['due']} due, {today['new']} new, "
        f"{today['practised']} practised"
    )
    for number, one in enumerate(today["items"], 1):
        bpm = one["suggested_bpm"]
        tempo = "" if bpm is None else f" at {bpm:.0f} bpm"
        yield f"{number:3}  {lick_text(one['lick'])}: {key_text(one['key'])}{tempo}"
        yield f"     {one['reason']}"
        yield f"     lick {one['lick']['id']}"
    if not today["items"]:
        yield "Nothing waits: put a lick on the schedule, or rest."


def progress_lines(progress: dict[str, Any]) -> Iterator[str]:
    """Write how far all of it has come.

    Parameters
    ----------
    progress : dict
        As `GET /practice/progress` gives it, with all its licks.

    Yields
    ------
    str
        Lines: days, weeks, and for each lick a row for each key.
    """
    streak = progress["streak_days"]
    yield f"{streak} {'day' if streak == 1 else 'days'} in a row"
    days = progress["days"]
    weeks = [sum(one["passes"] for one in days[at : at + _WEEK]) for at in range(0, len(days), 7)]
    yield f"passes a week, this one last: {' '.join(map(str, weeks))}"
    for one in progress["licks"]:
        yield ""
        lick = one["lick"]
        state = "" if lick["is_scheduled"] else " (not on the schedule)"
        target = lick["target_bpm"]
        to = "" if target is None else f", to {target:.0f} bpm"
        yield f"{lick_text(lick)}{to}{state}"
        yield f"  lick {lick['id']}"
        for row in one["rows"]:
            yield f"  {_row(row)}"


def lick_text(lick: dict[str, Any]) -> str:
    """Name a lick.

    Parameters
    ----------
    lick : dict
        As the API gives it.

    Returns
    -------
    str
        With its solo and its bars.
    """
    bars = sorted(set(lick["bars"]))
    where = [lick["job_title"], f"bar{'s' * (len(bars) > 1)} {'-'.join(map(str, bars))}"]
    known = [one for one, is_known in zip(where, (where[0], bars), strict=True) if is_known]
    return f"{lick['name']} ({', '.join(known)})" if known else str(lick["name"])


def key_text(key: str) -> str:
    """Write a key as people say it.

    Parameters
    ----------
    key : str
        Such as ``Bb:major``.

    Returns
    -------
    str
        Such as ``Bb major``.
    """
    return key.replace(":", " ")


def _row(row: dict[str, Any]) -> str:
    key = f"{key_text(row['key']):9}"
    if row["due_on"] is None:
        return f"{key} new"
    best, share, accuracy = row["best_clean_bpm"], row["best_share"], row["last_accuracy"]
    parts = ["never clean" if best is None else f"clean at {best:.0f} bpm"]
    if share is not None:
        parts[-1] += f" ({share:.0%})"
    if accuracy is not None:
        parts.append(f"{accuracy:.0%} right")
    due = f"due {row['due_on']}" if row["position"] is not None else "off the schedule"
    return f"{key} {', '.join([*parts, due])}"
