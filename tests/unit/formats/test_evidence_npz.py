from pathlib import Path

import numpy as np
import pytest

from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.errors import SchemaError
from licklab.formats.evidence_npz import (
    read_chord_evidence,
    read_rhythm_evidence,
    write_evidence,
)


def _evidence(n_frames: int = 400) -> Evidence:
    rng = np.random.default_rng(3)
    rows = rng.random((4, n_frames)).astype(np.float32)
    logs = np.log(rng.random((n_frames, 14 + 12 * len(QUALITIES)))).astype(np.float32)
    logs[0] = -np.inf
    return Evidence(
        RhythmEvidence(1.5, 86.13, *rows),
        ChordEvidence(
            1.6,
            10.77,
            logs[:, 13:],
            logs[:, :13],
            rng.random((n_frames, 12, len(TENSIONS))).astype(np.float32),
        ),
    )


def test_evidence_is_read_back_as_finely_as_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "evidence.npz"
    kept = _evidence()
    path.write_bytes(write_evidence(kept))
    rhythm, chords = read_rhythm_evidence(path), read_chord_evidence(path)
    assert rhythm is not None
    assert chords is not None
    assert (rhythm.start_sec, rhythm.frame_rate) == (1.5, 86.13)
    assert (chords.start_sec, chords.frame_rate) == (1.6, 10.77)
    for name in ("beat", "downbeat", "offbeat", "rise"):
        assert getattr(rhythm, name) == pytest.approx(
            getattr(kept.rhythm, name), abs=0.5 / 255 + 1e-6
        )
    assert chords.tensions == pytest.approx(kept.chords.tensions, abs=0.5 / 255 + 1e-6)
    assert chords.chords[1:] == pytest.approx(kept.chords.chords[1:], rel=1e-3, abs=1e-3)
    assert chords.bass[1:] == pytest.approx(kept.chords.bass[1:], rel=1e-3, abs=1e-3)
    assert np.isfinite(chords.chords).all()
    assert rhythm.beat.dtype == chords.chords.dtype == np.float32


def test_where_there_is_no_archive_there_is_no_evidence(tmp_path: Path) -> None:
    assert read_rhythm_evidence(tmp_path / "none.npz") is None
    assert read_chord_evidence(tmp_path / "none.npz") is None


def test_an_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evidence.npz"
    whole = write_evidence(_evidence())
    for content in (b"", b"no archive", whole[: len(whole) // 2], whole[:200] + whole[300:]):
        path.write_bytes(content)
        with pytest.raises(SchemaError, match="want"):
            read_rhythm_evidence(path)


@pytest.mark.parametrize(
    "members",
    [
        {"version": np.array(2)},
        {"version": np.array(1), "rhythm_time": np.array([0.0, 86.0])},
        {"version": np.array(1), "rhythm_time": np.array([0.0, 0.0]), "rhythm": np.zeros((3, 9))},
        {"version": np.array(1), "rhythm_time": np.array([0.0, 9.0]), "rhythm": np.zeros((3, 9))},
        {"version": np.array(1), "rhythm_time": np.array([{}, {}]), "rhythm": np.zeros((3, 9))},
    ],
)
def test_members_of_other_kinds_are_refused(tmp_path: Path, members: dict[str, np.ndarray]) -> None:
    path = tmp_path / "evidence.npz"
    np.savez(path, **members)  # type: ignore[arg-type] # the stubs take the names for options
    with pytest.raises(SchemaError, match="want"):
        read_rhythm_evidence(path)
