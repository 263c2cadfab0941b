"""How notes are to be decoded, as a user says it."""

from enum import StrEnum

from licklab.domain.instrument import Texture
from licklab.errors import UnknownModeError


class Mode(StrEnum):
    """Whether to hear a single line or several notes at once, or to choose."""

    AUTO = "auto"
    LINE = "line"
    POLYPHONIC = "polyphonic"

    @property
    def texture(self) -> Texture | None:
        """What is asked for; None leaves the choice to the engine."""
        return None if self is Mode.AUTO else Texture(self.value)


def find_mode(name: str) -> Mode:
    """Find a mode by its name.

    Parameters
    ----------
    name : str
        Case and spaces around it do not matter.

    Returns
    -------
    Mode
        The one of that name.

    Raises
    ------
    UnknownModeError
        If no mode has that name; the message lists them.

    Examples
    --------
    >>> find_mode("Line").texture
    <Texture.LINE: 'line'>
    """
    try:
        return Mode(name.strip().lower())
    except ValueError:
        raise UnknownModeError(
            f"want a mode, one of {', '.join(Mode)}; got {name[:80]!r}"
        ) from None
