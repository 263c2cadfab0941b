"""The bass player: a note on every beat, or one for each group of beats in a ballad.

In go the beats of a passage with their chords, out comes the cheapest of all lines that are
allowed. Where a chord begins, its root (or the note under the slash) sounds; groups of beats begin
with tones of the chord; the beat before a change leads into it by a half step or a whole one; any
other note that is foreign to the chord is passed through by steps. What is left free is priced:
steps before leaps, no note twice, and no running back and forth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

import numpy as np
import numpy.typing as npt

from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import MAJOR_SCALE
from licklab.domain.passage import Passage, PassageNote
from licklab.practice.accompaniment.meter import BandBeat, band_beats, group_starts
from licklab.practice.accompaniment.tones import bass_of, plain_tones

LOWEST_MIDI, HIGHEST_MIDI = 28, 55
"""E1, the lowest string of a double bass, to G3."""

Floats = npt.NDArray[np.float64]

# Prices were set by reading the lines that they give over usual changes: relations matter, sizes do
# not.
_BY_SEMITONES = (5.0, 0.2, 0.0, 0.8, 1.0, 1.2, 3.0, 1.8, 4.0, 4.5, 6.0, 8.0, 4.0)
_TOO_FAR, _FORBIDDEN = 20.0, 1000.0
_BACK_AND_FORTH, _TURN, _TWO_LEAPS = 2.0, 0.5, 4.0
_LEAP = 5
_ROOT_AGAIN, _FOREIGN, _FOREIGN_TO_KEY = 0.5, 1.0, 1.0
_MIDDLE_MIDI, _OFF_MIDDLE = 40, 0.06
_HARMONIC_MINOR = (0, 2, 3, 5, 7, 8, 10, 11)
_SOUNDS = Fraction(19, 20)  # of a beat: the next note is plucked with the same hand
_STRONG, _WEAK = 86, 92  # two and four are leaned on

_PITCHES = np.arange(LOWEST_MIDI, HIGHEST_MIDI + 1)
_TONES = _PITCHES % 12


@dataclass(frozen=True, slots=True)
class _Step:
    beat: BandBeat
    n_beats: int
    is_strong: bool
    leads: bool  # into the root that follows


def walk_bass(passage: Passage, *, in_two: bool = False) -> tuple[PassageNote, ...]:
    """Play a bass line to a passage.

    Parameters
    ----------
    passage : Passage
        To accompany.
    in_two : bool
        Whether only the first beat of each group is played, as in a ballad.

    Returns
    -------
    tuple of PassageNote
        One after another, from `LOWEST_MIDI` to `HIGHEST_MIDI`; none where no chord is known.
    """
    beats = band_beats(passage)
    starts = group_starts(passage.signature)
    scale = _scale(passage.key)
    notes: list[PassageNote] = []
    for is_played, group in groupby(beats, key=lambda one: one.chord is not None):
        if is_played:
            steps = _steps(list(group), starts, in_two=in_two)
            for step, pitch in zip(steps, _cheapest_line(steps, scale), strict=True):
                length = (step.n_beats - 1 + _SOUNDS) * passage.beat_quarter
                loud = _STRONG if step.is_strong else _WEAK
                notes.append(PassageNote(step.beat.onset_quarter, length, pitch, velocity=loud))
    return tuple(notes)


def _steps(beats: Sequence[BandBeat], starts: Sequence[int], *, in_two: bool) -> list[_Step]:
    played = [
        i
        for i, one in enumerate(beats)
        if i == 0 or not in_two or one.is_change or one.place in starts
    ]
    steps = []
    for i, following in zip(played, [*played[1:], len(beats)], strict=True):
        is_strong = beats[i].place in starts
        leads = (
            not (in_two or is_strong or beats[i].is_change)
            and following < len(beats)
            and beats[following].is_change
        )
        steps.append(_Step(beats[i], following - i, is_strong, leads))
    return steps


def _cheapest_line(steps: Sequence[_Step], scale: frozenset[int]) -> list[int]:
    """Find the best row of pitches: a price for each note, each pair and each three."""
    best = _price_of_note(steps[0])[:, None] + np.zeros(len(_PITCHES))
    best += _price_of_note(steps[1])[None, :] + _price_of_pair(steps[0], scale) \
        if len(steps) > 1 else 0.0  # fmt: skip
    back: list[npt.NDArray[np.intp]] = []
    for i in range(2, len(steps)):
        through = _foreign(steps[i - 1]) & (not steps[i - 1].leads)
        ways = best[:, :, None] + _THREES + np.where(through[None, :, None], _NOT_PASSING, 0.0)
        back.append(ways.argmin(axis=0))
        best = ways.min(axis=0) + _price_of_pair(steps[i - 1], scale)
        best += _price_of_note(steps[i])[None, :]
    before, at = np.unravel_index(int(best.argmin()), best.shape)
    line = [int(before), int(at)]
    for came in reversed(back):
        line.insert(0, int(came[line[0], line[1]]))
    return [int(_PITCHES[one]) for one in line[: len(steps)]]


def _price_of_note(step: _Step) -> Floats:
    chord = step.beat.chord
    assert chord is not None
    price = _OFF_MIDDLE * np.abs(_PITCHES - _MIDDLE_MIDI)
    if step.beat.is_change:
        return price + np.where(np.isin(_TONES, bass_of(chord)), 0.0, _FORBIDDEN)
    tones = plain_tones(chord)
    price = price + np.where(np.isin(_TONES, tones[0]), _ROOT_AGAIN, 0.0)
    foreign = _FORBIDDEN if step.is_strong else _FOREIGN
    return price + np.where(np.isin(_TONES, tones), 0.0, foreign)


def _price_of_pair(step: _Step, scale: frozenset[int]) -> Floats:
    """Price the step from one note to the next."""
    price: Floats = _PAIRS
    if step.leads:
        price = price + np.where(_STEPWISE, 0.0, _FORBIDDEN)
        assert step.beat.chord is not None
        at_home = np.isin(_TONES, [*scale, *plain_tones(step.beat.chord)])
        # From a whole step away only what belongs to the key leads; half steps always do.
        strange = ~at_home[:, None] & (_DISTANCES == 2)
        price = price + np.where(strange, _FOREIGN_TO_KEY, 0.0)
    return price


def _foreign(step: _Step) -> npt.NDArray[np.bool_]:
    chord = step.beat.chord
    assert chord is not None
    return ~np.isin(_TONES, [bass_of(chord), *plain_tones(chord)])


def _scale(key: Key | None) -> frozenset[int]:
    if key is None:
        return frozenset()
    steps = _HARMONIC_MINOR if key.mode is KeyMode.MINOR else MAJOR_SCALE
    return frozenset((key.pitch_class + one) % 12 for one in steps)


_DISTANCES = np.abs(_PITCHES[:, None] - _PITCHES[None, :])
_PAIRS = np.append(_BY_SEMITONES, _TOO_FAR)[np.minimum(_DISTANCES, len(_BY_SEMITONES))]
_STEPWISE = (_DISTANCES == 1) | (_DISTANCES == 2)


def _threes() -> tuple[Floats, Floats]:
    """Price three notes in a row; and what it costs to run not stepwise through the middle one."""
    rise = _PITCHES[None, :] - _PITCHES[:, None]
    first, second = rise[:, :, None], rise[None, :, :]
    price = _BACK_AND_FORTH * (first + second == 0)
    price = price + _TURN * (first * second < 0)
    price = price + _TWO_LEAPS * (
        (first * second > 0) & (np.abs(first) >= _LEAP) & (np.abs(second) >= _LEAP)
    )
    passes = _STEPWISE[:, :, None] & _STEPWISE[None, :, :] & (first * second > 0)
    return price, np.where(passes, 0.0, _FORBIDDEN)


_THREES, _NOT_PASSING = _threes()
