"""A score as one drawing for a screen, with the ids of the heard notes."""

import base64
import re
from html import escape

from licklab.domain.score import Score
from licklab.engraving.heading import heading_of
from licklab.engraving.style import FONT_FOLDER, Hand, PageStyle
from licklab.engraving.systems import draw_all
from licklab.engraving.text_width import width_of

_VIEW = re.compile(r'viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
# The head is laid out in tenths of a millimetre.
_PX_PER_MM = 10
_HEAD_PX = 150.0


def write_svg(score: Score, style: PageStyle | None = None) -> bytes:
    """Write a score as SVG.

    Parameters
    ----------
    score : Score
        To write.
    style : PageStyle, optional
        How it looks; paper and margins do not count, its width does.

    Returns
    -------
    bytes
        One document with all lines, its font inside. Each head is a group whose id is that of the
        heard note; further heads that are tied to it end in ``-2``, ``-3`` and so on.

    Raises
    ------
    EngravingError
        If it cannot be drawn.
    """
    wanted = style or PageStyle()
    music = draw_all(score, wanted).decode()
    match = _VIEW.search(music)
    assert match is not None  # asked for in the options
    width, height = (_PX_PER_MM * float(one) for one in match.groups())
    heading = heading_of(score)
    font = "" if wanted.hand is Hand.PLAIN else _font_face(wanted.text_font)
    words = (
        (width / 2, 60.0, "middle", 54, heading.title, 1.0),
        (0.0, 90.0, "start", 27, heading.part, 1.0),
        (0.0, 125.0, "start", 27, heading.tempo, 0.4),
        (width, 125.0, "end", 27, heading.composer, 0.55),
    )
    texts = "".join(
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" '
        f'font-size="{_fit(text, size, share * width, wanted.text_font):.1f}">{escape(text)}</text>'
        for x, y, anchor, size, text, share in words
        if text
    )
    body = music[music.index("<svg") :].replace(
        "<svg ", f'<svg y="{_HEAD_PX:.0f}" width="{width:.0f}" height="{height:.0f}" ', 1
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width:.0f} {height + _HEAD_PX:.0f}">'
        f"<title>{escape(heading.title)}</title><style>{font}</style>"
        f'<g font-family="{wanted.font_family}">{texts}</g>{body}</svg>\n'
    ).encode()


def _fit(text: str, size: float, room: float, font: str) -> float:
    """Find the size at which words have room in one line."""
    return min(size, room / width_of(text, font))


def _font_face(name: str) -> str:
    content = base64.b64encode((FONT_FOLDER / "MuseJazzText.woff2").read_bytes()).decode()
    return f'@font-face{{font-family:"{name}";src:url(data:font/woff2;base64,{content})}}'
