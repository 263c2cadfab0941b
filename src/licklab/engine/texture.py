"""Whether a recording is decoded as a single line or as several notes at once."""

from licklab.domain.instrument import Instrument, Texture

_UNNAMED = "other"


def resolve_texture(asked: Texture | None, instrument: Instrument) -> Texture:
    """Decide how a recording is decoded: the one place where this is decided.

    Parameters
    ----------
    asked : Texture or None
        What the caller wants; None leaves the choice to this function.
    instrument : Instrument
        That is followed.

    Returns
    -------
    Texture
        What was asked for, else what the named instrument plays.
    """
    if asked is not None:
        return asked
    if instrument.id == _UNNAMED:
        # Nothing says what plays: the loudest line is the soloist's more often than not.
        return Texture.LINE
    return instrument.texture
