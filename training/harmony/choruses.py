"""Weimar solos as choruses: what the chart says, what is played, and where each chorus begins."""

import csv
import gzip
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from synthesis.changes import Change, Chart, Pulse, read_change
from synthesis.weimar import find_shared_data

from licklab.engine.chords.labels import spell_label
from licklab.engine.chords.language import N_QUALITIES
from training.harmony.tunes import split_of

# A chorus of the database may have a beat more or fewer at its seam.
_ODD_BEATS = 2


@dataclass(frozen=True, slots=True)
class PlayedBeat:
    """One beat as it is played.

    Attributes
    ----------
    onset_sec : float
        When it falls.
    position, per_bar : int
        From 1, of so many.
    change : Change or None
        In force; None for no chord.
    section : str
        Of the form, such as ``A2``; empty where unknown, ``I1`` outside of the form.
    chorus : int
        From 1; 0 or less outside.
    """

    onset_sec: float
    position: int
    per_bar: int
    change: Change | None
    section: str
    chorus: int


@dataclass(frozen=True, slots=True)
class PlayedTune:
    """A solo's choruses.

    Attributes
    ----------
    sid, title, split : str
        As in the database; the split by player.
    beats : tuple of PlayedBeat
        In order.
    """

    sid: str
    title: str
    split: str
    beats: tuple[PlayedBeat, ...]

    def whole_choruses(self) -> list[tuple[int, int]]:
        """Give first beats and ends of choruses that are as long as most.

        Returns
        -------
        list of tuple of int
            None where the length of choruses is not clear.
        """
        runs = self.choruses()
        per_bar = self.beats[0].per_bar
        lengths = Counter(per_bar * round((end - first) / per_bar) for first, end in runs)
        if not lengths:
            return []
        usual = max(lengths, key=lambda one: (lengths[one], one))
        return [(first, end) for first, end in runs if end - first == usual]

    def choruses(self) -> list[tuple[int, int]]:
        """Give first beats and ends of all choruses, whole or not.

        Returns
        -------
        list of tuple of int
            In order.
        """
        ids = [one.chorus for one in self.beats]
        borders = [0, *(i for i in range(1, len(ids)) if ids[i] != ids[i - 1]), len(ids)]
        return [(a, b) for a, b in itertools.pairwise(borders) if ids[a] > 0]


def read_played() -> list[PlayedTune]:
    """Read every shared solo.

    Returns
    -------
    list of PlayedTune
        In the order of the database.

    Raises
    ------
    FileNotFoundError
        If the shared data are absent.
    """
    folder = find_shared_data() / "wjazzd"
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(folder / "beats.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            rows[row["sid"]].append(row)
    with (folder / "solos.csv").open() as file:
        solos = list(csv.DictReader(file))
    return [
        PlayedTune(
            one["sid"], one["title"], split_of(one["performer"]), _beats_of(rows[one["sid"]])
        )
        for one in solos
    ]


def _beats_of(rows: list[dict[str, str]]) -> tuple[PlayedBeat, ...]:
    beats = [
        PlayedBeat(
            float(row["onset"]), int(row["beat"]), int(row["period"]),
            read_change(row["chord"] or "NC"), row["form"], int(row["chorus_id"] or 0),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(beats)


def label_of(change: Change | None) -> str:
    """Write a chord as Harte does.

    Parameters
    ----------
    change : Change or None
        None for no chord.

    Returns
    -------
    str
        Such as ``G:7(b9)``.
    """
    if change is None:
        return "N"
    return spell_label(1 + N_QUALITIES * change.root + change.quality, None, change.tensions)


def to_chart(beats: list[PlayedBeat]) -> Chart:
    """Let a simulator play beats.

    Parameters
    ----------
    beats : list of PlayedBeat
        In order.

    Returns
    -------
    Chart
        Of their chords, at their times, without notes.
    """
    lengths = np.diff([one.onset_sec for one in beats])
    lengths = np.append(lengths, np.median(lengths))
    pulses = tuple(
        Pulse(one.onset_sec, float(length), one.position, one.per_bar, one.change,
              i == 0 or beats[i - 1].change != one.change)
        for i, (one, length) in enumerate(zip(beats, lengths, strict=True))
    )  # fmt: skip
    return Chart(pulses, np.zeros((0, 4)))
