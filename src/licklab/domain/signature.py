"""Key signatures."""

from licklab.domain.key import Key, KeyMode

# Sharps of the major keys on the letters; a flat takes seven away.
_MAJOR_SHARPS = {"C": 0, "D": 2, "E": 4, "F": -1, "G": 1, "A": 3, "B": 5}
_SHARPS = "FCGDAEB"  # in the order in which they are drawn; flats come the other way


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


def signature_alters(fifths: int) -> dict[str, int]:
    """Tell what a signature does to each letter.

    Parameters
    ----------
    fifths : int, -7 to 7
        Sharps; flats are negative.

    Returns
    -------
    dict of str to int
        Semitones by letter: 1 for a sharp, -1 for a flat, 0 for neither.

    Examples
    --------
    >>> {letter: alter for letter, alter in signature_alters(-2).items() if alter}
    {'E': -1, 'B': -1}
    """
    alters = dict.fromkeys("CDEFGAB", 0)
    signed = _SHARPS[:fifths] if fifths > 0 else _SHARPS[::-1][:-fifths]
    return alters | dict.fromkeys(signed, 1 if fifths > 0 else -1)
