"""MusicXML from strangers: opened with bounded memory, and without entities."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from licklab.errors import ScoreFileError

_MOST_MEMBERS = 100  # of a zip; a score has two or three
_CONTAINER = "META-INF/container.xml"


def open_musicxml(content: bytes, most_bytes: int) -> Element:
    """Open a MusicXML file, plain or zipped.

    Parameters
    ----------
    content : bytes
        A ``.musicxml`` or a ``.mxl`` file.
    most_bytes : int
        Of the score, unpacked.

    Returns
    -------
    Element
        Its root, a ``score-partwise``.

    Raises
    ------
    ScoreFileError
        If it is no such file, or a larger one.
    """
    plain = _unzip(content, most_bytes) if zipfile.is_zipfile(io.BytesIO(content)) else content
    if len(plain) > most_bytes:
        raise ScoreFileError(f"want a score of at most {most_bytes} bytes, got {len(plain)}")
    root = _parse(plain)
    if root.tag != "score-partwise":
        raise ScoreFileError(f"want a score-partwise file of MusicXML, got {root.tag[:40]!r}")
    return root


def _parse(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_entities=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ScoreFileError(f"want well-formed MusicXML without entities, got {error}") from error
    return root


def _unzip(content: bytes, most_bytes: int) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MOST_MEMBERS:
                raise ScoreFileError(
                    f"want at most {_MOST_MEMBERS} files in a zip, got {len(names)}"
                )
            container = _parse(_read_member(archive, _CONTAINER, most_bytes))
            found = [path for one in container.iter() if (path := one.get("full-path"))]
            if not found:
                raise ScoreFileError("want the name of the score in the zip, got none")
            return _read_member(archive, found[0], most_bytes)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, EOFError,
            OSError, ValueError) as error:  # fmt: skip
        raise ScoreFileError(f"want a zip with MusicXML in it, got {error}") from error


def _read_member(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    with archive.open(name) as member:
        # What the zip says about sizes may be a lie, so no more than the limit is unpacked.
        content = member.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ScoreFileError(f"want a score of at most {most_bytes} bytes in the zip, got more")
    return content
