"""A lick in other keys: in which order, and in which octave an instrument plays it."""

import random
from dataclasses import dataclass, replace
from enum import StrEnum

from licklab.domain.instrument import INSTRUMENTS, find_instrument
from licklab.domain.key import Key, KeyMode
from licklab.domain.note_name import note_pitch_class
from licklab.domain.passage import Passage
from licklab.notation.parts import choose_octave, find_part

N_KEYS = 12


class KeyOrder(StrEnum):
    """How keys follow one another."""

    FOURTHS = "fourths"
    SEMITONES = "semitones"
    WHOLE_TONES = "whole tones"
    RANDOM = "random"


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


def order_keys(order: KeyOrder, first: int, seed: int = 0) -> tuple[int, ...]:
    """Put the twelve keys in order.

    Parameters
    ----------
    order : KeyOrder
        How they follow one another.
    first : int, 0 to 11
        Pitch class of the first one.
    seed : int
        Of the random order.

    Returns
    -------
    tuple of int, 0 to 11
        Pitch classes of the tonics, each once.

    Examples
    --------
    >>> order_keys(KeyOrder.FOURTHS, 0)
    (0, 5, 10, 3, 8, 1, 6, 11, 4, 9, 2, 7)
    >>> order_keys(KeyOrder.WHOLE_TONES, 0)
    (0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11)
    """
    if order is KeyOrder.FOURTHS:
        return tuple((first + 5 * k) % N_KEYS for k in range(N_KEYS))
    if order is KeyOrder.SEMITONES:
        return tuple((first + k) % N_KEYS for k in range(N_KEYS))
    if order is KeyOrder.WHOLE_TONES:
        half = [(first + 2 * k) % N_KEYS for k in range(N_KEYS // 2)]
        return (*half, *((one + 1) % N_KEYS for one in half))
    others = [(first + k) % N_KEYS for k in range(1, N_KEYS)]
    random.Random(seed).shuffle(others)  # noqa: S311  (an order to practise in, no secret)
    return (first, *others)


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


def put_in_key(passage: Passage, pitch_class: int, instrument: str) -> KeyedPassage:
    """Move a passage to another key, into the octave in which an instrument plays it.

    Parameters
    ----------
    passage : Passage
        The original.
    pitch_class : int, 0 to 11
        Of the tonic, at concert pitch.
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
    near = (pitch_class - home.pitch_class + 5) % N_KEYS - 5
    one = find_instrument(instrument)
    there = home if near == 0 else Key.of_pitch_class(pitch_class, home.mode)
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
