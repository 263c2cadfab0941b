"""A score as a PDF that can be handed to a student."""

import json
import tempfile
from importlib import resources
from pathlib import Path

import typst

from licklab.domain.score import Score
from licklab.engraving.heading import heading_of
from licklab.engraving.style import FONT_FOLDER, PageStyle
from licklab.engraving.systems import draw_lines
from licklab.errors import EngravingError
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
    lines = draw_lines(score, wanted)
    # Typst reads files of this folder alone; what a title says is data, never markup.
    with tempfile.TemporaryDirectory(prefix="licklab-page-") as name:
        folder = Path(name)
        names = [f"line-{number}.svg" for number in range(len(lines))]
        for file, drawing in zip(names, lines, strict=True):
            (folder / file).write_bytes(drawing)
        data = {
            "title": heading.title,
            "composer": heading.composer,
            "part": heading.part,
            "tempo": heading.tempo,
            "foot": heading.foot,
            "warnings": [clean_text(one) for one in score.warnings],
            "lines": names,
            "paper": wanted.paper.value,
            "margin_mm": wanted.margin_mm,
            "font": wanted.text_font,
        }
        (folder / "page.json").write_text(json.dumps(data), encoding="utf-8")
        template = resources.files("licklab.engraving").joinpath("page.typ").read_bytes()
        (folder / "page.typ").write_bytes(template)
        try:
            pdf = typst.compile(
                str(folder / "page.typ"),
                root=name,
                font_paths=[str(FONT_FOLDER)],
                ignore_system_fonts=True,
                format="pdf",
                timestamp=0,
            )
        except typst.TypstError as error:
            raise EngravingError(f"want a page that can be laid out, got: {error}") from error
    assert isinstance(pdf, bytes)
    return pdf
