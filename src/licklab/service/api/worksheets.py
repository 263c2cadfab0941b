"""How printed assignments are asked for."""

from typing import Annotated, Any

from fastapi import Depends, Query

from licklab.engraving.style import PageStyle
from licklab.exporting.request import read_request

_LONGEST = 40
_Word = Annotated[Annotated[str, Query(max_length=_LONGEST)] | None, Query()]
PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Pages to print.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""What is answered."""


def _read_style(paper: _Word = None, hand: _Word = None) -> PageStyle:
    return read_request(paper=paper, hand=hand).style


WorksheetStyle = Annotated[PageStyle, Depends(_read_style)]
"""Paper (`a4`, `letter`) and hand (`jazz`, `plain`)."""
