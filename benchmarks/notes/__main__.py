"""Notes found in rendered solos, beside stock Basic Pitch, in one run.

    python -m benchmarks.notes [--part test|validation] [--solos 48] [--no-peer]

Needs FluidSynth, LAME, the soundfonts (`scripts/install_sounds.sh`) and the shared data. Figures to
report come from the test part; whatever is chosen is chosen on the validation part.
"""

import argparse
import datetime
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from synthesis.sampler import install_samples
from synthesis.weimar import find_shared_data

from benchmarks.notes import systems
from benchmarks.notes.metrics import (
    DURATION_CLASSES,
    TEMPO_CLASSES,
    Scores,
    bootstrap,
    calibration,
    pooled_recall,
    score,
)
from benchmarks.notes.scenes import CONDITIONS, Scene, choose_solos, render_scene

_BUILD = Path(__file__).resolve().parents[2] / "build" / "notes"


def main() -> None:
    """Render what is missing, listen, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notes")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--solos", type=int, default=48)
    parser.add_argument("--no-peer", action="store_true", help="ours only, while working on it")
    options = parser.parse_args()
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    install_samples()
    folder = _BUILD / options.part
    scenes = [
        scene
        for condition in CONDITIONS
        for number, solo in enumerate(choose_solos(options.part, options.solos))
        if (scene := render_scene(solo, number, condition, folder)) is not None
    ]
    minutes = sum(one.notes[-1].offset_sec for one in scenes) / 60
    today, n_notes = datetime.datetime.now(datetime.UTC), sum(len(one.notes) for one in scenes)
    print(f"{today:%Y-%m-%d}, {options.part} players, {len(scenes)} recordings, ", end="")
    print(f"{minutes:.0f} min, {n_notes} notes\n")
    heard = {
        systems.OURS: systems.hear_with_ours(scenes, told=True),
        systems.OURS_AUTO: systems.hear_with_ours(scenes, told=False),
    }
    if not options.no_peer:
        stock = systems.hear_with_stock(scenes, folder / "stock")
        heard[systems.STOCK] = stock
        heard[systems.STOCK_IN_RANGE] = systems.keep_in_range(scenes, stock)
    for name, notes in heard.items():
        systems.write_notes(folder / f"{name.replace(',', '').replace(' ', '-')}.json", notes)
    scores = {
        name: [score(scene.notes, one) for scene, one in zip(scenes, notes, strict=True)]
        for name, notes in heard.items()
    }
    print_tables(Table(scenes, scores))


Chosen = Callable[[Scene], bool]


@dataclass(frozen=True, slots=True)
class Table:
    """Scores of several systems on the same scenes.

    Attributes
    ----------
    scenes : list of Scene
        What was heard.
    scores : dict of str to list of Scores
        For each system, in the order of the scenes.
    """

    scenes: list[Scene]
    scores: dict[str, list[Scores]]

    def select(self, chosen: Chosen) -> dict[str, list[Scores]]:
        """Give the scores of some of the scenes."""
        return {
            name: [one for scene, one in zip(self.scenes, scores, strict=True) if chosen(scene)]
            for name, scores in self.scores.items()
        }

    def print_means(
        self, label: str, of: Callable[[Scores], float], chosen: Chosen, form: str = "{:.3f}"
    ) -> None:
        """Print means over recordings with their intervals."""
        rng = np.random.default_rng(0)
        cells = []
        for scores in self.select(chosen).values():
            values = [of(one) for one in scores]
            mean, low, high = bootstrap([one for one in values if not np.isnan(one)], rng)
            cells.append(f"{form.format(mean)} ({form.format(low)} to {form.format(high)})")
        _row(label, *cells)

    def print_recall(
        self, label: str, of: Callable[[Scores], tuple[int, int]], chosen: Chosen
    ) -> None:
        """Print recall over the notes of all chosen recordings."""
        pooled = [pooled_recall(scores, of) for scores in self.select(chosen).values()]
        _row(f"{label} ({pooled[0][1]} notes)", *[f"{recall:.3f}" for recall, _ in pooled])


def print_tables(table: Table) -> None:
    """Print every figure, systems side by side."""
    _row("", *table.scores)
    _row(*["---"] * (len(table.scores) + 1))
    for label, of in (
        ("onset F1", lambda s: s.f1),
        ("onset+offset F1", lambda s: s.f1_with_offset),
    ):
        for condition in CONDITIONS:
            table.print_means(f"{label}, {condition.name}", of, _in_condition(condition.name))
    table.print_means("precision", lambda s: s.precision, _any)
    table.print_means("recall", lambda s: s.recall, _any)
    for duration, *_ in DURATION_CLASSES:
        for group in ("alone", "trio"):
            table.print_recall(
                f"recall of notes {duration}, {group}", _of_duration(duration), _in_condition(group)
            )
    for group in ("alone", "trio"):
        table.print_recall(
            f"recall of repeated notes, {group}", lambda s: s.repeated, _in_condition(group)
        )
    for label, low, high in TEMPO_CLASSES:
        table.print_means(f"onset F1, tempo {label}", lambda s: s.f1, _in_tempo(low, high))
    for font in sorted({one.soundfont for one in table.scenes}):
        table.print_means(f"onset F1, lead by {font}", lambda s: s.f1, _with_font(font))
    for instrument in sorted({one.instrument for one in table.scenes}):
        table.print_means(f"onset F1, {instrument}", lambda s: s.f1, _with_instrument(instrument))
    table.print_means("octave errors", lambda s: s.octave_errors, _any)
    table.print_means("onset error, ms (median)", lambda s: s.onset_error_ms, _any, "{:.1f}")
    table.print_means("correlation of velocities", lambda s: s.velocity_correlation, _any, "{:.2f}")
    figures = [
        calibration([pair for one in scores for pair in one.confidences])
        for scores in table.scores.values()
    ]
    _row("calibration error of confidence", *[f"{error:.3f}" for error, _ in figures])
    _row("AUC of confidence against error", *[f"{area:.3f}" for _, area in figures])


def _any(_: Scene) -> bool:
    return True


def _in_condition(start: str) -> Chosen:
    return lambda scene: scene.condition.startswith(start)


def _in_tempo(low: float, high: float) -> Chosen:
    return lambda scene: low <= scene.tempo_bpm < high


def _with_font(font: str) -> Chosen:
    return lambda scene: scene.soundfont == font


def _with_instrument(instrument: str) -> Chosen:
    return lambda scene: scene.instrument == instrument


def _of_duration(name: str) -> Callable[[Scores], tuple[int, int]]:
    return lambda scores: scores.by_duration[name]


def _row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
