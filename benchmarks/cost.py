"""What transcribing costs and finds, beside stock Basic Pitch, in one run.

    python -m benchmarks.cost [--repeats 3] [--long]

Both programs are started as a user starts them, on the example, in turns. Basic Pitch is installed
into an environment of its own under `build/` (its dependencies fit no other). `--long` adds our
peak memory on 60 minutes of sound. Onset F1: pitch right and onset within 50 ms, against the MIDI
that the example was rendered from.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile as sf

from benchmarks.midi_notes import read_notes
from benchmarks.peer import install_peer
from licklab.evaluation.notes import score_notes
from licklab.formats.transcription_json import read_transcription

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run of a program."""

    cpu_sec: float
    wall_sec: float
    peak_mb: float


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Cost beside stock Basic Pitch.")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--long", action="store_true", help="add 60 minutes of sound")
    options = parser.parse_args()
    example = next((ROOT / "examples").glob("*.mp3"))
    minutes = sf.info(example).duration / 60
    peer = install_peer()
    print(f"{example.name}, {60 * minutes:.1f} s, {options.repeats} runs each, in turns\n")
    truth = read_notes(example.with_suffix(".mid"), track="Solo")
    f1: dict[str, float] = {}
    runs: dict[str, list[Cost]] = {"licklab": [], "basic-pitch": []}
    for _ in range(options.repeats):
        with tempfile.TemporaryDirectory() as folder:
            runs["licklab"].append(
                measure([sys.executable, "-m", "licklab.cli.main", "transcribe", str(example),
                      "-i", "tenor sax", "--out", folder])
            )  # fmt: skip
            heard = read_transcription((Path(folder) / "transcription.json").read_bytes())
            f1["licklab"] = score_notes(truth, heard.notes).f1
        with tempfile.TemporaryDirectory() as folder:
            runs["basic-pitch"].append(measure([str(peer), folder, str(example)]))
            written = next(Path(folder).glob("*.mid"))
            f1["basic-pitch"] = score_notes(truth, read_notes(written)).f1
    print("| program | CPU-s per audio minute | peak RSS, MB | seconds to the result | onset F1 |")
    print("|---|---|---|---|---|")
    medians = {name: _median(costs) for name, costs in runs.items()}
    for name, cost in medians.items():
        print(
            f"| {name} | {cost.cpu_sec / minutes:.1f} | {cost.peak_mb:.0f} "
            f"| {cost.wall_sec:.1f} | {f1[name]:.3f} |"
        )
    ours, theirs = medians["licklab"], medians["basic-pitch"]
    print(
        f"\nlicklab takes {ours.cpu_sec / theirs.cpu_sec:.2f} of the processor time "
        f"and {ours.peak_mb / theirs.peak_mb:.2f} of the memory"
    )
    if options.long:
        _measure_an_hour(example)


def measure(command: Sequence[str]) -> Cost:
    """Run a program and read what the system accounts to it and its children."""
    before = os.times()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    complaint = process.stderr.read()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{complaint.decode()[-2000:]}")
    return Cost(
        cpu_sec=usage.ru_utime + usage.ru_stime,
        wall_sec=os.times().elapsed - before.elapsed,
        peak_mb=_peak_mb(usage),
    )


def _peak_mb(usage: resource.struct_rusage) -> float:
    # Linux counts in KiB, macOS in bytes.
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.cpu_sec for one in costs),
        statistics.median(one.wall_sec for one in costs),
        statistics.median(one.peak_mb for one in costs),
    )


def _measure_an_hour(example: Path) -> None:
    sound, sample_rate = sf.read(example, dtype="float32", always_2d=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hour.mp3"
        with sf.SoundFile(path, "w", sample_rate, sound.shape[1], format="MP3") as file:
            missing = 3600 * sample_rate
            while missing > 0:
                file.write(np.ascontiguousarray(sound[:missing]))
                missing -= len(sound[:missing])
        cost = measure(
            [sys.executable, "-m", "licklab.cli.main", "transcribe", str(path),
             "-i", "tenor sax", "--out", folder]
        )  # fmt: skip
    print(
        f"\n60 minutes of sound: peak RSS {cost.peak_mb:.0f} MB, {cost.cpu_sec:.0f} CPU-s, "
        f"{cost.cpu_sec / 60:.1f} a minute"
    )


if __name__ == "__main__":
    main()
