"""Learns what stands where in a chorus, and measures the form finder.

    python -m training.harmony.forms learn
    python -m training.harmony.forms [validation|test]

From the choruses of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik
Franz Liszt Weimar; ODbL 1.0), training players only, every tune once. Writes
`src/licklab/engine/forms.json`. Measured on true changes, and on changes decoded from simulated
evidence with true bars; recordings begin anywhere.
"""

import argparse
import itertools
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.chord import Chord
from licklab.domain.form import Form
from licklab.engine.chords.changes import decode_chords
from licklab.engine.form_places import HALVES, N_CODES, N_FAMILIES, Table, code_bars
from licklab.engine.forms import FormConfig, find_form
from training.harmony.choruses import PlayedBeat, PlayedTune, label_of, read_played, to_chart
from training.harmony.language import SOURCE
from training.harmony.simulate import Noise, simulate_chords
from training.harmony.tunes import SPLITS, read_changes

OUT = Path(__file__).resolve().parents[2] / "src/licklab/engine/forms.json"
_LENGTHS = (8, 12, 14, 16, 18, 20, 24, 28, 30, 32, 34, 36, 40, 44, 48, 56, 64)
_OWN = (12, 16, 32)  # lengths of enough tunes to have tables of their own
_TRUST = 8.0  # tunes that the usual section is worth, against those of a length
_FEW = 0.5  # tunes of each length that are taken to exist


def learn() -> None:
    """Count and write."""
    tonics = {one.title: one.key.pitch_class for one in read_changes() if one.key is not None}
    by_title: dict[str, list[PlayedTune]] = defaultdict(list)
    for tune in read_played():
        if tune.split == "training" and tune.title in tonics and tune.whole_choruses():
            by_title[tune.title].append(tune)
    counts = {one: np.zeros((one, 2, N_CODES)) for one in _LENGTHS}
    tunes = dict.fromkeys(_LENGTHS, _FEW)
    for title, played in by_title.items():
        mine: dict[int, list[Table]] = defaultdict(list)
        for tune in played:
            for first, end in tune.whole_choruses():
                table = _count(list(tune.beats[first:end]), tonics[title])
                mine[len(table)].append(table)
        for length, tables in mine.items():
            if length in counts:
                counts[length] += np.mean(tables, axis=0)
                tunes[length] += 1
    anywhere = sum(one.sum(axis=(0, 1)) for one in counts.values()) + 1.0
    anywhere /= anywhere.sum()
    section = 20 * np.tile(anywhere, (8, 2, 1))
    for length, table in counts.items():
        if length % 8 == 0:
            section += table.reshape(-1, 8, 2, N_CODES).sum(axis=0)
    section /= section.sum(axis=2, keepdims=True)
    own = {}
    for length in _OWN:
        usual = np.resize(section, (length, 2, N_CODES)) if length % 8 == 0 else anywhere
        table = counts[length] + _TRUST * usual
        own[length] = np.log(table / table.sum(axis=2, keepdims=True) / anywhere)
    total = sum(tunes.values())
    OUT.write_text(json.dumps({
        "source": SOURCE,
        "lengths": {one: round(float(np.log(n / total)), 3) for one, n in tunes.items()},
        "section": np.log(section / anywhere).round(2).tolist(),
        "tables": {one: table.round(2).tolist() for one, table in own.items()},
    }) + "\n", encoding="utf-8")  # fmt: skip
    print(tunes, OUT.stat().st_size)


def _count(beats: list[PlayedBeat], tonic: int) -> Table:
    """Count the chords of one chorus by bar and half."""
    grid, chords = lay_out(beats)
    edges = _edges(grid)
    codes = code_bars(chords, edges)
    table = np.zeros((len(codes), len(HALVES), N_CODES))
    for bar, half in zip(*np.nonzero(codes >= 0), strict=True):
        code = (codes[bar, half] - N_FAMILIES * tonic) % N_CODES
        table[bar, half, code] += 1
    return table


def _edges(grid: BeatGrid) -> Table:
    times = np.array([one.time_sec for one in grid.downbeats])
    return np.append(times, times[-1] + np.median(np.diff(times)))


