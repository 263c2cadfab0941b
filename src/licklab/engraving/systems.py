"""Music as drawings: one SVG for each line of the page, or one for all.

Verovio draws from our own MusicXML.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import accumulate, pairwise
from xml.etree.ElementTree import Element  # written by Verovio, from our own document

import verovio

from licklab.domain.score import Score, ScoreBar
from licklab.engraving.finishing import finish, write_drawing
from licklab.engraving.line_breaks import fit_lines
from licklab.engraving.style import PageStyle
from licklab.errors import EngravingError
from licklab.formats.score_musicxml import write_musicxml

# A toolkit holds its music between two calls, and the API draws in threads.
_DRAWING = threading.Lock()
# Lines of the same music are asked for one handful after another, by a few people at once: what
# toolkits hold, with the options; the one that was used longest ago comes first.
_HELD: list[tuple[str, dict[str, object], verovio.toolkit]] = []
_MOST_TOOLKITS = 3
verovio.enableLog(verovio.LOG_ERROR)
# Verovio's ids are random in the first music that a thread loads, whatever the seed: equal scores
# would not give equal drawings.
_THREAD = threading.local()
_REST = (
    '<score-partwise><part-list><score-part id="P1"><part-name/></score-part></part-list>'
    '<part id="P1"><measure number="1"><note><rest/><duration>4</duration></note></measure></part>'
    "</score-partwise>"
)
# Verovio's unit is half a staff space; a staff is eight. Its lengths are tenths of a millimetre at
# unit 9, so that a staff of 7.2 mm is drawn at scale 100.
_UNIT, _STAFF_MM = 9.0, 7.2
_TALLEST = 60_000  # Verovio's limit, in tenths of a millimetre
# Between the staves of two hands, Verovio's own; tablature belongs to the notes close above it.
_HANDS_UNITS, _TAB_UNITS = 12, 6


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


@dataclass(frozen=True, slots=True)
class Engraving:
    """Music ready to be drawn, page by page; a page is a line, or all of them.

    Attributes
    ----------
    score : Score
        That is drawn.
    style : PageStyle
        How.
    pages : tuple of tuple of ScoreBar
        The bars of each.
    music : str
        As MusicXML.
    """

    score: Score
    style: PageStyle
    pages: tuple[tuple[ScoreBar, ...], ...]
    music: str

    def draw(self, start: int = 0, stop: int | None = None) -> tuple[Element, ...]:
        """Draw some pages.

        Parameters
        ----------
        start : int
            Index of the first.
        stop : int, optional
            Index behind the last; all that follow if omitted.

        Returns
        -------
        tuple of Element
            SVG documents.

        Raises
        ------
        EngravingError
            If Verovio cannot draw it.
        """
        chosen = range(len(self.pages))[start:stop]
        with _DRAWING:
            drawings = _render(self.music, _options(self.score, self.style), chosen)
        begins = [0, *accumulate(map(len, self.pages))]
        firsts = [begins[page] for page in chosen]
        return finish(drawings, firsts, self.score, self.style)


def engrave(score: Score, style: PageStyle, *, each_line: bool) -> Engraving:
    """Make the lines that a score has ready to be drawn.

    Parameters
    ----------
    score : Score
        Whose lines have room for what stands in them.
    style : PageStyle
        How.
    each_line : bool
        Whether each by itself; else all one under another.

    Returns
    -------
    Engraving
        That can be drawn.
    """
    # Tempo and feel stand in the head of the page.
    bare = replace(
        score, tempo_bpm=None, swing_ratio=None, title="", composer="",
        part=replace(score.part, name=""),
    )  # fmt: skip
    music = write_musicxml(bare, breaks="page" if each_line else "line", for_engraving=True)
    pages = _lines(score.bars) if each_line else (score.bars,)
    return Engraving(score, style, pages, music.decode())


def _lines(bars: Sequence[ScoreBar]) -> tuple[tuple[ScoreBar, ...], ...]:
    begins = [i for i, bar in enumerate(bars) if bar.begins_line or i == 0]
    return tuple(tuple(bars[i:j]) for i, j in pairwise([*begins, len(bars)]))


def _draw(score: Score, style: PageStyle, *, each_line: bool) -> tuple[bytes, ...]:
    drawings = engrave(fit_lines(score, style), style, each_line=each_line).draw()
    return tuple(write_drawing(one).encode() for one in drawings)


def _render(music: str, options: dict[str, object], pages: Sequence[int]) -> tuple[str, ...]:
    at = next((i for i, held in enumerate(_HELD) if held[:2] == (music, options)), None)
    if at is not None:
        held = _HELD.pop(at)
    else:
        # Its fonts take a tenth of a second to load.
        toolkit = _new_toolkit() if len(_HELD) < _MOST_TOOLKITS else _HELD.pop(0)[2]
        if not getattr(_THREAD, "is_seeded", False):
            toolkit.loadData(_REST)
            _THREAD.is_seeded = True
        toolkit.setOptions(options)
        held = (music, options, toolkit)
        if not toolkit.loadData(music):
            raise EngravingError(f"want music that can be drawn, got: {toolkit.getLog()[:200]}")
    _HELD.append(held)
    return tuple(held[2].renderToSVG(page + 1) for page in pages)


def _new_toolkit() -> verovio.toolkit:
    # The folder that Verovio finds when it is imported is known to the thread alone that did it.
    toolkit = verovio.toolkit(initFont=False)
    toolkit.setResourcePath(str(resources.files("verovio") / "data"))
    return toolkit


def _options(score: Score, style: PageStyle) -> dict[str, object]:
    return {
        "font": style.music_font,
        "breaks": "encoded" if any(bar.begins_line for bar in score.bars[1:]) else "auto",
        "pageWidth": round(style.width_mm * 10 * _STAFF_MM / style.staff_mm),
        "pageHeight": _TALLEST,
        "adjustPageHeight": True,
        "pageMarginLeft": 30, "pageMarginRight": 0,  # bar numbers stand out to the left
         "pageMarginTop": 40, "pageMarginBottom": 10,  # chords are higher than Verovio thinks
        "unit": _UNIT,
        "header": "none",
        "footer": "none",
        "svgViewBox": True,
        "svgFormatRaw": True,
        # Without a style sheet for each page, on whose rules Verovio spends two fifths of drawing:
        # strokes and fonts are attributes. Sizes are millimetres then.
        "mmOutput": True,
        "smuflTextFont": "none",  # signs in words are set anew, in the page's font
        "xmlIdSeed": 1,  # equal scores, equal drawings; 0 would be the clock
        "lyricSize": 5.6,  # of chords too: it is what keeps them apart
        "minLastJustification": 0.0 if style.fills_lines else 0.6,
        "justificationSystem": 0,
        "spacingSystem": 3,
        "spacingBraceGroup": _HANDS_UNITS if score.part.tuning is None else _TAB_UNITS,
        "bottomMarginHarm": 1.6,
        "spacingNonLinear": 0.55,
    }  # fmt: skip
