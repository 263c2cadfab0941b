"""The best way through a chart that is played over and over, in each of the twelve keys.

A state is a beat of the chart, or being outside of it: in an introduction, a vamp, an ending. From
one beat of the recording to the next the chart goes on by a beat, and from its last to its first;
a beat too many or too few was counted now and then; and rarely the band is somewhere else in the
chart. All keys are walked at once. Left-to-right models that go round: Raphael, "Automatic
Segmentation of Acoustic Musical Signals Using Hidden Markov Models", IEEE PAMI 21(4), 1999.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

OUTSIDE = -1
"""In place of a beat of the chart, where the recording is outside of it."""

# How a state was reached.
_ON, _STAY, _SKIP, _JUMP, _IN = range(5)
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Moves:
    """What each way costs, as log probabilities.

    Attributes
    ----------
    enter : shape=(n_places,)
        Of coming from outside, and of beginning, on each beat of the chart.
    jump : shape=(n_places,)
        Of coming from anywhere in the chart.
    leave : shape=(n_places,)
        Of going outside after each beat of the chart.
    slip : float
        Of a beat too many, and as much of one too few.
    outside : float
        Of a beat outside, whatever is heard.
    """

    enter: Scores
    jump: Scores
    leave: Scores
    slip: float
    outside: float


def find_chart_path(
    heard: Scores, columns: Places, lines: Scores, moves: Moves, pin: int | None = None
) -> tuple[Scores, Places]:
    """Find the best way for each transposition.

    Parameters
    ----------
    heard : shape=(n_beats, n_columns), log probability
        What each beat of the recording says.
    columns : shape=(n_keys, n_places)
        Which column of it each beat of the chart asks, by transposition.
    lines : shape=(n_beats, 2), log probability
        Added where the beat of the chart begins no bar (0) or one (1); the latter are those
        whose `columns` are in the second half of the table.
    moves : Moves
        What each way costs.
    pin : int, optional
        Beat of the recording on which the chart is known to begin.

    Returns
    -------
    scores : shape=(n_keys,)
        Of the best way.
    places : shape=(n_keys, n_beats)
        Beat of the chart at each beat of the recording; -1 outside.
    """
    n_beats, (n_keys, n_places) = len(heard), columns.shape
    best = np.tile(moves.enter, (n_keys, 1))
    out = np.zeros(n_keys, np.float32)
    ways = np.zeros((n_beats, n_keys, n_places), np.uint8)
    ways[0] = _IN
    tops = np.zeros((n_beats, n_keys), np.int64)
    left_from = np.full((n_beats, n_keys), OUTSIDE)
    keys, is_bar = np.arange(n_keys), columns[0] >= heard.shape[1] // 2
    slip = np.float32(moves.slip)
    for i in range(n_beats):
        if i:
            tops[i] = best.argmax(axis=1)
            top = best[keys, tops[i]][:, None]
            leaving = best + moves.leave
            last = leaving.argmax(axis=1)
            now = np.roll(best, 1, axis=1)
            way = ways[i]
            rivals = ((_STAY, best + slip), (_SKIP, np.roll(best, 2, axis=1) + slip),
                      (_JUMP, top + moves.jump), (_IN, out[:, None] + moves.enter))  # fmt: skip
            for kind, rival in rivals:
                better = rival > now
                way[better] = kind
                now = np.maximum(now, rival)
            goes = leaving[keys, last] > out
            left_from[i] = np.where(goes, last, OUTSIDE)
            out = np.maximum(out, leaving[keys, last])
            best = now
        best = best + heard[i][columns] + lines[i][is_bar.astype(np.int64)]
        out = out + np.float32(moves.outside)
        if pin == i:
            best[:, 1:], out = _NEVER, np.full(n_keys, _NEVER)
    ends = np.where(best.max(axis=1) >= out, best.argmax(axis=1), OUTSIDE)
    places = np.stack([
        _walk_back(int(ends[key]), ways[:, key], tops[:, key], left_from[:, key]) for key in keys
    ])  # fmt: skip
    return np.maximum(best.max(axis=1), out), places


def _walk_back(end: int, ways: npt.NDArray[np.uint8], tops: Places, left_from: Places) -> Places:
    n_beats, n_places = ways.shape
    path = np.empty(n_beats, np.int64)
    place = end
    for i in range(n_beats - 1, -1, -1):
        path[i] = place
        if place == OUTSIDE:
            place = int(left_from[i])
            continue
        way = ways[i, place]
        if way == _IN:
            place = OUTSIDE
        elif way == _JUMP:
            place = int(tops[i])
        elif way != _STAY:
            place = (place - (1 if way == _ON else 2)) % n_places
    return path
