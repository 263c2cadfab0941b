"""Music as drawings: one SVG for each line of the page, or one for all.

Verovio draws from our own MusicXML. The names of chords, marks and bar numbers are then set anew in
the page's font, for Verovio measures them in Times and knows no lead sheets.
"""

import functools
import re
import threading
from dataclasses import replace
from xml.etree.ElementTree import (  # what is parsed here, Verovio wrote from our own document
    Element,
    SubElement,
    fromstring,
    register_namespace,
    tostring,
)

import verovio

from licklab.domain.score import Score
from licklab.engraving.style import PageStyle
from licklab.errors import EngravingError
from licklab.formats.score_musicxml import write_musicxml

# There is one toolkit, which holds the music between two calls, and the API draws in threads.
_DRAWING = threading.Lock()
# Verovio's ids are random in the first music that a thread loads, whatever the seed: equal scores
# would not give equal drawings.
_THREAD = threading.local()
_REST = (
    '<score-partwise><part-list><score-part id="P1"><part-name/></score-part></part-list>'
    '<part id="P1"><measure number="1"><note><rest/><duration>4</duration></note></measure></part>'
    "</score-partwise>"
)
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
# Verovio's unit is half a staff space; a staff is eight. Its lengths are tenths of a millimetre at
# unit 9, so that a staff of 7.2 mm is drawn at scale 100.
_UNIT, _STAFF_MM = 9.0, 7.2
_TALLEST = 60_000  # Verovio's limit, in tenths of a millimetre
# Sizes of text in spaces of the staff, which is 180 in the drawing.
_SPACE = 180
_CHORD_SPACES, _KIND_SCALE, _KIND_RAISED = 2.9, 0.8, 0.22
_MARK_SPACES = 2.4
_NUMBER_SPACES = 1.6
# Verovio writes the signs of roots and basses with its font's own for figured bass.
_SIGNS = {"\uea64": "\u266d", "\uea65": "\u266e", "\uea66": "\u266f"}
_CHORD = re.compile(r"([A-G][\u266d\u266f]?)([^/]*)(/[A-G][\u266d\u266f]?)?")


def draw_lines(score: Score, style: PageStyle) -> tuple[bytes, ...]:
    """Draw every line of a page by itself.

    Parameters
    ----------
    score : Score
        To draw.
    style : PageStyle
        How.

    Returns
    -------
    tuple of bytes
        SVG documents, as wide as the music of the page and as high as each needs.

    Raises
    ------
    EngravingError
        If Verovio cannot draw it.
    """
    return _draw(score, style, each_line=True)


def draw_all(score: Score, style: PageStyle) -> bytes:
    """Draw all lines one under another.

    Parameters
    ----------
    score : Score
        To draw.
    style : PageStyle
        How.

    Returns
    -------
    bytes
        An SVG document.

    Raises
    ------
    EngravingError
        If Verovio cannot draw it.
    """
    return _draw(score, style, each_line=False)[0]


def _draw(score: Score, style: PageStyle, *, each_line: bool) -> tuple[bytes, ...]:
    register_namespace("", _SVG)
    register_namespace("xlink", _XLINK)
    # Tempo and feel stand in the head of the page.
    bare = replace(
        score, tempo_bpm=None, swing_ratio=None, title="", composer="",
        part=replace(score.part, name=""),
    )  # fmt: skip
    music = write_musicxml(bare, breaks="page" if each_line else "line", for_engraving=True)
    with _DRAWING:
        drawings = _render(music.decode(), style)
    tab_staff = score.part.n_staves if score.part.tuning is not None else None
    return tuple(_finish(drawing, style, tab_staff) for drawing in drawings)


def _render(music: str, style: PageStyle) -> tuple[str, ...]:
    toolkit = _toolkit()
    if not getattr(_THREAD, "is_seeded", False):
        toolkit.loadData(_REST)
        _THREAD.is_seeded = True
    toolkit.setOptions(_options(style))
    if not toolkit.loadData(music):
        raise EngravingError(f"want music that can be drawn, got: {toolkit.getLog()[:200]}")
    return tuple(toolkit.renderToSVG(page) for page in range(1, toolkit.getPageCount() + 1))


