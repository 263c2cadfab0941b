"""A solo as two blobs of bytes, and back.

The first holds what every search reads, pitch, onset and offset; the second all the rest. Times go
in microseconds, as everywhere in files; whatever rises is kept as differences, in as few bytes as
the largest of them wants. A check sum tells damage before it becomes wrong notes.
"""

import json
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from licklab.corpus.solo import CorpusSolo, SoloInfo
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.key import Key
from licklab.domain.solo_line import Floats, Ints, LineChord, NoteSpan, SoloLine
from licklab.errors import CorpusError, LickLabError

_VERSION = 1
_HEAD = struct.Struct("<BI")  # version, check sum of what follows
_ARRAY = struct.Struct("<BI")  # bytes a number, how many numbers
_WIDTHS = (1, 2, 4, 8)
_MICROSECONDS = 1e6
_CONFIDENCES = 1e4  # four digits, as in transcriptions
_DAMAGES = (
    LickLabError, struct.error, zlib.error, ValueError, TypeError, KeyError, IndexError,
    OverflowError,
)  # fmt: skip


def pack_notes(line: SoloLine) -> bytes:
    """Pack pitches, onsets and offsets.

    Parameters
    ----------
    line : SoloLine
        To pack.

    Returns
    -------
    bytes
        Nine or so a note.
    """
    onsets = _to_steps(line.onset_sec, _MICROSECONDS)
    lengths = _to_steps(line.offset_sec, _MICROSECONDS) - onsets
    return _seal(_join((line.pitch_midi, _differences(onsets), lengths)))


def unpack_notes(blob: bytes) -> tuple[Ints, Floats, Floats]:
    """Unpack pitches, onsets and offsets.

    Parameters
    ----------
    blob : bytes
        Of `pack_notes`.

    Returns
    -------
    pitch_midi, onset_sec, offset_sec : shape=(n_notes,)
        Of the notes.

    Raises
    ------
    CorpusError
        If it is damaged.
    """
    try:
        pitches, steps, lengths = _split(_open(blob), 3)
        onsets = np.cumsum(steps)
        return pitches, onsets / _MICROSECONDS, (onsets + lengths) / _MICROSECONDS
    except _DAMAGES as error:
        raise _damaged(error) from error


def pack_rest(solo: CorpusSolo) -> bytes:
    """Pack what `pack_notes` leaves out: places, chords, phrases, confidences, ids.

    Parameters
    ----------
    solo : CorpusSolo
        To pack.

    Returns
    -------
    bytes
        About four a note.
    """
    line, chords = solo.line, solo.line.chords
    arrays = (
        _differences(line.bar), line.beat, line.division, line.tatum,
        _to_steps(line.beat_sec, _MICROSECONDS), _differences(line.chord),
        _to_steps(line.confidence, _CONFIDENCES),
        _to_steps(np.array([one.onset_sec for one in chords]), _MICROSECONDS),
        _to_steps(np.array([one.offset_sec for one in chords]), _MICROSECONDS),
        np.array([one.bar for one in chords]), np.array([one.beat for one in chords]),
        np.array([one.n_beats for one in chords]),
        np.array([one.start for one in solo.phrases]),
        np.array([one.stop for one in solo.phrases]),
        np.array([line.beats_per_bar]),
    )  # fmt: skip
    texts = {
        "key": None if line.key is None else str(line.key),
        "chords": [_write_symbol(one.symbol) for one in chords],
        "ids": line.note_ids,
    }
    numbers = _join(arrays)
    text = json.dumps(texts, separators=(",", ":")).encode()
    return _seal(zlib.compress(struct.pack("<I", len(numbers)) + numbers + text))


