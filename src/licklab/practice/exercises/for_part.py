"""Exercises that speak as the part is written: who reads F finds an F on the page."""

from dataclasses import replace

from licklab.domain.instrument import find_instrument
from licklab.domain.passage import Passage
from licklab.notation.parts import find_part
from licklab.practice.exercises.exercise import Exercise
from licklab.practice.exercises.generate import make_exercises


def exercises_for_part(
    passage: Passage, instrument: str, following: Passage | None = None
) -> tuple[Exercise, ...]:
    """Make the exercises of a lick for an instrument that may transpose.

    Parameters
    ----------
    passage : Passage
        The lick as it sounds, in the octave of the instrument.
    instrument : str
        Id of who plays.
    following : Passage, optional
        A lick that it is to lead into, as it sounds.

    Returns
    -------
    tuple of Exercise
        Their music as it sounds and within the instrument's range; titles and sentences name
        chords and notes as they are written.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that id.
    """
    one = find_instrument(instrument)
    semitones = find_part(one.id, one.id, passage.pitches_midi).transposition_semitones
    if semitones % 12 == 0:
        return make_exercises(passage, following=following, instrument_id=one.id)
    made = make_exercises(
        passage.moved(semitones),
        following=None if following is None else following.moved(semitones),
    )
    sounding = [replace(each, passage=each.passage.moved(-semitones)) for each in made]
    return tuple(
        each
        for each in sounding
        if all(one.lowest_midi <= pitch <= one.highest_midi for pitch in each.passage.pitches_midi)
    )
