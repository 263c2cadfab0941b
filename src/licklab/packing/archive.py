"""An archive of files: the same bytes for the same files, names that every system takes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# ZIP knows no earlier moment.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PACKED = (".mp3", ".pdf")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack.

    Attributes
    ----------
    path : str
        In the archive, with ``/`` between folders.
    content : bytes
        Of the file.
    """

    path: str
    content: bytes


def write_archive(files: Sequence[PackFile]) -> bytes:
    """Write files as a ZIP.

    Parameters
    ----------
    files : sequence of PackFile
        In the order in which they are listed.

    Returns
    -------
    bytes
        Without any moment in it; what is packed already is stored as it is.
    """
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for one in files:
            entry = ZipInfo(one.path, _MOMENT)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if one.path.endswith(_PACKED) else ZIP_DEFLATED
            archive.writestr(entry, one.content)
    return out.getvalue()


def file_name(words: str, otherwise: str) -> str:
    """Make a name of a file that every system takes.

    Parameters
    ----------
    words : str
        Of people: a title, a key.
    otherwise : str
        The name where nothing of the words is left.

    Returns
    -------
    str
        ASCII letters, digits and hyphens.

    Examples
    --------
    >>> file_name("Señor Blues / bars 5", "lick"), file_name("../..", "lick")
    ('Senor-Blues-bars-5', 'lick')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return name or otherwise
