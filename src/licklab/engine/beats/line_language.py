"""What the onsets of a solo line tell about beats: how likely its next interval is at each phase.

A line that swings is long on the beat and short behind it, rests more often behind the beat, and
turns about at some places in the beat more than at others. `line_phases.npz` holds these habits as
smoothed histograms, learned by `training.rhythm.line_phases` from the training players of the
Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz Liszt Weimar;
ODbL 1.0).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.note import Note

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

# Of the histograms: phases of a beat, and intervals in the same steps up to so many beats.
N_PHASES, N_BEATS = 32, 3
# Middles of the classes of tempo, an equal number of octaves apart: the ratio of swing falls with
# the tempo (Friberg and Sundstrom, Music Perception 19(3), 2002).
TEMPI_BPM = (100.0, 141.0, 200.0, 283.0)
# Upper ends of the classes of the interval before, in beats: parts of a triplet or less, short and
# long eighths, quarters, longer; the last class also stands for a line that begins.
BEFORE_BEATS = (0.29, 0.42, 0.55, 0.8, 1.3, 3.0)
# Notes that begin so close together are one onset: a chord or a grace note.
_TOGETHER_SEC = 0.03
_FILE = Path(__file__).with_name("line_phases.npz")


@dataclass(frozen=True, slots=True)
class LineHabits:
    """Where in the beat a line does what.

    Attributes
    ----------
    interval : shape=(n_tempi, n_before, N_PHASES, N_PHASES * N_BEATS)
        Log density, per beat, of the interval to the next onset.
    rest : shape=(n_tempi, n_before, N_PHASES)
        Log probability that the next onset is further away than the histogram reaches.
    entry : shape=(N_PHASES,)
        Log density, against an even one, of an onset after a rest.
    mark : shape=(n_marks, N_PHASES)
        Log odds of a mark at a phase against anywhere.
    """

    interval: Floats
    rest: Floats
    entry: Floats
    mark: Floats


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its onsets.

    Attributes
    ----------
    onset_sec : shape=(n,), seconds of the original file
        In order.
    mark : shape=(n,)
        Of each: `compute_marks`.
    """

    onset_sec: Floats
    mark: Indices


@functools.cache
def load_habits() -> LineHabits:
    """Load what was learned.

    Returns
    -------
    LineHabits
        Of the training players.
    """
    with np.load(_FILE) as data:
        return LineHabits(
            *(data[one].astype(np.float64) for one in ("interval", "rest", "entry", "mark"))
        )


def read_line(notes: Sequence[Note]) -> Line:
    """Read the onsets of a line, those that sound together as one.

    Parameters
    ----------
    notes : sequence of Note
        In any order.

    Returns
    -------
    Line
        Without notes it is empty.
    """
    rows = sorted((one.onset_sec, one.pitch_midi, float(one.velocity)) for one in notes)
    return line_of(np.array(rows, np.float64).reshape(-1, 3))


def line_of(rows: Floats) -> Line:
    """Make a line of onsets, pitches and loudness.

    Parameters
    ----------
    rows : shape=(n, 3)
        Seconds, MIDI pitch, loudness on any scale; in order of onset.

    Returns
    -------
    Line
        The highest pitch counts where some sound together.
    """
    if not len(rows):
        return Line(np.zeros(0), np.zeros(0, np.int64))
    first = np.concatenate([[True], np.diff(rows[:, 0]) >= _TOGETHER_SEC])
    begins = np.flatnonzero(first)
    pitch = np.maximum.reduceat(rows[:, 1], begins)
    loudness = np.maximum.reduceat(rows[:, 2], begins)
    return Line(rows[begins, 0], compute_marks(pitch, loudness))


def compute_marks(pitch: Floats, loudness: Floats) -> Indices:
    """Tell how each note of a line stands out from its neighbours.

    Parameters
    ----------
    pitch : shape=(n,), MIDI
        Of the notes.
    loudness : shape=(n,)
        On any scale.

    Returns
    -------
    shape=(n,), 0 to 8
        Three times how it turns (neither, a peak, a valley) and whether it is between its
        neighbours in loudness (0), louder than both (1) or softer than both (2).
    """
    return 3 * _turns(pitch) + _turns(loudness)


