"""Learns where in the beat solo lines do what.

    python -m training.rhythm.line_phases

From 4/4 swing solos of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für
Musik Franz Liszt Weimar; ODbL 1.0), training players only. Writes
`src/licklab/engine/beats/line_phases.npz`. Onsets are learned as they are heard: displaced, and
with some missing.
"""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
from synthesis.weimar import (
    TEST_PLAYERS,
    VALIDATION_PLAYERS,
    Solo,
    find_shared_data,
    read_solos,
)  # fmt: skip

from licklab.engine.beats import line_language
from licklab.engine.beats.line_language import (
    BEFORE_BEATS,
    N_BEATS,
    N_MARKS,
    N_PHASES,
    TEMPI_BPM,
    LineHabits,
    line_of,
)  # fmt: skip

# What is missed and by how much onsets are off where notes are heard: the errors of our listener.
JITTER_SEC, MISSED = 0.010, 0.05
# Learned with more, which widens the histograms; chosen on validation players.
_LEARNED_JITTER_SEC = 0.020
# So many hearings of each solo, so that the histograms are smooth.
_HEARINGS = 6
# Of a class of tempo, in octaves: the classes are half an octave apart.
_TEMPO_SPREAD = 0.35
# Kernel of the histograms in seconds, and the part that may lie anywhere; chosen by
# `training.rhythm.measure_line` on validation players.
_KERNEL_SEC = 0.008
_ANYWHERE = 0.03
# What is on the beat, in beats, as `licklab.engine.swings` has it.
_NEAR_BEAT = 0.2
# A class of the interval before counts as all classes together until it has so many onsets.
_TRUST_ONSETS = 5.0


def read_swing(split: str) -> list[Solo]:
    """Read the 4/4 swing solos of a split.

    Parameters
    ----------
    split : str
        ``training``, ``validation`` or ``test``.

    Returns
    -------
    list of Solo
        In the order of the database.
    """
    with (find_shared_data() / "wjazzd" / "solos.csv").open() as file:
        swing = {row["sid"] for row in csv.DictReader(file) if row["rhythmfeel"] == "SWING"}
    held = {"validation": VALIDATION_PLAYERS, "test": TEST_PLAYERS}
    both = TEST_PLAYERS | VALIDATION_PLAYERS
    return [
        one for one in read_solos()
        if one.sid in swing and all(beat.per_bar == 4 for beat in one.beats)
        and (one.performer in held[split] if split in held else one.performer not in both)
    ]  # fmt: skip


def hear(solo: Solo, rng: np.random.Generator, jitter_sec: float = JITTER_SEC) -> np.ndarray:
    """Hear a solo as our listener would.

    Parameters
    ----------
    solo : Solo
        As annotated.
    rng : numpy.random.Generator
        Of the errors.
    jitter_sec : float
        Standard deviation of the onsets.

    Returns
    -------
    shape=(n, 4)
        Onset and duration in seconds, pitch and loudness; in order of onset.
    """
    notes = solo.notes[rng.random(len(solo.notes)) >= MISSED].copy()
    notes[:, 0] += rng.normal(0, jitter_sec, len(notes))
    return notes[np.argsort(notes[:, 0])]