# The fonts take a tenth of a second to load.
@functools.cache
def _toolkit() -> verovio.toolkit:
    verovio.enableLog(verovio.LOG_ERROR)
    return verovio.toolkit()


def _options(style: PageStyle) -> dict[str, object]:
    return {
        "font": style.music_font,
        "breaks": "encoded",
        "pageWidth": round(style.width_mm * 10 * _STAFF_MM / style.staff_mm),
        "pageHeight": _TALLEST,
        "adjustPageHeight": True,
        "pageMarginLeft": 30, "pageMarginRight": 0,  # bar numbers stand out to the left
         "pageMarginTop": 40, "pageMarginBottom": 10,  # chords are higher than Verovio thinks
        "unit": _UNIT,
        "header": "none",
        "footer": "none",
        "svgViewBox": True,
        "xmlIdSeed": 1,  # equal scores, equal drawings; 0 would be the clock
        "lyricSize": 5.6,  # of chords too: it is what keeps them apart
        "minLastJustification": 0.6,
        "justificationSystem": 0,
        "spacingSystem": 3,
        "bottomMarginHarm": 1.6,
        "spacingNonLinear": 0.55,
    }  # fmt: skip


def _finish(drawing: str, style: PageStyle, tab_staff: int | None) -> bytes:
    root = fromstring(drawing)  # noqa: S314  (Verovio's own output)
    for group in root.iter(f"{{{_SVG}}}g"):
        kind = (group.get("class") or "").partition(" ")[0]
        if kind == "measure" and tab_staff is not None:
            _take_out_metre(group, tab_staff)
        if kind == "harm":
            _set_chord(group, style)
        elif kind in {"reh", "mNum"}:
            spaces = _MARK_SPACES if kind == "reh" else _NUMBER_SPACES
            _set_text(group, style, spaces * _SPACE)
    content: bytes = tostring(root, encoding="utf-8")
    return content


def _take_out_metre(measure: Element, staff: int) -> None:
    """Take the time signature out of the tablature: it stands over it."""
    staves = [one for one in measure if one.get("class") == "staff"]
    for parent in staves[staff].iter() if staff < len(staves) else ():
        for child in list(parent):
            if child.get("class") == "meterSig":
                parent.remove(child)


def _text_of(group: Element) -> tuple[Element | None, str]:
    text = group.find(f"{{{_SVG}}}text")
    if text is None:
        return None, ""
    words = "".join("".join(text.itertext()).split())
    return text, "".join(_SIGNS.get(one, one) for one in words)


def _set_chord(group: Element, style: PageStyle) -> None:
    text, words = _text_of(group)
    if text is None:
        return
    words = re.sub(r"(?<=^[A-G])b|(?<=/[A-G])b|b(?=\d)", "\u266d", words).replace("#", "\u266f")
    match = _CHORD.fullmatch(words)
    root, kind, bass = (match[1], match[2], match[3] or "") if match else (words, "", "")
    size = _CHORD_SPACES * _SPACE
    _clear(text, style, size)
    SubElement(text, f"{{{_SVG}}}tspan").text = root
    if kind:
        raised = SubElement(text, f"{{{_SVG}}}tspan")
        raised.set("font-size", f"{size * _KIND_SCALE:.0f}px")
        raised.set("dy", f"{-size * _KIND_RAISED:.0f}")
        raised.text = kind
    if bass:
        lowered = SubElement(text, f"{{{_SVG}}}tspan")
        lowered.set("dy", f"{size * _KIND_RAISED if kind else 0:.0f}")
        lowered.text = bass


def _set_text(group: Element, style: PageStyle, size: float) -> None:
    text, words = _text_of(group)
    if text is None:
        return
    _clear(text, style, size)
    SubElement(text, f"{{{_SVG}}}tspan").text = words


def _clear(text: Element, style: PageStyle, size: float) -> None:
    for child in list(text):
        text.remove(child)
    text.text = None
    text.set("font-family", style.text_font)
    text.set("font-size", f"{size:.0f}px")
