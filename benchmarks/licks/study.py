"""How long it takes to study a solo: keys, cadences, analysis of every note, phrases and licks.

    python -m benchmarks.licks.study [--solos 8]

The longest solos of the test players, each studied twice in this process; the better time
counts, as machines are shared. Times are scaled to five minutes of playing.
"""

import argparse
import datetime
import time
from dataclasses import replace

import numpy as np
from synthesis.weimar import TEST_PLAYERS

from benchmarks.licks.solos import read_lines
from licklab.domain.solo_line import SoloLine
from licklab.licks.phrases import find_phrases
from licklab.licks.ranking import find_licks
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony

_FIVE_MINUTES_SEC = 300.0
STEPS = ("harmony", "analysis", "phrases", "licks")


def time_steps(line: SoloLine) -> list[float]:
    """Give the seconds of processor time of each of `STEPS`."""
    marks = [time.process_time()]
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    marks.append(time.process_time())
    analysis = analyze_line(line, harmony)
    marks.append(time.process_time())
    phrases = find_phrases(line)
    marks.append(time.process_time())
    find_licks(line, analysis, phrases)
    marks.append(time.process_time())
    return [float(one) for one in np.diff(marks)]


def main() -> None:
    """Study, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.licks.study")
    parser.add_argument("--solos", type=int, default=8)
    options = parser.parse_args()
    solos = [one for one in read_lines() if one.performer in TEST_PLAYERS]
    solos.sort(key=lambda one: -len(one.line))
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, CPU-s, scaled to five minutes\n")
    print("| solo | notes | minutes | " + " | ".join(STEPS) + " | all |\n|---|" + "---|" * 7)
    rows = []
    for one in solos[: options.solos]:
        line = one.line
        length_sec = float(line.offset_sec[-1] - line.onset_sec[0])
        # A new line each time: what is known of one is kept for a while.
        best = np.min([time_steps(replace(line)) for _ in range(2)], axis=0)
        scaled = best * _FIVE_MINUTES_SEC / length_sec
        rows.append([*scaled, scaled.sum()])
        told = " | ".join(f"{value:.2f}" for value in rows[-1])
        print(f"| {one.sid} | {len(line)} | {length_sec / 60:.1f} | {told} |", flush=True)
    print("| median | | | " + " | ".join(f"{one:.2f}" for one in np.median(rows, axis=0)) + " |")


if __name__ == "__main__":
    main()
