"""The evidence of beats and chords as a compressed NumPy archive.

Probabilities are kept in steps of 1/255, log probabilities as half floats: both are finer than
what the networks mean.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.errors import SchemaError

_VERSION = 1
_STEPS = 255
_RHYTHM = ("beat", "downbeat", "offbeat", "rise")
# A log probability of half floats reaches to -65504; nobody needs what is less likely than this.
_LEAST_LOG = -60.0
_DAMAGES = (
    KeyError, ValueError, TypeError, EOFError, OSError, zipfile.BadZipFile, zlib.error,
    NotImplementedError, AttributeError,
)  # fmt: skip
Array = npt.NDArray[Any]


def write_evidence(evidence: Evidence) -> bytes:
    """Write evidence.

    Parameters
    ----------
    evidence : Evidence
        Of beats and of chords.

    Returns
    -------
    bytes
        An archive.
    """
    rhythm, chords = evidence.rhythm, evidence.chords
    members: dict[str, Array] = {
        "version": np.array(_VERSION),
        "rhythm_time": np.array([rhythm.start_sec, rhythm.frame_rate]),
        "rhythm": np.stack([_to_steps(getattr(rhythm, name)) for name in _RHYTHM]),
        "chords_time": np.array([chords.start_sec, chords.frame_rate]),
        "chords": np.maximum(chords.chords, _LEAST_LOG).astype(np.float16),
        "bass": np.maximum(chords.bass, _LEAST_LOG).astype(np.float16),
        "tensions": _to_steps(chords.tensions),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **members)
    return buffer.getvalue()


def read_rhythm_evidence(path: Path) -> RhythmEvidence | None:
    """Read the evidence of beats.

    Parameters
    ----------
    path : Path
        An archive.

    Returns
    -------
    RhythmEvidence or None
        None when the archive has none, or is not there.

    Raises
    ------
    SchemaError
        If it is not such an archive.
    """
    members = _read(path, ("rhythm_time", "rhythm"))
    if members is None:
        return None
    start_sec, rate = _read_time(members["rhythm_time"])
    rows = members["rhythm"]
    _require(rows, np.uint8, (len(_RHYTHM), None))
    return RhythmEvidence(start_sec, rate, *(_from_steps(row) for row in rows))


def read_chord_evidence(path: Path) -> ChordEvidence | None:
    """Read the evidence of chords.

    Parameters
    ----------
    path : Path
        An archive.

    Returns
    -------
    ChordEvidence or None
        None when the archive has none, or is not there.

    Raises
    ------
    SchemaError
        If it is not such an archive.
    """
    members = _read(path, ("chords_time", "chords", "bass", "tensions"))
    if members is None:
        return None
    start_sec, rate = _read_time(members["chords_time"])
    chords, bass, tensions = members["chords"], members["bass"], members["tensions"]
    _require(chords, np.float16, (None, 1 + 12 * len(QUALITIES)))
    _require(bass, np.float16, (len(chords), 13))
    _require(tensions, np.uint8, (len(chords), 12, len(TENSIONS)))
    return ChordEvidence(
        start_sec,
        rate,
        chords.astype(np.float32),
        bass.astype(np.float32),
        _from_steps(tensions),
    )


def _to_steps(probability: Array) -> Array:
    steps: Array = np.rint(np.clip(probability, 0.0, 1.0) * _STEPS).astype(np.uint8)
    return steps


def _from_steps(steps: Array) -> npt.NDArray[np.float32]:
    probability: npt.NDArray[np.float32] = steps.astype(np.float32) / np.float32(_STEPS)
    return probability


def _read(path: Path, names: tuple[str, ...]) -> Mapping[str, Array] | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            if int(archive["version"]) != _VERSION:
                raise SchemaError(f"want evidence of version {_VERSION}, got another one")
            if names[0] not in archive:
                return None
            return {name: archive[name] for name in names}
    except FileNotFoundError:
        return None
    # A damaged archive may also send the reader to places that the file does not have: OSError.
    except _DAMAGES as error:
        raise SchemaError(f"want an archive of evidence, got: {error}") from error


def _read_time(time: Array) -> tuple[float, float]:
    _require(time, np.float64, (2,))
    start_sec, rate = time.tolist()
    if not (np.isfinite(start_sec) and 0 < rate < np.inf):
        raise SchemaError(f"want a start and a frame rate, got {start_sec} and {rate}")
    return start_sec, rate


def _require(array: Array, kind: type[np.generic], shape: tuple[int | None, ...]) -> None:
    fits = len(shape) == array.ndim and all(
        wanted in (None, n) for wanted, n in zip(shape, array.shape, strict=True)
    )
    if array.dtype != kind or not fits:
        raise SchemaError(
            f"want an array of {kind.__name__} and shape {shape}, got {array.dtype} {array.shape}"
        )
