"""Chooses the weights of the chord decoder, on validation players only.

    python -m training.harmony.tune [--solos 20]

Searches one weight of `HarmonyConfig` after the other for the best mean of root, sevenths, tetrads
and rightly placed bar lines. Here the evidence is simulated; with a network's own, call `search`.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from synthesis.weimar import VALIDATION_PLAYERS

from licklab.engine.chords.config import HarmonyConfig
from training.harmony.measure import LEVELS, Trial, draw_trials, measure

GRID: dict[str, tuple[float, ...]] = {
    "frame_weight": (0.08, 0.12, 0.18, 0.25, 0.35, 0.5),
    "prior_weight": (0.0, 0.25, 0.5, 1.0),
    "trim_share": (0.0, 0.1, 0.2, 0.3),
    "language_weight": (0.5, 0.75, 1.0, 1.3),
    "bass_weight": (0.0, 0.5, 1.0, 1.5, 2.5),
    "downbeat_weight": (0.15, 0.3, 0.5, 0.8, 1.2),
    "slip_probability": (1e-4, 1e-3, 3e-3, 1e-2),
    "repeat_weight": (0.0, 0.3, 0.6, 1.0),
    "repeat_likeness": (0.35, 0.4, 0.5, 0.6),
    "own_language_trust": (5.0, 20.0, 1e9),
}
"""What is tried."""

_SCORED = ("root", "sevenths", "tetrads", "downbeat")


def search(
    trials: Sequence[Trial], config: HarmonyConfig, grid: dict[str, tuple[float, ...]]
) -> HarmonyConfig:
    """Search one weight after the other.

    Parameters
    ----------
    trials : sequence of Trial
        Charts and what was heard of them.
    config : HarmonyConfig
        To begin with.
    grid : dict of str to tuple of float
        Values to try, by name.

    Returns
    -------
    HarmonyConfig
        The best found; a weight stays unless another is better by a thousandth.
    """
    best = _score(trials, config)
    for name, values in grid.items():
        tried = {}
        for value in values:
            change: dict[str, Any] = {name: value}
            tried[value] = _score(trials, replace(config, **change))
        value = max(tried, key=lambda one: tried[one])
        figures = "  ".join(f"{one:g}: {score:.3f}" for one, score in tried.items())
        print(f"{name} (now {getattr(config, name):g}): {figures}", flush=True)
        if tried[value] > best + 1e-3:
            best, change = tried[value], {name: value}
            config = replace(config, **change)
    return config


def _score(trials: Sequence[Trial], config: HarmonyConfig) -> float:
    scores = measure(list(trials), config)
    return sum(scores[name] for name in _SCORED) / len(_SCORED)


def main() -> None:
    """Search and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solos", type=int, default=20)
    given = parser.parse_args()
    trials = [
        one
        for level in ("usual", "much")
        for one in draw_trials(VALIDATION_PLAYERS, LEVELS[level], given.solos)
    ]
    print(search(trials, HarmonyConfig(), GRID))


if __name__ == "__main__":
    main()
