"""A passage as marking compares it: when and what, in arrays, and how else it may be played."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from licklab.domain.passage import Passage
from licklab.notation.passage_playing import PassageClock, name_notes
from licklab.practice.marking.timing import fit_time

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Ratios from straight eighths to dotted ones: those of soloists lie between 1.1 and 1.9 nearly
# always (`licklab.domain.swing`).
_SWINGS = (1.0, 1.15, 1.3, 1.45, 1.6, 1.8, 2.0, 2.25, 2.6)
# With fewer notes between the beats, one that is late looks like another swing.
_FEWEST_SWUNG = 4
# What is not played as written has to explain a good deal: so many squared deviations, as
# `TimeMap.cost` counts them, and another swing more the further it is from the passage's.
_RECORDED_COST = 4.0
_SWING_COST = 9.0
_SWING_SPREAD = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What was to be played.

    Attributes
    ----------
    beats : shape=(n_notes,), beats
        When, in beats after the place of the first note.
    pitches : shape=(n_notes,), int
        What, as MIDI notes of the passage's key.
    beat_sec : float
        Of the passage's tempo.
    swing_ratio : float
        Of the eighths; 1 for straight ones.
    note_ids : tuple of str
        Of the notes.
    cost : float
        How unlikely it is to be played so, before anything is heard.
    """

    beats: Floats
    pitches: Ints
    beat_sec: float
    swing_ratio: float
    note_ids: tuple[str, ...]
    cost: float = 0.0

    def __len__(self) -> int:
        return len(self.pitches)


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """The ways in which a passage may be played.

    Attributes
    ----------
    written : Reference
        On its places, with its swing.
    recorded : Reference or None
        As its soloist plays it; None where that is not known.
    swung : tuple of Reference
        With other swing; none where swing cannot be heard.
    """

    written: Reference
    recorded: Reference | None
    swung: tuple[Reference, ...]

    @property
    def all(self) -> tuple[Reference, ...]:
        """Each of them."""
        recorded = () if self.recorded is None else (self.recorded,)
        return (self.written, *recorded, *self.swung)


def read_models(passage: Passage, recorded_sec: Mapping[str, float]) -> Models:
    """Read a passage.

    Parameters
    ----------
    passage : Passage
        With at least one note.
    recorded_sec : mapping of str to float, seconds of a recording
        When its soloist plays the notes, by their ids; may be empty.

    Returns
    -------
    Models
        In arrays.
    """
    written = _read(passage, passage.swing_ratio or 1.0)
    swung: tuple[Reference, ...] = ()
    if _can_swing(passage):
        others = (_read(passage, ratio) for ratio in _SWINGS)
        swung = tuple(replace(one, cost=_swing_cost(one, written)) for one in others)
    recorded = _read_recorded((written, *swung), recorded_sec)
    return Models(written, recorded, swung)


def _read(passage: Passage, swing_ratio: float) -> Reference:
    clock = PassageClock(replace(passage, swing_ratio=swing_ratio))
    onset_sec = np.array([clock.sec_at(one.onset_quarter) for one in passage.notes])
    return Reference(
        (onset_sec - onset_sec[0]) / clock.beat_sec,
        np.array(passage.pitches_midi, dtype=np.int64),
        clock.beat_sec,
        swing_ratio,
        name_notes(passage),
    )


def _can_swing(passage: Passage) -> bool:
    """Tell whether some notes stand between beats where swing moves them."""
    if passage.signature.is_compound:
        return False
    places = [one.onset_quarter / passage.beat_quarter % 1 for one in passage.notes]
    return sum(one != 0 and one.denominator % 3 != 0 for one in places) >= _FEWEST_SWUNG


def _swing_cost(one: Reference, written: Reference) -> float:
    away = float(np.log(one.swing_ratio / written.swing_ratio)) / _SWING_SPREAD
    return _SWING_COST + away**2


def _read_recorded(
    models: tuple[Reference, ...], recorded_sec: Mapping[str, float]
) -> Reference | None:
    """Put the soloist's notes on beats: those that fit most of them best."""
    known = [i for i, one in enumerate(models[0].note_ids) if one in recorded_sec]
    if len(known) < len(models[0]) / 2 or len(known) < 2:
        return None
    played = np.array([recorded_sec[models[0].note_ids[i]] for i in known])
    at = np.array(known)
    best, clock = models[0], None
    for one in models:
        fitted = fit_time(one.beats[at], played, float(one.beats[-1]))
        if clock is None or fitted.cost + one.cost < clock.cost + best.cost:
            best, clock = one, fitted
    assert clock is not None
    beats = best.beats.copy()
    beats[at] += (played - clock.sec_at(best.beats[at])) / clock.beat_sec
    return replace(best, beats=beats, cost=_RECORDED_COST)
