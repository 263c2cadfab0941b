"""Changes for tests, written as a lead sheet has them."""

from licklab.domain.chord_reading import parse_symbol
from licklab.domain.solo_line import LineChord

_BEAT_SEC = 0.5


def lay_out(text: str, beats_per_bar: int = 4) -> tuple[LineChord, ...]:
    """Lay chords out in bars, of a bar each chord the same length.

    Parameters
    ----------
    text : str
        Chords parted by spaces, bars by strokes: ``Dm7 G7 | Cmaj7``.
    beats_per_bar : int
        Of every bar.

    Returns
    -------
    tuple of LineChord
        From bar 1, two beats a second.
    """
    found = []
    for bar, written in enumerate(text.split("|")):
        symbols = written.split()
        n_beats = beats_per_bar // len(symbols)
        for i, symbol in enumerate(symbols):
            first = bar * beats_per_bar + i * n_beats
            found.append(
                LineChord(
                    parse_symbol(symbol), first * _BEAT_SEC, (first + n_beats) * _BEAT_SEC,
                    bar + 1, i * n_beats + 1, n_beats,
                )
            )  # fmt: skip
    return tuple(found)
