"""Key signatures."""

from licklab.domain.key import Key, KeyMode

# Sharps of the major keys on the letters; a flat takes seven away.
_MAJOR_SHARPS = {"C": 0, "D": 2, "E": 4, "F": -1, "G": 1, "A": 3, "B": 5}


def key_fifths(key: Key | None) -> int:
    """Count the signs of a key.

    Parameters
    ----------
    key : Key or None
        None has no signs.

    Returns
    -------
    int, -7 to 7
        Sharps; flats are negative. A blues has those of its major key. Of keys with more than
        seven, those of the one that sounds the same.

    Examples
    --------
    >>> key_fifths(Key("Bb")), key_fifths(Key("C#", KeyMode.MINOR)), key_fifths(Key("G#"))
    (-2, 4, -4)
    """
    if key is None:
        return 0
    fifths = _MAJOR_SHARPS[key.tonic[0]] + 7 * (key.tonic.count("#") - key.tonic.count("b"))
    if key.mode is KeyMode.MINOR:
        fifths -= 3
    return fifths - 12 if fifths > 7 else fifths + 12 if fifths < -7 else fifths
