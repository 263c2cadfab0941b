"""A score as a PDF that can be handed to a student."""

from importlib import resources
from pathlib import Path
from typing import Any

from licklab.domain.score import Score
from licklab.engraving.heading import heading_of
from licklab.engraving.style import PageStyle
from licklab.engraving.systems import draw_lines
from licklab.engraving.typesetting import lay_out
from licklab.formats.xml_text import clean_text


def write_pdf(score: Score, style: PageStyle | None = None) -> bytes:
    """Write a score as PDF.

    Parameters
    ----------
    score : Score
        To write.
    style : PageStyle, optional
        How the page looks.

    Returns
    -------
    bytes
        The file, with its fonts embedded; equal scores give equal bytes.

    Raises
    ------
    EngravingError
        If it cannot be drawn.
    """
    wanted = style or PageStyle()
    heading = heading_of(score)

    def fill(folder: Path) -> dict[str, Any]:
        lines = draw_lines(score, wanted)
        names = [f"line-{number}.svg" for number in range(len(lines))]
        for file, drawing in zip(names, lines, strict=True):
            (folder / file).write_bytes(drawing)
        return {
            "title": heading.title,
            "composer": heading.composer,
            "part": heading.part,
            "tempo": heading.tempo,
            "foot": heading.foot,
            "warnings": [clean_text(one) for one in score.warnings],
            "lines": names,
        }

    return lay_out(resources.files("licklab.engraving").joinpath("page.typ"), wanted, fill)
