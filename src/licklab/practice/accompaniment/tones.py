"""Tones of a chord that a rhythm section plays."""

from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.note_name import degree_semitones, note_pitch_class


def bass_of(symbol: ChordSymbol) -> int:
    """Give the tone at the bottom of a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        A chord that is played.

    Returns
    -------
    int, 0 to 11
        Of the note under the slash, else of the root.
    """
    return note_pitch_class(symbol.bass or symbol.root)


def plain_tones(symbol: ChordSymbol) -> tuple[int, ...]:
    """List the tones of a chord without what is above its seventh.

    Parameters
    ----------
    symbol : ChordSymbol
        A chord that is played.

    Returns
    -------
    tuple of int, 0 to 11
        Root, third or what is suspended for it, fifth, seventh or sixth: those that it has.
    """
    found = ("1", symbol.third or symbol.suspension, symbol.fifth, symbol.seventh)
    return tuple(_tone(symbol, degree) for degree in found if degree is not None)


def shell_tones(symbol: ChordSymbol) -> tuple[int, int]:
    """Choose the two tones that tell a chord.

    Parameters
    ----------
    symbol : ChordSymbol
        A chord that is played.

    Returns
    -------
    tuple of int, 0 to 11
        Third and seventh, or what stands for them: a suspension for the third, the sixth, else the
        fifth, for the seventh. Of a suspended chord without seventh, the suspension and the root;
        of a chord that is a fifth, both its tones.
    """
    if symbol.third is None and symbol.seventh is None:
        return _tone(symbol, "1"), _tone(symbol, symbol.suspension or symbol.fifth or "5")
    lower = symbol.third or symbol.suspension or "1"
    return _tone(symbol, lower), _tone(symbol, symbol.seventh or symbol.fifth or "5")


def _tone(symbol: ChordSymbol, degree: str) -> int:
    return (note_pitch_class(symbol.root) + degree_semitones(degree)) % 12
