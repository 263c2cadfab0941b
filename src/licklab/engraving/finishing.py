"""What a copyist does to Verovio's drawing.

Names of chords, marks and bar numbers are set anew in the page's font, for Verovio measures them in
Times and knows no lead sheets.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import (  # what is parsed here, Verovio wrote from our own document
    Element,
    SubElement,
    fromstring,
    register_namespace,
    tostring,
)

from licklab.domain.score import Score
from licklab.engraving.chord_names import (
    SPACE,
    SVG,
    ChordName,
    clear_text,
    read_name,
    set_names,
)
from licklab.engraving.style import PageStyle
from licklab.engraving.tablature import PlayedHead, places_of, set_frets

XLINK = "http://www.w3.org/1999/xlink"
"""Namespace of links in Verovio's drawings."""
# Sizes of text in spaces of the staff.
_MARK_SPACES = 2.4
_NUMBER_SPACES, _BESIDE_SPACES = 1.6, 0.4
# Verovio writes the signs of roots and basses with its font's own for figured bass.
_SIGNS = {"\uea64": "\u266d", "\uea65": "\u266e", "\uea66": "\u266f"}
_STAFF_LINE = re.compile(r"M-?\d+ -?\d+ L(-?\d+) ")


def finish(
    drawings: Sequence[str], firsts: Sequence[int], score: Score, style: PageStyle
) -> tuple[Element, ...]:
    """Finish Verovio's drawings.

    Parameters
    ----------
    drawings : sequence of str
        SVG documents of one or more lines.
    firsts : sequence of int
        Index of the first bar of each.
    score : Score
        That is drawn.
    style : PageStyle
        Of the page.

    Returns
    -------
    tuple of Element
        The SVG documents to show.
    """
    places = places_of(score)
    finished = []
    for drawing, at in zip(drawings, firsts, strict=True):
        root = fromstring(drawing)  # noqa: S314  (Verovio's own output)
        for system in _groups(root, "system"):
            _finish_line(system, score.bars[at].number, style)
            at += len(_groups(system, "measure"))
            if score.part.tuning is not None:
                _finish_tab(system, score.part.n_staves, places, style)
        finished.append(root)
    return tuple(finished)


def write_drawing(drawing: Element) -> str:
    """Write a drawing.

    Parameters
    ----------
    drawing : Element
        An SVG document.

    Returns
    -------
    str
        The same as text.
    """
    register_namespace("", SVG)
    register_namespace("xlink", XLINK)
    return tostring(drawing, encoding="unicode")


def _finish_line(system: Element, number: int, style: PageStyle) -> None:
    groups = _by_kind(system)
    names: list[tuple[Element, ChordName]] = []
    for group in groups["harm"]:
        text, words = _text_of(group)
        if text is not None:
            names.append((text, read_name(words)))
    set_names(names, style, _right_edge(groups["staff"]))
    for kind, spaces in (("reh", _MARK_SPACES), ("mNum", _NUMBER_SPACES)):
        for group in groups[kind]:
            _set_text(group, style, spaces * SPACE)
    if not style.numbers_bars:
        _take_out(system, "mNum")
    elif number > 1:
        _number_mark(system, number, style)


def _finish_tab(
    system: Element, n_staves: int, places: Mapping[str, PlayedHead], style: PageStyle
) -> None:
    _take_out(system, "grpSym")  # a brace says piano
    for measure in _groups(system, "measure"):
        staves = [one for one in measure if one.get("class") == "staff"]
        for staff in staves[n_staves:]:
            _take_out(staff, "meterSig")  # it stands over the tablature
            set_frets(measure, staff, places, style)


def _number_mark(system: Element, number: int, style: PageStyle) -> None:
    """Write the number of a line that begins with a mark, where Verovio leaves it out."""
    first = next(iter(_groups(system, "measure")), None)
    mark = None if first is None else next(iter(_groups(first, "reh")), None)
    box = None if mark is None else mark.find(f"{{{SVG}}}rect")
    if mark is None or box is None:
        return
    text = SubElement(mark, f"{{{SVG}}}text", {"class": "number"})
    left, top, width, height = (float(box.get(k) or "0") for k in ("x", "y", "width", "height"))
    text.set("x", f"{left + width + _BESIDE_SPACES * SPACE:.0f}")
    text.set("y", f"{top + height:.0f}")
    clear_text(text, style, _NUMBER_SPACES * SPACE)
    SubElement(text, f"{{{SVG}}}tspan").text = str(number)


def _kind_of(group: Element) -> str:
    return (group.get("class") or "").partition(" ")[0]


def _groups(parent: Element, kind: str) -> list[Element]:
    return [one for one in parent.iter(f"{{{SVG}}}g") if _kind_of(one) == kind]


def _take_out(root: Element, kind: str) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if _kind_of(child) == kind:
                parent.remove(child)


def _by_kind(parent: Element) -> Mapping[str, list[Element]]:
    found: defaultdict[str, list[Element]] = defaultdict(list)
    for one in parent.iter(f"{{{SVG}}}g"):
        found[_kind_of(one)].append(one)
    return found


def _right_edge(staves: Sequence[Element]) -> float:
    """Find where the staff lines end."""
    ends = [
        float(match[1])
        for staff in staves
        for path in staff.findall(f"{{{SVG}}}path")
        if (match := _STAFF_LINE.match(path.get("d") or ""))
    ]
    return max(ends, default=0.0)


def _text_of(group: Element) -> tuple[Element | None, str]:
    text = group.find(f"{{{SVG}}}text")
    if text is None:
        return None, ""
    words = "".join("".join(text.itertext()).split())
    return text, "".join(_SIGNS.get(one, one) for one in words)


def _set_text(group: Element, style: PageStyle, size: float) -> None:
    text, words = _text_of(group)
    if text is None:
        return
    clear_text(text, style, size)
    SubElement(text, f"{{{SVG}}}tspan").text = words
