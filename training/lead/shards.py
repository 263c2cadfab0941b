"""Renders training data to shards of features and truth, a clip a file, resumable.

    python -m training.lead.shards OUT FIRST LAST [validation]

Clip k is drawn with seed k, so that the same numbers always give the same data. About 45 MB and
three seconds of one core a clip of 40 s; run two ranges side by side on two cores.
"""

import sys
import time
from pathlib import Path

import numpy as np
from synthesis.excerpt import draw_recording
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, Solo, read_solos

from licklab.engine.activations import NoteNetwork
from licklab.engine.lead.features import ShortSpectrum, make_features
from licklab.engine.models import BASIC_PITCH, find_model

_VALIDATION_SEED = 10_000_000


def make_clip_features(network: NoteNetwork, samples: np.ndarray) -> np.ndarray:
    """Features of a whole clip; shape=(n_frames, n_features)."""
    short = ShortSpectrum()
    short.add(samples)
    return np.concatenate(
        [make_features(one, short.take(len(one.notes))) for one in network.listen([samples])]
    )


def choose_solos(*, validation: bool) -> list[Solo]:
    """Choose the solos of the players of one part; test players are in neither."""
    if validation:
        return [one for one in read_solos() if one.performer in VALIDATION_PLAYERS]
    held_out = TEST_PLAYERS | VALIDATION_PLAYERS
    return [one for one in read_solos() if one.performer not in held_out]


def main() -> None:
    """Render the clips that are missing."""
    folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    validation = len(sys.argv) > 4
    folder.mkdir(parents=True, exist_ok=True)
    solos, network = choose_solos(validation=validation), NoteNetwork(find_model(BASIC_PITCH))
    started = time.time()
    for number in range(first, last):
        path = folder / f"{number:06d}.npz"
        if path.exists():
            continue
        recording = draw_recording(solos, number + (_VALIDATION_SEED if validation else 0))
        if recording is None:
            continue
        features = make_clip_features(network, recording.samples)
        draft = path.with_suffix(".tmp")
        with draft.open("wb") as file:
            np.savez(file, features=features, notes=recording.notes,
                     range_midi=np.array(recording.range_midi), label=recording.label)  # fmt: skip
        draft.replace(path)
        if number % 20 == 0:
            print(number, recording.label, f"{time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
