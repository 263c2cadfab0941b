"""Where notes are written, against the metrical annotation of the Weimar Jazz Database.

Beats are the true ones. A place is a bar, a beat and a tatum; two thirds of a beat and a half of it
are one place, for swung eighths are annotated as either. The peer is the nearest place of the usual
grids, which is what a sequencer does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from benchmarks.score.solos import AnnotatedSolo, Floats
from licklab.notation.arrange import arrange
from licklab.notation.frame import frame_bars
from licklab.notation.metrical import place_played

Place = tuple[int, Fraction]

# Parts of a beat that the nearest place is looked for among: sixteenths and triplets.
_GRID = tuple(sorted({Fraction(k, 4) for k in range(5)} | {Fraction(k, 3) for k in range(4)}))
# Duration classes: boundaries half an octave between, in beats (very short, short, medium, long,
# very long), as MeloSpyGUI has them (Pfleiderer et al., "Inside the Jazzomat", 2017).
_CLASS_OCTAVES = (-1.5, -0.5, 0.5, 1.5)
# A note that fills less of the time to the next was ended on purpose.
_FILLED = 0.5


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Shares of notes that are right.

    Attributes
    ----------
    played, written, nearest : float
        Places: as annotated by us, as on our page, and by the nearest place.
    duration : float
        Written durations in the class of the annotated ones.
    """

    played: float
    written: float
    nearest: float
    duration: float


def measure_places(solos: Sequence[AnnotatedSolo]) -> PlaceFigures:
    """Measure places and duration classes, over all notes alike."""
    right: Counter[str] = Counter()
    n_notes = 0
    for solo in solos:
        truth = [_fold(one.beat, Fraction(one.tatum - 1, one.division)) for one in solo.places]
        written, lengths = _written(solo)
        rows: dict[str, Sequence[Place | None]] = {
            "played": _played(solo),
            "written": written,
            "nearest": _nearest(solo),
        }
        for name, row in rows.items():
            right[name] += sum(a == b for a, b in zip(row, truth, strict=True))
        right["duration"] += sum(
            _class_of(a) == _class_of(b) for a, b in zip(lengths, _true_lengths(solo), strict=True)
        )
        n_notes += len(truth)
    shares = {name: count / n_notes for name, count in right.items()}
    return PlaceFigures(**shares)


def _fold(beat: int, place: Fraction) -> Place:
    return beat, Fraction(1, 2) if place == Fraction(2, 3) else place


def _played(solo: AnnotatedSolo) -> list[Place | None]:
    beats = _carried_on(solo)
    at = np.interp([one.onset_sec for one in solo.notes], beats, np.arange(len(beats)))
    return [
        _fold(one.beat, Fraction(one.tatum - 1, one.division))
        for one in place_played(at, np.diff(beats))
    ]


def _carried_on(solo: AnnotatedSolo) -> Floats:
    """Give the beats and as many more as the last notes need: the annotation ends with the solo."""
    beats = solo.beats_sec
    more = np.arange(1, 9) * (beats[-1] - beats[-2])
    return np.concatenate([beats, beats[-1] + more])


def _nearest(solo: AnnotatedSolo) -> list[Place]:
    beats = _carried_on(solo)
    found = []
    for at in np.interp([one.onset_sec for one in solo.notes], beats, np.arange(len(beats))):
        beat = int(at)
        place = min(_GRID, key=lambda one: abs(float(one) - (at - beat)))
        found.append(_fold(beat + int(place), place % 1))
    return found


def _written(solo: AnnotatedSolo) -> tuple[list[Place | None], list[float]]:
    """Read places and lengths off our page; a grace note stands where its main note does."""
    score = arrange(solo.transcription)
    swing = solo.transcription.analysis
    assert swing is not None
    frame = frame_bars(swing.grid, solo.notes[0].onset_sec, solo.notes[-1].onset_sec)
    offset = int(np.argmin(np.abs(solo.beats_sec - frame.beat_secs[0])))
    if abs(solo.beats_sec[offset] - frame.beat_secs[0]) > 1e-6:
        # The page begins before the first annotated beat.
        step = frame.beat_secs[1] - frame.beat_secs[0]
        offset = -round(float(solo.beats_sec[0] - frame.beat_secs[0]) / step)
    places: dict[str, Place] = {}
    lengths: dict[str, Fraction] = {}
    quarters = frame.quarters_a_beat
    waiting: list[str] = []
    for bar, frame_bar in zip(score.bars, frame.bars, strict=True):
        for event in bar.voices[0].events:
            for head in event.heads:
                if event.is_grace:
                    waiting.append(head.note_id)
                    continue
                lengths[head.note_id] = lengths.get(head.note_id, Fraction(0)) + (
                    event.length_quarter / quarters
                )
                if head.tie_from:
                    continue
                beat = event.onset_quarter / quarters
                place = _fold(offset + frame_bar.first_beat + int(beat), beat % 1)
                for name in (*waiting, head.note_id):
                    places[name] = place
                waiting = []
    ids = solo.transcription.note_ids
    return [places.get(one) for one in ids], [float(lengths.get(one, 0)) for one in ids]


def _true_lengths(solo: AnnotatedSolo) -> list[float]:
    """Give the lengths of the annotated notes in beats: to the next where that is filled."""
    found = []
    for i, (note, place) in enumerate(zip(solo.notes, solo.places, strict=True)):
        beat = min(place.beat, len(solo.beats_sec) - 2)
        played = note.duration_sec / float(solo.beats_sec[beat + 1] - solo.beats_sec[beat])
        if i + 1 < len(solo.places):
            after = solo.places[i + 1]
            begin = place.beat + (place.tatum - 1) / place.division
            space = after.beat + (after.tatum - 1) / after.division - begin
            if played >= _FILLED * space:
                found.append(max(space, 1e-3))
                continue
        found.append(played)
    return found


def _class_of(length_beats: float) -> int:
    return int(np.searchsorted(_CLASS_OCTAVES, np.log2(max(length_beats, 1e-3))))
