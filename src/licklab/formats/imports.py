"""Scores and annotations of others as transcriptions, told apart by what is in them."""

import hashlib
from dataclasses import replace
from pathlib import PurePath

from licklab.domain.instrument import find_instrument
from licklab.domain.transcription import Transcription
from licklab.errors import ScoreFileError
from licklab.formats.abc_file import is_abc
from licklab.formats.abc_notes import read_abc_part
from licklab.formats.jams_notes import read_jams
from licklab.formats.midi_notes import read_midi_part
from licklab.formats.musicxml_notes import read_musicxml_part
from licklab.formats.symbolic import to_transcription

MOST_BYTES = 64_000_000
"""Of a file, as it comes."""

_ZIP, _MIDI = b"PK\x03\x04", b"MThd"
_MARK = "\ufeff".encode()


def read_import(
    content: bytes, filename: str, *, part: str | None = None, instrument: str | None = None
) -> Transcription:
    """Read MusicXML, MIDI, ABC or JAMS as a transcription.

    Parameters
    ----------
    content : bytes
        ``.musicxml``, ``.mxl``, ``.mid``, ``.abc`` or ``.jams``.
    filename : str
        Of the file; its name does not decide what it is.
    part : str, optional
        Name or number of the part or track, or of the tune where there are several; the first with
        notes, or the one with the most.
    instrument : str, optional
        Who plays it; as the file says if omitted.

    Returns
    -------
    Transcription
        That takes every way a heard one does. Its seconds are those of the score's tempo.

    Raises
    ------
    ScoreFileError
        If it cannot be read.
    UnknownInstrumentError
        If no instrument has that name.
    """
    if len(content) > MOST_BYTES:
        raise ScoreFileError(f"want a file of at most {MOST_BYTES} bytes, got {len(content)}")
    wanted = None if instrument is None else find_instrument(instrument).id
    name = PurePath(filename).name or "score"
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(_MIDI):
        found = to_transcription(read_midi_part(content, part), name, sha256)
    elif _is_musicxml(content):
        found = to_transcription(read_musicxml_part(content, part), name, sha256)
    elif _is_json(content):
        found = read_jams(content, name, sha256)
    elif is_abc(content):
        found = to_transcription(read_abc_part(content, part), name, sha256)
    else:
        raise ScoreFileError("want MusicXML (.musicxml, .mxl), MIDI, ABC or JAMS, got none of them")
    return found if wanted is None else replace(found, instrument=wanted)


def is_score(content: bytes) -> bool:
    """Tell whether a file has notes that are written, rather than sound.

    Parameters
    ----------
    content : bytes
        Of the file, or its beginning.

    Returns
    -------
    bool
        True for what begins as MusicXML, MIDI, ABC, or JSON does; it may be damaged all the same.
    """
    return (
        content.startswith(_MIDI) or _is_musicxml(content) or _is_json(content) or is_abc(content)
    )


def _is_musicxml(content: bytes) -> bool:
    is_wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return content.startswith(_ZIP) or is_wide or _first_byte(content) == b"<"


def _is_json(content: bytes) -> bool:
    return _first_byte(content) == b"{"


def _first_byte(content: bytes) -> bytes:
    return content.removeprefix(_MARK).lstrip()[:1]
