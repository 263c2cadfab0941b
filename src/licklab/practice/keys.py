"""A lick in another key, in the octave in which an instrument plays it."""

from dataclasses import dataclass, replace

from licklab.domain.instrument import INSTRUMENTS, find_instrument
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import note_pitch_class
from licklab.domain.passage import Passage
from licklab.notation.parts import choose_octave, find_part
from licklab.practice.key_orders import N_KEYS


@dataclass(frozen=True, slots=True)
class KeyedPassage:
    """A passage in one key, where an instrument plays it.

    Attributes
    ----------
    key : Key
        Concert key.
    semitones : int
        How much higher it sounds than the original, octaves included.
    passage : Passage
        The music; it sounds as written here.
    n_folded : int
        Notes that were moved by octaves of their own, because the passage is wider than the
        instrument: 0 nearly always.
    """

    key: Key
    semitones: int
    passage: Passage
    n_folded: int = 0


def key_of(passage: Passage) -> Key:
    """Tell the key that a passage counts as being in.

    Parameters
    ----------
    passage : Passage
        To name.

    Returns
    -------
    Key
        Its own; where it is not known, that of its last chord, or of its last note.
    """
    if passage.key is not None:
        return passage.key
    symbols = [one.symbol for one in passage.chords if not one.symbol.is_none]
    if symbols:
        mode = KeyMode.MINOR if symbols[-1].third == "b3" else KeyMode.MAJOR
        return Key.of_pitch_class(note_pitch_class(symbols[-1].root), mode)
    last = passage.notes[-1].pitch_midi if passage.notes else 0
    return Key.of_pitch_class(last % N_KEYS, KeyMode.MAJOR)


def put_in_key(passage: Passage, key: Key, instrument: str) -> KeyedPassage:
    """Move a passage to another key, into the octave in which an instrument plays it.

    Parameters
    ----------
    passage : Passage
        The original.
    key : Key
        Where to, at concert pitch; its mode does not count.
    instrument : str
        Id of who plays it.

    Returns
    -------
    KeyedPassage
        By at most a tritone up or down, then by as few octaves as bring it into range.

    Raises
    ------
    UnknownInstrumentError
        If no instrument has that id.
    """
    home = key_of(passage)
    near = home.semitones_to(key)
    one = find_instrument(instrument)
    there = home if near == 0 else Key.of_pitch_class(key.pitch_class, home.mode)
    moved = [pitch + near for pitch in passage.pitches_midi]
    semitones = near + choose_octave(moved, find_part(one.id, one.id, moved))
    whole = passage.moved(semitones, there)
    folded = tuple(replace(note, pitch_midi=_fold(note.pitch_midi, one.id)) for note in whole.notes)
    n_folded = sum(a != b for a, b in zip(folded, whole.notes, strict=True))
    return KeyedPassage(there, semitones, replace(whole, notes=folded), n_folded)


def _fold(pitch_midi: int, instrument: str) -> int:
    one = INSTRUMENTS[instrument]
    pitch = pitch_midi
    while pitch < one.lowest_midi:
        pitch += N_KEYS
    while pitch > one.highest_midi:
        pitch -= N_KEYS
    return pitch
