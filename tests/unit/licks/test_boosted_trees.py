import numpy as np
import pytest

from licklab.errors import ModelError
from licklab.licks.boosted_trees import BoostedTrees


def test_a_tree_is_gone_down_question_by_question() -> None:
    feature = np.zeros((1, 15), np.uint8)
    feature[0, 2] = 1  # the second question on the right side is about the other column
    threshold = np.full((1, 15), 0.5)
    answer = np.arange(16.0)[None, :]
    trees = BoostedTrees(feature, threshold, answer)
    table = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    # Left four times; right, left by the other column, right twice; right four times.
    odds = [0.0, 0b1011, 0b1111]
    assert trees.predict(table) == pytest.approx(1 / (1 + np.exp(-np.array(odds))))


def test_answers_of_all_trees_are_added_to_the_bias() -> None:
    trees = BoostedTrees(
        np.zeros((2, 15), np.uint8), np.zeros((2, 15)), np.full((2, 16), 0.25), bias=-0.5
    )
    assert trees.predict(np.ones((3, 1))) == pytest.approx([0.5] * 3)


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ModelError, match="4 levels"):
        BoostedTrees(np.zeros((2, 15), np.uint8), np.zeros((2, 15)), np.zeros((1, 16)))
