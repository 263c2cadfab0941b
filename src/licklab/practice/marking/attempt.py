"""An attempt, marked: the lick is found in it, its tempo is followed, its notes are judged."""

from collections.abc import Sequence

import numpy as np

from licklab.domain.note import Note
from licklab.domain.passage import Passage
from licklab.practice.marking.alignment import Alignment, align
from licklab.practice.marking.judging import judge_extras, judge_notes, spread_ms
from licklab.practice.marking.marks import AttemptMarks, PassMarks
from licklab.practice.marking.recognition import FASTEST, SLOWEST, Recognised, recognise
from licklab.practice.marking.reference import Floats, Ints, Reference, can_swing, read_reference
from licklab.practice.marking.timing import TimeMap, fit_time

FEWEST_NOTES = 3
"""Of a passage that can be marked: with two, every tempo fits."""

# To a click people keep its tempo; what was told may be rounded.
_TOLD_TEMPO = 0.08
# Ratios from straight eighths to dotted ones: those of soloists lie between 1.1 and 1.9 nearly
# always (`licklab.domain.swing`).
_SWINGS = (1.0, 1.15, 1.3, 1.45, 1.6, 1.8, 2.0, 2.25, 2.6)
# Another swing than the passage's has to explain a good deal: this many squared deviations, as
# `TimeMap.cost` counts them, and more the further it is away.
_OTHER_SWING_COST = 9.0
_SWING_SPREAD = 0.35
_ROUNDS = 4
_MARGIN_SEC = 0.4


def mark_attempt(
    passage: Passage,
    heard: Sequence[Note],
    *,
    semitones: Sequence[int] | None = None,
    tempo_bpm: float | None = None,
) -> AttemptMarks:
    """Mark an attempt at a passage.

    Parameters
    ----------
    passage : Passage
        What was to be played, at any tempo within 40 % of its own.
    heard : sequence of Note
        What was heard of the attempt, ordered by onset: also before and after it, and several
        times through it.
    semitones : sequence of int, optional
        By which it may have been moved; it is found out if omitted.
    tempo_bpm : float, optional
        To which it was played; it is found out if omitted.

    Returns
    -------
    AttemptMarks
        One set of marks for each time through; none where the passage is not recognised.
    """
    if len(passage.notes) < FEWEST_NOTES or len(heard) < FEWEST_NOTES:
        return AttemptMarks()
    reference = read_reference(passage)
    onset_sec = np.array([one.onset_sec for one in heard])
    pitch_midi = np.array([round(one.pitch_midi) for one in heard], dtype=np.int64)
    tempi = (SLOWEST, FASTEST)
    if tempo_bpm is not None:
        told = tempo_bpm / passage.tempo_bpm
        tempi = (told * (1 - _TOLD_TEMPO), told * (1 + _TOLD_TEMPO))
    found = recognise(reference, onset_sec, pitch_midi, semitones=semitones, tempi=tempi)
    ids = [one.id or f"n{number}" for number, one in enumerate(heard, 1)]
    passes = [_mark_pass(passage, heard, ids, onset_sec, pitch_midi, one) for one in found]
    return AttemptMarks(tuple(passes))


def _mark_pass(
    passage: Passage,
    heard: Sequence[Note],
    ids: Sequence[str],
    onset_sec: Floats,
    pitch_midi: Ints,
    found: Recognised,
) -> PassMarks:
    reference = read_reference(passage)
    expected_midi = reference.pitches + found.semitones
    pairs = [(i, j) for i, j in found.pairs if pitch_midi[j] == expected_midi[i]]
    alignment = Alignment((), ())
    for _ in range(_ROUNDS):
        reference, clock = _fit(passage, pairs, onset_sec)
        expected_sec = clock.sec_at(reference.beats)
        first, stop = np.searchsorted(
            onset_sec, (expected_sec[0] - _MARGIN_SEC, expected_sec[-1] + _MARGIN_SEC)
        ).tolist()
        part = align(
            expected_sec, expected_midi, onset_sec[first:stop], pitch_midi[first:stop],
            clock.beat_sec,
        )  # fmt: skip
        alignment = Alignment(
            tuple(None if j is None else j + first for j in part.heard),
            tuple(j + first for j in part.extras),
        )
        before, pairs = pairs, [
            (i, j)
            for i, j in enumerate(alignment.heard)
            if j is not None and pitch_midi[j] == expected_midi[i]
        ]
        if pairs == before or len(pairs) < FEWEST_NOTES:
            break
    marks = judge_notes(reference, expected_sec, expected_midi, heard, ids, alignment)
    extras = judge_extras(expected_midi, heard, ids, alignment)
    taken = [j for j in alignment.heard if j is not None]
    late = [one.deviation_ms for one in marks if one.deviation_ms is not None]
    return PassMarks(
        notes=marks,
        extras=extras,
        onset_sec=heard[taken[0]].onset_sec,
        offset_sec=heard[taken[-1]].offset_sec,
        semitones=found.semitones,
        tempo_bpm=60.0 / clock.beat_sec,
        drift_percent=-100 * clock.drift,
        swing_ratio=None if passage.swing_ratio is None else reference.swing_ratio,
        bias_ms=float(np.mean(late)) if late else 0.0,
        spread_ms=spread_ms(marks),
    )


def _fit(
    passage: Passage, pairs: Sequence[tuple[int, int]], onset_sec: Floats
) -> tuple[Reference, TimeMap]:
    """Fit the tempo, and the player's swing where it can be told."""
    at = np.array([i for i, _ in pairs])
    played = onset_sec[[j for _, j in pairs]]
    plain = read_reference(passage)
    best, clock = plain, fit_time(plain.beats[at], played, float(plain.beats[-1]))
    if not can_swing(passage):
        return best, clock
    cheapest = clock.cost
    for ratio in _SWINGS:
        other = read_reference(passage, ratio)
        fitted = fit_time(other.beats[at], played, float(other.beats[-1]))
        away = np.log(ratio / plain.swing_ratio) / _SWING_SPREAD
        cost = fitted.cost + _OTHER_SWING_COST + float(away**2)
        if cost < cheapest:
            best, clock, cheapest = other, fitted, cost
    return best, clock
