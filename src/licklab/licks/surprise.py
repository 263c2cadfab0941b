"""How usual a line is: its intervals, each told from the two before it.

In go pitches; out come bits. The model is a Markov chain of the second order over intervals up to
an octave, mixed with those of lower order where it has seen little (Witten and Bell, IEEE Trans.
Inform. Theory 37(4), 1991). `intervals.npz` holds it, counted by `training.licks.intervals` from
the training players of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für
Musik Franz Liszt Weimar; ODbL 1.0).
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WIDEST = 12
"""Intervals beyond count as this one."""

_FILE = Path(__file__).with_name("intervals.npz")


@dataclass(frozen=True, slots=True)
class IntervalModel:
    """What intervals follow on which.

    Attributes
    ----------
    first : shape=(25,), bits
        Of an interval of which nothing is known before.
    second : shape=(25, 25), bits
        By the interval before it.
    third : shape=(25, 25, 25), bits
        By the two before it, the earlier one first.
    usual : shape=(25, 9), bits an interval
        By the number of notes up to 24: deciles of what players play within a phrase.
    """

    first: Floats
    second: Floats
    third: Floats
    usual: Floats


@functools.cache
def load_intervals() -> IntervalModel:
    """Load what was counted.

    Returns
    -------
    IntervalModel
        The same at each call.
    """
    with np.load(_FILE) as arrays:
        parts = {name: arrays[name].astype(np.float64) for name in arrays.files}
    return IntervalModel(**parts)


def clip_intervals(pitch_midi: Ints) -> Ints:
    """Give the intervals of a line.

    Parameters
    ----------
    pitch_midi : shape=(n_notes,)
        One after another.

    Returns
    -------
    shape=(n_notes - 1,), 0 to 24
        As numbers; 12 is a repeated note.
    """
    clipped: Ints = np.clip(np.diff(pitch_midi), -WIDEST, WIDEST) + WIDEST
    return clipped


def span_bits(pitch_midi: Ints, start: Ints, stop: Ints) -> Floats:
    """Measure how much of a surprise spans of a line are.

    Parameters
    ----------
    pitch_midi : shape=(n_notes,)
        Of the line.
    start, stop : shape=(n_spans,)
        Of the spans, each of three notes or more.

    Returns
    -------
    shape=(n_spans,), bits
        Of all intervals of the span, told from those in it alone.
    """
    model = load_intervals()
    one = clip_intervals(pitch_midi)
    inner = model.third[one[:-2], one[1:-1], one[2:]]
    total = np.concatenate([[0.0, 0.0, 0.0], np.cumsum(inner)])
    head = model.first[one[start]] + model.second[one[start], one[start + 1]]
    bits: Floats = head + total[stop - 1] - total[start + 2]
    return bits


def usual_bits(n_notes: int) -> float:
    """Give the surprise of most lines.

    Parameters
    ----------
    n_notes : int
        Of the lines, three or more.

    Returns
    -------
    float, bits an interval
        The median.
    """
    return float(_deciles(n_notes)[4])


def usualness(n_notes: int, bits: float) -> int:
    """Tell how many of ten lines of the corpus are more usual.

    Parameters
    ----------
    n_notes : int
        Of the span, three or more.
    bits : float
        Its surprise.

    Returns
    -------
    int, 0 to 9
        Lines of the same length that surprise less.
    """
    return int(np.searchsorted(_deciles(n_notes), bits / (n_notes - 1), side="right"))


def _deciles(n_notes: int) -> Floats:
    usual = load_intervals().usual
    row: Floats = usual[min(n_notes, len(usual) - 1)]
    return row
