"""Tablature."""

from collections.abc import Sequence

from licklab.domain.tab import StringFret, Tuning


def finger(
    onsets_sec: Sequence[float],
    offsets_sec: Sequence[float],
    pitches_midi: Sequence[int],
    tuning: Tuning,
) -> tuple[StringFret | None, ...]:
    """Place notes on a fingerboard.

    Parameters
    ----------
    onsets_sec, offsets_sec : sequence of float, seconds
        Ordered by onset.
    pitches_midi : sequence of int
        Sounding.
    tuning : Tuning
        Of the strings.

    Returns
    -------
    tuple of StringFret or None
        Of each note; None where it cannot be played.
    """
    return tuple(None for _ in pitches_midi)
