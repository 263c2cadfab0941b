"""The music of an iReal Pro chart: bars of cells with chords, repeats and jumps.

The tokens are those of the chart protocol that iReal Pro publishes.
"""

import re
from dataclasses import replace

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import MOST_BARS
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.errors import ChordError
from licklab.formats.chart_bars import WrittenBar, place_evenly

_TOKEN = re.compile(
    r"(?P<stroke>[|\[\]{}Z])"
    r"|\*(?P<section>[A-Za-z])"
    r"|T(?P<time>\d\d)"
    r"|N(?P<ending>\d)"
    r"|<(?P<comment>[^>]*)>"
    r"|\((?P<other>[^)]*)\)"
    r"|(?P<mark>[SQfUY,lsx rpn\n\r\t])"
    r"|(?P<chord>[A-GW][b#]?(?:\*[^*]*\*|sus|alt|add|dim|[0-9b#^+\-ohadt])*"
    r"(?:/[A-G][b#]?)?)"
)
# Digits of a time signature stand without a stroke: T34 is 3/4, T12 is 12/8.
_LONG_TIMES = {"12": "12/8", "92": "9/2"}
_NO_ROOT = "W"
_TIMES = re.compile(r"(\d)x")


class IRealMusic:
    """A reader of the music of one song.

    Attributes
    ----------
    bars : list of WrittenBar
        What has been read.
    time_signature : TimeSignature or None
        The first one that was met.
    """

    def __init__(self) -> None:
        self.bars: list[WrittenBar] = []
        self.time_signature: TimeSignature | None = None
        self._fresh = WrittenBar()
        self._cells: list[ChordSymbol | str | None] = []
        self._chord: ChordSymbol | None = None
        self._repeated = 0
        self._n_codas = 0

    def read(self, music: str) -> None:
        """Read music.

        Parameters
        ----------
        music : str
            In plain order.

        Raises
        ------
        ChordError
            If there is a sign that cannot be read.
        """
        place = 0
        while place < len(music):
            match = _TOKEN.match(music, place)
            if match is None:
                raise ChordError(f"want chords and bars, got {music[place : place + 20]!r}")
            name = match.lastgroup
            assert name is not None
            self._take(name, match[name])
            place = match.end()
        self._end_bar()

    def _take(self, name: str, value: str) -> None:
        if name == "stroke":
            self._take_stroke(value)
        elif name == "section":
            self._fresh.section = {"i": "Intro", "v": "Verse"}.get(value, value)
        elif name == "time":
            signature = TimeSignature.parse(_LONG_TIMES.get(value, f"{value[0]}/{value[1]}"))
            if self.time_signature not in {None, signature}:
                raise ChordError(
                    f"want one time signature in a chart, got {self.time_signature} and {signature}"
                )
            self.time_signature = signature
        elif name == "ending":
            self._fresh.endings = frozenset({int(value)} - {0})
        elif name == "comment":
            self._take_comment(value.lower())
        elif name == "mark":
            self._take_mark(value)
        elif name == "chord":
            self._take_chord(value)

    def _take_stroke(self, stroke: str) -> None:
        self._end_bar()
        if stroke == "{":
            self._fresh.starts_repeat = True
        elif stroke == "}" and self.bars:
            self.bars[-1].ends_repeat = True

    def _take_comment(self, comment: str) -> None:
        # A comment about the end of a bar may stand after its last chord or before the next one.
        bar = self._fresh if self._cells or not self.bars else self.bars[-1]
        times = _TIMES.search(comment)
        if times:
            bar.times = max(2, int(times[1]))
        if "d.c." in comment or "d.s." in comment:
            bar.jump = "capo" if "d.c." in comment else "segno"
        elif "fine" in comment:
            bar.is_fine = True

    def _take_mark(self, mark: str) -> None:
        if mark == "S":
            self._fresh.is_segno = True
        elif mark == "Q":
            self._n_codas += 1
            if self._n_codas == 1:
                bar = self._fresh if self._cells or not self.bars else self.bars[-1]
                bar.to_coda = True
            elif self._n_codas == 2:
                self._fresh.is_coda = True
        elif mark in {"x", "r"}:
            self._repeated = 1 if mark == "x" else 2
        elif mark == "n":
            self._cells.append(NO_CHORD_SYMBOL)
        elif mark in {" ", "p"}:
            self._cells.append("/" if mark == "p" else None)

    def _take_chord(self, text: str) -> None:
        if text.startswith(_NO_ROOT):  # the chord before, on another bass
            if self._chord is None or self._chord.is_none:
                raise ChordError(f"want a chord before the one without a root, got {text!r}")
            bass = text.partition("/")[2]
            symbol = replace(self._chord, bass=bass or None)
        else:
            # What the writer put in words, such as *sus2*, stands between stars.
            symbol = parse_symbol(text.replace("*", ""))
        self._chord = symbol
        self._cells.append(symbol)

    def _end_bar(self) -> None:
        cells, self._cells = self._cells, []
        repeated, self._repeated = self._repeated, 0
        if repeated:
            self._repeat_bars(repeated)
        elif any(cell is not None for cell in cells):
            signature = self.time_signature or TimeSignature()
            self._add(_place_cells(cells, signature.beats_per_bar))

    def _repeat_bars(self, n_bars: int) -> None:
        if len(self.bars) < n_bars:
            raise ChordError(f"want {n_bars} bars before a sign that repeats them, got fewer")
        for bar in self.bars[-n_bars:]:
            self._add(list(bar.chords))

    def _add(self, chords: list[tuple[int, ChordSymbol]]) -> None:
        if len(self.bars) >= MOST_BARS:
            raise ChordError(f"want a chart of 1 to {MOST_BARS} bars, got more")
        self.bars.append(replace(self._fresh, chords=chords))
        self._fresh = WrittenBar()


def _place_cells(
    cells: list[ChordSymbol | str | None], n_beats: int
) -> list[tuple[int, ChordSymbol]]:
    """Give chords the beats of their cells, or even ones where the cells do not fit the bar."""
    found = [(cell, one) for cell, one in enumerate(cells) if isinstance(one, ChordSymbol)]
    first = next((cell for cell, one in enumerate(cells) if one is not None), 0)
    beats = [(cell - first) * n_beats // max(n_beats, len(cells) - first) for cell, _ in found]
    is_spread = len(cells) - first >= n_beats and len(set(beats)) == len(beats)
    if is_spread or "/" in cells:
        return [(beat, one) for beat, (_, one) in zip(beats, found, strict=True)]
    return place_evenly([one for _, one in found], n_beats)
