"""The metronome ladder: slow enough to be clean, then up by little, and down when it is not.

Figures: from 50 to 60 % of the tempo, up by 4 to 5 % after three clean passes, down by 8 % after
two misses.
"""

from dataclasses import replace

from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import Exercise, ExerciseKind, LadderClaim

START_SHARE, RISE, FALL = 0.55, 0.045, 0.08
"""Of the tempo of the lick; of the tempo now, upward and downward."""
CLEAN_PASSES, MISSES = 3, 2
"""In a row, after which the tempo rises or falls."""


def climb(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Make the way up to the tempo of a lick.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        One.
    """
    target = round(lick.passage.tempo_bpm)
    tempi = ladder_tempi(target)
    return (
        Exercise(
            ExerciseKind.LADDER,
            f"Metronome ladder from {tempi[0]} to {target}",
            f"Begin at {tempi[0]} of {target} beats a minute, go up to the next tempo after "
            f"{CLEAN_PASSES} clean passes in a row and down by {FALL:.0%} after {MISSES} misses: "
            "you learn what you repeat, mistakes too.",
            replace(lick.passage, tempo_bpm=float(tempi[0])),
            LadderClaim(tempi),
            lick.ids(range(len(lick))),
        ),
    )


def ladder_tempi(target_bpm: int) -> tuple[int, ...]:
    """List the tempi of a ladder.

    Parameters
    ----------
    target_bpm : int
        Of the lick, beats a minute.

    Returns
    -------
    tuple of int
        Whole beats a minute, rising; the last is the target, and the step to it may be smaller.

    Examples
    --------
    >>> ladder_tempi(120)
    (66, 69, 72, 75, 79, 82, 86, 90, 94, 98, 102, 107, 112, 117, 120)
    """
    tempo = START_SHARE * target_bpm
    tempi: list[int] = []
    while round(tempo) < target_bpm:
        if round(tempo) not in tempi:  # a slow one may not have risen by a whole beat
            tempi.append(round(tempo))
        tempo *= 1 + RISE
    return (*tempi, target_bpm)
