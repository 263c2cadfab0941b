"""Call and response: the lick, then room for an answer."""

from dataclasses import replace

from licklab.practice.exercises.analyzed import AnalyzedPassage
from licklab.practice.exercises.exercise import AnswerClaim, Exercise, ExerciseKind


def leave_room(lick: AnalyzedPassage) -> tuple[Exercise, ...]:
    """Let as many empty bars follow a lick as it has.

    Parameters
    ----------
    lick : AnalyzedPassage
        The lick.

    Returns
    -------
    tuple of Exercise
        One.
    """
    passage = lick.passage
    again = tuple(
        replace(one, onset_quarter=one.onset_quarter + passage.length_quarter)
        for one in passage.chords
    )
    bars = "the next bar is" if passage.n_bars == 1 else f"the next {passage.n_bars} bars are"
    over = " over the same chords" if again else ""
    return (
        Exercise(
            ExerciseKind.ANSWER,
            "Call and response",
            f"Play the lick, then {bars} yours{over}: answer with an idea of your own that takes "
            "up its rhythm or its shape, for a lick is yours when you can go on from it.",
            replace(passage, chords=passage.chords + again, n_bars=2 * passage.n_bars),
            AnswerClaim(passage.n_bars),
            lick.ids(range(len(lick))),
        ),
    )
