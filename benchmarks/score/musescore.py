"""Pages that MuseScore 3 makes of the same performances, given the true beats in a MIDI file."""

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from defusedxml.ElementTree import parse

from licklab.domain.transcription import Transcription
from licklab.formats.midi import write_midi

PROGRAM = "mscore3"
_NAMES = {"eighth": "eighth", "16th": "sixteenth", "32nd": "thirty-second"}


def is_there() -> bool:
    """Tell whether MuseScore 3 is installed (Debian: `musescore3`)."""
    return shutil.which(PROGRAM) is not None


def count_values(transcription: Transcription) -> tuple[Counter[str], int]:
    """Count the note values of its page, and the ties."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.mid").write_bytes(write_midi(transcription))
        subprocess.run(
            [PROGRAM, "-o", str(folder / "out.musicxml"), str(folder / "in.mid")],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": name},
            capture_output=True, timeout=120, check=True,
        )  # fmt: skip
        root = parse(folder / "out.musicxml").getroot()
    assert root is not None
    counts: Counter[str] = Counter()
    n_ties = 0
    for note in root.iter("note"):
        if note.find("pitch") is None or note.find("grace") is not None:
            continue
        if note.find("chord") is not None:
            continue
        kind = note.findtext("type", "")
        actual = note.findtext("time-modification/actual-notes", "1")
        if actual == "3" and kind == "eighth" and note.find("dot") is None:
            counts["triplet eighth"] += 1
        elif actual != "1" or note.find("dot") is not None:
            counts["other"] += 1
        else:
            counts[_NAMES.get(kind, "other")] += 1
        n_ties += any(tie.get("type") == "start" for tie in note.findall("tie"))
    return counts, n_ties
