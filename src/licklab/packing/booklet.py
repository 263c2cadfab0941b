"""A practice booklet as a PDF: a cover, the analysis, twelve keys, exercises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from licklab.domain.line_analysis import Statement
from licklab.domain.score import Score
from licklab.engraving.heading import plain_words
from licklab.engraving.style import PageStyle
from licklab.engraving.systems import draw_lines
from licklab.engraving.typesetting import lay_out

# Of a sentence under a title: more would push the music off its page.
_MOST_LETTERS = 480


@dataclass(frozen=True, slots=True)
class BookletMusic:
    """Music under a heading.

    Attributes
    ----------
    title : str
        Over it.
    words : str
        A sentence under the title; empty for none.
    score : Score
        The music.
    """

    title: str
    words: str
    score: Score


@dataclass(frozen=True, slots=True)
class BookletLick:
    """The chapters of one lick.

    Attributes
    ----------
    title : str
        What it is called.
    place : str
        Where it is from, such as ``bars 5–8 of Blues``.
    original : Score
        The lick as it was played, for the part; with the numbers of its bars.
    statements : tuple of Statement
        What happens in it.
    keys : tuple of BookletMusic
        The lick in each key.
    exercises : tuple of BookletMusic
        In the order in which they are practised.
    """

    title: str
    place: str
    original: Score
    statements: tuple[Statement, ...]
    keys: tuple[BookletMusic, ...]
    exercises: tuple[BookletMusic, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A practice booklet.

    Attributes
    ----------
    title : str
        On its cover.
    part : str
        For whom, such as ``Tenor saxophone (Bb)``.
    order : str
        How keys follow one another, in words.
    licks : tuple of BookletLick
        One or more.
    """

    title: str
    part: str
    order: str
    licks: tuple[BookletLick, ...]


def write_booklet(
    booklet: Booklet, style: PageStyle, report: Callable[[float], None] | None = None
) -> bytes:
    """Write a booklet as PDF.

    Parameters
    ----------
    booklet : Booklet
        To write.
    style : PageStyle
        How its pages look.
    report : callable, optional
        Is told the share that is done, 0 to 1; what it raises comes through.

    Returns
    -------
    bytes
        The file, with its fonts embedded; equal booklets give equal bytes.

    Raises
    ------
    EngravingError
        If it cannot be drawn.
    """

    def fill(folder: Path) -> dict[str, Any]:
        artist = _Artist(folder, style, _count(booklet), report)
        return {
            "title": _plain(booklet.title),
            "part": booklet.part,
            "order": booklet.order,
            "licks": [_lick_data(one, artist) for one in booklet.licks],
            "foot": "Made with Jazz Lick Lab",
        }

    return lay_out(resources.files("licklab.packing").joinpath("booklet.typ"), style, fill)


class _Artist:
    """Draws music into a folder, one file a line."""

    def __init__(
        self, folder: Path, style: PageStyle, n_wanted: int, report: Callable[[float], None] | None
    ) -> None:
        self._folder, self._report, self._n_wanted = folder, report, n_wanted
        self._numbered = style
        self._plain = replace(style, numbers_bars=False)
        self._n_lines = self._n_done = 0

    def draw(self, score: Score, *, numbers_bars: bool = False) -> list[str]:
        """Draw a score and give the names of its lines."""
        names = []
        for drawing in draw_lines(score, self._numbered if numbers_bars else self._plain):
            name = f"line-{self._n_lines}.svg"
            (self._folder / name).write_bytes(drawing)
            names.append(name)
            self._n_lines += 1
        self._n_done += 1
        if self._report is not None:
            self._report(self._n_done / self._n_wanted)
        return names


def _count(booklet: Booklet) -> int:
    return sum(1 + len(one.keys) + len(one.exercises) for one in booklet.licks)


def _lick_data(lick: BookletLick, artist: _Artist) -> dict[str, Any]:
    return {
        "title": _plain(lick.title),
        "place": _plain(lick.place),
        "original": artist.draw(lick.original, numbers_bars=True),
        "statements": [
            {"text": _plain(one.text), "bars": _bars(one.bars)} for one in lick.statements
        ],
        "keys": _music_data(lick.keys, artist),
        "exercises": _music_data(lick.exercises, artist),
    }


def _music_data(music: Sequence[BookletMusic], artist: _Artist) -> list[dict[str, Any]]:
    return [
        {"title": _plain(one.title), "words": _plain(one.words), "lines": artist.draw(one.score)}
        for one in music
    ]


def _bars(bars: tuple[int, ...]) -> str:
    if not bars:
        return ""
    first, last = bars[0], bars[-1]
    return f"bar {first}" if first == last else f"bars {first}\u2013{last}"


def _plain(words: str) -> str:
    return plain_words(words, _MOST_LETTERS)
