"""Keys by tempos: how often each key was played at a tempo, and how often cleanly."""

from collections.abc import Iterable
from dataclasses import dataclass

from licklab.practice.cards import TempoCount

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the target tempo, where each column of the map begins; the last has no end."""

# Metronomes show whole beats: half a per cent less than a border is on it.
_ROUNDING = 0.005


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


def draw_row(counts: Iterable[TempoCount], target_bpm: float | None) -> tuple[Cell, ...]:
    """Draw the row of a key.

    Parameters
    ----------
    counts : iterable of TempoCount
        Of its sessions.
    target_bpm : float or None
        Tempo at which the lick is mastered.

    Returns
    -------
    tuple of Cell
        The fields that were played in, slowest first; none where no target is known.
    """
    if target_bpm is None:
        return ()
    row: dict[float, Cell] = {}
    for one in counts:
        begin = band_of(one.tempo_bpm / target_bpm)
        cell = row.get(begin, Cell(begin, 0, 0))
        row[begin] = Cell(begin, cell.n_sessions + one.n_sessions, cell.n_clean + one.n_clean)
    return tuple(row[begin] for begin in sorted(row))


def band_of(share: float) -> float:
    """Tell the column of a tempo.

    Parameters
    ----------
    share : float
        Of the target tempo.

    Returns
    -------
    float
        Where the column begins.
    """
    return max(begin for begin in BANDS if begin <= share + _ROUNDING)
