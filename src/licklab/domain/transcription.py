"""A transcription: what was heard in one recording.

Seconds are those of the original file everywhere: there is no second time base.
"""

from dataclasses import dataclass, field

from licklab.domain.analysis import Analysis
from licklab.domain.instrument import Texture
from licklab.domain.note import Note
from licklab.domain.region import Region


@dataclass(frozen=True, slots=True)
class Source:
    """The recording that was heard.

    Attributes
    ----------
    filename : str
        Name without any folder.
    duration_sec : float
        Length of what could be read.
    sha256 : str
        Of the file's bytes, 64 hexadecimal digits.
    sample_rate : int, Hz
        Of the file.
    channels : int
        Of the file.
    priming_sec : float
        Silence that the encoder put in front and that players which ignore it play: an untagged
        MP3 starts that much later in such a player. It is already taken off all times here.
    """

    filename: str
    duration_sec: float
    sha256: str
    sample_rate: int
    channels: int
    priming_sec: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that took part, and exactly which."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The program that listened."""

    version: str
    models: tuple[ModelInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcription:
    """What was heard in one recording.

    Attributes
    ----------
    source : Source
        The recording.
    instrument : str
        Id of the instrument that was followed.
    tuning_hz : float
        Frequency of the A above middle C in this recording.
    notes : tuple of Note
        Ordered by onset, then pitch.
    engine : EngineInfo
        What listened.
    warnings : tuple of str
        What the reader should know about the recording, as sentences.
    mode : Texture or None
        How the notes were decoded; None in documents that do not tell.
    region : Region or None
        What was heard, with both its ends; None for the whole recording.
    analysis : Analysis or None
        Rhythm and harmony; None in documents that do not tell.
    """

    source: Source
    instrument: str
    tuning_hz: float
    notes: tuple[Note, ...]
    engine: EngineInfo
    warnings: tuple[str, ...] = field(default=())
    mode: Texture | None = None
    region: Region | None = None
    analysis: Analysis | None = None

    @property
    def note_ids(self) -> tuple[str, ...]:
        """Names of the notes in files and on the API; ``n1``, ``n2`` ... as they were heard."""
        return tuple(one.id or f"n{i}" for i, one in enumerate(self.notes, 1))
