"""For whom a solo is written: transposition, clef, and the octave in which it can be played."""

from collections.abc import Sequence

import numpy as np

from licklab.domain.instrument import INSTRUMENTS, Clef, Instrument, find_instrument
from licklab.domain.key import Key
from licklab.domain.score import Part
from licklab.domain.tab import Tuning
from licklab.errors import PartError, UnknownInstrumentError

CONCERT = "concert"
"""Name of the part that is written as it sounds."""

_PITCH_NAMES = {2: "B\u266d", 14: "B\u266d", 9: "E\u266d", 21: "E\u266d"}
# Half of the range of a staff: a middle pitch lower than that stands mostly on ledger lines.
_BASS_BELOW_MIDI = 55
_OCTAVE_DOWN_BELOW_MIDI = 60
# Written pitches that are read without counting ledger lines: three below and above the staff.
_TREBLE_MIDI = (53, 91)
_BASS_MIDI = (33, 69)
_OCTAVES = range(-4, 5)


def find_part(name: str | None, instrument: str, pitches_midi: Sequence[int]) -> Part:
    """Find the part of a name.

    Parameters
    ----------
    name : str or None
        An instrument, ``concert``, or None for the instrument that was heard.
    instrument : str
        Id of the one that was heard.
    pitches_midi : sequence of int
        As they sound: the clef of a concert part is chosen by them.

    Returns
    -------
    Part
        Without tablature.

    Raises
    ------
    PartError
        If there is no such part.
    """
    wanted = (name or instrument).strip().lower()
    if wanted in {CONCERT, "c", "other"}:
        return Part(CONCERT, "Concert", 0, _clef_for(pitches_midi))
    try:
        one = find_instrument(wanted)
    except UnknownInstrumentError:
        raise PartError(
            f"want a part, {CONCERT} or one of {', '.join(INSTRUMENTS)}; got {wanted[:80]!r}"
        ) from None
    if one.id == "other":
        return Part(CONCERT, "Concert", 0, _clef_for(pitches_midi))
    semitones = one.transposition_semitones
    label = f"{one.name} ({_PITCH_NAMES[semitones]})" if semitones in _PITCH_NAMES else one.name
    if one.clef is Clef.TREBLE_OCTAVE_DOWN:
        semitones = 0  # the clef says the octave
    return Part(one.id, label, semitones, one.clef)


def choose_octave(pitches_midi: Sequence[int], part: Part) -> int:
    """Choose how far a passage has to move to be playable.

    Parameters
    ----------
    pitches_midi : sequence of int
        As they sound, in the wanted key.
    part : Part
        For whom.

    Returns
    -------
    int, semitones
        Whole octaves, for all notes alike: as few as bring the most notes into the instrument's
        range, and, of those, into its staff.
    """
    if part.instrument == CONCERT or not pitches_midi:
        return 0
    one = INSTRUMENTS[part.instrument]
    pitches = np.asarray(pitches_midi)

    def cost(octaves: int) -> tuple[int, int, int]:
        moved = pitches + 12 * octaves
        outside = int(((moved < one.lowest_midi) | (moved > one.highest_midi)).sum())
        if octaves == 0 and outside == 0:
            return (0, 0, 0)  # what was played there stays there
        low, high = _comfortable(one)
        return outside, int(((moved < low) | (moved > high)).sum()), abs(octaves)

    return 12 * min(_OCTAVES, key=cost)


def _comfortable(one: Instrument) -> tuple[int, int]:
    low, high = _BASS_MIDI if one.clef is Clef.BASS else _TREBLE_MIDI
    written = one.transposition_semitones
    return max(one.lowest_midi, low - written), min(one.highest_midi, high - written)


def tuned(part: Part, tuning: Tuning | None) -> Part:
    """Give a part a fingerboard.

    Parameters
    ----------
    part : Part
        For whom.
    tuning : Tuning or None
        Of its strings; None for no tablature.

    Returns
    -------
    Part
        With tablature.
    """
    return Part(part.instrument, part.name, part.transposition_semitones, part.clef, tuning)


def move_key(key: Key, semitones: int) -> Key:
    """Transpose a key.

    Parameters
    ----------
    key : Key
        To move.
    semitones : int
        How far.

    Returns
    -------
    Key
        With the tonic that has fewer signs; the same where it moves by octaves.
    """
    return key if semitones % 12 == 0 else Key.of_pitch_class(key.pitch_class + semitones, key.mode)


def _clef_for(pitches_midi: Sequence[int]) -> Clef:
    middle = float(np.median(pitches_midi)) if len(pitches_midi) else 72.0
    if middle < _BASS_BELOW_MIDI:
        return Clef.BASS
    return Clef.TREBLE_OCTAVE_DOWN if middle < _OCTAVE_DOWN_BELOW_MIDI else Clef.TREBLE
