"""Measures how charts are laid over recordings, on simulated evidence of Weimar solos.

    python -m training.harmony.charts [validation|test] [--solos N] [--chroma X]

The chart is one chorus of a solo in another key; the recording is the solo with its deviations,
begun anywhere, often after some bars of another tune; 1.6 % of its beats are missed or made up, and
in a tenth of the recordings all bar lines are wrong.
"""

import argparse
import time
from dataclasses import dataclass, replace

import numpy as np

from licklab.domain.beat import Beat, BeatGrid, TimeSignature
from licklab.domain.evidence import ChordEvidence
from licklab.engine.chords.align import AlignConfig, AlignedChart, align_chart
from licklab.engine.chords.language import ROOTS
from training.harmony.choruses import PlayedBeat, PlayedTune, label_of, read_played, to_chart
from training.harmony.simulate import FRAME_RATE, Noise, simulate_chords
from training.harmony.tunes import SPLITS

_JITTER_SEC = 0.015
_WRONG_BEATS, _WRONG_BARS = 0.016, 0.1
_OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class Scene:
    """A recording, a chart, and how one lies over the other.

    Attributes
    ----------
    sid : str
        Of the solo.
    evidence : ChordEvidence
        What was heard.
    grid : BeatGrid
        The beats, with errors.
    chart : list of str
        Labels of the chart by beat.
    transposition : int
        How much higher it is played.
    played : list of str
        Labels by beat of the grid, as played; empty outside of choruses.
    written : list of str
        Labels by beat of the grid, as the chart has them in the key of the recording; empty where
        the place in the chart is not certain.
    places : list of int
        Beat of the chart by beat of the grid; -1 where it is not certain.
    """

    sid: str
    evidence: ChordEvidence
    grid: BeatGrid
    chart: list[str]
    transposition: int
    played: list[str]
    written: list[str]
    places: list[int]


def draw_scenes(split: str, noise: Noise, n_solos: int, seed: int = 7) -> list[Scene]:
    """Draw recordings and charts.

    Parameters
    ----------
    split : str
        One of `training.harmony.tunes.SPLITS`.
    noise : Noise
        How badly chords are heard.
    n_solos : int
        At most.
    seed : int
        Of all that varies.

    Returns
    -------
    list of Scene
        One for each solo with a whole chorus that has chords.
    """
    tunes = read_played()
    mine = [one for one in tunes if one.split == split and _has_chart(one)]
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(mine))[:n_solos]
    return [_make_scene(mine[int(i)], tunes, noise, rng) for i in order]


def _has_chart(tune: PlayedTune) -> bool:
    whole = tune.whole_choruses()
    if not whole:
        return False
    first, end = whole[0]
    return sum(one.change is None for one in tune.beats[first:end]) < 0.3 * (end - first)


