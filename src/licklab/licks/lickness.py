"""Weighs what was measured of a span: how likely a listener would mark it as a lick.

In go the features of spans; out come numbers from 0 to 1, the logistic of a weighted sum.
`lickness.json` holds the weights, with and without a corpus, fitted by `training.licks.lickness` on
the annotated units of the training players of the Weimar Jazz Database (The Jazzomat Research
Project, Hochschule für Musik Franz Liszt Weimar; ODbL 1.0): licks against themes, quotes, voids and
rhythms. What makes a lick by definition may only count for it, and what makes it trivial only
against it.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.lick import ReasonKind
from licklab.errors import ModelError
from licklab.licks.lick_features import COLUMNS, PLAYER_COLUMN, LickFeatures
from licklab.licks.surprise import usual_bits

Floats = npt.NDArray[np.float64]

_FILE = Path(__file__).with_name("lickness.json")
_REASON_COLUMNS = {
    ReasonKind.REPEATS: "repeats", ReasonKind.SHARED: PLAYER_COLUMN,
    ReasonKind.CADENCE: "cadence", ReasonKind.UNUSUAL: "surprise",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much.

    Attributes
    ----------
    columns : mapping of str to float, log odds
        For one unit of each column of the features.
    edges : float, log odds
        For one unit of the log probability that an idea is just these notes.
    bias : float, log odds
        Of every span.
    """

    columns: Mapping[str, float]
    edges: float
    bias: float


def weigh(features: LickFeatures) -> Floats:
    """Weigh what was measured.

    Parameters
    ----------
    features : LickFeatures
        Of spans.

    Returns
    -------
    shape=(n_spans,), 0 to 1
        How likely a listener would mark each as a lick.
    """
    weights = load_weights(has_players=features.players is not None)
    each = np.array(list(weights.columns.values()))
    odds = features.table @ each + weights.edges * features.edges + weights.bias
    likely: Floats = 1 / (1 + np.exp(-odds))
    return likely


def weigh_reasons(features: LickFeatures, at: int, n_notes: int) -> dict[ReasonKind, float]:
    """Tell how much each reason counts for a span.

    Parameters
    ----------
    features : LickFeatures
        Of spans.
    at : int
        Which of them.
    n_notes : int
        How long it is: surprise counts as far as it is more than that of most lines as long.

    Returns
    -------
    dict of ReasonKind to float, log odds
        0 for a reason that is not weighed.
    """
    weights = load_weights(has_players=features.players is not None)
    names = list(weights.columns)
    found = dict.fromkeys(ReasonKind, 0.0)
    for kind, name in _REASON_COLUMNS.items():
        if name in weights.columns:
            found[kind] = weights.columns[name] * float(features.table[at, names.index(name)])
    found[ReasonKind.UNUSUAL] -= weights.columns["surprise"] * usual_bits(n_notes)
    return found


@functools.cache
def load_weights(*, has_players: bool) -> Weights:
    """Load the weights.

    Parameters
    ----------
    has_players : bool
        Whether a corpus says who plays a span.

    Returns
    -------
    Weights
        In the order of the columns of the features.

    Raises
    ------
    ModelError
        If the file cannot be read or does not fit the features.
    """
    wanted = (*COLUMNS, PLAYER_COLUMN) if has_players else COLUMNS
    try:
        part = json.loads(_FILE.read_text())["with corpus" if has_players else "alone"]
        return Weights(
            {name: float(part["columns"][name]) for name in wanted},
            float(part["edges"]), float(part["bias"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"want the weights of licks in {_FILE.name}, got: {error!r}") from error
