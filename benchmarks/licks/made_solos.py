"""Solos made up by the statistics of the real ones, to fill a corpus to any size.

Intervals follow the three before them, and distances between notes the one before, as often as in
the real solos (Markov chains; contexts that are rare are mixed with shorter ones). What comes of it
is as easily confused with real phrases as chance allows, and no copy of any.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from licklab.corpus.solo import CorpusSolo, SoloInfo
from licklab.domain.solo_line import Floats, Ints, SoloLine

_LIMIT = 13  # semitones of the largest interval
_N = 2 * _LIMIT + 1
_LOWEST, _HIGHEST = 44, 88
_EDGES = np.geomspace(0.06, 2.0, 15)  # seconds: classes of distances
_SHORTER = 2.0  # weight of the shorter context, in notes


def make_solos(
    lines: Sequence[SoloLine], count: int, n_notes: int, seed: int
) -> Iterator[CorpusSolo]:
    """Make solos, a thousand at a time."""
    steps, distances = _learn_steps(lines), _learn_distances(lines)
    rng = np.random.default_rng(seed)
    for first in range(0, count, 1000):
        n_solos = min(1000, count - first)
        lengths = rng.integers(n_notes // 2, n_notes * 3 // 2, n_solos)
        pitch = _draw_pitches(steps, n_solos, int(lengths.max()), rng)
        gaps = _draw_gaps(*distances, n_solos, int(lengths.max()), rng)
        for row, length in enumerate(lengths.tolist()):
            number = first + row
            yield _to_solo(number, pitch[row, :length], gaps[row, :length])


def _learn_steps(lines: Sequence[SoloLine]) -> Floats:
    """Give cumulated chances of the next interval after every three."""
    counts = np.zeros((_N**3, _N))
    shorter = np.zeros((_N, _N))
    for line in lines:
        steps = np.clip(np.diff(line.pitch_midi), -_LIMIT, _LIMIT) + _LIMIT
        context = (steps[:-3] * _N + steps[1:-2]) * _N + steps[2:-1]
        np.add.at(counts, (context, steps[3:]), 1)
        np.add.at(shorter, (steps[:-1], steps[1:]), 1)
    shorter = (shorter + 0.01) / (shorter + 0.01).sum(axis=1, keepdims=True)
    counts += _SHORTER * shorter[np.arange(_N**3) % _N]
    return np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)


def _learn_distances(lines: Sequence[SoloLine]) -> tuple[Floats, list[Floats]]:
    """Give cumulated chances of the next class of distances after each, and their members."""
    n_classes = len(_EDGES) + 1
    counts = np.full((n_classes, n_classes), 0.1)
    members: list[list[Floats]] = [[] for _ in range(n_classes)]
    for line in lines:
        gaps = np.diff(line.onset_sec)
        classes = np.searchsorted(_EDGES, gaps)
        np.add.at(counts, (classes[:-1], classes[1:]), 1)
        for one in range(n_classes):
            members[one].append(gaps[classes == one])
    chances = np.cumsum(counts / counts.sum(axis=1, keepdims=True), axis=1)
    return chances, [np.concatenate(one) for one in members]


def _draw(chances: Floats, rng: np.random.Generator) -> Ints:
    drawn: Ints = (chances[:, :-1] < rng.random((len(chances), 1))).sum(axis=1)
    return drawn


def _draw_pitches(
    steps: Floats, n_solos: int, length: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    last = [np.full(n_solos, _LIMIT) for _ in range(3)]
    now = rng.integers(56, 76, n_solos)
    found = np.empty((n_solos, length), dtype=np.int64)
    for at in range(length):
        found[:, at] = now
        drawn = _draw(steps[(last[0] * _N + last[1]) * _N + last[2]], rng)
        step = drawn - _LIMIT
        # A line that leaves the range turns around.
        step = np.where((now + step < _LOWEST) | (now + step > _HIGHEST), -step, step)
        last = [last[1], last[2], step + _LIMIT]
        now = now + step
    return found


def _draw_gaps(
    chances: Floats, members: Sequence[Floats], n_solos: int, length: int, rng: np.random.Generator
) -> Floats:
    classes = np.full(n_solos, 5)
    found = np.empty((n_solos, length))
    for at in range(length):
        for one in np.unique(classes).tolist():
            own = classes == one
            found[own, at] = rng.choice(members[one], int(own.sum()))
        classes = _draw(chances[classes], rng)
    return found


def _to_solo(number: int, pitch: Ints, gaps: Floats) -> CorpusSolo:
    n_notes = len(pitch)
    onset = np.cumsum(gaps) - gaps
    ones = np.ones(n_notes, dtype=np.int64)
    line = SoloLine(
        onset, onset + 0.9 * gaps, pitch, ones, ones, ones, ones, np.full(n_notes, 0.5),
        -ones, np.ones(n_notes), (), ("",) * n_notes,
    )  # fmt: skip
    info = SoloInfo(f"made-{number}", f"Machine {number % 500}", f"Made {number}", "tenor_sax")
    return CorpusSolo(info, line)
