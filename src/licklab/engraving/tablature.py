"""Fret numbers on the strings that Verovio drew, each under its head.

Verovio lays tablature out as a staff with times of its own: grace notes take some, and frets then
stand beside their notes. Heads are in their places already; so are frets that are set by them.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement  # written here, never read

from licklab.domain.score import Score
from licklab.domain.tab import StringFret
from licklab.engraving.chord_names import SPACE, SVG
from licklab.engraving.heads import name_heads
from licklab.engraving.style import PageStyle
from licklab.engraving.text_width import width_of

_GROUP, _PATH = f"{{{SVG}}}g", f"{{{SVG}}}path"
# In spaces of the staff: fills the gap between strings, which Verovio makes 1.75 wide.
_FRET_SPACES, _GRACE_SCALE = 2.1, 0.7
_DIGIT_HEIGHT = 0.66  # of the font's size, in both of our fonts
_PAD_SPACES = 0.2
# Widths of heads in spaces (SMuFL's metadata of Leland: whole 1.69, half and black 1.3).
_HEAD_SPACES = {"E0A2": 1.69, "E0A3": 1.3, "E0A4": 1.3}
_PLACE = re.compile(r"translate\((-?\d+(?:\.\d+)?), .*scale\((\d+(?:\.\d+)?)")
_LINE = re.compile(r"M(-?\d+) (-?\d+) L(-?\d+) ")
_FULL_SCALE = 0.72  # of glyphs at Verovio's unit 9


@dataclass(frozen=True, slots=True)
class PlayedHead:
    """A head that is played on the fingerboard.

    Attributes
    ----------
    note_id : str
        Of the heard note.
    place : StringFret
        Where.
    """

    note_id: str
    place: StringFret


Fret = tuple[float, float, PlayedHead]
"""Middle, scale, what is played."""


def places_of(score: Score) -> Mapping[str, PlayedHead]:
    """List where heads are played, by their ids in a drawing.

    Parameters
    ----------
    score : Score
        With places.

    Returns
    -------
    mapping of str to PlayedHead
        Without heads that only go on sounding: a tie is played once.
    """
    return {
        one.id: PlayedHead(one.head.note_id, one.head.place)
        for one in name_heads(score)
        if one.head.place is not None and not one.head.tie_from
    }


def set_frets(
    measure: Element, tab_staff: Element, places: Mapping[str, PlayedHead], style: PageStyle
) -> None:
    """Set the frets of a bar.

    Parameters
    ----------
    measure : Element
        The bar in a drawing, with heads that have ids.
    tab_staff : Element
        Its strings.
    places : mapping of str to PlayedHead
        By ids of heads.
    style : PageStyle
        Of the page.
    """
    frets = _find_frets(measure, places)
    lines = [path for path in tab_staff.findall(_PATH) if _LINE.match(path.get("d") or "")]
    for string, line in enumerate(lines, 1):
        match = _LINE.match(line.get("d") or "")
        assert match is not None
        left, y, right = (float(one) for one in match.groups())
        at = left
        strokes = ""
        for middle, scale, played in sorted(frets, key=lambda one: one[0]):
            if played.place.string != string:
                continue
            size = _FRET_SPACES * SPACE * scale
            half = (
                width_of(str(played.place.fret), style.text_font) * size / 2 + _PAD_SPACES * SPACE
            )
            if middle - half > at:
                strokes += f"M{at:.0f} {y:.0f} L{middle - half:.0f} {y:.0f} "
            at = max(at, middle + half)
            _write(tab_staff, played, (middle, y + _DIGIT_HEIGHT * size / 2), size, style)
        if at < right:
            strokes += f"M{at:.0f} {y:.0f} L{right:.0f} {y:.0f}"
        line.set("d", strokes.strip())


def _find_frets(measure: Element, places: Mapping[str, PlayedHead]) -> list[Fret]:
    found: list[Fret] = []
    done: set[str] = set()
    chords = [one for one in measure.iter(_GROUP) if one.get("class") == "chord"]
    for group in [*chords, measure]:
        notes = [
            (head, played)
            for one in group.iter(_GROUP)
            if (id_ := one.get("id") or "") not in done
            and (played := places.get(id_)) is not None
            and (head := _head_of(one)) is not None
        ]
        done |= {one.get("id") or "" for one in group.iter(_GROUP)}
        # Of a chord, heads a second apart stand on both sides of the stem: its frets do not.
        shared = Counter(head for head, _ in notes).most_common(1)[0][0] if notes else (0.0, 1.0)
        for head, played in notes:
            found.append((*(head if group is measure else shared), played))
    return found


def _head_of(note: Element) -> tuple[float, float] | None:
    for use in note.iter(f"{{{SVG}}}use"):
        code = (use.get("{http://www.w3.org/1999/xlink}href") or "")[1:5]
        match = _PLACE.search(use.get("transform") or "")
        if code in _HEAD_SPACES and match is not None:
            size = float(match[2]) / _FULL_SCALE
            scale = 1.0 if size > (1 + _GRACE_SCALE) / 2 else _GRACE_SCALE
            return float(match[1]) + _HEAD_SPACES[code] * SPACE * size / 2, scale
    return None


def _write(
    staff: Element, played: PlayedHead, at: tuple[float, float], size: float, style: PageStyle
) -> None:
    text = SubElement(staff, f"{{{SVG}}}text", {"class": "fret", "text-anchor": "middle"})
    text.set("data-note", played.note_id)
    text.set("x", f"{at[0]:.0f}")
    text.set("y", f"{at[1]:.0f}")
    text.set("font-family", style.font_family)
    text.set("font-size", f"{size:.0f}px")
    text.text = str(played.place.fret)