def learn(solos: list[Solo]) -> LineHabits:
    """Learn the habits of solos.

    Parameters
    ----------
    solos : list of Solo
        Of training players.

    Returns
    -------
    LineHabits
        Smoothed histograms.
    """
    rng = np.random.default_rng(0)
    delays = {one.sid: _measure_delay(one) for one in solos}
    usual = float(np.mean(list(delays.values())))
    n_steps = N_PHASES * N_BEATS
    n_before = len(BEFORE_BEATS) + 1
    counts = np.zeros((len(TEMPI_BPM), n_before, N_PHASES, n_steps + 1))
    entry, marks = np.ones(N_PHASES), np.ones((N_MARKS, N_PHASES))
    for solo in solos * _HEARINGS:
        beats = np.array([one.onset_sec for one in solo.beats])
        line = line_of(hear(solo, rng, _LEARNED_JITTER_SEC)[:, [0, 2, 3]])
        line = replace(line, onset_sec=line.onset_sec - delays[solo.sid] + usual)
        index = np.searchsorted(beats, line.onset_sec, side="right") - 1
        ok = (index >= 0) & (index < len(beats) - 1)
        onset, index, mark = line.onset_sec[ok], index[ok], line.mark[ok]
        length = np.diff(beats)[index]
        phase = np.floor((onset - beats[index]) / length * N_PHASES).astype(np.int64)
        np.add.at(marks, (mark, phase), 1)
        gaps = np.diff(onset)
        before = np.insert(gaps, 0, np.inf) / length
        np.add.at(entry, phase[before > N_BEATS], 1)
        kind = np.searchsorted(BEFORE_BEATS, before)[:-1]
        step = np.minimum(np.floor(gaps / length[:-1] * N_PHASES), n_steps).astype(np.int64)
        octaves = np.log2(60 / length[:-1, None] / np.array(TEMPI_BPM))
        weight = np.exp(-((octaves / _TEMPO_SPREAD) ** 2) / 2)
        for tempo in range(len(TEMPI_BPM)):
            np.add.at(counts[tempo], (kind, phase[:-1], step), weight[:, tempo])
    return _smooth(counts / _HEARINGS, entry, marks)


def _measure_delay(solo: Solo) -> float:
    """Measure how far behind the beat a soloist plays, in seconds.

    The same for a whole solo, it is no more than a shift of all beats; taken away, the histograms
    are sharper.
    """
    beats = np.array([one.onset_sec for one in solo.beats])
    index = np.clip(np.searchsorted(beats, solo.notes[:, 0]), 1, len(beats) - 1)
    behind = solo.notes[:, 0] - beats[index - 1]
    ahead = solo.notes[:, 0] - beats[index]
    off = np.where(behind < -ahead, behind, ahead)
    near = np.abs(off) < _NEAR_BEAT * (beats[index] - beats[index - 1])
    return float(np.median(off[near])) if near.any() else 0.0


def _smooth(counts: np.ndarray, entry: np.ndarray, marks: np.ndarray) -> LineHabits:
    interval, rest = [], []
    for tempo, table in zip(TEMPI_BPM, counts, strict=True):
        width = _KERNEL_SEC * tempo / 60 * N_PHASES
        smooth = _blur(table, width, axis=1, circular=True)
        smooth[..., :-1] = _blur(smooth[..., :-1], width, axis=2, circular=False)
        together = smooth.sum(axis=0)
        together = together / together.sum(axis=-1, keepdims=True)
        anywhere = together.mean(axis=0)
        # Where few onsets are, they tell less about what comes next.
        with_before = smooth + _TRUST_ONSETS * together
        chance = with_before / with_before.sum(axis=-1, keepdims=True)
        even = np.append(np.full(len(anywhere) - 1, 1 / (len(anywhere) - 1)), 0.1)
        chance = (1 - _ANYWHERE) * chance + _ANYWHERE * even
        interval.append(np.log(chance[..., :-1] * N_PHASES))
        rest.append(np.log(chance[..., -1]))
    entry = _blur(entry, 1.0, axis=0, circular=True)
    share = _blur(marks, 1.0, axis=1, circular=True)
    share = share / share.sum(axis=0)
    overall = marks.sum(axis=1, keepdims=True) / marks.sum()
    return LineHabits(
        np.array(interval), np.array(rest), np.log(entry / entry.mean()), np.log(share / overall)
    )


def _blur(table: np.ndarray, width: float, axis: int, *, circular: bool) -> np.ndarray:
    """Convolve with a normal kernel."""
    n = table.shape[axis]
    distance = np.abs(np.arange(n)[:, None] - np.arange(n))
    if circular:
        distance = np.minimum(distance, n - distance)
    kernel = np.exp(-((distance / width) ** 2) / 2)
    kernel /= kernel.sum(axis=0)
    return np.moveaxis(np.tensordot(kernel, table, axes=(1, axis)), 0, axis)


def main() -> None:
    """Learn and write."""
    habits = learn(read_swing("training"))
    path = Path(line_language.__file__).with_name("line_phases.npz")
    np.savez_compressed(
        path, interval=habits.interval.astype(np.float16), rest=habits.rest.astype(np.float16),
        entry=habits.entry.astype(np.float16), mark=habits.mark.astype(np.float16),
    )  # fmt: skip
    print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
