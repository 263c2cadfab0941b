"""Lines of music for a page that colours, hides and lights their notes.

Any number of them stand in one document of HTML: ids have a prefix, colours are those of the text
around them, and no line has a style sheet, a font or a script of its own.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # written by Verovio, from our own document

from licklab.domain.score import Score, ScoreBar
from licklab.engraving.chord_names import SVG
from licklab.engraving.finishing import XLINK, write_drawing
from licklab.engraving.heads import name_heads
from licklab.engraving.line_breaks import flow_lines
from licklab.engraving.style import PageStyle
from licklab.engraving.systems import engrave

_GROUP, _TEXT, _USE, _DEFS = (f"{{{SVG}}}{tag}" for tag in ("g", "text", "use", "defs"))
_HREF = f"{{{XLINK}}}href"
_LEFT_OUT = frozenset({f"{{{SVG}}}desc", f"{{{SVG}}}style"})
# The page has one face of letters.
_LETTERS = ("font-style", "font-weight")
# Groups that only mark where something begins in Verovio's own document.
_MARKERS = ("ilestone", "placeholder")


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """One line of music.

    Attributes
    ----------
    bars : tuple of ScoreBar
        That stand on it.
    svg : str
        An SVG document. Groups of heads have ids; they and frets have ``data-note``, the id of the
        heard note. Bars have ``data-bar``, their number, names of chords ``data-chord``, their
        index in the bar.
    """

    bars: tuple[ScoreBar, ...]
    svg: str


class Screen:
    """A score laid out for a screen, whose lines are drawn when somebody asks for them.

    Parameters
    ----------
    score : Score
        To draw; its lines do not count.
    style : PageStyle
        How; its width is that of the music.
    id_prefix : str
        Put before every id: letters, digits and hyphens.
    """

    def __init__(self, score: Score, style: PageStyle, id_prefix: str = "") -> None:
        self._engraving = engrave(flow_lines(score, style), style, each_line=True)
        self._note_ids = {one.id: one.head.note_id for one in name_heads(score)}
        self._id_prefix = id_prefix
        self._drawn: dict[int, ScreenLine] = {}
        self._drawing = threading.Lock()

    @property
    def bars(self) -> tuple[tuple[ScoreBar, ...], ...]:
        """The bars of each line."""
        return self._engraving.pages

    def draw(self, start: int = 0, stop: int | None = None) -> tuple[ScreenLine, ...]:
        """Draw some lines.

        Parameters
        ----------
        start : int
            Index of the first.
        stop : int, optional
            Index behind the last; all that follow if omitted.

        Returns
        -------
        tuple of ScreenLine
            In order; none where there are no such lines.

        Raises
        ------
        EngravingError
            If Verovio cannot draw it.
        """
        wanted = range(len(self.bars))[start:stop]
        # Whoever asks for the same meanwhile waits for it.
        with self._drawing:
            missing = [at for at in wanted if at not in self._drawn]
            if missing:
                self._draw(range(missing[0], missing[-1] + 1))
            return tuple(self._drawn[at] for at in wanted)

    def _draw(self, some: range) -> None:
        drawings = self._engraving.draw(some.start, some.stop)
        for at, drawing in zip(some, drawings, strict=True):
            line = _Line(self._note_ids, self._id_prefix, at + 1)
            root = line.redraw(drawing, iter(self.bars[at]))
            self._drawn[at] = ScreenLine(self.bars[at], write_drawing(root))


class _Line:
    def __init__(self, note_ids: Mapping[str, str], prefix: str, number: int) -> None:
        self._note_ids, self._prefix = note_ids, prefix
        self._glyphs = f"{prefix}glyph-{number}-"

    def redraw(self, drawing: Element, bars: Iterator[ScoreBar]) -> Element:
        """Give a drawing of one line its data, without what is Verovio's own."""
        music = next(one for one in drawing if one.get("class") == "definition-scale")
        look = {"fill": "currentColor", "stroke": "currentColor"}
        root = Element(f"{{{SVG}}}svg", {"viewBox": music.get("viewBox") or "", **look})
        for definitions in drawing.iter(_DEFS):
            for glyph in definitions:
                glyph.set("id", self._glyph_id(glyph.get("id") or ""))
            root.append(definitions)
        root.extend(music)
        self._clean(root, bars)
        return root

    def _clean(self, parent: Element, bars: Iterator[ScoreBar]) -> None:
        for child in list(parent):
            kinds = (child.get("class") or "").split()
            if child.tag in _LEFT_OUT or _is_marker(kinds):
                parent.remove(child)
            elif child.tag == _USE:
                child.set("href", "#" + self._glyph_id((child.attrib.pop(_HREF))[1:]))
            elif child.tag == _TEXT:
                child.set("stroke", "none")
                for name in _LETTERS:
                    child.attrib.pop(name, None)
            elif child.tag == _GROUP:
                self._name(child, kinds, bars)
                self._clean(child, bars)
            elif child.get("stroke") == "currentColor":
                del child.attrib["stroke"]  # as the whole line

    def _name(self, group: Element, kinds: Sequence[str], bars: Iterator[ScoreBar]) -> None:
        name = group.attrib.pop("id", "")
        if "note" in kinds:
            group.set("id", self._prefix + name)
            group.set("data-note", self._note_ids[name])
        elif "measure" in kinds:
            group.set("data-bar", str(next(bars).number))
            for index, chord in enumerate(_harms(group)):
                chord.set("data-chord", str(index))
        elif "mRest" in kinds:
            group.set("class", " ".join((*kinds, "rest")))

    def _glyph_id(self, name: str) -> str:
        """Name a glyph by its code point: the rest of Verovio's name changes from page to page."""
        return self._glyphs + name.partition("-")[0]


def _is_marker(kinds: Sequence[str]) -> bool:
    return any(marker in kind for kind in kinds for marker in _MARKERS)


def _harms(measure: Element) -> list[Element]:
    return [one for one in measure.iter(_GROUP) if one.get("class") == "harm"]
