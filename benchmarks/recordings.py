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
from licklab.domain.instrument import UNNAMED, Instrument, Texture, find_instrument
from licklab.domain.note import Note
from licklab.engine.pipeline import Listener
from licklab.evaluation.notes import score_notes

ROOT = Path(__file__).resolve().parents[1]
# Recording, instrument, and how it is decoded; None leaves that to what is heard.
RECORDINGS: tuple[tuple[str, str, Texture | None], ...] = (
    ("guitarset_bn1_solo", "guitar", None),
    ("guitarset_bn1_solo", "guitar", Texture.POLYPHONIC),
    ("guitarset_bn1_comp", "guitar", None),
    ("vocadito_1", "voice", None),
)


def main() -> None:
    """Measure and print a table."""
    data = Path(os.environ.get("LICKLAB_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not (data / "recordings").is_dir():
        sys.exit(f"want the shared recordings (LICKLAB_SHARED_DATA), got none in {data}")
    peer, listener = install_peer(), Listener()
    print("| recording | notes | mode | licklab | not told | stock in range | stock |")
    print("|---|---|---|---|---|---|---|")
    for name, instrument_name, texture in RECORDINGS:
        path = data / "recordings" / f"{name}.flac"
        instrument = find_instrument(instrument_name)
        truth = _read_truth(path.with_suffix(".json"))
        ours = listener.transcribe(path, instrument, texture=texture)
        not_told = listener.transcribe(path, find_instrument(UNNAMED), texture=texture)
        theirs = _ask_peer(peer, path)
        heard = (ours.notes, not_told.notes, _in_range(theirs, instrument), theirs)
        scores = " | ".join(f"{score_notes(truth, notes).f1:.3f}" for notes in heard)
        mode = f"{ours.mode}" if texture else f"{ours.mode} (found), {not_told.mode} (not told)"
        print(f"| {name} | {len(truth)} | {mode} | {scores} |")


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
