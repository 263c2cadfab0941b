"""Compares our piano engine with the original, stage by stage, on one segment of a recording.

    python -m training.piano.parity RECORDING [--start SEC] [--write CSV]

Runs in an environment of its own with `torch`, `scipy`, `ncls`, `pretty_midi`, `mir_eval`,
`matplotlib`, `tqdm`, `onnxruntime`, `soundfile`, `soxr`, and `transkun` without what it depends on.
The original is asked from its own code; nothing of it is copied here. Fails unless both find the
same intervals, with the same velocities, and times within a millisecond. What the original found
can be written for a test that needs no PyTorch (`tests/unit/engine/piano/test_parity.py`).
"""

import argparse
import csv
import json
import sys
import time
import types
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soundfile as sf
import soxr
import torch

from licklab.engine.models import TRANSKUN, find_model
from licklab.engine.piano.layout import (
    HOP_LENGTH,
    LAST_FRAME,
    N_KEYS,
    SAMPLE_RATE,
    SEGMENT_SAMPLES,
    WINDOW_LENGTH,
)
from licklab.engine.piano.network import PianoNetwork

_TOLERANCE_SEC = 0.001


class _Row(NamedTuple):
    """A note; whether it begins and ends inside the segment is 0 or 1."""

    pitch_midi: int
    begin_sec: float
    end_sec: float
    velocity: int
    has_begin: int
    has_end: int

    @property
    def told(self) -> tuple[int, int, int, int]:
        return self.pitch_midi, self.velocity, self.has_begin, self.has_end


def main() -> None:
    """Compare and print."""
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    parser = argparse.ArgumentParser(description="Our piano engine beside the original.")
    parser.add_argument("recording", type=Path)
    parser.add_argument("--start", type=float, default=0.0, help="seconds")
    parser.add_argument("--write", type=Path, help="table of what the original found")
    given = parser.parse_args()
    sound, rate = sf.read(given.recording, dtype="float32", always_2d=True)
    mono = soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE)
    samples = np.zeros(SEGMENT_SAMPLES, np.float32)
    piece = mono[round(given.start * SAMPLE_RATE) :][:SEGMENT_SAMPLES]
    samples[: len(piece)] = piece

    began = time.process_time()
    ours = PianoNetwork(find_model(TRANSKUN)).listen(samples, [0] * N_KEYS)
    print(f"ours: {len(ours)} notes, {time.process_time() - began:.1f} CPU-s with loading")
    began = time.process_time()
    theirs = _ask_original(samples)
    print(f"original: {len(theirs)} notes, {time.process_time() - began:.1f} CPU-s with loading")

    if given.write:
        with given.write.open("w", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(_Row._fields)
            for one in theirs:
                begin_sec, end_sec = round(one.begin_sec, 5), round(one.end_sec, 5)
                table.writerow(one._replace(begin_sec=begin_sec, end_sec=end_sec))

    # The original lets no note begin before its segment; we may, since ours overlap.
    sec_per_frame = HOP_LENGTH / SAMPLE_RATE
    mine = sorted(
        _Row(n.pitch_midi, max(0.0, n.begin * sec_per_frame), n.end * sec_per_frame, n.velocity,
             int(n.has_begin), int(n.has_end))
        for n in ours
    )  # fmt: skip
    if [one.told for one in mine] != [one.told for one in theirs]:
        sys.exit("want the same notes and velocities from both, got others")
    apart = max(
        (abs(a - b) for one, other in zip(mine, theirs, strict=True)
         for a, b in ((one.begin_sec, other.begin_sec), (one.end_sec, other.end_sec))),
        default=0.0,
    )  # fmt: skip
    print(f"onsets and offsets are at most {1e3 * apart:.3f} ms apart")
    if apart > _TOLERANCE_SEC:
        sys.exit("want the same times from both, got others")


def _ask_original(samples: np.ndarray) -> list[_Row]:
    """Give the original's notes, without pedals."""
    # It asks torchaudio for the bands, and then reads them from its weights.
    torchaudio: Any = types.ModuleType("torchaudio")
    torchaudio.functional = types.SimpleNamespace(
        melscale_fbanks=lambda n_freqs, n_mels, **_: torch.zeros(n_freqs, n_mels)
    )
    sys.modules["torchaudio"] = torchaudio
    from transkun.ModelTransformer import TransKun
    from transkun.Util import makeFrame

    checkpoint = find_model(TRANSKUN).path
    config = TransKun.Config()
    settings = json.loads(checkpoint.with_suffix(".conf").read_text())["Model"]["config"]
    vars(config).update(settings)
    network = TransKun(config)
    network.load_state_dict(torch.load(checkpoint, weights_only=True)["state_dict"])
    network.eval()
    frames = makeFrame(torch.from_numpy(samples)[None], HOP_LENGTH, WINDOW_LENGTH)
    (notes,), _ = network.transcribeFrames(frames[None], lastFrameIdx=LAST_FRAME)
    return sorted(
        _Row(n.pitch, n.start, n.end, n.velocity, int(n.hasOnset), int(n.hasOffset))
        for n in notes
        if n.pitch > 0
    )


if __name__ == "__main__":
    main()
