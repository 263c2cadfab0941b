"""Pages laid out by Typst from a template, data and drawings."""

import json
import tempfile
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import typst

from licklab.engraving.style import FONT_FOLDER, PageStyle
from licklab.errors import EngravingError


def lay_out(
    template: Traversable, style: PageStyle, fill: Callable[[Path], Mapping[str, Any]]
) -> bytes:
    """Lay out pages.

    Parameters
    ----------
    template : Traversable
        A Typst file; it reads its data from the JSON file of its own name.
    style : PageStyle
        How the pages look.
    fill : callable
        Is given a folder to write drawings into, and gives the data that names them; what it raises
        comes through.

    Returns
    -------
    bytes
        A PDF with its fonts embedded; equal data give equal bytes.

    Raises
    ------
    EngravingError
        If the pages cannot be laid out.
    """
    # Typst reads files of this folder alone; what a title says is data, never markup.
    with tempfile.TemporaryDirectory(prefix="licklab-pages-") as name:
        folder = Path(name)
        data = {
            **fill(folder),
            "paper": style.paper.value,
            "margin_mm": style.margin_mm,
            "font": style.text_font,
        }
        source = folder / template.name
        source.with_suffix(".json").write_text(json.dumps(data), encoding="utf-8")
        source.write_bytes(template.read_bytes())
        try:
            pdf = typst.compile(
                str(source),
                root=name,
                font_paths=[str(FONT_FOLDER)],
                ignore_system_fonts=True,
                format="pdf",
                timestamp=0,
            )
        except typst.TypstError as error:
            raise EngravingError(f"want pages that can be laid out, got: {error}") from error
    assert isinstance(pdf, bytes)
    return pdf
