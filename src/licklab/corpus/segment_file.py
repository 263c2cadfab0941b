"""A segment as one file, mapped into memory.

A line of JSON tells where each array lies; the arrays follow as they are in memory. The file is
written under another name, flushed and renamed, so that it is there whole or not at all.
"""

import json
import os
import zlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from licklab.corpus.segment import SegmentArrays
from licklab.errors import CorpusError

_ALIGNMENT = 64  # bytes: of a cache line
_HEAD_BYTES = 1024
_PIECE_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """What the manifest says about a segment's file.

    Attributes
    ----------
    name : str
        Of the file.
    n_bytes : int
        Its size.
    check : int
        CRC-32 of its bytes.
    n_notes, n_solos : int
        In it, with those that have left the corpus since.
    """

    name: str
    n_bytes: int
    check: int
    n_notes: int
    n_solos: int


def write_segment(folder: Path, name: str, arrays: SegmentArrays) -> SegmentRecord:
    """Write a segment.

    Parameters
    ----------
    folder : Path
        Of the index.
    name : str
        Of the file; none of that name is there.
    arrays : SegmentArrays
        What to write.

    Returns
    -------
    SegmentRecord
        For the manifest.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    table: dict[str, list[Any]] = {}
    at = _HEAD_BYTES
    parts: list[tuple[int, np.ndarray]] = []
    for field in fields(arrays):
        array = np.ascontiguousarray(getattr(arrays, field.name))
        table[field.name] = [array.dtype.str, len(array), at]
        parts.append((at, array))
        at = -(-(at + array.nbytes) // _ALIGNMENT) * _ALIGNMENT
    head = json.dumps(table).encode().ljust(_HEAD_BYTES)
    draft = folder / f"{name}.draft"
    with draft.open("wb") as file:
        file.write(head)
        for start, array in parts:
            file.write(b"\0" * (start - file.tell()))
            file.write(array.tobytes())
        file.flush()
        os.fsync(file.fileno())
    check = _check_sum(draft)
    n_bytes = draft.stat().st_size
    draft.rename(folder / name)
    return SegmentRecord(name, n_bytes, check, arrays.n_notes, len(arrays.numbers))


def read_segment(folder: Path, record: SegmentRecord) -> SegmentArrays:
    """Map a segment into memory.

    Parameters
    ----------
    folder : Path
        Of the index.
    record : SegmentRecord
        From the manifest.

    Returns
    -------
    SegmentArrays
        They cannot be written to, and stay readable when the file is taken away.

    Raises
    ------
    FileNotFoundError
        If it is not there.
    CorpusError
        If it is damaged.
    """
    path = folder / record.name
    size = path.stat().st_size
    if size != record.n_bytes or _check_sum(path) != record.check:
        raise CorpusError(
            f"want {record.n_bytes} bytes with check sum {record.check:08x} in {path}, got others"
        )
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    try:
        table = json.loads(bytes(mapped[:_HEAD_BYTES]))
        return SegmentArrays(
            **{
                field.name: np.frombuffer(mapped, *_layout(table[field.name]))
                for field in fields(SegmentArrays)
            }
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"want a segment of the index in {path}, got {error}") from error


def _layout(entry: list[Any]) -> tuple[np.dtype[Any], int, int]:
    kind, count, at = entry
    return np.dtype(kind), int(count), int(at)


def _check_sum(path: Path) -> int:
    check = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            check = zlib.crc32(piece, check)
    return check
