"""The soundfont that is installed with the program, or the one that a person prefers."""

from pathlib import Path

from licklab.errors import SoundFontError
from licklab.sounding.sampler import Sampler
from licklab.sounding.soundfont import read_soundfont

INSTALLED = Path(__file__).resolve().parent / "band.sf3"
"""Some presets of FluidR3Mono (MIT); `scripts/make_soundfont.py` makes it."""
INSTALLED_SHA256 = "df2558666abd2c00516f0c73b18a39512209c28762d5e7c4e9b78dcab8f6478d"
"""Of the file that levels and tuning were measured with."""
LICENCE = INSTALLED.with_name("band.licence.md")
"""Of FluidR3Mono, with the names of who made it."""


def soundfont_path(preferred: Path | None = None) -> Path:
    """Find the soundfont.

    Parameters
    ----------
    preferred : Path, optional
        One that is used instead of that of the program.

    Returns
    -------
    Path
        Of a file.

    Raises
    ------
    SoundFontError
        If there is none.
    """
    path = INSTALLED if preferred is None else preferred
    if not path.is_file():
        remedy = "install the program again" if preferred is None else "name one that is there"
        raise SoundFontError(f"want a soundfont at {path}, got none; {remedy}")
    return path


def load_sampler(preferred: Path | None = None) -> Sampler:
    """Make a sampler that plays with the soundfont.

    Parameters
    ----------
    preferred : Path, optional
        A soundfont that is used instead of that of the program.

    Returns
    -------
    Sampler
        Keep it: it remembers notes that it has played.

    Raises
    ------
    SoundFontError
        If there is no soundfont, or it cannot be read.
    """
    return Sampler(read_soundfont(soundfont_path(preferred)))
