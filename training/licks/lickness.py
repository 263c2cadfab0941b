"""Fits what counts how much for a lick.

    python -m training.licks.lickness

Logistic regression on the annotated units of the training players of the Weimar Jazz Database (The
Jazzomat Research Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0): licks against themes,
quotes, voids and rhythms of 5 to 24 notes. Who plays what is counted among training and validation
players. Writes `src/licklab/licks/lickness.json`.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.licks.solos import AnnotatedLine, Unit, read_lines
from scipy.optimize import minimize
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS

from licklab.licks import lickness
from licklab.licks.candidates import FEWEST_NOTES, MOST_NOTES
from licklab.licks.lick_features import COLUMNS, PLAYER_COLUMN, LickFeatures, measure_spans
from licklab.theory.analysis import analyze_line
from licklab.theory.harmony import analyze_harmony
from training.licks.player_counts import PlayerCounts

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

OTHERS = ("theme", "quote", "void", "rhythm")
"""Units that licks are told from."""

# By the definition of a lick these count for it, and these against.
_FOR = ("repeats", "surprise", "cadence", PLAYER_COLUMN)
_AGAINST = ("short", "long", "repeated", "periodic")
# Variance of the prior of a weight, by the spread of its column; chosen on validation players.
_VARIANCE = 0.1
# What a log probability of the edges counts. All units have their edges, so that it cannot be
# fitted on them; this much costs validation players nothing and finds more of their licks among
# all proposed spans.
_EDGES = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredUnits:
    """Units of one solo.

    Attributes
    ----------
    performer : str
        Who plays it.
    kinds : tuple of str
        Of the units.
    n_notes : shape=(n_units,)
        Of each.
    features : LickFeatures
        Of all, with players.
    """

    performer: str
    kinds: tuple[str, ...]
    n_notes: npt.NDArray[np.int64]
    features: LickFeatures

    @property
    def is_lick(self) -> Bools:
        """Whether each is annotated as a lick."""
        return np.array([one == "lick" for one in self.kinds])

    @property
    def fits(self) -> Bools:
        """Whether each has as many notes as a lick by definition."""
        fits: Bools = (self.n_notes >= FEWEST_NOTES) & (self.n_notes <= MOST_NOTES)
        return fits


def main() -> None:
    """Fit and write."""
    held = TEST_PLAYERS | VALIDATION_PLAYERS
    solos = read_lines()
    counts = PlayerCounts([one for one in solos if one.performer not in TEST_PLAYERS])
    units = list(measure_units([one for one in solos if one.performer not in held], counts))
    table = np.concatenate([one.features.table[one.fits] for one in units])
    is_lick = np.concatenate([one.is_lick[one.fits] for one in units])
    names = (*COLUMNS, PLAYER_COLUMN)
    written = {
        "with corpus": fit(table, is_lick, names),
        "alone": fit(table[:, :-1], is_lick, names[:-1]),
    }
    path = Path(lickness.__file__).with_name("lickness.json")
    path.write_text(json.dumps(written, indent=1) + "\n")
    print(f"{len(is_lick)} units, {is_lick.sum()} of them licks")
    print(json.dumps(written, indent=1))


def measure_units(solos: Iterable[AnnotatedLine], counts: PlayerCounts) -> Iterator[MeasuredUnits]:
    """Measure the units that are licks, and those that licks are told from.

    Parameters
    ----------
    solos : iterable of AnnotatedLine
        With units.
    counts : PlayerCounts
        Who plays what.

    Yields
    ------
    MeasuredUnits
        For each solo that has such units of three notes or more.
    """
    for solo in solos:
        units = [one for one in solo.units if one.kind in ("lick", *OTHERS) and len(one.span) >= 3]
        if units:
            yield _measure(solo, units, counts)


def _measure(solo: AnnotatedLine, units: Sequence[Unit], counts: PlayerCounts) -> MeasuredUnits:
    line = solo.line
    harmony = analyze_harmony(line.chords, line.key, line.beats_per_bar)
    features = measure_spans(
        line, analyze_line(line, harmony), [one.span for one in units],
        lambda pitches: counts.count(pitches, solo.performer),
    )  # fmt: skip
    n_notes = np.array([len(one.span) for one in units])
    return MeasuredUnits(solo.performer, tuple(one.kind for one in units), n_notes, features)


def fit(table: Floats, is_lick: Bools, names: Sequence[str]) -> dict[str, Any]:
    """Fit weights that have the sign that the definition asks for.

    Parameters
    ----------
    table : shape=(n_units, n_columns)
        Features.
    is_lick : shape=(n_units,)
        What each is.
    names : sequence of str
        Of the columns.

    Returns
    -------
    dict
        What is written.
    """
    mean, spread = table.mean(axis=0), table.std(axis=0)
    scaled = (table - mean) / spread
    sign = np.where(is_lick, 1.0, -1.0)

    def cost(values: Floats) -> tuple[float, Floats]:
        weights, bias = values[:-1], values[-1]
        margin = sign * (scaled @ weights + bias)
        pull = sign / (1 + np.exp(margin))
        slope = np.append(weights / _VARIANCE - scaled.T @ pull, -pull.sum())
        loss = np.logaddexp(0, -margin).sum() + (weights**2).sum() / (2 * _VARIANCE)
        return float(loss), slope

    bounds = [(0 if name in _FOR else None, 0 if name in _AGAINST else None) for name in names]
    start = np.zeros(len(names) + 1)
    fitted = minimize(cost, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    weights = fitted[:-1] / spread
    bias = float(fitted[-1] - weights @ mean)
    columns = {name: round(float(one), 4) for name, one in zip(names, weights, strict=True)}
    return {"columns": columns, "edges": _EDGES, "bias": round(bias, 4)}


if __name__ == "__main__":
    main()