def _make_scene(
    tune: PlayedTune, tunes: list[PlayedTune], noise: Noise, rng: np.random.Generator
) -> Scene:
    whole = tune.whole_choruses()
    pick = whole[int(rng.integers(len(whole)))]
    places = [_OUTSIDE] * len(tune.beats)
    for first, end in whole:
        places[first:end] = range(end - first)
    beats = list(tune.beats)
    if rng.random() < 0.3:  # begun in the middle
        begin = int(rng.integers(min(64, len(beats) // 3)))
        beats, places = beats[begin:], places[begin:]
    if rng.random() < 0.3:
        other = tunes[int(rng.integers(len(tunes)))].beats[: 4 * int(rng.integers(2, 9))]
        beats, places = _put_before(other, beats), [_OUTSIDE] * len(other) + places
    beats = _from_zero(beats)
    shift = int(rng.integers(12))
    evidence = simulate_chords(to_chart(beats), noise, rng)
    chosen = [one.change for one in tune.beats[slice(*pick)]]
    chart = [label_of(None if one is None else one.transposed(-shift)) for one in chosen]
    grid, kept = _miscount(beats, rng)
    played = [label_of(beats[i].change) if beats[i].chorus > 0 else "" for i in kept]
    written = [label_of(chosen[places[i]]) if places[i] != _OUTSIDE else "" for i in kept]
    return Scene(tune.sid, evidence, grid, chart, shift, played, written,
                 [places[i] for i in kept])  # fmt: skip


def _put_before(intro: tuple[PlayedBeat, ...], beats: list[PlayedBeat]) -> list[PlayedBeat]:
    """Play some beats of another tune first, in this tempo."""
    length = float(np.median(np.diff([one.onset_sec for one in beats[:32]])))
    start = beats[0].onset_sec - length * len(intro)
    moved = [replace(one, onset_sec=start + i * length, chorus=0) for i, one in enumerate(intro)]
    return [*moved, *beats]


def _from_zero(beats: list[PlayedBeat]) -> list[PlayedBeat]:
    start = beats[0].onset_sec - 0.5
    return [replace(one, onset_sec=one.onset_sec - start) for one in beats]


def _miscount(beats: list[PlayedBeat], rng: np.random.Generator) -> tuple[BeatGrid, list[int]]:
    """Miss some beats and make up others; tell for each beat of the grid which one it is."""
    wrong = int(rng.integers(1, 4)) if rng.random() < _WRONG_BARS else 0
    found: list[tuple[float, int, int]] = []
    for i, one in enumerate(beats):
        draw = rng.random()
        place = (one.position - 1 + wrong) % one.per_bar + 1
        if draw > _WRONG_BEATS / 2:
            found.append((one.onset_sec + rng.normal(0, _JITTER_SEC), place, i))
        if draw > 1 - _WRONG_BEATS / 2 and i + 1 < len(beats):
            found.append(((one.onset_sec + beats[i + 1].onset_sec) / 2, 9, i))
    found.sort()
    bar, grid = 0, []
    for time_sec, place, _ in found:
        bar += place == 1
        grid.append(Beat(time_sec, bar, place))
    metre = TimeSignature(max(2, min(12, beats[len(beats) // 2].per_bar)), 4)
    return BeatGrid(tuple(grid), metre), [i for _, _, i in found]


def root_accuracy(scene: Scene) -> float:
    """Tell how often the likeliest chord of a frame has the right root.

    Parameters
    ----------
    scene : Scene
        With its evidence.

    Returns
    -------
    float
        Share of the frames within choruses.
    """
    times = scene.evidence.start_sec + np.arange(len(scene.evidence.chords)) / FRAME_RATE
    onsets = np.array([one.time_sec for one in scene.grid.beats])
    place = np.clip(np.searchsorted(onsets, times) - 1, 0, None)
    names = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
    roots = np.array([names.index(one.split(":")[0]) if ":" in one else -1 for one in scene.played])
    truth, heard = roots[place], ROOTS[scene.evidence.chords.argmax(axis=1)]
    return float((truth == heard)[truth >= 0].mean())


def score(scene: Scene, found: AlignedChart) -> dict[str, float]:
    """Score an alignment.

    Parameters
    ----------
    scene : Scene
        With the truth.
    found : AlignedChart
        Of its chart.

    Returns
    -------
    dict of str to float
        Shares of beats: chords as written in certain places, chords as played anywhere in the
        choruses, their ceiling, the place in the chart; 1 or 0 of the key; and the fit.
    """
    onsets = np.array([one.onset_sec for one in found.chords])
    labels = np.array([one.label for one in found.chords] or ["?"])
    offsets = np.array([one.offset_sec for one in found.chords])
    times = np.array([one.time_sec for one in scene.grid.beats]) + 1e-6
    at = np.searchsorted(onsets, times) - 1
    said = np.where((at >= 0) & (times < offsets[at]) if len(onsets) else False, labels[at], "-")
    written, played = np.array(scene.written), np.array(scene.played)
    places = np.array(scene.places)
    return {
        "written": float((said == written)[written != ""].mean()),
        "played": float((said == played)[played != ""].mean()),
        "ceiling": float((written == played)[written != ""].mean()),
        "place": float((np.array(found.places) == places)[places >= 0].mean()),
        "key": float(found.transposition_semitones == scene.transposition),
        "fit": found.fit,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="validation", choices=SPLITS)
    parser.add_argument("--solos", type=int, default=1000)
    parser.add_argument("--chroma", type=float, default=Noise().chroma)
    arguments = parser.parse_args()
    scenes = draw_scenes(arguments.split, Noise(chroma=arguments.chroma), arguments.solos)
    config = AlignConfig()
    rows, cost = [], []
    for scene in scenes:
        begin = time.process_time()
        found = align_chart(scene.evidence, scene.grid, scene.chart, config=config)
        cost.append((time.process_time() - begin) / len(scene.grid.beats))
        rows.append(score(scene, found))
    print(f"{len(scenes)} solos, root of frames {np.mean([root_accuracy(s) for s in scenes]):.2f}")
    for name in rows[0]:
        print(f"{name:8s} {np.mean([one[name] for one in rows]):.3f}")
    print(f"{1e6 * np.mean(cost):.0f} us a beat")
    for scene, row in zip(scenes, rows, strict=True):
        if row["written"] < 0.9:
            print(scene.sid, {name: round(value, 2) for name, value in row.items()})


if __name__ == "__main__":
    main()
