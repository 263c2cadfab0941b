"""The peer: plain dynamic time warping, as a first program would do it.

It is told what ours has to find out: the key, the tempo, and where the attempt begins and ends.
"""

import numpy as np

from benchmarks.practice.attempt_scenes import Attempt
from benchmarks.practice.attempt_scores import Told
from licklab.domain.note import Note
from licklab.notation.passage_playing import PassageClock

_NEAR_SEC = 0.03
_PITCH_COST_SEC = 0.25
_MARGIN_SEC = 0.3


def mark_by_dtw(attempt: Attempt, heard: tuple[Note, ...]) -> Told:
    """Mark an attempt by warping; its tempo is then a straight line through the right notes."""
    passage = attempt.lick.passage
    clock = PassageClock(passage)
    times = np.array([clock.sec_at(one.onset_quarter) for one in passage.notes])
    pitches = np.array(passage.pitches_midi) + attempt.semitones
    first, last = attempt.targets_sec[0], attempt.targets_sec[-1]
    inside = [one for one in heard if first - _MARGIN_SEC < one.onset_sec < last + _MARGIN_SEC]
    onsets = np.array([one.onset_sec for one in inside])
    played = np.array([round(one.pitch_midi) for one in inside])
    if not inside:
        return Told(dict.fromkeys(range(len(times)), "missed"), ())
    scale = 1 / attempt.tempo_factor
    mapped = (times - times[0]) * scale + first
    pairs = _warp(mapped, pitches, onsets, played)
    # Of several partners the nearest: a note has one.
    cost = {(i, j): abs(mapped[i] - onsets[j]) + _PITCH_COST_SEC * (pitches[i] != played[j])
            for i, j in pairs}  # fmt: skip
    taken: dict[int, int] = {}
    for i, j in sorted(pairs, key=lambda pair: cost[pair]):
        if i not in taken and j not in taken.values():
            taken[i] = j
    right = [(i, j) for i, j in taken.items() if pitches[i] == played[j]]
    line = (scale, first - scale * times[0])
    if len(right) > 1:
        line = tuple(np.polyfit(times[[i for i, _ in right]], onsets[[j for _, j in right]], 1))
    marks = {}
    for i, time in enumerate(times):
        if i not in taken:
            marks[i] = "missed"
            continue
        late = onsets[taken[i]] - line[0] * time - line[1]
        if pitches[i] != played[taken[i]]:
            marks[i] = "wrong"
        elif abs(late) > _NEAR_SEC:
            marks[i] = "late" if late > 0 else "early"
    extras = tuple(float(onsets[j]) for j in range(len(onsets)) if j not in taken.values())
    return Told(marks, extras)


def _warp(
    times: np.ndarray, pitches: np.ndarray, onsets: np.ndarray, played: np.ndarray
) -> list[tuple[int, int]]:
    cost = np.abs(times[:, None] - onsets) + _PITCH_COST_SEC * (pitches[:, None] != played)
    total = np.full((len(times) + 1, len(onsets) + 1), np.inf)
    total[0, 0] = 0
    for i in range(len(times)):
        for j in range(len(onsets)):
            before = min(total[i, j], total[i, j + 1], total[i + 1, j])
            total[i + 1, j + 1] = cost[i, j] + before
    path, at = [], (len(times), len(onsets))
    while at != (0, 0):
        path.append((at[0] - 1, at[1] - 1))
        steps = [(at[0] - 1, at[1] - 1), (at[0] - 1, at[1]), (at[0], at[1] - 1)]
        at = min((one for one in steps if min(one) >= 0), key=lambda one: total[one])
    return path
