"""Chords and keys of rendered bands, librosa's key beside ours, in one run.

    python -m benchmarks.harmony [--part test|validation] [--each 12] [--no-peer]

The recordings are those of `benchmarks.rhythm`. Chords are compared by mir_eval over the time in
which the truth has one, as heard from the audio alone: on our own beats. Keys are compared with
those the database gives for the tunes, of which a minute is played.
"""

import argparse
import datetime
import warnings
from pathlib import Path

import mir_eval
import numpy as np
from synthesis.sampler import install_samples

from benchmarks.band_scenes import BandScene, render_scenes
from benchmarks.band_systems import HeardBand, hear_with_librosa, hear_with_ours
from licklab.domain.chord import NO_CHORD, QUALITIES, TENSIONS
from licklab.domain.key import Key, KeyMode
from licklab.engine.chords.align import align_chart

BUILD = Path(__file__).resolve().parents[1] / "build" / "bands"
MEASURES = ("root", "majmin", "sevenths", "tetrads")
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def label_truth(scene: BandScene) -> tuple[np.ndarray, list[str]]:
    """Give the intervals and Harte labels of what was played."""
    labels = []
    for _, _, root, _, quality, *written in scene.chords:
        if root < 0:
            labels.append(NO_CHORD)
            continue
        added = [name for name, there in zip(TENSIONS, written, strict=True) if there]
        label = f"{_NAMES[int(root)]}:{QUALITIES[int(quality)]}"
        if added:
            label = f"{label[:-1]},{','.join(added)})" if label.endswith(")") else (
                f"{label}({','.join(added)})"
            )  # fmt: skip
        labels.append(label)
    return scene.chords[:, :2].astype(float), labels


def score_chords(scene: BandScene, heard: HeardBand) -> list[float]:
    """Give the share of the time that is right by each of `MEASURES`."""
    intervals, labels = label_truth(scene)
    found = heard.analysis.chords
    if not found:
        return [0.0] * len(MEASURES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = mir_eval.chord.evaluate(
            intervals, labels,
            np.array([(one.onset_sec, one.offset_sec) for one in found]),
            [one.label for one in found],
        )  # fmt: skip
    return [float(scores[name]) for name in MEASURES]


def score_chart(scene: BandScene, heard: HeardBand, number: int) -> tuple[float, float]:
    """Lay what was played over the recording, as a chart in another key that begins elsewhere.

    Gives the share of the time with the right chord (tetrads), and whether the key was found.
    """
    rng = np.random.default_rng(number)
    intervals, labels = label_truth(scene)
    beats = scene.beats[:, 0]
    at = np.searchsorted(intervals[:, 0], beats + 0.01) - 1
    chart = [labels[max(0, int(one))] for one in at]
    per_bar = int(np.median(scene.beats[:, 2]))
    # The chart begins on a downbeat somewhere in the middle, as a recording does in a chorus.
    downbeats = np.flatnonzero(scene.beats[:, 1] == 1)
    top = int(downbeats[len(downbeats) // 3])
    chart = chart[top:] + chart[:top]
    semitones = int(rng.integers(1, 12))
    written = [_transpose(one, semitones) for one in chart]
    laid = align_chart(heard.chords, heard.analysis.grid, written,
                       bar_starts=range(0, len(written), per_bar))  # fmt: skip
    if not laid.chords:
        return 0.0, 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = mir_eval.chord.evaluate(
            intervals, labels,
            np.array([(one.onset_sec, one.offset_sec) for one in laid.chords]),
            [one.label for one in laid.chords],
        )  # fmt: skip
    back = (semitones + laid.transposition_semitones) % 12 == 0
    return float(scores["tetrads"]), float(back)


def _transpose(label: str, semitones: int) -> str:
    if label == NO_CHORD:
        return label
    root, _, rest = label.partition(":")
    return f"{_NAMES[(_NAMES.index(root) + semitones) % 12]}:{rest}"


def score_key(true: str, found: str | None) -> tuple[float, float]:
    """Give whether a key is right, and mir_eval's weighted score."""
    if found is None:
        return 0.0, 0.0
    one, other = _key_name(true), _key_name(found)
    return float(one == other), float(mir_eval.key.weighted_score(one, other))


def _key_name(text: str) -> str:
    key = Key.parse(text)
    return f"{key.tonic} {'minor' if key.mode is KeyMode.MINOR else 'major'}"


def print_row(name: str, scores: list[list[float]]) -> None:
    """Print the means of some recordings."""
    print(f"| {name} | " + " | ".join(f"{one:.3f}" for one in np.mean(scores, axis=0)) + " |")


def main() -> None:
    """Render what is missing, listen, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.harmony")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--no-peer", action="store_true", help="ours only, while working on it")
    options = parser.parse_args()
    install_samples()
    scenes = render_scenes(options.part, options.each, BUILD / options.part)
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {options.part} players, ", end="")
    print(f"{len(scenes)} recordings\n")
    heard = hear_with_ours(scenes)
    print(
        "| chords | "
        + " | ".join(MEASURES)
        + " | given chart | its key |\n|---|---|---|---|---|---|---|"
    )
    scores = [
        [*score_chords(scene, one), *score_chart(scene, one, number)]
        for number, (scene, one) in enumerate(zip(scenes, heard, strict=True))
    ]
    for condition in dict.fromkeys(one.condition for one in scenes):
        print_row(condition, [scores[i] for i, one in enumerate(scenes)
                              if one.condition == condition])  # fmt: skip
    print_row("all but the line", [scores[i] for i, one in enumerate(scenes)
                                   if one.condition != "line alone"])  # fmt: skip
    keyed = [i for i, one in enumerate(scenes) if one.key and one.condition != "line alone"]
    ours = [
        score_key(scenes[i].key, None if found is None else str(found.key))
        for i in keyed
        for found in [heard[i].analysis.key]
    ]
    print(f"\n| key, {len(keyed)} recordings | exact | weighted |\n|---|---|---|")
    print("| ours | {:.2f} | {:.2f} |".format(*np.mean(ours, axis=0)))
    if not options.no_peer:
        peers = hear_with_librosa(scenes, BUILD / options.part / "peer.json")
        theirs = [score_key(scenes[i].key, peers[i].key) for i in keyed]
        print("| librosa | {:.2f} | {:.2f} |".format(*np.mean(theirs, axis=0)))


if __name__ == "__main__":
    main()
