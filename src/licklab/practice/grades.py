"""How well something was played, in four grades, from measured accuracy and tempo.

A session gets the worst grade that one of the two calls for. The grades of a day become one: a lick
is learned by repetition, and only what is still there on another day tells for how long it stays.
"""

from collections.abc import Sequence
from enum import IntEnum

from licklab.domain.practice_log import PracticeSession

CLEAN_ACCURACY = 0.9
"""From here on a session counts as clean: marking may call one clean note in twenty wrong, and
twice as many are still not the player's."""
KNOWN_ACCURACY = 0.75
"""Below, the lick is not remembered: of eight notes, as many as a bar of eighths has, more than two
are wrong or missing."""
STEADY_SHARE = 0.75
"""Of the target tempo: the usual ladder begins at 50 to 60 % and has the half of its steps behind
it here. What is clean only below is known by the head, not yet by the fingers."""
MASTERED_SHARE = 1.0
"""Of the target tempo: at it or above."""

# A metronome shows whole beats a minute; a target of 131.7 bpm is reached at 131.
_ROUNDING_BPM = 1.0


class Grade(IntEnum):
    """How well it went; a higher one is easier."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def is_clean(*, said: bool | None, accuracy: float | None) -> bool:
    """Tell whether something was played cleanly.

    Parameters
    ----------
    said : bool or None
        What the player says; None when they say nothing.
    accuracy : float or None, 0 to 1
        What was measured; None when nothing was.

    Returns
    -------
    bool
        When both tell, both must tell so.
    """
    measured = accuracy is None or accuracy >= CLEAN_ACCURACY
    return measured and (accuracy is not None if said is None else said)


def grade_session(session: PracticeSession, target_bpm: float | None) -> Grade:
    """Grade a session.

    Parameters
    ----------
    session : PracticeSession
        As it was played.
    target_bpm : float or None
        Tempo at which the lick is mastered; None where no tempo is known.

    Returns
    -------
    Grade
        Never lower for the same with a higher accuracy or at a higher tempo. Without a target
        no session is easy.
    """
    if not is_clean(said=session.is_clean, accuracy=session.accuracy):
        is_known = session.accuracy is not None and session.accuracy >= KNOWN_ACCURACY
        return Grade.HARD if is_known else Grade.AGAIN
    if target_bpm is None:
        return Grade.GOOD
    if session.tempo_bpm > MASTERED_SHARE * target_bpm - _ROUNDING_BPM:
        return Grade.EASY
    return Grade.GOOD if session.tempo_bpm >= STEADY_SHARE * target_bpm else Grade.HARD


def grade_day(grades: Sequence[Grade]) -> Grade:
    """Make one grade of those of a day.

    Parameters
    ----------
    grades : sequence of Grade
        In the order of the sessions; at least one.

    Returns
    -------
    Grade
        The best: the first passes of a ladder are slow on purpose. What was lost over night and
        came back within the day is hard at best.
    """
    best = max(grades)
    return min(best, Grade.HARD) if grades[0] is Grade.AGAIN else best