N_MARKS = 9


def _turns(values: Floats) -> Indices:
    found = np.zeros(len(values), np.int64)
    if len(values) > 2:
        before, after = np.diff(values)[:-1], np.diff(values)[1:]
        found[1:-1] = np.where((before > 0) & (after < 0), 1, 0)
        found[1:-1] = np.where((before < 0) & (after > 0), 2, found[1:-1])
    return found


def score_segments(
    line: Line, lengths: Indices, n_frames: int, rate: float, start_sec: float, habits: LineHabits,
    mark_weight: float = 1.0,
) -> Floats:  # fmt: skip
    """Score every beat that a line may have.

    Parameters
    ----------
    line : Line
        The onsets.
    lengths : shape=(n_lengths,), frames
        That a beat may have.
    n_frames : int
        Of the time axis.
    rate : float, Hz
        Frames in a second.
    start_sec : float, seconds of the original file
        Of the first frame.
    habits : LineHabits
        What lines do.
    mark_weight : float
        How much the marks count.

    Returns
    -------
    shape=(n_frames, n_lengths)
        Log likelihood of the onsets from each frame on for each length.
    """
    scores = np.zeros((n_frames, len(lengths)))
    if not len(line.onset_sec):
        return scores
    place = (line.onset_sec - start_sec) * rate
    frame = np.floor(place).astype(np.int64)
    gaps = np.diff(place)
    after = np.append(gaps, np.nan)
    before = np.insert(gaps, 0, np.inf)
    tempo_of = classify_tempo(60 * rate / lengths)
    for k, length in enumerate(lengths):
        # Row by onset, column by the distance of the beat before it.
        back = np.arange(length)
        phase = np.floor((back[np.newaxis] + (place - frame)[:, np.newaxis]) / length * N_PHASES)
        phase = np.minimum(phase.astype(np.int64), N_PHASES - 1)
        worth = _score_onsets(after / length, before / length, phase, int(tempo_of[k]), habits)
        worth -= np.log(length / rate) * np.isfinite(after)[:, np.newaxis]
        worth += mark_weight * habits.mark[line.mark[:, np.newaxis], phase]
        begin = frame[:, np.newaxis] - back
        inside = (begin >= 0) & (begin < n_frames)
        np.add.at(scores[:, k], begin[inside], worth[inside])
    return scores


def _score_onsets(
    after: Floats, before: Floats, phase: Indices, tempo: int, habits: LineHabits
) -> Floats:
    """Score each onset at each phase; intervals in beats, NaN after the last."""
    kind = np.searchsorted(BEFORE_BEATS, before)
    step = np.floor(np.nan_to_num(after) * N_PHASES).astype(np.int64)
    far = step >= N_PHASES * N_BEATS
    rows, steps = kind[:, np.newaxis], np.minimum(step, N_PHASES * N_BEATS - 1)[:, np.newaxis]
    near = habits.interval[tempo, rows, phase, steps]
    # Behind the reach of the histogram rests die away by the factor e in as many beats again.
    tail = habits.rest[tempo, rows, phase] - np.log(N_BEATS)
    tail = tail - (np.nan_to_num(after)[:, np.newaxis] - N_BEATS) / N_BEATS
    worth: Floats = np.where(far[:, np.newaxis], tail, near)
    worth[np.isnan(after)] = 0.0
    worth += np.where(before > N_BEATS, 1.0, 0.0)[:, np.newaxis] * habits.entry[phase]
    return worth


def classify_tempo(tempo_bpm: Floats) -> Indices:
    """Give the nearest of `TEMPI_BPM`, by octaves.

    Parameters
    ----------
    tempo_bpm : shape=(n,)
        Beats in a minute.

    Returns
    -------
    shape=(n,)
        Indices.
    """
    distance = np.abs(np.log2(np.asarray(tempo_bpm)[:, np.newaxis] / np.array(TEMPI_BPM)))
    return np.asarray(distance.argmin(axis=1), np.int64)