def unpack_solo(info: SoloInfo, notes: bytes, rest: bytes) -> CorpusSolo:
    """Unpack a solo.

    Parameters
    ----------
    info : SoloInfo
        What is kept beside the blobs.
    notes, rest : bytes
        Of `pack_notes` and `pack_rest`.

    Returns
    -------
    CorpusSolo
        As it was packed, times to the microsecond.

    Raises
    ------
    CorpusError
        If a blob is damaged.
    """
    pitches, onsets, offsets = unpack_notes(notes)
    try:
        content = zlib.decompress(_open(rest))
        (size,) = struct.unpack_from("<I", content)
        bars, beats, divisions, tatums, beat_lengths, chords, confidences, *of_chords = _split(
            content[4 : 4 + size], 15
        )
        *of_chords, starts, stops, per_bar = of_chords
        texts = json.loads(content[4 + size :])
        line = SoloLine(
            onset_sec=onsets,
            offset_sec=offsets,
            pitch_midi=pitches,
            bar=np.cumsum(bars),
            beat=beats,
            division=divisions,
            tatum=tatums,
            beat_sec=beat_lengths / _MICROSECONDS,
            chord=np.cumsum(chords),
            confidence=confidences / _CONFIDENCES,
            chords=_unpack_chords(texts["chords"], of_chords),
            note_ids=tuple(texts["ids"]),
            beats_per_bar=int(per_bar[0]),
            key=None if texts["key"] is None else Key.parse(texts["key"]),
        )
        phrases = tuple(map(NoteSpan, starts.tolist(), stops.tolist()))
    except _DAMAGES as error:
        raise _damaged(error) from error
    return CorpusSolo(info, line, phrases)


def _unpack_chords(labels: Sequence[str], arrays: Sequence[Ints]) -> tuple[LineChord, ...]:
    onsets, offsets, bars, beats, lengths = arrays
    return tuple(
        LineChord(_read_symbol(label), *where)
        for label, *where in zip(
            labels, (onsets / _MICROSECONDS).tolist(), (offsets / _MICROSECONDS).tolist(),
            bars.tolist(), beats.tolist(), lengths.tolist(), strict=True,
        )
    )  # fmt: skip


# Symbols never change, and 370 Weimar solos have 385 different ones among 23,745.
@lru_cache(maxsize=4096)
def _read_symbol(label: str) -> ChordSymbol:
    return from_harte(label)


@lru_cache(maxsize=4096)
def _write_symbol(symbol: ChordSymbol) -> str:
    return to_harte(symbol)


def _to_steps(values: Floats, steps: float) -> Ints:
    return np.round(values * steps).astype(np.int64)


def _differences(values: Ints) -> Ints:
    return np.diff(values, prepend=0)


def _join(arrays: Sequence[npt.NDArray[np.int64]]) -> bytes:
    """Write arrays of integers one after another, each as narrow as it can be."""
    parts = []
    for array in arrays:
        narrow = array.astype(np.int64)
        for width in _WIDTHS:
            narrow = array.astype(f"<i{width}")
            if np.array_equal(narrow, array):
                break
        parts += [_ARRAY.pack(narrow.itemsize, len(narrow)), narrow.tobytes()]
    return b"".join(parts)


def _split(content: bytes, n_arrays: int) -> list[Ints]:
    arrays, at = [], 0
    for _ in range(n_arrays):
        width, count = _ARRAY.unpack_from(content, at)
        at += _ARRAY.size
        arrays.append(np.frombuffer(content, f"<i{width}", count, at).astype(np.int64))
        at += width * count
    return arrays


def _seal(content: bytes) -> bytes:
    return _HEAD.pack(_VERSION, zlib.crc32(content)) + content


def _open(blob: bytes) -> bytes:
    version, check = _HEAD.unpack_from(blob)
    content = blob[_HEAD.size :]
    if version != _VERSION:
        raise ValueError(f"want layout {_VERSION}, got {version}")
    if zlib.crc32(content) != check:
        raise ValueError("its check sum is wrong")
    return content


def _damaged(error: Exception) -> CorpusError:
    return CorpusError(
        f"want a solo as it was stored, got a damaged one ({error}); remove it from the corpus "
        "and import it again"
    )