def lay_out(beats: list[PlayedBeat]) -> tuple[BeatGrid, list[Chord]]:
    """Give the grid and the chords of beats.

    Parameters
    ----------
    beats : list of PlayedBeat
        In order.

    Returns
    -------
    grid : BeatGrid
        As annotated.
    chords : list of Chord
        As played.
    """
    bar, grid = 0, []
    chords: list[Chord] = []
    times = [one.onset_sec for one in beats]
    for i, one in enumerate(beats):
        bar += one.position == 1
        grid.append(Beat(one.onset_sec, bar, one.position))
        label, end = label_of(one.change), times[i + 1] if i + 1 < len(times) else times[i] + 0.5
        if chords and chords[-1].label == label:
            chords[-1] = replace(chords[-1], offset_sec=end)
        else:
            chords.append(Chord(one.onset_sec, end, label, label))
    return BeatGrid(tuple(grid), TimeSignature(beats[len(beats) // 2].per_bar, 4)), chords


@dataclass(frozen=True, slots=True)
class FormScene:
    """A recording and its form.

    Attributes
    ----------
    sid : str
        Of the solo.
    grid : BeatGrid
        True bars.
    true, heard : sequence of Chord
        As played, and as decoded.
    n_bars : int or None
        Of a chorus; None where choruses have different lengths.
    starts : list of float
        Seconds at which choruses begin.
    letters : str
        Of sections of eight bars; empty where the database has none, or others.
    n_choruses : float
        In the recording.
    """

    sid: str
    grid: BeatGrid
    true: list[Chord]
    heard: tuple[Chord, ...]
    n_bars: int | None
    starts: list[float]
    letters: str
    n_choruses: float


def draw_scenes(split: str, noise: Noise, seed: int = 11, most: int = 1000) -> list[FormScene]:
    """Draw recordings.

    Parameters
    ----------
    split : str
        One of `training.harmony.tunes.SPLITS`.
    noise : Noise
        How badly chords are heard.
    seed : int
        Of all that varies.
    most : int
        Solos.

    Returns
    -------
    list of FormScene
        Half of them begun somewhere in the first chorus.
    """
    rng = np.random.default_rng(seed)
    scenes = []
    for tune in [one for one in read_played() if one.split == split][:most]:
        if sum(one.change is None for one in tune.beats) > 0.5 * len(tune.beats):
            continue
        beats = list(tune.beats)
        if rng.random() < 0.5:
            beats = beats[int(rng.integers(1, max(2, min(128, len(beats) // 4)))) :]
        beats = [replace(one, onset_sec=one.onset_sec - beats[0].onset_sec + 0.5) for one in beats]
        grid, true = lay_out(beats)
        heard = decode_chords(grid, simulate_chords(to_chart(beats), noise, rng))
        whole = tune.whole_choruses()
        per_bar = tune.beats[len(tune.beats) // 2].per_bar
        n_bars = _length_of(tune, per_bar)
        starts = [
            one.onset_sec
            for before, one in itertools.pairwise(beats)
            if one.chorus > 0 and one.chorus != before.chorus and one.position == 1
        ]
        letters = _letters(tune, *whole[0]) if whole and n_bars else ""
        scenes.append(FormScene(tune.sid, grid, true, heard, n_bars, starts, letters,
                                len(beats) / per_bar / n_bars if n_bars else 0))  # fmt: skip
    return scenes


def _length_of(tune: PlayedTune, per_bar: int) -> int | None:
    """Give the length of choruses; the last one's includes the end of the solo."""
    lengths = [(end - first) / per_bar for first, end in tune.choruses()]
    likely = [_LENGTHS[int(np.abs(np.array(_LENGTHS) - one).argmin())] for one in lengths]
    clear = [one for one, n in zip(likely, lengths, strict=True) if abs(one - n) <= 1]
    return max(set(clear), key=clear.count) if clear else None


def _letters(tune: PlayedTune, first: int, end: int) -> str:
    names = [one.section[:1] for one in tune.beats[first:end]]
    full = [one.section for one in tune.beats[first:end]]
    borders = [0, *(i for i in range(1, len(full)) if full[i] != full[i - 1]), len(full)]
    lengths = {b - a for a, b in itertools.pairwise(borders)}
    if lengths != {8 * tune.beats[first].per_bar}:
        return ""
    return "".join(names[i] for i in borders[:-1])


def measure(scenes: list[FormScene], config: FormConfig, *, is_true: bool) -> dict[str, float]:
    """Measure the form finder.

    Parameters
    ----------
    scenes : list of FormScene
        Recordings.
    config : FormConfig
        Weights.
    is_true : bool
        Whether with true changes.

    Returns
    -------
    dict of str to float
        Of recordings of two choruses or more of a known length: how often it speaks, and of these
        the share with the right length, of chorus starts found (of those with the right length),
        and of letters. Of all recordings: how often it speaks, and the share of right lengths.
    """
    lists: tuple[list[float], ...] = ([], [], [], [], [], [])
    spoke, right, starts, letters, any_spoke, any_right = lists
    for one in scenes:
        found = find_form(one.true if is_true else one.heard, one.grid, config)
        any_spoke.append(found is not None)
        is_right = found is not None and found.n_bars == one.n_bars
        if found is not None:
            any_right.append(is_right)
        if one.n_bars is None or one.n_choruses < 2:
            continue
        spoke.append(found is not None)
        if found is None:
            continue
        right.append(is_right)
        if is_right:
            starts.append(_share_of_starts(one, found))
        if is_right and one.letters and len(one.letters) > 1:
            letters.append("".join(s.label for s in found.sections) == one.letters)
    names = ("speaks", "length", "starts", "letters", "speaks of all", "length of all")
    return {name: float(np.mean(one)) for name, one in zip(names, lists, strict=True) if one}


def _share_of_starts(scene: FormScene, found: Form) -> float:
    onsets = np.array([one.onset_sec for one in found.choruses])
    hits = [np.abs(onsets - one).min() < 0.05 for one in scene.starts]
    return float(np.mean(hits)) if hits else 1.0


def main() -> None:
    """Learn or print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", default="validation", choices=("learn", *SPLITS))
    what = parser.parse_args().what
    if what == "learn":
        learn()
        return
    scenes = draw_scenes(what, Noise())
    for is_true in (True, False):
        figures = measure(scenes, FormConfig(), is_true=is_true)
        print(len(scenes), "true " if is_true else "heard",
              {name: round(value, 3) for name, value in figures.items()})  # fmt: skip
    sys.stdout.flush()


if __name__ == "__main__":
    main()
