"""Expression heard in rendered lines whose every bend is known.

    python -m benchmarks.expression [--part test|validation] [--solos 24]

Needs FluidSynth, the soundfonts, the samples and the shared data. The follower is given the true
notes: what it misses is not the decoder's fault. A scoop or fall counts as found whatever depth was
heard, and as a false alarm from 50 cents where none was played. Figures to report come from the
test part; thresholds are chosen on the other.
"""

import argparse
import datetime
import sys
import time
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from synthesis.sampler import install_samples
from synthesis.weimar import find_shared_data

from benchmarks.expression.gestures import Gesture
from benchmarks.expression.scenes import Scene, render_scenes
from licklab.domain.expression import Expression
from licklab.engine.expression import describe_expression
from licklab.engine.grid import SAMPLE_RATE
from licklab.engine.peaks import PeakPicker

# Shorter notes are not expected to be followed.
_LONG_SEC = 0.1
_DEEP_CENTS = 50.0

Pair = tuple[Gesture, Expression | None, float]


def main() -> None:
    """Render, follow, print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expression")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--solos", type=int, default=24)
    options = parser.parse_args()
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    install_samples()
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {options.part} players\n")
    measure(render_scenes(options.part, options.solos))


def measure(scenes: Iterable[Scene]) -> None:
    """Follow the true notes of each scene and print what was heard."""
    groups: dict[tuple[str, bool], list[Pair]] = defaultdict(list)
    picking_sec = following_sec = minutes = 0.0
    bytes_kept = 0
    for scene in scenes:
        begin = time.process_time()
        picker = PeakPicker()
        for start in range(0, len(scene.samples), SAMPLE_RATE):
            picker.add(scene.samples[start : start + SAMPLE_RATE])
        peaks = picker.finish()
        picked = time.process_time()
        heard = describe_expression(scene.notes, peaks, 440.0)
        following_sec += time.process_time() - picked
        picking_sec += picked - begin
        minutes += len(scene.samples) / SAMPLE_RATE / 60
        bytes_kept += peaks.codes.nbytes + peaks.amplitudes.nbytes
        groups[scene.source, scene.with_trio] += [
            (gesture, one, note.duration_sec)
            for gesture, one, note in zip(scene.gestures, heard, scene.notes, strict=True)
        ]
    _print_shares(groups)
    _print_ramps(groups)
    _print_vibrato(groups)
    megabytes = bytes_kept / minutes * 60 / 1e6
    print(
        f"CPU-s per audio minute: peaks {picking_sec / minutes:.2f}, "
        f"following {following_sec / minutes:.2f}; MB per hour {megabytes:.1f}"
    )


def _print_shares(groups: dict[tuple[str, bool], list[Pair]]) -> None:
    print("| line | notes from 100 ms | followed | all notes | followed "
          "| straight notes with scoop | fall | vibrato | bend "
          "| median pitch error, cents |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, pairs in _rows(groups):
        long = [heard for _, heard, length in pairs if length >= _LONG_SEC]
        seen = [heard for _, heard, _ in pairs]
        straight = [one for gesture, one, _ in pairs if gesture.curve is None and one is not None]
        alarms = [
            _share([getattr(one, member) != 0 for one in straight])
            for member in ("scoop_cents", "fall_cents", "vibrato_cents", "bend_cents")
        ]
        pitch = [abs(one.pitch_cents) for _, one, _ in pairs if one is not None]
        print(f"| {name} | {len(long)} | {_share([one is not None for one in long])} "
              f"| {len(seen)} | {_share([one is not None for one in seen])} "
              f"| {' | '.join(alarms)} | {_median(pitch)} |")  # fmt: skip
    print()


def _print_ramps(groups: dict[tuple[str, bool], list[Pair]]) -> None:
    print("| line | scoops | precision | recall | median error, cents "
          "| falls | precision | recall | median error, cents |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for name, pairs in _rows(groups):
        cells = []
        for member in ("scoop_cents", "fall_cents"):
            followed = [
                (getattr(gesture, member), getattr(heard, member))
                for gesture, heard, _ in pairs
                if heard is not None
            ]
            deep = [(true, found) for true, found in followed if true >= _DEEP_CENTS]
            right = [abs(true - found) for true, found in deep if found > 0]
            # What is heard of a gesture less deep than 50 cents is neither right nor wrong.
            wrong = sum(found >= _DEEP_CENTS and true == 0 for true, found in followed)
            cells += [str(len(deep)), _ratio(len(right), len(right) + wrong),
                      _ratio(len(right), len(deep)), _median(right)]  # fmt: skip
        print(f"| {name} | {' | '.join(cells)} |")
    print()


def _print_vibrato(groups: dict[tuple[str, bool], list[Pair]]) -> None:
    print("| line | vibratos | precision | recall | median error, Hz | median error, cents |")
    print("|---|---|---|---|---|---|")
    for name, pairs in _rows(groups):
        followed = [(gesture, heard) for gesture, heard, _ in pairs if heard is not None]
        true = [pair for pair in followed if pair[0].vibrato_hz]
        right = [pair for pair in true if pair[1].vibrato_hz]
        n_heard = sum(heard.vibrato_hz > 0 for _, heard in followed)
        cells = [
            str(len(true)),
            _ratio(len(right), n_heard),
            _ratio(len(right), len(true)),
            _median([abs(told.vibrato_hz - one.vibrato_hz) for told, one in right], digits=2),
            _median([abs(told.vibrato_cents - one.vibrato_cents) for told, one in right]),
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    print()


def _rows(groups: dict[tuple[str, bool], list[Pair]]) -> Iterable[tuple[str, list[Pair]]]:
    for with_trio in (False, True):
        for (source, has_trio), pairs in groups.items():
            if has_trio == with_trio:
                yield f"{source}, {'trio -6 dB' if with_trio else 'alone'}", pairs


def _share(flags: list[bool]) -> str:
    return f"{100 * np.mean(flags):.1f} %" if flags else "-"


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def _median(values: list[float], digits: int = 0) -> str:
    return f"{np.median(values):.{digits}f}" if values else "-"


if __name__ == "__main__":
    main()
