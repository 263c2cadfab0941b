"""Fits the models of where phrases and ideas end.

    python -m training.licks.boundaries

On the training players of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für
Musik Franz Liszt Weimar; ODbL 1.0): their solos as annotated, with errors of three kinds, and
excerpts of both. Wants LightGBM (`training/requirements.txt`); writes
`src/licklab/licks/boundaries.npz`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt
from benchmarks.licks.noise import Errors, HeardLine, hear
from benchmarks.licks.solos import AnnotatedLine, read_lines
from synthesis.weimar import TEST_PLAYERS, VALIDATION_PLAYERS

from licklab.licks import boundaries
from licklab.licks.boosted_trees import N_LEVELS
from licklab.licks.boundary_features import describe_gaps

Floats = npt.NDArray[np.float64]

# Fewer and more errors than the benchmark's; a solo as annotated counts twice.
_ERRORS = (
    None, None, Errors(), Errors(0.05, 0.03, 0.02, 0.04), Errors(0.12, 0.08, 0.03, 0.06),
)  # fmt: skip
# People bring licks and choruses, not only whole solos.
_EXCERPT_NOTES = (12, 200)
# Chosen on validation players.
N_TREES = 250
_PARAMETERS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 2**N_LEVELS,
    "max_depth": N_LEVELS, "min_data_in_leaf": 100, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 1,
    "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip


def main() -> None:
    """Fit and write."""
    held = TEST_PLAYERS | VALIDATION_PLAYERS
    solos = [one for one in read_lines() if one.performer not in held]
    heard = list(hear_all(solos))
    table = np.concatenate([
        describe_gaps(one.onset_sec, one.offset_sec, one.pitch_midi) for one in heard
    ]).astype(np.float32)  # fmt: skip
    parts: dict[str, Any] = {}
    for name in ("phrase", "idea"):
        ends = np.concatenate([getattr(one, f"ends_{name}") for one in heard])
        parts |= {f"{name}_{key}": value for key, value in fit(table, ends).items()}
    path = Path(boundaries.__file__).with_name("boundaries.npz")
    np.savez_compressed(path, **parts)
    print(f"{len(solos)} solos, {len(table)} gaps; {path.name}: {path.stat().st_size} bytes")


def hear_all(solos: Sequence[AnnotatedLine]) -> list[HeardLine]:
    """Hear solos in several ways, whole and in part.

    Parameters
    ----------
    solos : sequence of AnnotatedLine
        Of training players.

    Returns
    -------
    list of HeardLine
        Each solo as often as there are kinds of errors, and an excerpt of each.
    """
    rng = np.random.default_rng(1)
    found = []
    for solo in solos:
        for seed, errors in enumerate(_ERRORS, start=1):
            whole = hear(solo, errors, seed)
            n = len(whole.pitch_midi)
            length = min(int(np.exp(rng.uniform(*np.log(_EXCERPT_NOTES)))), n)
            start = int(rng.integers(0, n - length + 1))
            found += [whole, whole.cut(start, start + length)]
    return found


def fit(table: npt.NDArray[np.float32], ends: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Fit trees.

    Parameters
    ----------
    table : shape=(n_gaps, n_features)
        As `licklab.licks.boundary_features` describes gaps.
    ends : shape=(n_gaps,)
        Whether something ends there.

    Returns
    -------
    dict
        The tables of `licklab.licks.boosted_trees.BoostedTrees`.
    """
    model = lightgbm.train(_PARAMETERS, lightgbm.Dataset(table, ends.astype(np.int8)), N_TREES)
    trees = [_unfold(one["tree_structure"]) for one in model.dump_model()["tree_info"]]
    feature, threshold, answer = (np.stack(part) for part in zip(*trees, strict=True))
    return {
        "feature": feature.astype(np.uint8), "threshold": threshold.astype(np.float32),
        "answer": answer.astype(np.float32), "bias": np.float32(0),
    }  # fmt: skip


def _unfold(root: dict[str, Any]) -> tuple[Floats, Floats, Floats]:
    """Make a tree complete: below an early answer every question leads to the same one."""
    feature, threshold = np.zeros((2, 2**N_LEVELS - 1))
    level = [root]
    for _ in range(N_LEVELS):
        first = len(level) - 1
        below: list[dict[str, Any]] = []
        for at, node in enumerate(level, start=first):
            if "split_feature" in node:
                feature[at], threshold[at] = node["split_feature"], node["threshold"]
                below += [node["left_child"], node["right_child"]]
            else:
                below += [node, node]
        level = below
    return feature, threshold, np.array([one["leaf_value"] for one in level])


if __name__ == "__main__":
    main()
