"""Keys by tempos: how often each was played, and how often cleanly."""

from collections.abc import Iterable
from dataclasses import dataclass

from licklab.domain.key import Key

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the target tempo, where each column of the map begins; the last has no end."""


@dataclass(frozen=True, slots=True)
class TempoCount:
    """How often a key was played at a tempo.

    Attributes
    ----------
    key : Key
        The key.
    tempo_bpm : float
        The tempo.
    n_sessions, n_clean : int
        How many sessions, and how many without a slip.
    """

    key: Key
    tempo_bpm: float
    n_sessions: int
    n_clean: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of the map.

    Attributes
    ----------
    from_share : float
        Of the target tempo, where its column begins.
    n_sessions, n_clean : int
        How many sessions, and how many without a slip.
    """

    from_share: float
    n_sessions: int
    n_clean: int


def draw_heat_map(
    counts: Iterable[TempoCount], target_bpm: float | None
) -> dict[Key, tuple[Cell, ...]]:
    """Draw the map of a lick.

    Parameters
    ----------
    counts : iterable of TempoCount
        Of its sessions.
    target_bpm : float or None
        Tempo at which it is mastered.

    Returns
    -------
    dict of Key to tuple of Cell
        The fields that were played in, slowest first. Nothing where no target is known.
    """
    if target_bpm is None:
        return {}
    cells: dict[Key, dict[float, Cell]] = {}
    for one in counts:
        begin = band_of(one.tempo_bpm / target_bpm)
        row = cells.setdefault(one.key, {})
        cell = row.get(begin, Cell(begin, 0, 0))
        row[begin] = Cell(begin, cell.n_sessions + one.n_sessions, cell.n_clean + one.n_clean)
    return {key: tuple(row[begin] for begin in sorted(row)) for key, row in cells.items()}


def band_of(share: float) -> float:
    """Tell the column of a tempo.

    Parameters
    ----------
    share : float
        Of the target tempo.

    Returns
    -------
    float
        Where the column begins. Half a per cent less than a border is on it: metronomes show whole
        beats.
    """
    return max(begin for begin in BANDS if begin <= share + 0.005)
