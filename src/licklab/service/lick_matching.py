"""Licks found again: which of those of before is which of those of now.

After an edit, or when the recording was heard anew, licks are found from the start. What is played
at the same time is the same lick: note ids would not do, for another hearing gives its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

LEAST_OVERLAP = 0.5
"""Two stretches that have less in common are not one lick; as annotated and proposed licks are
compared (`benchmarks/licks`)."""

Body = Mapping[str, Any]
_TIMES = ("onset_sec", "offset_sec")


def match_bodies(before: Sequence[Body], now: Sequence[Body]) -> dict[int, int]:
    """Tell which lick of before each lick of now is.

    Parameters
    ----------
    before, now : sequence of mapping
        Of schema `licklab.licks/1`.

    Returns
    -------
    dict of int to int
        From indices of now to indices of before; each at most once. Those that overlap most are
        matched first; places where a lick is played again count after its first one.
    """
    pairs = sorted(
        (
            (overlap_of_bodies(old, new), overlap(old, new), -i, -j)
            for i, new in enumerate(now)
            for j, old in enumerate(before)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for best, _, i, j in pairs:
        if best < LEAST_OVERLAP:
            break
        if -i not in found and -j not in taken:
            found[-i] = -j
            taken.add(-j)
    return found


def find_place(before: Body, now: Body) -> int:
    """Tell which place of a lick of now is the first place of one of before.

    Parameters
    ----------
    before, now : mapping
        Of schema `licklab.licks/1`.

    Returns
    -------
    int
        Index of the occurrence; 0 also where it is played there no more.
    """
    common = [overlap(before, one) for one in now["occurrences"]]
    best = max(range(len(common)), key=common.__getitem__)
    return best if common[best] >= LEAST_OVERLAP else 0


def overlap_of_bodies(one: Body, other: Body) -> float:
    """Tell how much two licks have in common at the place where they have the most.

    Parameters
    ----------
    one, other : mapping
        Of schema `licklab.licks/1`.

    Returns
    -------
    float, 0 to 1
        Of any two of their occurrences.
    """
    places = ((a, b) for a in one["occurrences"] for b in other["occurrences"])
    return max((overlap(a, b) for a, b in places), default=0.0)


def overlap(one: Body, other: Body) -> float:
    """Tell how much two stretches have in common.

    Parameters
    ----------
    one, other : mapping
        With `onset_sec` and `offset_sec`.

    Returns
    -------
    float, 0 to 1
        Time in both, as a share of the time in either.

    Examples
    --------
    >>> overlap({"onset_sec": 0, "offset_sec": 2}, {"onset_sec": 1, "offset_sec": 3})
    0.3333333333333333
    """
    starts, ends = ([float(each[name]) for each in (one, other)] for name in _TIMES)
    common = max(min(ends) - max(starts), 0.0)
    return common / max(sum(ends) - sum(starts) - common, 1e-9)
