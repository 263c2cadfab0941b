"""Whether a recording is decoded as a single line or as several notes at once."""

from collections.abc import Sequence

from licklab.domain.instrument import UNNAMED, Instrument, Texture
from licklab.engine.grid import LOWEST_MIDI
from licklab.engine.notes.evidence import DecodedNote, Evidence

_BLOCK_FRAMES = 4096
# A guitar or a piano that plays a line: so many of all notes in its range are the line's.
_LINE_SHARE = 0.7
# Nobody's name was told: a line that fills less than this share of the sounding time is none.
_LEAST_COVER = 0.25
_EVEN_ODDS = 0.0


def resolve_texture(
    asked: Texture | None,
    instrument: Instrument,
    line: Sequence[DecodedNote],
    everybody: Evidence,
) -> Texture:
    """Decide how a recording is decoded: the one place where this is decided.

    Parameters
    ----------
    asked : Texture or None
        What the caller wants; None leaves the choice to this function.
    instrument : Instrument
        That is followed.
    line : sequence of DecodedNote
        The soloist's line, decoded already.
    everybody : Evidence
        Of the notes of all players.

    Returns
    -------
    Texture
        What was asked for; else what the named instrument plays, if that is a line; else what is
        heard: a guitar that plays a line is decoded as one, and so is an unnamed soloist.
    """
    if asked is not None:
        return asked
    if instrument.id == UNNAMED:
        sounding = _count_sounding_frames(everybody)
        covered = sum(one.end_frame - one.start_frame for one in line)
        return Texture.LINE if covered >= _LEAST_COVER * sounding else Texture.POLYPHONIC
    if instrument.texture is Texture.LINE:
        return Texture.LINE
    return (
        Texture.LINE
        if len(line) >= _LINE_SHARE * count_starts(everybody, instrument)
        else Texture.POLYPHONIC
    )


def count_starts(everybody: Evidence, instrument: Instrument) -> int:
    """Count the notes that start in an instrument's range.

    Parameters
    ----------
    everybody : Evidence
        Of the notes of all players.
    instrument : Instrument
        Whose range counts.

    Returns
    -------
    int
        Peaks of the odds of a start that are better than even.
    """
    low, high = instrument.lowest_midi - LOWEST_MIDI, instrument.highest_midi - LOWEST_MIDI + 1
    count = 0
    for first in range(0, len(everybody.starts), _BLOCK_FRAMES):
        odds = everybody.starts.rows(first - 1, first + _BLOCK_FRAMES + 1)[:, max(0, low) : high]
        middle = odds[1:-1]
        count += int(((middle > _EVEN_ODDS) & (middle >= odds[:-2]) & (middle > odds[2:])).sum())
    return count


def _count_sounding_frames(everybody: Evidence) -> int:
    count = 0
    for first in range(0, len(everybody.sounds), _BLOCK_FRAMES):
        odds = everybody.sounds.rows(first, first + _BLOCK_FRAMES)
        count += int((odds > _EVEN_ODDS).any(axis=1).sum())
    return count
