"""How a page looks."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FONT_FOLDER = Path(__file__).with_name("fonts")
"""Where the fonts for text are; the ones for music come with Verovio."""


class Hand(StrEnum):
    """Who seems to have written a page."""

    JAZZ = "jazz"
    PLAIN = "plain"


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    LETTER = "us-letter"


# Widths in millimetres (ISO 216; ANSI/ASME Y14.1).
_WIDTHS_MM = {Paper.A4: 210.0, Paper.LETTER: 215.9}


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How a page looks.

    Attributes
    ----------
    hand : Hand
        Handwritten, as in a fake book, or printed.
    paper : Paper
        Of the PDF.
    staff_mm : float, millimetres
        Height of a staff: players read from a stand what is 6 to 8 high.
    margin_mm : float, millimetres
        On all sides.
    numbers_bars : bool
        Whether each line begins with the number of its bar.
    screen_mm : float or None, millimetres
        Width of the music on a screen; None where it is the paper's.
    fills_lines : bool
        Whether a last line with little on it is as wide as the others.
    """

    hand: Hand = Hand.JAZZ
    paper: Paper = Paper.A4
    staff_mm: float = 6.4
    margin_mm: float = 13.0
    numbers_bars: bool = True
    screen_mm: float | None = None
    fills_lines: bool = False

    @property
    def width_mm(self) -> float:
        """Of the music."""
        if self.screen_mm is not None:
            return self.screen_mm
        return _WIDTHS_MM[self.paper] - 2 * self.margin_mm

    @property
    def music_font(self) -> str:
        """Name of the font for music."""
        return "Petaluma" if self.hand is Hand.JAZZ else "Leland"

    @property
    def text_font(self) -> str:
        """Name of the font for text."""
        return "MuseJazz Text" if self.hand is Hand.JAZZ else "Libertinus Serif"

    @property
    def font_family(self) -> str:
        """Fonts for text in a drawing, for screens that lack the first."""
        return f"{self.text_font}, {'cursive' if self.hand is Hand.JAZZ else 'Times, serif'}"
