"""The same line in an even rhythm: the fingers learn the notes apart from their places.

Notes are taken one after another without rests; a chord begins with a beat, and with the first note
that was played over it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median

from licklab.domain.chord_symbol import NO_CHORD_SYMBOL, ChordSymbol
from licklab.domain.passage import PassageChord, PassageNote
from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import Exercise, ExerciseKind, Rhythm, RhythmClaim

_FEWEST_NOTES = 4
# What is left of a beat: one note fills it, two share it.
_HALF = Fraction(1, 2)
_LEFT = {1: (Fraction(1),), 2: (_HALF, _HALF)}
_LENGTHS = {
    Rhythm.QUARTERS: (Fraction(1),),
    Rhythm.EIGHTHS: (_HALF, _HALF),
    Rhythm.TRIPLETS: (Fraction(1, 3),) * 3,
    Rhythm.DOTTED: (Fraction(3, 4), Fraction(1, 4)),
}
_WHYS = {
    Rhythm.QUARTERS: "each note has time to be heard",
    Rhythm.EIGHTHS: "no rhythm helps you, so you must know the way",
    Rhythm.TRIPLETS: "in groups of three the accents fall on other notes",
    Rhythm.DOTTED: "every second note must be there at once",
}
# A sixteenth at 120, which is as fast as most play eighths at 240.
_SHORTEST_SEC = 0.125
# Of the notes, in a rhythm that is the lick's own.
_OWN_SHARE = 0.75
# Of the notes, in beats that the rhythm fills.
_SHOWN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class _Group:
    """Notes over one chord."""

    symbol: ChordSymbol | None
    notes: tuple[PassageNote, ...]


def change_rhythm(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Play a lick in even rhythms.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        One for each rhythm but its own that chords leave room for; none where the beat divides in
        three.
    """
    passage = lick.passage
    if len(lick) < _FEWEST_NOTES or passage.beat_quarter != 1:
        return ()
    gaps = _gaps(lick)
    most = _OWN_SHARE * len(gaps)
    return tuple(
        _in_rhythm(lick, rhythm)
        for rhythm in Rhythm
        if sum(gap in _LENGTHS[rhythm] for gap in gaps) < most and _is_shown(lick, rhythm)
    )


def _is_shown(lick: AnalyzedPassage, rhythm: Rhythm) -> bool:
    """Tell whether most notes are in beats that the rhythm fills: a chord cuts its last one."""
    size = len(_LENGTHS[rhythm])
    n_filling = sum(len(one.notes) // size * size for one in _groups(lick))
    return n_filling >= _SHOWN_SHARE * len(lick)


def _gaps(lick: AnalyzedPassage) -> list[Fraction]:
    """List the quarters from each note to the next."""
    return [after.onset_quarter - before.onset_quarter for before, after in pairwise(lick.notes)]


def _in_rhythm(lick: AnalyzedPassage, rhythm: Rhythm) -> Exercise:
    passage = lick.passage
    notes: list[PassageNote] = []
    chords: list[PassageChord] = []
    beat = Fraction(0)
    for group in _groups(lick):
        if passage.chords:
            chords.append(PassageChord(beat, group.symbol or NO_CHORD_SYMBOL))
        for one, onset, length in _lay_out(group.notes, rhythm, beat):
            notes.append(replace(one, onset_quarter=onset, length_quarter=length))
        beat = Fraction(-(-notes[-1].offset_quarter // 1))
    tempo = _tempo(lick, min(_LENGTHS[rhythm]))
    is_straight = rhythm is Rhythm.DOTTED
    how = "long and short in turn" if is_straight else f"in even {rhythm}"
    slower = f" at {tempo:g} beats a minute" if tempo < passage.tempo_bpm else ""
    return Exercise(
        ExerciseKind.RHYTHM,
        f"In {rhythm}",
        f"Play the same {len(lick)} notes {how}{slower}: {_WHYS[rhythm]}.",
        replace(
            passage,
            notes=tuple(notes),
            chords=tuple(chords),
            n_bars=int(-(-beat // passage.bar_quarter)),
            tempo_bpm=tempo,
            swing_ratio=None if is_straight else passage.swing_ratio,
        ),
        RhythmClaim(rhythm),
        lick.ids(range(len(lick))),
    )


def _groups(lick: AnalyzedPassage) -> Iterator[_Group]:
    places = range(len(lick))
    for symbol, members in groupby(places, key=lick.symbol_at):
        yield _Group(symbol, tuple(lick.notes[i] for i in members))


def _lay_out(
    notes: Sequence[PassageNote], rhythm: Rhythm, beat: Fraction
) -> Iterator[tuple[PassageNote, Fraction, Fraction]]:
    """Give notes places from a beat on; what does not fill the last beat is spread over it."""
    size = len(_LENGTHS[rhythm])
    for start in range(0, len(notes), size):
        members = notes[start : start + size]
        onset = beat
        lengths = _LENGTHS[rhythm] if len(members) == size else _LEFT[len(members)]
        for one, length in zip(members, lengths, strict=True):
            yield one, onset, length
            onset += length
        beat += 1


def _tempo(lick: AnalyzedPassage, shortest: Fraction) -> float:
    """Choose a tempo at which the shortest notes can be played: never above that of the lick."""
    # As fast as most notes of the lick are played, one may go on playing.
    own_sec = float(median(_gaps(lick))) * 60 / lick.passage.tempo_bpm
    playable = int(float(shortest) * 60 / min(_SHORTEST_SEC, own_sec))
    return min(lick.passage.tempo_bpm, float(playable))
