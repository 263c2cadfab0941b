"""What somebody wants in a practice pack."""

from dataclasses import dataclass, field
from pathlib import Path

from licklab.domain.key import Key
from licklab.domain.practice_log import KeyOrder
from licklab.domain.tab import Tuning
from licklab.engraving.style import PageStyle
from licklab.errors import PackError

MOST_LICKS = 12
"""In a pack: a month of practice."""
SPEEDS_PERCENT = (40, 120)
MOST_SPEEDS = 4
USUAL_SPEEDS_PERCENT = (60, 80, 100)
"""Where the metronome ladder begins, its middle, and the tempo of the recording."""


@dataclass(frozen=True, slots=True)
class PackWishes:
    """What somebody wants in a practice pack.

    Attributes
    ----------
    instrument : str
        Id of who practises.
    order : KeyOrder
        How keys follow one another.
    keys : tuple of Key
        Instead of all twelve in order, these; empty for all.
    speeds_percent : tuple of int, 40 to 120
        Of the recording's tempo: one sound each.
    has_audio : bool
        Whether sound is made.
    has_exercises : bool
        Whether exercises are.
    tuning : Tuning or None
        Of the tablature; None for none.
    style : PageStyle
        Of the booklet.
    soundfont : Path or None
        That plays the rhythm section; the program's own if None.

    Raises
    ------
    PackError
        If speeds are out of bounds, or too many.
    """

    instrument: str
    order: KeyOrder = KeyOrder.FOURTHS
    keys: tuple[Key, ...] = ()
    speeds_percent: tuple[int, ...] = USUAL_SPEEDS_PERCENT
    has_audio: bool = True
    has_exercises: bool = True
    tuning: Tuning | None = None
    style: PageStyle = field(default_factory=PageStyle)
    soundfont: Path | None = None

    def __post_init__(self) -> None:
        least, most = SPEEDS_PERCENT
        wrong = [one for one in self.speeds_percent if not least <= one <= most]
        if wrong:
            raise PackError(f"want speeds from {least} to {most} percent, got {wrong[0]}")
        if not 1 <= len(self.speeds_percent) <= MOST_SPEEDS:
            raise PackError(f"want 1 to {MOST_SPEEDS} speeds, got {len(self.speeds_percent)}")
