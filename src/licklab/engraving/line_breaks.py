"""Lines of a page that also have room for the names of chords."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from licklab.domain.score import Score, ScoreBar
from licklab.domain.signature import key_fifths
from licklab.engraving.chord_names import read_name, spaces_of
from licklab.engraving.style import PageStyle
from licklab.notation.headings import begin_groups

# What a head, rest or sign takes on a full line, as Verovio draws it at our spacing.
_EVENT_SPACES = 2.0
# Clef and metre, with what stands around them; then one sign of the signature.
_CLEF_SPACES, _SIGN_SPACES = 6.0, 1.0
# On a screen: phrases of four bars begin lines where they can.
_BARS_A_LINE = (16, 12, 8, 4, 2, 1)
# There is no paper to save: lines that are only just full are hard to read from a music stand.
_SCREEN_AIR = 1.35


def fit_lines(score: Score, style: PageStyle) -> Score:
    """Break lines again whose chords would not stand beside each other.

    Parameters
    ----------
    score : Score
        Whose lines were shared out by its notes.
    style : PageStyle
        Of the page.

    Returns
    -------
    Score
        With as many lines or more: a line is only ever divided, into about equal parts.
    """
    room = _room(score, style)
    bars = score.bars
    starts = [i for i, bar in enumerate(bars) if bar.begins_line or i == 0]
    begins: set[int] = set()
    for start, end in pairwise([*starts, len(bars)]):
        needs = [_need(bar, style) for bar in bars[start:end]]
        begins |= {start + k for k in _divide(needs, room)}
    return _with_lines(score, begins)


def flow_lines(score: Score, style: PageStyle) -> Score:
    """Share bars out among the lines of a screen, whatever its width.

    Parameters
    ----------
    score : Score
        With its marks.
    style : PageStyle
        Of the screen.

    Returns
    -------
    Score
        With a new line for each section and chorus, and on each line as many bars as have room:
        half a phrase of four, a whole one, or several.
    """
    room = _room(score, style) / _SCREEN_AIR
    needs = [_need(bar, style) for bar in score.bars]
    begins: set[int] = set()
    for start, end in pairwise([*begin_groups(score.bars), len(needs)]):
        at = start
        while at < end:
            begins.add(at)
            at += _bars_on_line(needs[at:end], room, leads_in=_leads_in(score.bars, at))
    return _with_lines(score, begins)


def _leads_in(bars: Sequence[ScoreBar], at: int) -> bool:
    """Tell whether a bar stands before its phrase."""
    after = bars[at + 1 : at + 2]
    return bars[at].is_pickup or any(bar.section or bar.chorus for bar in after)


def _bars_on_line(needs: Sequence[float], room: float, *, leads_in: bool) -> int:
    for n_bars in _BARS_A_LINE:
        n = min(n_bars + leads_in, len(needs))
        if sum(needs[:n]) <= room:
            return n
    return 1


def _room(score: Score, style: PageStyle) -> float:
    room = style.width_mm / (style.staff_mm / 4) - _CLEF_SPACES
    return room - _SIGN_SPACES * abs(key_fifths(score.key))


def _with_lines(score: Score, begins: Set[int]) -> Score:
    bars = tuple(replace(bar, begins_line=i in begins) for i, bar in enumerate(score.bars))
    return replace(score, bars=bars)


def _need(bar: ScoreBar, style: PageStyle) -> float:
    names = sum(spaces_of(read_name(chord.symbol), style) for chord in bar.chords)
    events = max(len(voice.events) for voice in bar.voices)
    signs = sum(
        head.accidental is not None
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
    )
    return max(names, _EVENT_SPACES * (events + signs / 2))


def _divide(needs: Sequence[float], room: float) -> list[int]:
    """Find where the parts of a line begin: as few as have room, else one bar each."""
    for n_parts in range(1, len(needs)):
        n_bars = -(-len(needs) // n_parts)
        starts = list(range(0, len(needs), n_bars))
        if all(sum(needs[at : at + n_bars]) <= room for at in starts):
            return starts
    return list(range(len(needs)))
