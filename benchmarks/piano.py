"""Solo piano: what both qualities find and cost, in one run.

    python -m benchmarks.piano [--seconds 60]

Two-hand piano with exact truth: solos of the Weimar Jazz Database (ODbL 1.0, in `../shared/data`
or `LICKLAB_SHARED_DATA`) that the piano played, over chords struck by the left hand, rendered with
FluidSynth and three soundfonts. Onset F1: pitch right and onset within 50 ms. The best quality
needs `transkun` (`make setup` installs it).
"""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile as sf
from synthesis.accompaniment import make_comping
from synthesis.fluid import SAMPLE_RATE, SOUNDFONTS, render_parts
from synthesis.score import Part, PlayedNote
from synthesis.weimar import Solo, find_shared_data, read_solos

from benchmarks.cost import measure
from licklab.domain.note import Note
from licklab.evaluation.notes import score_notes
from licklab.formats.transcription_json import read_transcription

# Solo, soundfont, reverberation. None of this has been used to choose anything.
PIECES = (
    ("RedGarland_Oleo", "fluid", False),
    ("HerbieHancock_Dolores", "csound", True),
    ("HerbieHancock_HandJive", "timgm", True),
)
_START_SEC = 5.0
# A key is let go so long before it is struck again.
_GAP_SEC = 0.03
_LEAST_SEC = 0.03


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Solo piano in both qualities.")
    parser.add_argument("--seconds", type=float, default=60.0, help="of each piece")
    seconds = parser.parse_args().seconds
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the shared data (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    print("| piece | notes | quality | onset F1 | with offset | CPU-s a minute | peak RSS, MB |")
    print("|---|---|---|---|---|---|---|")
    for seed, (sid, soundfont, reverb) in enumerate(PIECES, 1):
        if not SOUNDFONTS[soundfont].is_file():
            print(f"want the soundfont {soundfont}, got none", file=sys.stderr)
            continue
        solo = next(one for one in read_solos() if one.sid.startswith(sid))
        played = _play(solo, seconds, np.random.default_rng(seed))
        sound = render_parts([Part(0, played)], soundfont, reverb=reverb)
        sound = sound[: round(seconds * SAMPLE_RATE)]
        truth = [
            Note(one.onset_sec, one.offset_sec, one.pitch_midi, one.velocity, 1.0) for one in played
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "piano.wav"
            sf.write(path, sound * (0.5 / np.abs(sound).max()), SAMPLE_RATE)
            for quality in ("light", "best"):
                cost = measure(
                    [sys.executable, "-m", "licklab.cli.main", "transcribe", str(path), "-i",
                     "piano", "--mode", "polyphonic", "--quality", quality, "--out", folder]
                )  # fmt: skip
                heard = read_transcription((Path(folder) / "transcription.json").read_bytes())
                score = score_notes(truth, heard.notes)
                print(
                    f"| {sid}, {soundfont} | {len(truth)} | {quality} | {score.f1:.3f} "
                    f"| {score.f1_with_offset:.3f} | {cost.cpu_sec * 60 / seconds:.1f} "
                    f"| {cost.peak_mb:.0f} |",
                    flush=True,
                )


def _play(solo: Solo, seconds: float, rng: np.random.Generator) -> list[PlayedNote]:
    """Put the annotated line and a left hand on one keyboard, where a key sounds once at a time."""
    right = [
        PlayedNote(onset, onset + length, int(pitch), int(np.clip(70 + 2 * (loud - 65), 35, 120)))
        for onset, length, pitch, loud in solo.notes.tolist()
    ]
    left = make_comping(solo.beats, 0, rng, program=0).notes
    notes: list[PlayedNote] = []
    last: dict[int, int] = {}
    for note in sorted((*right, *left), key=lambda one: one.onset_sec):
        onset_sec = note.onset_sec - _START_SEC
        offset_sec = min(note.offset_sec - _START_SEC, seconds - 0.2)
        if not 0.3 <= onset_sec < seconds - 0.5:
            continue
        at = last.get(note.pitch_midi)
        if at is not None:
            if onset_sec - notes[at].onset_sec < _LEAST_SEC + _GAP_SEC:
                continue  # both hands on one key
            ends = min(notes[at].offset_sec, onset_sec - _GAP_SEC)
            notes[at] = replace(notes[at], offset_sec=ends)
        last[note.pitch_midi] = len(notes)
        offset_sec = max(offset_sec, onset_sec + _LEAST_SEC)
        notes.append(replace(note, onset_sec=onset_sec, offset_sec=offset_sec))
    return notes


if __name__ == "__main__":
    main()
