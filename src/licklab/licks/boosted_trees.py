"""Boosted decision trees of four levels, as tables."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from licklab.errors import ModelError

Floats = npt.NDArray[np.float64]

N_LEVELS = 4
"""Questions that a tree asks before it answers."""

_N_QUESTIONS, _N_ANSWERS = 2**N_LEVELS - 1, 2**N_LEVELS


@dataclass(frozen=True, slots=True, eq=False)
class BoostedTrees:
    """A sum of complete binary trees.

    Attributes
    ----------
    feature : shape=(n_trees, 15), int
        Column that each question is about: the root first, then level by level from the left.
    threshold : shape=(n_trees, 15)
        The way is to the right above it.
    answer : shape=(n_trees, 16), log odds
        From the left.
    bias : float, log odds
        Added to the answers of all trees.

    Raises
    ------
    ModelError
        If the tables do not fit one another.
    """

    feature: npt.NDArray[np.uint8]
    threshold: Floats
    answer: Floats
    bias: float = 0.0

    def __post_init__(self) -> None:
        n_trees = len(self.feature)
        shapes = (self.feature.shape, self.threshold.shape, self.answer.shape)
        wanted = ((n_trees, _N_QUESTIONS), (n_trees, _N_QUESTIONS), (n_trees, _N_ANSWERS))
        if shapes != wanted:
            raise ModelError(f"want trees of {N_LEVELS} levels, got tables of {shapes}")

    def predict(self, table: Floats) -> Floats:
        """Ask the trees.

        Parameters
        ----------
        table : shape=(n_rows, n_features)
            As the model was fitted on.

        Returns
        -------
        shape=(n_rows,), probability
            The logistic of the sum of all answers.
        """
        columns = np.ascontiguousarray(table.T)
        total = np.full(len(table), self.bias)
        every = np.arange(len(table))
        for feature, threshold, answer in zip(
            self.feature, self.threshold, self.answer, strict=True
        ):
            # All questions of a tree at once: there are only fifteen.
            is_above = columns[feature] > threshold[:, None]
            at = is_above[0].astype(np.intp)
            for level in range(1, N_LEVELS):
                at = 2 * at + is_above[2**level - 1 + at, every]
            total += answer[at]
        probability: Floats = 1 / (1 + np.exp(-total))
        return probability
