"""Bars as charts write them: with repeats, endings and jumps, which are played out here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import MOST_BARS, Chart, ChartBar, ChartChord
from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.domain.key import Key
from licklab.errors import ChordError


@dataclass(slots=True)
class WrittenBar:
    """A bar as it is written.

    Attributes
    ----------
    chords : list of (int, ChordSymbol)
        Beat, from 0, and what enters there; empty where the chord before is held.
    section : str or None
        Label of the section that begins here.
    starts_repeat, ends_repeat : bool
        Whether there is a repeat sign before or after it.
    times : int
        How often a repeat that ends here is played.
    endings : frozenset of int
        Times through that the ending beginning here is for; empty where none begins.
    is_segno, is_coda : bool
        Whether it has the sign that is jumped to.
    to_coda, is_fine : bool
        Whether the coda is jumped to, or the piece ends, after it on the last time.
    jump : str or None
        ``capo`` or ``segno`` where playing goes on there after it.
    """

    chords: list[tuple[int, ChordSymbol]] = field(default_factory=list)
    section: str | None = None
    starts_repeat: bool = False
    ends_repeat: bool = False
    times: int = 2
    endings: frozenset[int] = frozenset()
    is_segno: bool = False
    is_coda: bool = False
    to_coda: bool = False
    is_fine: bool = False
    jump: str | None = None


def place_evenly(symbols: Sequence[ChordSymbol], n_beats: int) -> list[tuple[int, ChordSymbol]]:
    """Put chords on the beats of a bar.

    Parameters
    ----------
    symbols : sequence of ChordSymbol
        In order.
    n_beats : int
        Beats of the bar.

    Returns
    -------
    list of (int, ChordSymbol)
        As even as whole beats allow, the longer ones first: two chords take 2 + 2 beats of four
        and 2 + 1 of three, three chords take 2 + 1 + 1.

    Raises
    ------
    ChordError
        If there are more chords than beats.
    """
    if len(symbols) > n_beats:
        raise ChordError(f"want at most {n_beats} chords in a bar, got {len(symbols)}")
    placed, beat = [], 0
    for number, symbol in enumerate(symbols):
        placed.append((beat, symbol))
        beat += n_beats // len(symbols) + (number < n_beats % len(symbols))
    return placed


def play_chart(
    bars: Sequence[WrittenBar],
    time_signature: TimeSignature,
    key: Key | None = None,
    title: str | None = None,
) -> Chart:
    """Write out repeats, endings and jumps.

    Parameters
    ----------
    bars : sequence of WrittenBar
        In the order of writing.
    time_signature : TimeSignature
        Of all of them.
    key : Key, optional
        Of the chart.
    title : str, optional
        Of the chart.

    Returns
    -------
    Chart
        One chorus. A coda that no jump leads to belongs to the last chorus alone and is left out.

    Raises
    ------
    ChordError
        If there are too few or too many bars.
    """
    played = []
    held = NO_CHORD_SYMBOL
    for place in play_order(bars):
        bar = bars[place]
        chords = [ChartChord(beat, symbol) for beat, symbol in bar.chords]
        if not chords or chords[0].beat:
            chords.insert(0, ChartChord(0, held))
        held = chords[-1].symbol
        played.append(ChartBar(tuple(chords), bar.section))
    return Chart(tuple(played), time_signature, key, title)


def play_order(
    bars: Sequence[WrittenBar], *, is_whole: bool = False, most_bars: int = MOST_BARS
) -> list[int]:
    """Tell in which order bars are played.

    Parameters
    ----------
    bars : sequence of WrittenBar
        In the order of writing.
    is_whole : bool
        Whether a coda that no jump leads to is played too.
    most_bars : int
        That may be played.

    Returns
    -------
    list of int
        Places in `bars`.

    Raises
    ------
    ChordError
        If there are too many with their repeats.
    """
    coda = next((place for place, bar in enumerate(bars) if bar.is_coda), len(bars))
    end = len(bars) if is_whole or any(bar.jump for bar in bars) else coda
    order: list[int] = []
    last_times = _last_times(bars)
    place, start, time, has_jumped = 0, 0, 1, False
    while place < end:
        bar = bars[place]
        if bar.starts_repeat and place != start:
            start, time = place, 1
        if has_jumped and bar.endings:  # repeats are not played again after a jump
            time = last_times[start]
        if bar.endings and time not in bar.endings:
            place = _after_ending(bars, place)
            continue
        order.append(place)
        if len(order) > most_bars:
            raise ChordError(f"want a chart of 1 to {most_bars} bars, got more with its repeats")
        place += 1
        if has_jumped and bar.is_fine:
            break
        if has_jumped and bar.to_coda and coda >= place:
            place, end = coda, len(bars)
        elif bar.ends_repeat and not has_jumped and time < max(bar.times, last_times[start]):
            place, time = start, time + 1
        elif bar.ends_repeat:
            start, time = place, 1
        elif bar.jump and not has_jumped:
            has_jumped, start, time = True, 0, 1
            place = _jump_place(bars, bar.jump)
    return order


def _last_times(bars: Sequence[WrittenBar]) -> list[int]:
    """Tell of each bar how often a repeat that starts there is played, as far as endings say."""
    found = [2] * len(bars)
    for place in range(len(bars) - 1, -1, -1):
        found[place] = max({2, *bars[place].endings})
        if place + 1 < len(bars) and not bars[place + 1].starts_repeat:
            found[place] = max(found[place], found[place + 1])
    return found


def _after_ending(bars: Sequence[WrittenBar], place: int) -> int:
    for after in range(place, len(bars)):
        if after > place and (bars[after].endings or bars[after].starts_repeat):
            return after
        if bars[after].ends_repeat:
            return after + 1
    return len(bars)


def _jump_place(bars: Sequence[WrittenBar], jump: str) -> int:
    if jump == "capo":
        return 0
    return next((place for place, bar in enumerate(bars) if bar.is_segno), 0)
