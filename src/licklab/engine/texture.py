"""Whether a recording is decoded as a single line or as several notes at once."""

from collections.abc import Sequence

from licklab.domain.instrument import UNNAMED, Clef, Instrument, Texture
from licklab.engine.grid import LOWEST_MIDI
from licklab.engine.notes.candidates import Candidate
from licklab.engine.notes.evidence import Evidence

_BLOCK_FRAMES = 4096
# One player alone with a line: so many of all notes in the instrument's range are the line's.
_LINE_SHARE = 0.7
# A line stands out that fills so much of the sounding time, or less of it with so sure notes. On
# rendered trios of validation players it filled .51 and more, with a mean confidence of .93 and
# more; the top of a real guitar's chords, which is none, filled .39 with .83.
_WHOLE_COVER, _LEAST_COVER, _SURE = 0.45, 0.2, 0.9
_EVEN_ODDS = 0.0


def resolve_texture(
    asked: Texture | None,
    instrument: Instrument,
    line: Sequence[Candidate],
    everybody: Evidence,
) -> Texture:
    """Decide how a recording is decoded: the one place where this is decided.

    Parameters
    ----------
    asked : Texture or None
        What the caller wants; None leaves the choice to this function.
    instrument : Instrument
        That is followed.
    line : sequence of Candidate
        The soloist's line, decoded already.
    everybody : Evidence
        Of the notes of all players.

    Returns
    -------
    Texture
        What was asked for; else a line, if the named instrument plays nothing else; else what is
        heard. An unnamed soloist, a guitar or a vibraphone in a band plays a line, where one
        stands out. A pianist plays with both hands unless nothing but a line is heard.
    """
    if asked is not None:
        return asked
    if instrument.texture is Texture.LINE and instrument.id != UNNAMED:
        return Texture.LINE
    if is_mostly_line(line, everybody, instrument):
        return instrument.texture
    if instrument.clef is Clef.GRAND_STAFF:
        return Texture.POLYPHONIC
    return Texture.LINE if _stands_out(line, everybody) else Texture.POLYPHONIC


def is_mostly_line(line: Sequence[Candidate], everybody: Evidence, instrument: Instrument) -> bool:
    """Say whether nearly all notes in an instrument's range are those of one line.

    Parameters
    ----------
    line : sequence of Candidate
        The soloist's line.
    everybody : Evidence
        Of the notes of all players.
    instrument : Instrument
        Whose range counts.

    Returns
    -------
    bool
        True also when nothing is heard.
    """
    return len(line) >= _LINE_SHARE * _count_starts(everybody, instrument)


def _stands_out(line: Sequence[Candidate], everybody: Evidence) -> bool:
    """Say whether a line is a soloist's, and not the top of the chords."""
    n_covered = sum(one.note.end_frame - one.note.start_frame for one in line)
    n_sounding = _count_sounding_frames(everybody)
    if n_covered >= _WHOLE_COVER * n_sounding:
        return True
    confidence = sum(one.confidence for one in line) / max(1, len(line))
    return n_covered >= _LEAST_COVER * n_sounding and confidence >= _SURE


def _count_starts(everybody: Evidence, instrument: Instrument) -> int:
    """Count the peaks of the odds of a start that are better than even."""
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
