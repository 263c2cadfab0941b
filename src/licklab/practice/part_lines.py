"""A line as it is written for an instrument that transposes.

A question names chords and notes; who reads a transposed part must find these names on the page.
"""

from dataclasses import replace

from licklab.domain.chord_symbol import transpose
from licklab.domain.key import Key
from licklab.domain.solo_line import SoloLine


def write_line(line: SoloLine, semitones: int) -> SoloLine:
    """Move a line with its chords and its key.

    Parameters
    ----------
    line : SoloLine
        As it sounds.
    semitones : int
        Written pitch minus sounding pitch.

    Returns
    -------
    SoloLine
        The same notes at the same places, named as the part has them; the line itself where it is
        moved by octaves.
    """
    if semitones % 12 == 0:
        return line
    key = line.key
    if key is not None:
        key = Key.of_pitch_class(key.pitch_class + semitones, key.mode)
    return replace(
        line,
        pitch_midi=line.pitch_midi + semitones,
        chords=tuple(
            replace(one, symbol=transpose(one.symbol, semitones, key)) for one in line.chords
        ),
        key=key,
    )
