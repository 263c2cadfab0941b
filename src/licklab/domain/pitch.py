"""Names of pitches."""

# As lead sheets spell single notes most often; spelling in context is another matter.
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def pitch_name(pitch_midi: float) -> str:
    """Name a pitch, for people.

    Parameters
    ----------
    pitch_midi : float
        Rounded to the nearest key.

    Returns
    -------
    str
        Letter and octave.

    Examples
    --------
    >>> pitch_name(60), pitch_name(70)
    ('C4', 'Bb4')
    """
    octave, pitch_class = divmod(round(pitch_midi), 12)
    return f"{_NAMES[pitch_class]}{octave - 1}"
