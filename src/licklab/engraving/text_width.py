"""How wide words are in the fonts of the page, measured by Typst."""

import functools
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import typst

from licklab.engraving.style import FONT_FOLDER

# What names of chords are made of, and what else may stand over bars.
_LETTERS = "".join(chr(code) for code in range(0x20, 0x7F)) + "\u266d\u266e\u266f\u25b3\u00f8\u00b0"
_EM_PT = 1000.0
_PROGRAM = """#let page-data = json("letters.json")
#set text(font: page-data.font, size: 1000pt)
#context [#metadata(page-data.letters.map(one => measure(one).width.pt()))<widths>]
"""


def width_of(text: str, font: str) -> float:
    """Measure words.

    Parameters
    ----------
    text : str
        In one line.
    font : str
        Its name.

    Returns
    -------
    float, sizes of the font
        Without kerning; a letter that was not foreseen counts as wide as an ``m``.
    """
    widths = _letter_widths(font)
    return sum(widths.get(letter, widths["m"]) for letter in text)


# Measured once: it takes some milliseconds.
@functools.cache
def _letter_widths(font: str) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory(prefix="licklab-letters-") as name:
        folder = Path(name)
        data = {"font": font, "letters": list(_LETTERS)}
        (folder / "letters.json").write_text(json.dumps(data), encoding="utf-8")
        (folder / "letters.typ").write_text(_PROGRAM, encoding="utf-8")
        answer = typst.query(
            str(folder / "letters.typ"), "<widths>", field="value", one=True, root=name,
            font_paths=[str(FONT_FOLDER)], ignore_system_fonts=True,
        )  # fmt: skip
    widths = json.loads(answer)
    return MappingProxyType(
        {letter: width / _EM_PT for letter, width in zip(_LETTERS, widths, strict=True)}
    )
