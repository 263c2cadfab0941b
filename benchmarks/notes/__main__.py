"""Notes found in rendered solos, beside stock Basic Pitch, in one run.

    python -m benchmarks.notes [--part test|validation] [--solos 48] [--no-peer]

Needs FluidSynth, LAME, the soundfonts (`scripts/install_sounds.sh`) and the shared data. Figures to
report come from the test part; whatever is chosen is chosen on the validation part.
"""

import argparse
import datetime
import sys
from pathlib import Path

import numpy as np

from benchmarks.notes import systems
from benchmarks.notes.metrics import DURATION_CLASSES, TEMPO_CLASSES, Scores, bootstrap, calibration, pooled_recall, score
from benchmarks.notes.scenes import CONDITIONS, Scene, choose_solos, render_scene
from synthesis.sampler import install_samples
from synthesis.weimar import find_shared_data

_BUILD = Path(__file__).resolve().parents[2] / "build" / "notes"


def main() -> None:
    """Render what is missing, listen, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notes")
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--solos", type=int, default=48)
    parser.add_argument("--no-peer", action="store_true", help="ours only, while working on it")
    options = parser.parse_args()
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the shared Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    install_samples()
    folder = _BUILD / options.part
    scenes = [
        scene
        for condition in CONDITIONS
        for number, solo in enumerate(choose_solos(options.part, options.solos))
        if (scene := render_scene(solo, number, condition, folder)) is not None
    ]
    minutes = sum(one.notes[-1].offset_sec for one in scenes) / 60
    print(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {options.part} players, {len(scenes)} recordings, "
          f"{minutes:.0f} min, {sum(len(one.notes) for one in scenes)} notes\n")  # fmt: skip
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
    print_tables(scenes, scores)


def print_tables(scenes: list[Scene], scores: dict[str, list[Scores]]) -> None:
    """Print every figure, systems side by side."""
    rng = np.random.default_rng(0)
    names = list(scores)
    _row("", *names)
    _row(*["---"] * (len(names) + 1))
    conditions = [one.name for one in CONDITIONS]
    for label, of in (("onset F1", lambda s: s.f1), ("onset+offset F1", lambda s: s.f1_with_offset)):
        for condition in conditions:
            cells = []
            for name in names:
                values = [of(s) for scene, s in zip(scenes, scores[name], strict=True) if scene.condition == condition]
                mean, low, high = bootstrap(values, rng)
                cells.append(f"{mean:.3f} ({low:.3f}-{high:.3f})")
            _row(f"{label}, {condition}", *cells)
    _means("precision, all", scenes, scores, lambda s: s.precision)
    _means("recall, all", scenes, scores, lambda s: s.recall)
    for name, *_ in DURATION_CLASSES:
        for group, chosen in (("alone", "alone"), ("trio", "trio")):
            cells = []
            n_notes = 0
            for system in names:
                subset = [s for scene, s in zip(scenes, scores[system], strict=True) if scene.condition.startswith(chosen)]
                recall, n_notes = pooled_recall(subset, lambda s, name=name: s.by_duration[name])  # type: ignore[misc]
                cells.append(f"{recall:.3f}")
            _row(f"recall of notes {name}, {group} ({n_notes})", *cells)
    for label, low, high in TEMPO_CLASSES:
        chosen_scenes = [low <= one.tempo_bpm < high for one in scenes]
        cells = [f"{np.mean([s.f1 for s, take in zip(scores[n], chosen_scenes, strict=True) if take]):.3f}" for n in names]
        _row(f"onset F1, tempo {label} ({sum(chosen_scenes)})", *cells)
    for group in ("alone", "trio"):
        cells = []
        for system in names:
            subset = [s for scene, s in zip(scenes, scores[system], strict=True) if scene.condition.startswith(group)]
            recall, n_notes = pooled_recall(subset, lambda s: s.repeated)
            cells.append(f"{recall:.3f}")
        _row(f"recall of repeated notes, {group} ({n_notes})", *cells)
    for font in sorted({one.soundfont for one in scenes}):
        cells = [f"{np.mean([s.f1 for scene, s in zip(scenes, scores[n], strict=True) if scene.soundfont == font]):.3f}" for n in names]
        _row(f"onset F1, lead by {font}", *cells)
    for instrument in sorted({one.instrument for one in scenes}):
        cells = [f"{np.mean([s.f1 for scene, s in zip(scenes, scores[n], strict=True) if scene.instrument == instrument]):.3f}" for n in names]
        _row(f"onset F1, {instrument}", *cells)
    _means("octave errors", scenes, scores, lambda s: s.octave_errors)
    _means("onset error, ms (median)", scenes, scores, lambda s: s.onset_error_ms, "{:.1f}")
    _means("velocity correlation", scenes, scores, lambda s: s.velocity_correlation, "{:.2f}")
    pairs = {name: [pair for s in scores[name] for pair in s.confidences] for name in names}
    figures = {name: calibration(pairs[name]) for name in names}
    _row("calibration error of confidence", *[f"{figures[n][0]:.3f}" for n in names])
    _row("AUC of confidence against error", *[f"{figures[n][1]:.3f}" for n in names])


def _means(label, scenes, scores, of, form="{:.3f}"):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    del scenes
    _row(label, *[form.format(np.nanmean([of(s) for s in scores[name]])) for name in scores])


def _row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
