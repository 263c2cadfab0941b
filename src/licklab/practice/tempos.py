"""Which tempo to begin with: the metronome ladder, carried on from where it was left."""

from licklab.practice.cards import TempoFacts

START_SHARE = 0.6
"""Of the target tempo, in a key that was never played."""
STEP_SHARE = 0.05
"""Of the target tempo, up after enough clean passes."""
BACK_SHARE = 0.08
"""Of the target tempo, down after two sessions with a slip."""
CLEAN_PASSES = 3
"""Before the tempo rises."""
MOST_MISSED = 2
"""Sessions with a slip, one after another, before it falls."""
LEAST_SHARE = 0.4
"""Of the target tempo: slower, a phrase is no longer one."""


def suggest_tempo(facts: TempoFacts | None, target_bpm: float | None) -> float | None:
    """Suggest a tempo to begin with.

    Parameters
    ----------
    facts : TempoFacts or None
        Of the sessions so far; None of a new key.
    target_bpm : float or None
        Tempo at which the lick is mastered; None where no tempo is known.

    Returns
    -------
    float or None
        Whole beats a minute, from 40 % of the target to the target; None for a new key of a lick
        without a tempo.
    """
    if target_bpm is None:
        return None if facts is None else float(round(facts.last_clean_bpm or facts.last_bpm))
    if facts is None:
        wanted = START_SHARE * target_bpm
    elif facts.n_missed >= MOST_MISSED:
        wanted = facts.last_bpm - BACK_SHARE * target_bpm
    elif facts.n_missed:
        wanted = min(facts.last_bpm, facts.last_clean_bpm or facts.last_bpm)
    else:
        step = STEP_SHARE * target_bpm if facts.last_passes >= CLEAN_PASSES else 0.0
        wanted = facts.last_bpm + step
    return float(round(min(max(wanted, LEAST_SHARE * target_bpm), target_bpm)))
