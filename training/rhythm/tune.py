"""Chooses the settings of the beat tracker on scenes of validation players.

python -m training.rhythm.tune DATA BEATS.onnx
"""

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import mir_eval
import numpy as np

from licklab.domain.evidence import RhythmEvidence
from licklab.domain.transcription import ModelInfo
from licklab.engine.beats.network import BeatListener, BeatNetwork
from licklab.engine.beats.tracker import TrackerConfig, track_beats
from licklab.engine.models import InstalledModel

_GRID = {
    "prior_weight": (0.5, 1.0, 1.5),
    "drift_cost": (40.0, 80.0),
}


def listen(network: BeatNetwork, path: Path) -> tuple[RhythmEvidence, np.ndarray, str]:
    """Give what the network believes of a shard, its true beats and its label."""
    with np.load(path) as data:
        levels, rows, beats = data["short"], data["chord_rows"], data["beats"]
        label = str(data["label"])
    levels = np.pad(levels, ((0, 4 * len(rows) - len(levels)), (0, 0)), mode="edge")
    listener = BeatListener(network, levels.shape[1], rows.shape[1])
    listener.add(levels, rows)
    return listener.finish(), beats, label


def score(
    heard: list[tuple[RhythmEvidence, np.ndarray, str]], config: TrackerConfig
) -> dict[str, list[tuple[float, float]]]:
    """Give F1 and whether the tempo is right, by line-up."""
    found: dict[str, list[tuple[float, float]]] = {}
    for evidence, beats, label in heard:
        times = track_beats(evidence, config).times_sec
        times = times[times < beats[-1, 0] + 0.1]
        f1 = mir_eval.beat.f_measure(beats[:, 0].astype(float), times)
        right = 0.0
        if len(times) > 2:
            ratio = np.median(np.diff(times)) / np.median(np.diff(beats[:, 0]))
            right = float(abs(ratio - 1) < 0.04)
        kind = " ".join(label.split()[:2]) if label.startswith(("no", "bass")) else label.split()[0]
        found.setdefault(kind, []).append((f1, right))
    return found


def main() -> None:
    """Print the scores of all settings."""
    folder, model = Path(sys.argv[1]), Path(sys.argv[2])
    network = BeatNetwork(InstalledModel(model, ModelInfo("beats", "", "")))
    heard = [listen(network, one) for one in sorted((folder / "validation").glob("*.npz"))]
    for values in itertools.product(*_GRID.values()):
        settings = dict(zip(_GRID, values, strict=True))
        found = score(heard, replace(TrackerConfig(), **settings))
        everything = [one for some in found.values() for one in some]
        means = {kind: np.mean(some, axis=0) for kind, some in sorted(found.items())}
        line = " ".join(f"{kind} {one[0]:.3f}/{one[1]:.2f}" for kind, one in means.items())
        print(settings, f"all {np.mean([one[0] for one in everything]):.3f} | {line}", flush=True)


if __name__ == "__main__":
    main()
