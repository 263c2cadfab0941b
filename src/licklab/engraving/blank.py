"""Music paper with everything but the notes: for who writes down what they hear.

Clefs, signatures, bar lines and chords stand where they would on the full page, so that there is
room for every note.
"""

from dataclasses import replace
from xml.etree.ElementTree import Element  # written by Verovio, from our own document

from licklab.domain.score import Score
from licklab.engraving.finishing import write_drawing
from licklab.engraving.line_breaks import fit_lines
from licklab.engraving.style import PageStyle
from licklab.engraving.systems import engrave

# What Verovio draws of notes: the voices of a staff with all that is in them, and what is drawn
# beside voices.
_NOTES = frozenset({"layer", "ledgerLines", "tie", "slur"})


def draw_blank_lines(score: Score, style: PageStyle) -> tuple[bytes, ...]:
    """Draw every line of a page without its notes.

    Parameters
    ----------
    score : Score
        Without tablature.
    style : PageStyle
        How.

    Returns
    -------
    tuple of bytes
        SVG documents, as wide as the page.

    Raises
    ------
    EngravingError
        If Verovio cannot draw it.
    """
    # By hand people write wider than an engraver.
    wide = replace(style, fills_lines=True)
    drawings = engrave(fit_lines(score, wide), wide, each_line=True).draw()
    for one in drawings:
        _take_notes_out(one)
    return tuple(write_drawing(one).encode() for one in drawings)


def _take_notes_out(parent: Element) -> None:
    for child in list(parent):
        if (child.get("class") or "").partition(" ")[0] in _NOTES:
            parent.remove(child)
        else:
            _take_notes_out(child)
