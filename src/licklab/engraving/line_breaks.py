"""Lines of a page that also have room for the names of chords."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from licklab.domain.score import Score, ScoreBar
from licklab.domain.signature import key_fifths
from licklab.engraving.chord_names import read_name, spaces_of
from licklab.engraving.style import PageStyle

# What a head, rest or sign takes on a full line, as Verovio draws it at our spacing.
_EVENT_SPACES = 2.0
# Clef and metre, with what stands around them; then one sign of the signature.
_CLEF_SPACES, _SIGN_SPACES = 6.0, 1.0


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
    room = style.width_mm / (style.staff_mm / 4) - _CLEF_SPACES
    room -= _SIGN_SPACES * abs(key_fifths(score.key))
    bars = score.bars
    starts = [i for i, bar in enumerate(bars) if bar.begins_line or i == 0]
    begins: set[int] = set()
    for start, end in pairwise([*starts, len(bars)]):
        needs = [_need(bar, style) for bar in bars[start:end]]
        begins |= {start + k for k in _divide(needs, room)}
    return replace(
        score, bars=tuple(replace(bar, begins_line=i in begins) for i, bar in enumerate(bars))
    )


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
