"""How likely a phrase, or a musical idea, ends between two notes of a line.

In goes a line; out come probabilities, one for each gap. Two models of boosted trees (Friedman,
Annals of Statistics 29(5), 2001) answer: one for phrases, one for the ideas of which phrases are
made (mid-level units: Frieler, Pfleiderer, Zaddach and Abesser, Journal of New Music Research
45(2), 2016). `boundaries.npz` holds them, fitted by `training.licks.boundaries` on the training
players of the Weimar Jazz Database (The Jazzomat Research Project, Hochschule für Musik Franz Liszt
Weimar; ODbL 1.0): on notes as annotated, and on the same with notes dropped, added and displaced,
so that a transcription may have errors.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.domain.solo_line import SoloLine
from licklab.errors import ModelError
from licklab.licks.boosted_trees import BoostedTrees
from licklab.licks.boundary_features import describe_gaps

Floats = npt.NDArray[np.float64]

_FILE = Path(__file__).with_name("boundaries.npz")


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """What ends between the notes of a line.

    Attributes
    ----------
    phrase : shape=(n_notes - 1,), probability
        That a phrase ends with this note.
    idea : shape=(n_notes - 1,), probability
        That an idea does.
    """

    phrase: Floats
    idea: Floats


# Phrases, candidates and features ask the same of one line, one after another.
@functools.lru_cache(maxsize=4)
def estimate_boundaries(line: SoloLine) -> Boundaries:
    """Estimate what ends where.

    Parameters
    ----------
    line : SoloLine
        Of any length; its beats and changes are not asked.

    Returns
    -------
    Boundaries
        Empty for fewer than two notes.

    Raises
    ------
    ModelError
        If the model's file cannot be read.
    """
    if len(line) < 2:
        return Boundaries(np.zeros(0), np.zeros(0))
    table = describe_gaps(line.onset_sec, line.offset_sec, line.pitch_midi)
    phrase, idea = load_trees()
    return Boundaries(phrase.predict(table), idea.predict(table))


@functools.cache
def load_trees() -> tuple[BoostedTrees, BoostedTrees]:
    """Load the models.

    Returns
    -------
    tuple of two BoostedTrees
        Of phrases and of ideas.

    Raises
    ------
    ModelError
        If the file cannot be read.
    """
    try:
        with np.load(_FILE) as arrays:
            parts = {name: arrays[name] for name in arrays.files}
        return _take(parts, "phrase"), _take(parts, "idea")
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"want the model of phrases in {_FILE.name}, got: {error}") from error


def _take(parts: dict[str, npt.NDArray[np.float64]], name: str) -> BoostedTrees:
    return BoostedTrees(
        parts[f"{name}_feature"].astype(np.uint8),
        parts[f"{name}_threshold"].astype(np.float64),
        parts[f"{name}_answer"].astype(np.float64),
        float(parts[f"{name}_bias"]),
    )
