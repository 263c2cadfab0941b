"""What stands over the bars: chords, sections, choruses; and where lines of the page begin."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from licklab.domain.chord import Chord
from licklab.domain.chord_symbol import transpose
from licklab.domain.chord_writing import write_symbol
from licklab.domain.form import Form
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.key import Key
from licklab.domain.score import ScoreBar, ScoreChord
from licklab.notation.frame import Frame

_BARS_A_LINE = 4
# Heads, rests and signs that a line of A4 holds at the size players read from a stand.
_MOST_ON_LINE = 48


def move_chords(
    chords: Sequence[Chord], semitones: int, key: Key | None
) -> tuple[tuple[str, str], ...]:
    """Transpose chords.

    Parameters
    ----------
    chords : sequence of Chord
        As they sound.
    semitones : int
        How far.
    key : Key or None
        That they are written in.

    Returns
    -------
    tuple of (str, str)
        Harte label and symbol of each; both as they were where nothing moves.
    """
    if semitones % 12 == 0:
        return tuple((chord.label, chord.symbol) for chord in chords)
    moved = []
    known: dict[str, tuple[str, str]] = {}
    for chord in chords:
        if chord.label not in known:
            symbol = transpose(from_harte(chord.label), semitones, key)
            known[chord.label] = (to_harte(symbol), write_symbol(symbol))
        moved.append(known[chord.label])
    return tuple(moved)


def chord_beats(chords: Sequence[Chord], frame: Frame) -> tuple[int, ...]:
    """Find the beat of each chord.

    Parameters
    ----------
    chords : sequence of Chord
        In order.
    frame : Frame
        The bars.

    Returns
    -------
    tuple of int
        Nearest beat of the frame; negative before its beginning.
    """
    return tuple(round(frame.beat_at(chord.onset_sec)) for chord in chords)


def chords_of_bars(
    chords: Sequence[Chord], names: Sequence[tuple[str, str]], frame: Frame
) -> tuple[tuple[ScoreChord, ...], ...]:
    """Put chords over bars.

    Parameters
    ----------
    chords : sequence of Chord
        As heard.
    names : sequence of (str, str)
        Label and symbol of each, as written.
    frame : Frame
        The bars.

    Returns
    -------
    tuple of tuple of ScoreChord
        Of each bar. One that is in force when the page begins stands at its beginning.
    """
    n_beats = len(frame.beat_secs) - 1
    by_beat: dict[int, ScoreChord] = {}
    for i, beat in enumerate(chord_beats(chords, frame)):
        if beat < n_beats:
            by_beat[max(beat, 0)] = ScoreChord(Fraction(0), *names[i], chords[i].confidence, i)
    found: list[tuple[ScoreChord, ...]] = []
    last = ""
    for bar in frame.bars:
        mine = []
        for k in range(bar.n_beats):
            one = by_beat.get(bar.first_beat + k)
            if one is not None and one.symbol != last:
                mine.append(replace(one, onset_quarter=k * frame.quarters_a_beat))
                last = one.symbol
        found.append(tuple(mine))
    return tuple(found)


def mark_form(bars: Sequence[ScoreBar], form: Form | None) -> tuple[ScoreBar, ...]:
    """Mark sections and choruses.

    Parameters
    ----------
    bars : sequence of ScoreBar
        In order.
    form : Form or None
        Of the piece.

    Returns
    -------
    tuple of ScoreBar
        The same with marks.
    """
    if form is None:
        return tuple(bars)
    # Letters that tell nothing apart are left out: a blues has its choruses.
    letters = form.sections if len(form.sections) > 1 else ()
    sections: dict[int, str] = {}
    choruses: dict[int, int] = {}
    for chorus in form.choruses:
        choruses[chorus.first_bar] = chorus.number
        for section in letters:
            sections[chorus.first_bar + section.first_bar - 1] = section.label
    return tuple(
        replace(bar, section=sections.get(bar.number, ""), chorus=choruses.get(bar.number))
        for bar in bars
    )


def break_lines(bars: Sequence[ScoreBar]) -> tuple[ScoreBar, ...]:
    """Share bars out among the lines of a page.

    Parameters
    ----------
    bars : sequence of ScoreBar
        In order.

    Returns
    -------
    tuple of ScoreBar
        The same with beginnings of lines: four bars a line where they fit, a pickup besides, and a
        new line for each section.
    """
    begins: set[int] = set()
    for start, end in pairwise([*begin_groups(bars), len(bars)]):
        at = start
        while at < end:
            begins.add(at)
            at += _bars_on_line(bars[at:end])
    return tuple(replace(bar, begins_line=i in begins) for i, bar in enumerate(bars))


def begin_groups(bars: Sequence[ScoreBar]) -> list[int]:
    """Find where a line has to begin on any page.

    Parameters
    ----------
    bars : sequence of ScoreBar
        In order, with marks.

    Returns
    -------
    list of int
        Indices: the first bar, and where sections and choruses begin.
    """
    starts = [i for i, bar in enumerate(bars) if i == 0 or bar.section or bar.chorus]
    if starts[1:2] == [1]:
        del starts[1]  # a line that leads into the first chorus from the bar before
    return starts


def _bars_on_line(bars: Sequence[ScoreBar]) -> int:
    leads_in = bars[0].is_pickup or (len(bars) > 1 and (bars[1].section or bars[1].chorus))
    most = _BARS_A_LINE + (1 if leads_in else 0)
    weights = [_weight(bar) for bar in bars[:most]]
    for n_bars in (most, _BARS_A_LINE // 2):
        if sum(weights[:n_bars]) <= _MOST_ON_LINE:
            return n_bars
    return 1 if weights[0] > _MOST_ON_LINE // 2 else 2


def _weight(bar: ScoreBar) -> int:
    widest = max(len(voice.events) for voice in bar.voices)
    signs = sum(
        head.accidental is not None
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
    )
    return max(widest + signs // 2, 3 * len(bar.chords), 4)
