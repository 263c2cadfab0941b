"""The player of chords: thirds and sevenths, few and short, led from one to the next."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.passage import Passage, PassageNote
from licklab.practice.accompaniment.meter import group_starts, offbeat_quarter
from licklab.practice.accompaniment.tones import shell_tones

LOWEST_MIDI, HIGHEST_MIDI = 48, 69
"""C3 to A4: above the bass, and mostly below who plays."""
WIDEST_STEP = 4
"""Of a voice from chord to chord, semitones: a third."""

_MIDDLE_MIDI = 58
_PER_STEP_TOO_FAR = 100.0
_OFF_MIDDLE = 0.05
_SOFT, _LOUD = 62, 70
_SHORT = Fraction(2, 5)  # of a beat

Shell = tuple[int, int]
Stroke = tuple[Fraction, Fraction, ChordSymbol]  # onset, length


def comp_shells(passage: Passage, *, is_held: bool = False) -> tuple[PassageNote, ...]:
    """Play the chords of a passage as shells.

    Parameters
    ----------
    passage : Passage
        To accompany.
    is_held : bool
        Whether chords are held, as in a ballad; else they are struck in the rhythm of the
        Charleston and in its mirror by turns, long on a beat and short between two.

    Returns
    -------
    tuple of PassageNote
        Ordered by onset, two notes at each. Every chord of the passage is struck at least once,
        some half a beat early; where none is known nothing sounds. Voices move by a third at most,
        as long as that keeps the hand between `LOWEST_MIDI` and `HIGHEST_MIDI`.
    """
    strokes = _held_strokes(passage) if is_held else _strokes(passage)
    shells = _lead([symbol for _, _, symbol in strokes])
    return tuple(
        PassageNote(
            onset, length, pitch, velocity=_LOUD if length > passage.beat_quarter else _SOFT
        )
        for (onset, length, _), shell in zip(strokes, shells, strict=True)
        for pitch in shell
    )


def _strokes(passage: Passage) -> list[Stroke]:
    """Place the strokes of the Charleston, and those that chords need which it leaves out."""
    beat, offbeat = passage.beat_quarter, offbeat_quarter(passage)
    late = [start for start in group_starts(passage.signature) if start >= 3]
    begins = [one.onset_quarter for one in passage.chords]
    struck: dict[Fraction, int] = {}  # number of the chord
    for bar in range(passage.n_bars):
        begin = bar * passage.bar_quarter
        pair = (offbeat, 2 * beat) if bar % 2 else (Fraction(0), beat + offbeat)
        for place in (*pair, *(start * beat for start in late)):
            if place < passage.bar_quarter:
                onset = begin + place
                struck[onset] = bisect_right(begins, _meant_place(onset, passage)) - 1
    # Twice: a chord may take the stroke of the one that follows.
    for _ in range(2):
        for number in set(range(len(begins))) - set(struck.values()):
            struck[begins[number]] = number
    return _until_the_next(
        [
            (onset, beat + offbeat if onset % beat == 0 else beat * _SHORT, number)
            for onset, number in sorted(struck.items())
        ],
        passage,
    )


def _meant_place(onset: Fraction, passage: Passage) -> Fraction:
    """Tell whose chord a stroke is: one between the beats belongs to the beat that comes."""
    coming = -(-onset // passage.beat_quarter) * passage.beat_quarter
    return coming if coming < passage.length_quarter else onset


def _held_strokes(passage: Passage) -> list[Stroke]:
    """Place a stroke wherever a chord or a bar begins."""
    begins = [one.onset_quarter for one in passage.chords]
    bar_lines = (k * passage.bar_quarter for k in range(passage.n_bars))
    return _until_the_next(
        [
            (onset, passage.bar_quarter, bisect_right(begins, onset) - 1)
            for onset in sorted({*begins, *bar_lines})
        ],
        passage,
    )


def _until_the_next(
    strokes: Sequence[tuple[Fraction, Fraction, int]], passage: Passage
) -> list[Stroke]:
    """Let strokes end where the next begins, and leave out those of no chord."""
    ends = [*(onset for onset, _, _ in strokes[1:]), passage.length_quarter]
    return [
        (onset, min(lasts, end - onset), passage.chords[number].symbol)
        for (onset, lasts, number), end in zip(strokes, ends, strict=True)
        if number >= 0 and not passage.chords[number].symbol.is_none
    ]


def _lead(symbols: Sequence[ChordSymbol]) -> list[Shell]:
    """Find the row of shells that moves least, and not beyond a third where that can be."""
    rows = [_placed(*shell_tones(one)) for one in symbols]
    if not rows:
        return []
    costs = [_off_middle(one) for one in rows[0]]
    back: list[list[int]] = []
    for before, row in pairwise(rows):
        came: list[int] = []
        following = []
        for shell in row:
            ways = [cost + _move(old, shell) for cost, old in zip(costs, before, strict=True)]
            best = min(range(len(ways)), key=ways.__getitem__)
            came.append(best)
            following.append(ways[best] + _off_middle(shell))
        back.append(came)
        costs = following
    at = min(range(len(costs)), key=costs.__getitem__)
    path = [rows[-1][at]]
    for row, came in zip(reversed(rows[:-1]), reversed(back), strict=True):
        at = came[at]
        path.append(row[at])
    return path[::-1]


def _placed(one: int, other: int) -> list[Shell]:
    """List the places of two tones within reach of a hand that plays close voicings."""
    pitches = range(LOWEST_MIDI, HIGHEST_MIDI + 1)
    return [
        (low, high)
        for low in pitches
        for high in pitches
        if 0 < high - low < 12 and {low % 12, high % 12} == {one, other}
    ]


def _move(old: Shell, new: Shell) -> float:
    steps = [abs(a - b) for a, b in zip(old, new, strict=True)]
    return sum(steps) + _PER_STEP_TOO_FAR * sum(max(0, one - WIDEST_STEP) for one in steps)


def _off_middle(shell: Shell) -> float:
    return _OFF_MIDDLE * abs(sum(shell) / 2 - _MIDDLE_MIDI)
