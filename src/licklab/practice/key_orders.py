"""The keys in which a lick is learned, in their order."""

import random
import uuid

from licklab.domain.key import Key
from licklab.domain.practice_log import KeyOrder

N_KEYS = 12

_FOURTH = 5


def order_keys(home: Key, order: KeyOrder, lick_id: uuid.UUID) -> tuple[Key, ...]:
    """List the twelve keys of a lick, the recording's first.

    Parameters
    ----------
    home : Key
        Of the recording.
    order : KeyOrder
        What follows on what.
    lick_id : UUID
        Of the lick: a random order is another for each lick, and the same each time.

    Returns
    -------
    tuple of Key
        Each pitch once, spelled as players do.

    Examples
    --------
    >>> keys = order_keys(Key("F"), KeyOrder.FOURTHS, uuid.UUID(int=1))
    >>> " ".join(key.tonic for key in keys)
    'F Bb Eb Ab Db Gb B E A D G C'
    """
    steps = list(range(N_KEYS))
    match order:
        case KeyOrder.FOURTHS:
            steps = [step * _FOURTH for step in steps]
        case KeyOrder.WHOLE_TONES:
            # Six of them, then the six between.
            steps = [*range(0, N_KEYS, 2), *range(1, N_KEYS, 2)]
        case KeyOrder.RANDOM:
            rest = steps[1:]
            random.Random(lick_id.int).shuffle(rest)  # noqa: S311 - an order, no secret
            steps = [0, *rest]
        case KeyOrder.SEMITONES:
            pass
    return tuple(Key.of_pitch_class(home.pitch_class + step, home.mode) for step in steps)
