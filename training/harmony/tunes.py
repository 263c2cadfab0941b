"""The changes of the Weimar solos, a tune at a time: several solos share one."""

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass

from synthesis.changes import Change, read_change
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, find_shared_data

from licklab.domain.key import Key, KeyMode

SPLITS = ("training", "validation", "test")
_MODES = {
    "maj": KeyMode.MAJOR, "": KeyMode.MAJOR, "blues": KeyMode.MAJOR, "min": KeyMode.MINOR,
    "dor": KeyMode.MINOR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChartBeat:
    """One beat of a solo's changes.

    Attributes
    ----------
    onset_sec : float
        When it falls.
    position, per_bar : int
        From 1, of so many.
    change : Change or None
        In force; None for no chord.
    is_new : bool
        Whether the chord begins here.
    bass : int or None
        Pitch class that the bass plays, where known.
    """

    onset_sec: float
    position: int
    per_bar: int
    change: Change | None
    is_new: bool
    bass: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one solo.

    Attributes
    ----------
    title, split : str
        Of the tune; one of `SPLITS`, by player.
    key : Key or None
        Of the tune; None where it has none. Blues is a mode here, whatever its third.
    beats : tuple of ChartBeat
        In order.
    n_choruses : int
        How many times the tune is played.
    """

    title: str
    split: str
    key: Key | None
    beats: tuple[ChartBeat, ...]
    n_choruses: int


def read_changes() -> list[Changes]:
    """Read the changes of every shared solo.

    Returns
    -------
    list of Changes
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
    found = []
    with (folder / "solos.csv").open() as file:
        for solo in csv.DictReader(file):
            mine = rows[solo["sid"]]
            found.append(Changes(
                solo["title"], split_of(solo["performer"]),
                read_key(solo["key"], is_blues=solo["tonality_type"] == "BLUES"),
                _beats_of(mine), max(1, len({row["chorus_id"] for row in mine} - {"0"})),
            ))  # fmt: skip
    return found


def weigh_by_tune(solos: list[Changes]) -> list[float]:
    """Say what each solo counts, so that a tune counts once however often it is played.

    Parameters
    ----------
    solos : list of Changes
        Some of the same title.

    Returns
    -------
    list of float
        For each solo, what each of its changes counts.
    """
    n_of: dict[str, int] = defaultdict(int)
    for one in solos:
        n_of[one.title] += one.n_choruses
    return [1 / n_of[one.title] for one in solos]


def read_key(text: str, *, is_blues: bool) -> Key | None:
    """Read a key as the database spells it, such as ``Bb-maj``; None where it is no key.

    Parameters
    ----------
    text : str
        Tonic and mode.
    is_blues : bool
        Whether the tune is a blues.

    Returns
    -------
    Key or None
        That it says; a blues in minor stays minor.
    """
    tonic, _, word = text.partition("-")
    if not tonic or word not in _MODES:
        return None
    mode = _MODES[word]
    if is_blues and mode is KeyMode.MAJOR:
        mode = KeyMode.BLUES
    return Key.of_pitch_class(Key(tonic).pitch_class, mode)


def split_of(performer: str) -> str:
    """Tell which split a player belongs to.

    Parameters
    ----------
    performer : str
        As in the database.

    Returns
    -------
    str
        One of `SPLITS`.
    """
    if performer in TEST_PLAYERS:
        return "test"
    return "validation" if performer in VALIDATION_PLAYERS else "training"


def _beats_of(rows: list[dict[str, str]]) -> tuple[ChartBeat, ...]:
    beats: list[ChartBeat] = []
    for row in rows:
        change = read_change(row["chord"] or "NC")
        is_new = not beats or change != beats[-1].change
        bass = int(float(row["bass"])) % 12 if row["bass"] else None
        beats.append(ChartBeat(
            float(row["onset"]), int(row["beat"]), int(row["period"]), change, is_new, bass,
        ))  # fmt: skip
    return tuple(beats)
