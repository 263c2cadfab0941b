"""Bars of a part taken out of all, as they stand alone."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from licklab.domain.score import ScoreBar
from licklab.errors import PartError


def choose_bars(
    bars: Sequence[ScoreBar],
    first_bar: int | None = None,
    last_bar: int | None = None,
    around: frozenset[str] | None = None,
) -> tuple[ScoreBar, ...]:
    """Take some bars out of all, with the chord in force before them and no tie out of them.

    Parameters
    ----------
    bars : sequence of ScoreBar
        All of them.
    first_bar, last_bar : int or None
        Numbers, both included; to either end if None.
    around : frozenset of str or None
        Ids of notes: instead, the bars from the first to the last in which they stand.

    Returns
    -------
    tuple of ScoreBar
        As they stand alone.

    Raises
    ------
    PartError
        If there are none.
    """
    numbers = [bar.number for bar in bars]
    if around is not None:
        first, last = _bars_around(bars, around)
    elif first_bar is None and last_bar is None:
        return tuple(bars)
    else:
        first = numbers[0] if first_bar is None else first_bar
        last = numbers[-1] if last_bar is None else last_bar
    chosen = [bar for bar in bars if first <= bar.number <= last]
    if not chosen:
        raise PartError(
            f"want bars of the solo, {numbers[0]} to {numbers[-1]}; got {first} to {last}"
        )
    if not chosen[0].chords or chosen[0].chords[0].onset_quarter:
        before = [one for bar in bars if bar.number < chosen[0].number for one in bar.chords]
        if before:
            chord = replace(before[-1], onset_quarter=Fraction(0))
            chosen[0] = replace(chosen[0], chords=(chord, *chosen[0].chords))
    chosen[0] = _without_ties(chosen[0], at_end=False)
    chosen[-1] = _without_ties(chosen[-1], at_end=True)
    return tuple(chosen)


def _bars_around(bars: Sequence[ScoreBar], note_ids: frozenset[str]) -> tuple[int, int]:
    numbers = [
        bar.number
        for bar in bars
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
        if head.note_id in note_ids
    ]
    if not numbers:
        raise PartError("want notes of the solo to show the bars of, got none that is there")
    return min(numbers), max(numbers)


def _without_ties(bar: ScoreBar, *, at_end: bool) -> ScoreBar:
    voices = []
    for voice in bar.voices:
        events = list(voice.events)
        i = len(events) - 1 if at_end else 0
        heads = tuple(
            replace(head, tie_to=False) if at_end else replace(head, tie_from=False)
            for head in events[i].heads
        )
        events[i] = replace(events[i], heads=heads)
        voices.append(replace(voice, events=tuple(events)))
    return replace(bar, voices=tuple(voices))
