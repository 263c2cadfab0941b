"""How much work is put into hearing."""

from enum import StrEnum

from licklab.errors import UnknownQualityError


class Quality(StrEnum):
    """Which networks listen.

    Best is for solo piano alone: a larger network, of an optional package, at six times the work.
    """

    LIGHT = "light"
    BEST = "best"


def find_quality(name: str) -> Quality:
    """Find a quality by its name.

    Parameters
    ----------
    name : str
        Case and spaces around it do not matter.

    Returns
    -------
    Quality
        The one of that name.

    Raises
    ------
    UnknownQualityError
        If no quality has that name; the message lists them.

    Examples
    --------
    >>> find_quality("Best")
    <Quality.BEST: 'best'>
    """
    try:
        return Quality(name.strip().lower())
    except ValueError:
        raise UnknownQualityError(
            f"want a quality, one of {', '.join(Quality)}; got {name[:80]!r}"
        ) from None
