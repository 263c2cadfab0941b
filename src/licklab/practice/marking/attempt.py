"""An attempt, marked: the passage is found in it, its tempo is followed, its notes are judged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from licklab.domain.key import Key
from licklab.domain.note import Note
from licklab.domain.passage import Passage
from licklab.errors import LickError
from licklab.practice.marking.following import HeardRow, follow
from licklab.practice.marking.judging import judge_extras, judge_notes, measure_spread
from licklab.practice.marking.marks import AttemptMarks, PassMarks
from licklab.practice.marking.recognition import (
    FASTEST,
    HIGHEST_SEMITONES,
    SLOWEST,
    Recognised,
    recognise,
)
from licklab.practice.marking.reference import Models, read_models
from licklab.practice.marking.words import say_marks

FEWEST_NOTES = 3
"""Of a passage that can be marked: with two, every tempo fits."""

# To a click people keep its tempo; what was told may be rounded.
_TOLD_TEMPO = 0.08
_NOT_KNOWN: Mapping[str, float] = MappingProxyType({})


def mark_attempt(
    passage: Passage,
    heard: Sequence[Note],
    *,
    recorded_sec: Mapping[str, float] = _NOT_KNOWN,
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
    recorded_sec : mapping of str to float, seconds of a recording
        When its soloist plays the notes of the passage, by their ids. Who plays a note as late as
        they do is in time, and so is who plays it where it is written.
    semitones : sequence of int, optional
        By which it may have been moved; it is found out if omitted.
    tempo_bpm : float, optional
        To which it was played, or nearly so: also one that is further from the passage's. It is
        found out if omitted.

    Returns
    -------
    AttemptMarks
        One set of marks for each time through; none where the passage is not recognised.
    """
    if len(passage.notes) < FEWEST_NOTES or len(heard) < FEWEST_NOTES:
        return AttemptMarks()
    models, row = read_models(passage, recorded_sec), HeardRow.of(heard)
    tempi = (SLOWEST, FASTEST)
    if tempo_bpm is not None:
        told = tempo_bpm / passage.tempo_bpm
        tempi = (told * (1 - _TOLD_TEMPO), told * (1 + _TOLD_TEMPO))
    # Where the page writes it, or as it sounds, where the two are far apart.
    ways = [models.written] if models.recorded is None else [models.written, models.recorded]
    tried = [
        recognise(one, row.onset_sec, row.pitch_midi, semitones=semitones, tempi=tempi)
        for one in ways
    ]
    found = max(tried, key=lambda places: max((one.score for one in places), default=0.0))
    passes = (_mark_pass(models, row, one) for one in found)
    recognised = (one for one in passes if _is_recognised(one))
    return AttemptMarks(
        tuple(replace(one, sentences=say_marks(passage, one)) for one in recognised)
    )


def semitones_to_key(passage: Passage, key: Key | None) -> tuple[int, ...] | None:
    """Tell by how much a passage is moved into a key.

    Parameters
    ----------
    passage : Passage
        What is to be played.
    key : Key or None
        Its key when it is played; the mode does not count. None when it is to be found out.

    Returns
    -------
    tuple of int, or None
        Semitones, in all octaves; None for all keys.

    Raises
    ------
    LickError
        If a key is wanted and that of the passage is not known.
    """
    if key is None:
        return None
    if passage.key is None:
        raise LickError("want a lick whose key is known, to play it in another, got one without")
    apart = (key.pitch_class - passage.key.pitch_class) % 12
    return tuple(range(apart - HIGHEST_SEMITONES, HIGHEST_SEMITONES + 1, 12))


def _is_recognised(one: PassMarks) -> bool:
    """Tell an attempt from chance: half of the notes and one more have their pitch.

    Of attempts of validation players at one lick that are marked as those at another, one in a
    hundred has as many; of the attempts at the lick itself, nearly all have more
    (`benchmarks/practice`).
    """
    n_pitches = sum(note.heard_midi == note.expected_midi for note in one.notes)
    return n_pitches >= len(one.notes) / 2 + 1


def _mark_pass(models: Models, row: HeardRow, found: Recognised) -> PassMarks:
    followed = follow(models, row, found)
    clock = followed.clock
    marks = judge_notes(models, row, followed, models.written.pitches + found.semitones)
    taken = [row.notes[j] for j in followed.alignment.heard if j is not None]
    late = [one.deviation_ms for one in marks if one.deviation_ms is not None]
    return PassMarks(
        notes=marks,
        extras=judge_extras(row, followed.alignment),
        onset_sec=taken[0].onset_sec,
        offset_sec=taken[-1].offset_sec,
        semitones=found.semitones,
        tempo_bpm=60.0 / clock.beat_sec,
        drift_percent=-100 * clock.drift,
        swing_ratio=followed.reference.swing_ratio if models.swung else None,
        wanted_swing_ratio=(models.recorded or models.written).swing_ratio
        if models.swung
        else None,
        bias_ms=float(np.mean(late)) if late else 0.0,
        spread_ms=measure_spread(marks),
    )
