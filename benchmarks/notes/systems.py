"""What is compared: ours with and without the instrument's name, and stock Basic Pitch."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.midi_notes import read_notes
from benchmarks.notes.scenes import Scene
from benchmarks.peer import install_peer
from licklab.domain.instrument import Texture, find_instrument
from licklab.domain.note import Note
from licklab.engine.pipeline import Listener

OURS, OURS_AUTO, STOCK, STOCK_IN_RANGE = "ours", "ours, not told", "stock", "stock in range"


def hear_with_ours(scenes: Sequence[Scene], *, told: bool) -> list[list[Note]]:
    """Transcribe each scene as a line, told its instrument or not."""
    listener = Listener()
    heard = []
    for scene in scenes:
        instrument = find_instrument(scene.instrument if told else "other")
        texture = Texture.LINE if told else None
        heard.append(list(listener.transcribe(scene.path, instrument, texture=texture).notes))
    return heard


def hear_with_stock(scenes: Sequence[Scene], cache: Path) -> list[list[Note]]:
    """Transcribe all scenes by stock Basic Pitch, in one process; kept between runs."""
    program = install_peer()
    cache.mkdir(parents=True, exist_ok=True)
    missing = [one.path for one in scenes if not _midi_of(one, cache).exists()]
    for start in range(0, len(missing), 40):
        paths = [str(one) for one in missing[start : start + 40]]
        subprocess.run([str(program), str(cache), *paths], check=True, capture_output=True)
    return [read_notes(_midi_of(one, cache)) for one in scenes]


def keep_in_range(scenes: Sequence[Scene], heard: list[list[Note]]) -> list[list[Note]]:
    """Drop what the instrument cannot play."""
    kept = []
    for scene, notes in zip(scenes, heard, strict=True):
        instrument = find_instrument(scene.instrument)
        low, high = instrument.lowest_midi, instrument.highest_midi
        kept.append([one for one in notes if low <= one.pitch_midi <= high])
    return kept


def write_notes(path: Path, heard: list[list[Note]]) -> None:
    """Keep what was heard, to look at later."""
    rows = [
        [
            [one.onset_sec, one.offset_sec, one.pitch_midi, one.velocity, one.confidence]
            for one in notes
        ]
        for notes in heard
    ]
    path.write_text(json.dumps(rows))


def _midi_of(scene: Scene, cache: Path) -> Path:
    return cache / f"{scene.path.stem}_basic_pitch.mid"
