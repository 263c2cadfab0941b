"""The manifest of the index: which files it consists of, and what of the corpus they cover."""

import json
import logging
import os
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from licklab.corpus.segment_file import SegmentRecord

FORMAT = 1
"""Of manifest and segments; an index of another format is built anew from the corpus."""

_NAME = "manifest.json"
_SEGMENT = re.compile(r"[0-9a-f]{32}\.segment")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the index consists of.

    Attributes
    ----------
    identity : str
        Of the corpus.
    generation : int
        Of the corpus when it was written.
    highest_number : int
        Of all solos that were ever indexed; those above are new.
    segments : tuple of SegmentRecord
        Its files.
    """

    identity: str
    generation: int
    highest_number: int
    segments: tuple[SegmentRecord, ...]


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest.

    Parameters
    ----------
    folder : Path
        Of the index.

    Returns
    -------
    Manifest or None
        None where there is none that can be used: no index, another format, or damage. The log
        says which.
    """
    try:
        content = json.loads((folder / _NAME).read_bytes())
        if content["format"] != FORMAT:
            _LOG.warning("The index has format %s, want %s.", content["format"], FORMAT)
            return None
        return Manifest(
            str(content["identity"]),
            _whole(content["generation"]),
            _whole(content["highest_number"]),
            tuple(_record(one) for one in content["segments"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _LOG.warning("The manifest of the index cannot be read: %s.", error)
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the old one.

    Parameters
    ----------
    folder : Path
        Of the index.
    manifest : Manifest
        Its files are there.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    draft = folder / f"{_NAME}.draft"
    with draft.open("w") as file:
        json.dump({"format": FORMAT, **asdict(manifest)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / _NAME)


def _record(entry: dict[str, Any]) -> SegmentRecord:
    name = str(entry["name"])
    if _SEGMENT.fullmatch(name) is None:
        raise ValueError(f"want the name of a segment, got {name[:80]!r}")
    numbers = [_whole(entry[one.name]) for one in fields(SegmentRecord)[1:]]
    return SegmentRecord(name, *numbers)


def _whole(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"want a whole number from 0 on, got {str(value)[:80]!r}")
    return value
