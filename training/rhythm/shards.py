"""Renders training data for beats and chords, a scene a file, resumable.

    python -m training.rhythm.shards OUT FIRST LAST [validation]

Scene k is drawn with seed k, so that the same numbers always give the same data. About 1.5 MB and
three seconds of one core a scene of 50 s; run two ranges side by side on two cores.
"""

import sys
import time
from pathlib import Path

import numpy as np
from synthesis.combo import Recipe, Scene, draw_scene

from licklab.engine.activations import NoteNetwork
from licklab.engine.chords.features import ChordFeatures
from licklab.engine.lead.features import ShortSpectrum, level_of
from licklab.engine.models import BASIC_PITCH, find_model
from training.lead.shards import choose_solos

_SEED, _VALIDATION_SEED = 20_000_000, 30_000_000


def write_scene(network: NoteNetwork, scene: Scene, path: Path) -> None:
    """Write what both networks look at, and the truth.

    Parameters
    ----------
    network : NoteNetwork
        That listens.
    scene : Scene
        A recording.
    path : Path
        Of the shard.
    """
    short, chords, n_frames = ShortSpectrum(), ChordFeatures(), 0
    short.add(scene.samples)
    for one in network.listen([scene.samples]):
        chords.add(one)
        n_frames += len(one.notes)
    draft = path.with_suffix(".tmp")
    with draft.open("wb") as file:
        np.savez(file, short=level_of(short.take(n_frames)).astype(np.float16),
                 chord_rows=chords.finish(), beats=scene.beats, chords=scene.chords,
                 notes=scene.notes, bass=scene.bass, label=scene.label)  # fmt: skip
    draft.replace(path)


def main() -> None:
    """Render the scenes that are missing."""
    folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    validation = len(sys.argv) > 4
    folder.mkdir(parents=True, exist_ok=True)
    solos, network = choose_solos(validation=validation), NoteNetwork(find_model(BASIC_PITCH))
    started = time.time()
    for number in range(first, last):
        path = folder / f"{number:06d}.npz"
        if path.exists():
            continue
        scene = draw_scene(solos, number + (_VALIDATION_SEED if validation else _SEED), Recipe())
        if scene is None:
            continue
        write_scene(network, scene, path)
        if number % 20 == 0:
            print(number, scene.label, f"{time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
