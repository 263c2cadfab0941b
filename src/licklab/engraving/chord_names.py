"""Names of chords in the page's font: set as on a lead sheet, and kept apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement  # written here, never read

from licklab.engraving.style import PageStyle
from licklab.engraving.text_width import width_of

SVG = "http://www.w3.org/2000/svg"
"""Namespace of drawings."""
SPACE = 180.0
"""A space of the staff in Verovio's drawings at unit 9: two units of ten."""

CHORD_SPACES = 2.9
"""Size of the font of chord names, in spaces of the staff: 4.6 mm high on a staff of 6.4 mm."""
_KIND_SCALE, _KIND_RAISED = 0.8, 0.22
# Between two names; the least that keeps them apart to the eye.
_GAP_SPACES = 0.9
# Smaller than this, in parts of its size, a name is not read from a stand: 3 mm are left.
_SMALLEST = 0.65
_CHORD = re.compile(r"([A-G][\u266d\u266f]?)([^/]*)(/[A-G][\u266d\u266f]?)?")
_FLAT = re.compile(r"(?<=^[A-G])b|(?<=/[A-G])b|b(?=\d)")


@dataclass(frozen=True, slots=True)
class ChordName:
    """What is written of a chord.

    Attributes
    ----------
    root, kind, bass : str
        The kind is smaller and raised; the bass has its stroke.
    """

    root: str
    kind: str = ""
    bass: str = ""


def read_name(symbol: str) -> ChordName:
    """Take a symbol apart.

    Parameters
    ----------
    symbol : str
        As players write it, signs in ASCII or not.

    Returns
    -------
    ChordName
        Its parts, with signs.

    Examples
    --------
    >>> read_name("Bbm7b5/Fb")
    ChordName(root='B♭', kind='m7♭5', bass='/F♭')
    """
    words = _FLAT.sub("\u266d", symbol).replace("#", "\u266f")
    match = _CHORD.fullmatch(words)
    return ChordName(match[1], match[2], match[3] or "") if match else ChordName(words)


def spaces_of(name: ChordName, style: PageStyle) -> float:
    """Measure a name.

    Parameters
    ----------
    name : ChordName
        Of a chord.
    style : PageStyle
        Of the page.

    Returns
    -------
    float, spaces of the staff
        What it needs, with the gap after it.
    """
    font = style.text_font
    ems = width_of(name.root + name.bass, font) + _KIND_SCALE * width_of(name.kind, font)
    return CHORD_SPACES * ems + _GAP_SPACES


def set_names(
    texts: Sequence[tuple[Element, ChordName]], style: PageStyle, right_edge: float
) -> None:
    """Write the names over one line of the page anew.

    Parameters
    ----------
    texts : sequence of (Element, ChordName)
        Elements of a drawing that stand where the names begin.
    style : PageStyle
        Of the page.
    right_edge : float
        Of the staff, in the drawing.
    """
    if not texts:
        return
    ordered = sorted(texts, key=lambda one: float(one[0].get("x", "0")))
    lefts = [float(text.get("x", "0")) for text, _ in ordered]
    widths = [spaces_of(name, style) * SPACE for _, name in ordered]
    # The last one may end where the line does, without a gap.
    ends = [*lefts[1:], right_edge + _GAP_SPACES * SPACE]
    room = min((end - left) / width for left, end, width in zip(lefts, ends, widths, strict=True))
    # One size for all of a line; what is still too long then pushes its neighbours.
    scale = max(_SMALLEST, min(1.0, room))
    moved = push_apart(lefts, [scale * width for width in widths], ends[-1])
    for (text, name), left in zip(ordered, moved, strict=True):
        text.set("x", f"{left:.0f}")
        _write(text, name, style, scale * CHORD_SPACES * SPACE)


def push_apart(lefts: Sequence[float], widths: Sequence[float], edge: float) -> list[float]:
    """Move what overlaps as little to the right as it needs, and back from the edge.

    Parameters
    ----------
    lefts : sequence of float
        Where each begins, in order.
    widths : sequence of float
        What each needs.
    edge : float
        Where the last one has to end.

    Returns
    -------
    list of float
        Where each begins then; more than there is room for reaches over the left end.

    Examples
    --------
    >>> push_apart([0, 2, 9], [4, 3, 3], 10)
    [0, 4, 7]
    """
    moved = list(lefts)
    for i in range(1, len(moved)):
        moved[i] = max(moved[i], moved[i - 1] + widths[i - 1])
    end = edge
    for i in reversed(range(len(moved))):
        moved[i] = min(moved[i], end - widths[i])
        end = moved[i]
    return moved


def _write(text: Element, name: ChordName, style: PageStyle, size: float) -> None:
    clear_text(text, style, size)
    SubElement(text, f"{{{SVG}}}tspan").text = name.root
    if name.kind:
        raised = SubElement(text, f"{{{SVG}}}tspan")
        raised.set("font-size", f"{size * _KIND_SCALE:.0f}px")
        raised.set("dy", f"{-size * _KIND_RAISED:.0f}")
        raised.text = name.kind
    if name.bass:
        lowered = SubElement(text, f"{{{SVG}}}tspan")
        lowered.set("dy", f"{size * _KIND_RAISED if name.kind else 0:.0f}")
        lowered.text = name.bass


def clear_text(text: Element, style: PageStyle, size: float) -> None:
    """Empty a text and give it the page's font.

    Parameters
    ----------
    text : Element
        Of a drawing.
    style : PageStyle
        Of the page.
    size : float
        Of its font, in the drawing.
    """
    for child in list(text):
        text.remove(child)
    text.text = None
    text.set("font-family", style.font_family)
    text.set("font-size", f"{size:.0f}px")
