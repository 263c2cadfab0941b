"""A solo out of a file, whatever it is: a transcription, a score, or a recording."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from licklab.domain.instrument import Texture
from licklab.domain.transcription import Transcription
from licklab.errors import InputError, NotAudioError

if TYPE_CHECKING:
    from licklab.domain.evidence import Evidence

_HEAD = 100_000  # bytes that tell what a file is


@dataclass(frozen=True, slots=True)
class FileSolo:
    """The solo of a file.

    Attributes
    ----------
    transcription : Transcription
        Its notes, beats and changes.
    evidence : Evidence or None
        What was believed of rhythm and harmony, where it was heard just now.
    """

    transcription: Transcription
    evidence: "Evidence | None" = None


def read_solo_file(
    path: Path,
    *,
    instrument: str | None = None,
    part: str | None = None,
    texture: Texture | None = None,
    quiet: bool = False,
) -> FileSolo:
    """Read a solo, or hear it.

    Parameters
    ----------
    path : Path
        A transcription.json, MusicXML, MIDI, ABC, JAMS, or a recording.
    instrument : str, optional
        That plays it; in a recording the one to follow.
    part : str, optional
        Name or number of the part of a score.
    texture : Texture, optional
        How a recording is heard; as the instrument is played if omitted.
    quiet : bool
        Whether no progress is shown while a recording is heard.

    Returns
    -------
    FileSolo
        With the evidence of a recording.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    from licklab.corpus.query_text import is_transcription
    from licklab.formats.imports import is_score, read_import
    from licklab.formats.transcription_json import read_transcription

    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not is_score(head):
                return _hear(path, instrument, part, texture, quiet=quiet)
            content = head + file.read()
    except OSError as error:
        raise InputError(f"want a solo that can be read, got {path}: {error.strerror}") from error
    if is_transcription(content):
        if part is not None:
            raise InputError(f"want no part of a transcription, got {part!r}")
        return FileSolo(read_transcription(content))
    return FileSolo(read_import(content, path.name, part=part, instrument=instrument))


def _hear(
    path: Path,
    instrument: str | None,
    part: str | None,
    texture: Texture | None,
    *,
    quiet: bool,
) -> FileSolo:
    from rich.console import Console

    from licklab.cli.transcribe import hearing_progress
    from licklab.domain.instrument import find_instrument
    from licklab.engine.pipeline import Listener

    if part is not None:
        raise InputError(f"want an instrument (-i) to follow in a recording, got part {part!r}")
    one = find_instrument(instrument or "other")
    console = Console(stderr=True, quiet=quiet)
    try:
        with hearing_progress(console, path.name) as report:
            heard = Listener().hear(path, one, filename=path.name, texture=texture, progress=report)
    except NotAudioError as error:
        raise InputError(
            "want a transcription.json, a score (MusicXML, MIDI, ABC, JAMS) or a recording; "
            f"{error}"
        ) from error
    return FileSolo(heard.transcription, heard.evidence)
