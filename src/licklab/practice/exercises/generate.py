"""All exercises of a lick, from the easiest way in to the freest way out."""

from licklab.domain.instrument import UNNAMED, find_instrument
from licklab.domain.passage import Passage
from licklab.practice.exercises.analyzed import analyze_passage
from licklab.practice.exercises.answering import leave_room
from licklab.practice.exercises.backward import chain_backward
from licklab.practice.exercises.connected import connect_licks
from licklab.practice.exercises.displaced import displace
from licklab.practice.exercises.endings import change_ending
from licklab.practice.exercises.exercise import Exercise
from licklab.practice.exercises.ladder import climb
from licklab.practice.exercises.rhythms import change_rhythm
from licklab.practice.exercises.skeleton import build_up
from licklab.practice.exercises.substitutes import change_cadence

FEWEST_NOTES = 3
"""Of a lick: two notes are an interval."""


def make_exercises(
    passage: Passage, *, following: Passage | None = None, instrument_id: str | None = None
) -> tuple[Exercise, ...]:
    """Make the exercises of a lick.

    Parameters
    ----------
    passage : Passage
        The lick.
    following : Passage, optional
        A lick that it is to lead into.
    instrument_id : str, optional
        Of the instrument whose range counts; the lick itself is to be in it.

    Returns
    -------
    tuple of Exercise
        In the order in which they are practised. A way that harmony or lick do not allow yields
        none; none at all of fewer than three notes, or where the lick is out of range.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that id.
    """
    instrument = find_instrument(instrument_id or UNNAMED)
    if len(passage.notes) < FEWEST_NOTES:
        return ()
    lick = analyze_passage(passage)
    found = [
        *build_up(lick),
        *chain_backward(lick),
        *climb(lick),
        *change_rhythm(lick),
        *displace(lick),
        *change_ending(lick, instrument),
        *change_cadence(lick, instrument),
        *leave_room(lick),
    ]
    if following is not None:
        found += connect_licks(passage, following, instrument_id=instrument.id)
    return tuple(
        one
        for one in found
        if all(
            instrument.lowest_midi <= pitch <= instrument.highest_midi
            for pitch in one.passage.pitches_midi
        )
    )
