"""Notes found in real recordings, beside stock Basic Pitch, in one run.

    python -m benchmarks.recordings

Onset F1: pitch right and onset within 50 ms, against the annotations of the shared recordings
(GuitarSet and vocadito, CC BY 4.0) in `../shared/data` or `LICKLAB_SHARED_DATA`. The range of the
instrument is given to both in the last column but one, so that what is left is the decoding.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.midi_notes import read_notes
from benchmarks.peer import install_peer
from licklab.domain.instrument import Instrument, Texture, find_instrument
from licklab.domain.note import Note
from licklab.engine.pipeline import Listener
from licklab.evaluation.notes import score_notes

ROOT = Path(__file__).resolve().parents[1]
# Recording, instrument, and how it is decoded.
RECORDINGS = (
    ("guitarset_bn1_solo", "guitar", Texture.POLYPHONIC),
    ("guitarset_bn1_solo", "guitar", Texture.LINE),
    ("guitarset_bn1_comp", "guitar", Texture.POLYPHONIC),
    ("vocadito_1", "voice", Texture.LINE),
)


def main() -> None:
    """Measure and print a table."""
    data = Path(os.environ.get("LICKLAB_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not (data / "recordings").is_dir():
        sys.exit(f"want the shared recordings (LICKLAB_SHARED_DATA), got none in {data}")
    peer, listener = install_peer(), Listener()
    print("| recording | notes | mode | licklab | stock in range | stock |")
    print("|---|---|---|---|---|---|")
    for name, instrument_name, texture in RECORDINGS:
        path = data / "recordings" / f"{name}.flac"
        instrument = find_instrument(instrument_name)
        truth = _read_truth(path.with_suffix(".json"))
        ours = listener.transcribe(path, instrument, texture=texture).notes
        theirs = _ask_peer(peer, path)
        cells = [
            score_notes(truth, notes).f1 for notes in (ours, _in_range(theirs, instrument), theirs)
        ]
        scores = " | ".join(f"{one:.3f}" for one in cells)
        print(f"| {name} | {len(truth)} | {texture} | {scores} |")


def _read_truth(path: Path) -> list[Note]:
    return [
        Note(one["onset"], one["offset"], one["pitch"], 64, 1.0)
        for one in json.loads(path.read_text())["notes"]
    ]


def _ask_peer(peer: Path, path: Path) -> list[Note]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([str(peer), folder, str(path)], check=True, capture_output=True)
        return read_notes(next(Path(folder).glob("*.mid")))


def _in_range(notes: Sequence[Note], instrument: Instrument) -> list[Note]:
    low, high = instrument.lowest_midi, instrument.highest_midi
    return [one for one in notes if low <= one.pitch_midi <= high]


if __name__ == "__main__":
    main()
