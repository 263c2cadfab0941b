"""Swing: how eighth notes are divided, and where the soloist lies against the beat."""

from dataclasses import dataclass
from enum import StrEnum


class SwingFeel(StrEnum):
    """A name for a swing ratio."""

    STRAIGHT = "straight"
    LIGHT = "light"
    MEDIUM = "medium"
    HARD = "hard"


# Long eighth to short: a triplet is 2. Weimar soloists lie between 1.1 and 1.9 nearly always.
_LIGHT, _MEDIUM, _HARD = 1.15, 1.45, 1.9


def name_swing(ratio: float) -> SwingFeel:
    """Name a swing ratio.

    Parameters
    ----------
    ratio : float
        First eighth of a beat to the second.

    Returns
    -------
    SwingFeel
        Straight below 1.15, light below 1.45, medium below 1.9, else hard.
    """
    if ratio < _LIGHT:
        return SwingFeel.STRAIGHT
    if ratio < _MEDIUM:
        return SwingFeel.LIGHT
    return SwingFeel.MEDIUM if ratio < _HARD else SwingFeel.HARD


@dataclass(frozen=True, slots=True)
class Swing:
    """The swing of a stretch of music.

    Attributes
    ----------
    onset_sec, offset_sec : float, seconds of the original file
        The stretch.
    ratio : float or None
        Of the rhythm section's eighths, or the soloist's where nobody else plays any; None where
        too few are heard.
    spread : float or None
        Half of the distance between the quartiles of the ratio, over beats or windows.
    soloist_ratio : float or None
        Median over the beats in which the soloist plays exactly two notes.
    delay_sec : float or None
        How much behind the beat the soloist's notes on it are, in the median; negative is ahead.
    """

    onset_sec: float
    offset_sec: float
    ratio: float | None = None
    spread: float | None = None
    soloist_ratio: float | None = None
    delay_sec: float | None = None

    @property
    def feel(self) -> SwingFeel | None:
        """Name of the ratio."""
        return None if self.ratio is None else name_swing(self.ratio)
