"""Scores and annotations of others as transcriptions, told apart by what is in them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from licklab.domain.instrument import find_instrument
from licklab.domain.transcription import Transcription
from licklab.errors import ScoreFileError
from licklab.formats.abc_file import AbcTune, is_abc, split_tunes
from licklab.formats.abc_notes import read_abc_part, read_tune
from licklab.formats.jams_notes import read_jams
from licklab.formats.midi_notes import read_midi_part
from licklab.formats.musicxml_notes import read_musicxml_part
from licklab.formats.symbolic import SymbolicPart, to_transcription

MOST_BYTES = 64_000_000
"""Of a file, as it comes."""

_ZIP, _MIDI = b"PK\x03\x04", b"MThd"
_MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a file that may have several.

    Attributes
    ----------
    number : str
        That tells it from the others of the file: as the file numbers them, or else from 1. Empty
        where it is the only one.
    title : str
        As the file has it; empty where it has none.
    read : callable
        Gives it as a transcription; raises ScoreFileError if it cannot be read.
    """

    number: str
    title: str
    read: Callable[[], Transcription]


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
    _require_size(content)
    wanted = None if instrument is None else find_instrument(instrument).id
    found, _ = _read(content, _Origin.of(content, filename), part)
    return found if wanted is None else replace(found, instrument=wanted)


def list_pieces(content: bytes, filename: str) -> tuple[Piece, ...]:
    """List the pieces of a file: the tunes of an ABC file, of the others the first part with notes.

    Parameters
    ----------
    content : bytes
        As `read_import` takes it.
    filename : str
        Of the file.

    Returns
    -------
    tuple of Piece
        In order. Tunes are read one by one, so that a bad one costs only itself.

    Raises
    ------
    ScoreFileError
        If the file cannot be read.
    """
    _require_size(content)
    origin = _Origin.of(content, filename)
    if not _is_of_another_kind(content) and is_abc(content):
        tunes = split_tunes(content)
        numbers = [one.text_of("X") for one in tunes]
        if len(set(numbers)) < len(tunes) or not all(numbers):
            numbers = [str(number) for number in range(1, len(tunes) + 1)]
        if len(tunes) > 1:
            return tuple(
                Piece(number, one.text_of("T"), partial(_read_one, one, origin))
                for number, one in zip(numbers, tunes, strict=True)
            )
    found, title = _read(content, origin, None)
    return (Piece("", title, lambda: found),)


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
    return _is_of_another_kind(content) or is_abc(content)


@dataclass(frozen=True, slots=True)
class _Origin:
    """The file that a transcription comes from."""

    name: str
    sha256: str

    @classmethod
    def of(cls, content: bytes, filename: str) -> "_Origin":
        return cls(PurePath(filename).name or "score", hashlib.sha256(content).hexdigest())

    def finish(self, part: SymbolicPart) -> Transcription:
        return to_transcription(part, self.name, self.sha256)


def _read(content: bytes, origin: _Origin, part: str | None) -> tuple[Transcription, str]:
    """Read one piece, and its title."""
    if content.startswith(_MIDI):
        found = read_midi_part(content, part)
    elif _is_musicxml(content):
        found = read_musicxml_part(content, part)
    elif _is_json(content):
        return read_jams(content, origin.name, origin.sha256), ""
    elif is_abc(content):
        found = read_abc_part(content, part)
    else:
        raise ScoreFileError("want MusicXML (.musicxml, .mxl), MIDI, ABC or JAMS, got none of them")
    return origin.finish(found), found.title


def _read_one(tune: AbcTune, origin: _Origin) -> Transcription:
    return origin.finish(read_tune(tune))


def _require_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise ScoreFileError(f"want a file of at most {MOST_BYTES} bytes, got {len(content)}")


def _is_of_another_kind(content: bytes) -> bool:
    """Tell whether a file begins as those do that are not ABC."""
    return content.startswith(_MIDI) or _is_musicxml(content) or _is_json(content)


def _is_musicxml(content: bytes) -> bool:
    is_wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return content.startswith(_ZIP) or is_wide or _first_byte(content) == b"<"


def _is_json(content: bytes) -> bool:
    return _first_byte(content) == b"{"


def _first_byte(content: bytes) -> bytes:
    return content.removeprefix(_MARK).lstrip()[:1]
