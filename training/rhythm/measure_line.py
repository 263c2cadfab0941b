"""Measures the beats of solo lines that are played alone, and chooses their settings.

    python -m training.rhythm.measure_line [validation|test] [--taps 0 1 2 4 8] [--set NAME=VALUE]

Excerpts of 50 s of 4/4 swing solos of the Weimar Jazz Database; notes as a listener hears them
(`line_phases.hear`). Taps are on true beats from the first note on, 20 ms off. Printed: mean F1
within 70 ms over the whole excerpt (`mir_eval.beat.f_measure`), the share of excerpts whose tempo
is within 4 %, the share with F1 of .9 or more, CPU seconds for a minute of music.
"""

import argparse
import time
from dataclasses import dataclass, replace

import mir_eval
import numpy as np
from synthesis.weimar import Solo

from licklab.domain.note import Note
from licklab.engine.beats.line_pulse import LinePulseConfig, track_line
from training.rhythm.line_phases import hear, read_swing

_EXCERPT_SEC, _LEAST_SEC = 50.0, 35.0
_TAP_JITTER_SEC = 0.020
_TEMPO_TOLERANCE = 0.04
_GOOD = 0.9
_SOFTEST_DB, _LOUDEST_DB = 40.0, 90.0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a solo, from zero.

    Attributes
    ----------
    sid : str
        Of the solo.
    notes : tuple of Note
        As heard.
    beats_sec : shape=(n,)
        True ones.
    duration_sec : float
        Its length.
    taps_sec : shape=(8,)
        Eight true beats as somebody taps them.
    """

    sid: str
    notes: tuple[Note, ...]
    beats_sec: np.ndarray
    duration_sec: float
    taps_sec: np.ndarray


def read_excerpts(split: str, n_each: int) -> list[Excerpt]:
    """Read excerpts of every solo of a split.

    Parameters
    ----------
    split : str
        ``validation`` or ``test``.
    n_each : int
        Excerpts of each solo.

    Returns
    -------
    list of Excerpt
        Always the same.
    """
    rng = np.random.default_rng(7)
    found = [_cut(solo, rng) for solo in read_swing(split) for _ in range(n_each)]
    return [one for one in found if one is not None]


def _cut(solo: Solo, rng: np.random.Generator) -> Excerpt | None:
    beats = np.array([one.onset_sec for one in solo.beats])
    first = max(beats[0], solo.notes[0, 0] - 1.0)
    last = min(beats[-1], solo.notes[-1, 0] + 1.0)
    length = min(_EXCERPT_SEC, last - first)
    if length < _LEAST_SEC:
        return None
    begin = first + rng.uniform(0, last - first - length)
    rows = hear(solo, rng)
    rows = rows[(rows[:, 0] >= begin) & (rows[:, 0] < begin + length)]
    level = np.clip((rows[:, 3] - _SOFTEST_DB) / (_LOUDEST_DB - _SOFTEST_DB), 0, 1)
    notes = tuple(
        Note(max(0.0, row[0] - begin), max(0.0, row[0] - begin) + max(0.03, row[1]), row[2],
             1 + round(126 * loud), 1.0)
        for row, loud in zip(rows, level, strict=True)
    )  # fmt: skip
    true = beats[(beats >= begin) & (beats < begin + length)] - begin
    tapped = true[true >= notes[0].onset_sec - 0.1][:8]
    taps = np.maximum(tapped + rng.normal(0, _TAP_JITTER_SEC, len(tapped)), 0.0)
    return Excerpt(solo.sid, notes, true, length, taps)


def score(
    excerpts: list[Excerpt], n_taps: int, config: LinePulseConfig
) -> list[tuple[float, float, float]]:
    """Score the beats that are found.

    Parameters
    ----------
    excerpts : list of Excerpt
        What is heard.
    n_taps : int
        That are given.
    config : LinePulseConfig
        Of the search.

    Returns
    -------
    list of tuple
        By excerpt: F1, 1 where the tempo is right, CPU seconds for a minute.
    """
    found = []
    for one in excerpts:
        begun = time.process_time()
        beats = track_line(
            one.notes, one.duration_sec, taps_sec=tuple(one.taps_sec[:n_taps]), config=config
        )
        cost = (time.process_time() - begun) * 60 / one.duration_sec
        f1 = mir_eval.beat.f_measure(mir_eval.beat.trim_beats(one.beats_sec, 0.0),
                                     beats)  # fmt: skip
        ratio = np.median(np.diff(beats)) / np.median(np.diff(one.beats_sec))
        found.append((f1, float(abs(ratio - 1) < _TEMPO_TOLERANCE), cost))
    return found


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("split", nargs="?", default="validation", choices=["validation", "test"])
    parser.add_argument("--taps", type=int, nargs="+", default=[0, 2, 4, 8])
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    settings = {name: float(value) for name, value in (one.split("=") for one in args.set)}
    config = replace(LinePulseConfig(), **settings)
    excerpts = read_excerpts(args.split, args.each)
    for n_taps in args.taps:
        found = np.array(score(excerpts, n_taps, config))
        f1, tempo, cost = found.mean(axis=0)
        print(f"{args.split}, {len(excerpts)} excerpts, {n_taps} taps: F1 {f1:.3f}, "
              f"tempo {tempo:.2f}, F1 >= {_GOOD} in {(found[:, 0] >= _GOOD).mean():.2f}, "
              f"{cost:.2f} CPU-s a minute", settings, flush=True)  # fmt: skip
        if args.show:
            for one, row in zip(excerpts, found, strict=True):
                tempo_bpm = 60 / np.median(np.diff(one.beats_sec))
                print(f"  {one.sid:40} {tempo_bpm:5.0f} bpm F1 {row[0]:.2f} tempo {row[1]:.0f}")


if __name__ == "__main__":
    main()
