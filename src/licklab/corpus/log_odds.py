"""How much more often one group uses a word than another, and how sure that is.

Log-odds with an informative Dirichlet prior, of Monroe, Colaresi and Quinn, "Fightin' Words:
Lexical Feature Selection and Evaluation for Identifying the Content of Political Conflict",
Political Analysis 16 (2008), equations 16, 18 to 22. The prior is the word's share of both groups
together: what is common everywhere has to be very common somewhere to stand out, and what is rare
is not believed on the strength of one or two hearings.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Counts of words in a group and in the rest.

    Attributes
    ----------
    inside, outside : shape=(n_words,), int
        How often each is used.
    n_inside, n_outside : int
        How many words are used in all, of these and of all others.
    """

    inside: Ints
    outside: Ints
    n_inside: int
    n_outside: int


def log_odds_z(counts: WordCounts, prior_share: float) -> Floats:
    """Compare the group with the rest.

    Parameters
    ----------
    counts : WordCounts
        Of both.
    prior_share : float
        Words of the prior, as a share of the words of both groups.

    Returns
    -------
    shape=(n_words,), float
        Difference of the log-odds, in standard deviations: positive for what the group uses more.
    """
    n_all = counts.n_inside + counts.n_outside
    n_prior = prior_share * n_all
    prior = (counts.inside + counts.outside) * (n_prior / max(n_all, 1))
    inside, outside = counts.inside + prior, counts.outside + prior
    difference = _logit(inside, counts.n_inside + n_prior) - _logit(
        outside, counts.n_outside + n_prior
    )
    return difference / np.sqrt(1 / inside + 1 / outside)


def _logit(used: Floats, in_all: float) -> Floats:
    logit: Floats = np.log(used) - np.log(np.maximum(in_all - used, 1e-9))
    return logit
