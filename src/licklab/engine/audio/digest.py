"""The fingerprint of a file."""

import hashlib
from pathlib import Path


def hash_file(path: Path) -> str:
    """Compute the SHA-256 of a file without holding it.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
