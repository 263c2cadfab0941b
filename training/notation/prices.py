"""Choose what written patterns and lengths cost: prints the best settings that a search found.

    python -m training.notation.prices [--minutes 15] [--seed 1]

A random search on every third solo of the training players of the Weimar Jazz Database, beginning
with what is chosen now. What counts is the distance of the note values from human pages
(`benchmarks.score.vocabulary`), places and durations against the annotation, and few ties; the best
settings are told with their figures on the validation players too, and chosen there by hand.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from unittest.mock import patch

from benchmarks.score.places import PlaceFigures, measure_places
from benchmarks.score.solos import AnnotatedSolo, read_annotated
from benchmarks.score.vocabulary import HUMAN_TIES, count_values, total_variation
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS, find_shared_data

from licklab.notation import durations, quantize
from licklab.notation.arrange import arrange
from licklab.notation.durations import DurationConfig
from licklab.notation.patterns import PatternPrices

# So much of a place, of a duration and of a tie outweighs as much of the distance.
_PLACE, _DURATION, _TIE = 0.25, 0.25, 0.5
_CHANGED, _STEP = 0.4, 0.25  # share of the prices that a step changes, and by how much of each
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen."""

    prices: PatternPrices
    lengths: DurationConfig


@dataclass(frozen=True, slots=True)
class Figures:
    """What it gives."""

    places: PlaceFigures
    distance: float
    ties: float

    @property
    def cost(self) -> float:
        """Lower is better."""
        agreement = _PLACE * self.places.written + _DURATION * self.places.duration
        return self.distance - agreement + _TIE * max(0.0, self.ties - HUMAN_TIES)


def main() -> None:
    """Search, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m training.notation.prices")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (find_shared_data() / "wjazzd").is_dir():
        sys.exit(f"want the Weimar solos (LICKLAB_SHARED_DATA), got none in {find_shared_data()}")
    everyone = [one for one in read_annotated() if one.performer not in TEST_PLAYERS]
    validation = [one for one in everyone if one.performer in VALIDATION_PLAYERS]
    training = [one for one in everyone if one.performer not in VALIDATION_PLAYERS][1::3]
    rng = random.Random(options.seed)  # noqa: S311
    now = Settings(PatternPrices(), DurationConfig())
    found = [(measure(now, training), now)]
    end = time.monotonic() + 60 * options.minutes
    while time.monotonic() < end:
        tried = step(rng.choice(found[:_KEPT])[1], rng)
        found.append((measure(tried, training), tried))
        found.sort(key=lambda pair: pair[0].cost)
    for figures, settings in found[:_KEPT]:
        print(f"{figures.cost:.4f} {asdict(settings.prices)} {asdict(settings.lengths)}")
        print(f"  training   {figures}\n  validation {measure(settings, validation)}")


def step(settings: Settings, rng: random.Random) -> Settings:
    """Change some prices a little."""

    def near(values: dict[str, float]) -> dict[str, float]:
        return {
            name: value + rng.gauss(0, _STEP) * max(abs(value), 0.05)
            for name, value in values.items()
            if rng.random() < _CHANGED
        }

    lengths = settings.lengths
    stepped = near({"legato": lengths.legato, "tied": lengths.tied})
    return Settings(
        replace(settings.prices, **near(asdict(settings.prices))),
        replace(
            lengths,
            legato=stepped.get("legato", lengths.legato),
            tied=stepped.get("tied", lengths.tied),
        ),
    )


def measure(settings: Settings, solos: Sequence[AnnotatedSolo]) -> Figures:
    """Write the pages of solos with some settings."""
    with (
        patch.object(quantize, "PatternPrices", lambda: settings.prices),
        patch.object(durations, "DurationConfig", lambda: settings.lengths),
    ):
        shares, ties = count_values([arrange(one.transcription) for one in solos])
        return Figures(measure_places(solos), total_variation(shares), ties)


if __name__ == "__main__":
    main()
