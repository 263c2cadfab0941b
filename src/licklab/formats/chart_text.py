"""Charts as plain text: ``| Dm7 G7 | Cmaj7 | % |``.

A bar stands between strokes or ends with its line. Its chords are spread evenly, as
`licklab.formats.chart_bars.place_evenly` does; with ``/`` among them every chord and every ``/`` is
one beat. ``%``, or nothing between two strokes, repeats the bar before. ``|:`` and ``:|`` repeat,
``1.`` and ``2.`` at the start of a bar begin endings, ``[A]`` begins a section and ``3/4`` is the
time signature. Lines such as ``Title: Ornithology`` and ``Key: G`` may stand above.
"""

import re
from dataclasses import replace

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import MOST_BARS, Chart
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.key import Key
from licklab.errors import ChordError
from licklab.formats.chart_bars import WrittenBar, place_evenly, play_chart

_HEADING = re.compile(r"\s*(title|key|time)\s*[:=]\s*(.*?)\s*", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<stroke>:?\|+:?)"
    r"|\[(?P<section>[^\]\[|]{1,20})\]"
    r"|(?P<time>\d{1,2}/\d{1,2})(?!\S)"
    r"|(?P<ending>[1-9](?:\.?,[1-9])*)\.(?!\S)"
    r"|(?P<again>%|\U0001D10E)"
    r"|(?P<slash>/)(?!\S)"
    r"|(?P<chord>[^\s|\[\]%:]+)"
)


def read_chart_text(text: str, time_signature: TimeSignature | None = None) -> Chart:
    """Read a chart in plain text.

    Parameters
    ----------
    text : str
        Bars between strokes.
    time_signature : TimeSignature, optional
        Of a text that names none; 4/4 if omitted.

    Returns
    -------
    Chart
        One chorus, with its repeats written out.

    Raises
    ------
    ChordError
        If it is no chart.
    MeterError, KeyNameError
        If it names a time signature or a key that does not exist.

    Examples
    --------
    >>> chart = read_chart_text("| Dm7 G7 | Cmaj7 | % |")
    >>> [len(bar.chords) for bar in chart.bars]
    [2, 1, 1]
    """
    if "|" not in text:
        raise ChordError("want bars between strokes such as | Dm7 G7 | Cmaj7 |, got none")
    page = _Page(time_signature or TimeSignature())
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading:
            page.take_heading(heading[1].lower(), heading[2])
        else:
            page.take_line(line)
    return play_chart(page.bars, page.time_signature, page.key, page.title)


class _Page:
    """What has been read so far."""

    def __init__(self, time_signature: TimeSignature) -> None:
        self.bars: list[WrittenBar] = []
        self.time_signature = time_signature
        self.key: Key | None = None
        self.title: str | None = None
        self._has_time = False
        self._fresh = WrittenBar()
        self._slots: list[ChordSymbol | None] = []
        self._repeats_bar = False

    def take_heading(self, name: str, value: str) -> None:
        if name == "title":
            self.title = value or None
        elif name == "key":
            self.key = Key.parse(value)
        else:
            self._take_time(value)

    def take_line(self, line: str) -> None:
        place, was_stroke = 0, False
        while place < len(line):
            if line[place].isspace():
                place += 1
                continue
            match = _TOKEN.match(line, place)
            if match is None:
                raise ChordError(f"want chords and strokes, got {line[place : place + 20]!r}")
            if match["stroke"]:
                self._end_bar(is_bar=was_stroke)
                self._take_stroke(match["stroke"])
            else:
                self._take(match)
            was_stroke = match["stroke"] == "|"
            place = match.end()
        self._end_bar(is_bar=False)

    def _take_stroke(self, stroke: str) -> None:
        if stroke.startswith(":"):
            if not self.bars:
                raise ChordError("want a bar before the first repeat sign, got none")
            self.bars[-1].ends_repeat = True
        if stroke.endswith(":"):
            self._fresh.starts_repeat = True

    def _take(self, match: re.Match[str]) -> None:
        if match["section"]:
            self._fresh.section = match["section"].strip() or None
        elif match["time"]:
            self._take_time(match["time"])
        elif match["ending"]:
            self._fresh.endings = frozenset(int(one) for one in re.findall(r"\d", match["ending"]))
        elif match["again"]:
            self._repeats_bar = True
        else:
            self._slots.append(None if match["slash"] else parse_symbol(match["chord"]))

    def _take_time(self, text: str) -> None:
        signature = TimeSignature.parse(text)
        if (self._has_time or self.bars) and signature != self.time_signature:
            raise ChordError(
                f"want one time signature in a chart, got {self.time_signature} and {signature}"
            )
        self.time_signature, self._has_time = signature, True

    def _end_bar(self, *, is_bar: bool) -> None:
        if self._repeats_bar or (is_bar and not self._slots):
            if not self.bars or self._slots:
                raise ChordError("want a bar before the one that repeats it, and no chords in it")
            chords = list(self.bars[-1].chords)
        elif self._slots:
            chords = _place_slots(self._slots, self.time_signature.beats_per_bar)
        else:
            return
        if len(self.bars) >= MOST_BARS:
            raise ChordError(f"want a chart of 1 to {MOST_BARS} bars, got more")
        self.bars.append(replace(self._fresh, chords=chords))
        self._fresh, self._slots, self._repeats_bar = WrittenBar(), [], False


def _place_slots(slots: list[ChordSymbol | None], n_beats: int) -> list[tuple[int, ChordSymbol]]:
    if None not in slots:
        return place_evenly([symbol for symbol in slots if symbol], n_beats)
    if len(slots) > n_beats:
        raise ChordError(f"want at most {n_beats} chords and / in a bar, got {len(slots)}")
    return [(beat, symbol) for beat, symbol in enumerate(slots) if symbol is not None]
