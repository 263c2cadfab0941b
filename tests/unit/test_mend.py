"""The library function and the command that mend a transcription on disk."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import licklab
from licklab.cli.main import app
from licklab.domain.chord import QUALITIES, TENSIONS
from licklab.domain.evidence import ChordEvidence, Evidence, RhythmEvidence
from licklab.domain.note import Note
from licklab.domain.transcription import EngineInfo, Source, Transcription
from licklab.errors import GridError, InputError
from licklab.formats.evidence_npz import write_evidence
from licklab.formats.midi import write_midi
from licklab.formats.transcription_json import (
    read_transcription,
    transcription_schema,
    write_transcription,
)
from tests.schemas import check
from tests.unit.domain.grids import blues_analysis


def _blues() -> Transcription:
    notes = tuple(Note(1.02 + 0.5 * i, 1.4 + 0.5 * i, 60, 80, 0.9) for i in range(90))
    source = Source("blues.wav", 60.0, "0" * 64, 44_100, 1)
    return Transcription(
        source, "tenor_sax", 440.0, notes, EngineInfo("0.1.0"), analysis=blues_analysis()
    )


def _evidence(period_sec: float) -> bytes:
    """Make evidence of a pulse from 0.4 s on, over one chord."""
    belief = np.zeros(6000, np.float32)
    belief[np.rint(np.arange(0.4, 59.9, period_sec) * 100).astype(int)] = 0.9
    n_frames = 600
    chords = np.full((n_frames, 1 + 12 * len(QUALITIES)), -9.0, np.float32)
    chords[:, 1 + len(QUALITIES) * 5 + QUALITIES.index("min7")] = -0.1
    bass = np.full((n_frames, 13), -9.0, np.float32)
    bass[:, 6] = -0.1
    tensions = np.zeros((n_frames, 12, len(TENSIONS)), np.float32)
    return write_evidence(
        Evidence(
            RhythmEvidence(0.0, 100.0, belief, belief, belief, belief),
            ChordEvidence(0.0, 10.0, chords, bass, tensions),
        )
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "transcription.json"
    path.write_bytes(write_transcription(_blues()))
    return path


def _mend(path: Path, *arguments: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["mend", str(path), *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(path.read_bytes())
    check(document, transcription_schema)
    return document


def test_the_library_mends_and_the_transcription_before_is_the_way_back() -> None:
    heard = _blues()
    mended = licklab.mend(heard, {"op": "double"}, {"op": "key", "key": "Gm"})
    assert mended.analysis is not None
    assert mended.analysis.grid.tempo_bpm == pytest.approx(240)
    assert str(mended.analysis.key and mended.analysis.key.key) == "G:minor"
    assert heard == _blues()
    assert licklab.mend(heard) == heard
    with pytest.raises(GridError, match="half beats"):
        licklab.mend(heard, {"op": "shift", "beats": 0.1})
    with pytest.raises(FileNotFoundError):
        licklab.mend(heard, {"op": "double"}, evidence="nowhere.npz")


def test_taps_and_chords_come_from_the_evidence_that_is_given(tmp_path: Path) -> None:
    evidence = tmp_path / "any.npz"
    evidence.write_bytes(_evidence(0.41))
    taps = [0.4 + 0.41 * i for i in range(10, 13)]
    mended = licklab.mend(_blues(), {"op": "taps", "taps_sec": taps}, evidence=evidence)
    assert mended.analysis is not None
    times = np.array([one.time_sec for one in mended.analysis.grid.beats])
    assert np.abs(np.arange(0.4, 59.0, 0.41)[:, None] - times).min(axis=1).max() < 0.02
    assert {one.label for one in mended.analysis.chords} == {"F:min7"}


def test_edits_on_disk_add_up_and_are_undone_one_by_one(path: Path) -> None:
    before = path.read_bytes()
    doubled = _mend(path, "--double")
    assert doubled["tempo_bpm"] == pytest.approx(240)
    assert doubled["notes"][3]["beat"] != json.loads(before)["notes"][3]["beat"]
    both = _mend(path, "--time-signature", "3/4", "--key", "Gm")
    assert (both["time_signature"], both["key"], both["tempo_bpm"]) == (
        "3/4", "G:minor", pytest.approx(240),
    )  # fmt: skip
    assert [one["edit"]["op"] for one in both["edits"]] == ["double", "time_signature", "key"]
    assert read_transcription(path.read_bytes()).analysis is not None
    _mend(path, "--undo")
    assert _mend(path, "--undo") == doubled
    assert json.dumps(_mend(path, "--undo")) == json.dumps(json.loads(before))
    done = CliRunner().invoke(app, ["mend", str(path), "--undo"])
    assert isinstance(done.exception, InputError)


@pytest.mark.parametrize(
    ("arguments", "tempo_bpm"),
    [
        (["--tempo", "60"], 60),
        (["--halve"], 60),
        (["--shift", ".5"], 120),
        (["--downbeat", "0:02.1"], 120),
        (["--taps", "10.0,10.4,10.8"], 150),
        (["--pins", "3.1 20.1"], 120),
    ],
)
def test_every_edit_of_the_grid_can_be_made(
    path: Path, arguments: list[str], tempo_bpm: float
) -> None:
    before = json.loads(path.read_bytes())
    document = _mend(path, *arguments)
    assert document["tempo_bpm"] == pytest.approx(tempo_bpm, rel=0.01)
    assert document["beats"] != before["beats"]


def test_midi_beside_it_is_written_anew_and_evidence_is_used(path: Path) -> None:
    midi = path.with_suffix(".mid")
    midi.write_bytes(write_midi(_blues()))
    path.with_name("transcription.evidence.npz").write_bytes(_evidence(0.41))
    document = _mend(path, "--tempo", "146")
    assert document["tempo_bpm"] == pytest.approx(60 / 0.41, rel=0.01)
    mended = read_transcription(path.read_bytes())
    assert midi.read_bytes() == write_midi(mended) != write_midi(_blues())
    assert {one.name for one in path.parent.iterdir()} == {
        "transcription.json", "transcription.mid", "transcription.evidence.npz",
    }  # fmt: skip


def test_damaged_evidence_stands_in_nobodys_way(path: Path) -> None:
    path.with_name("transcription.evidence.npz").write_bytes(b"no archive")
    assert _mend(path, "--double")["tempo_bpm"] == pytest.approx(240)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 2), (["--undo", "--double"], 2), (["--taps", "one,two"], 2)],
)
def test_wrong_usage_is_told(path: Path, arguments: list[str], code: int) -> None:
    before = path.read_bytes()
    assert CliRunner().invoke(app, ["mend", str(path), *arguments]).exit_code == code
    assert path.read_bytes() == before


def test_what_cannot_be_leaves_the_file_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    for arguments in (["--tempo", "5"], ["--downbeat", "99"], ["--double", "--double", "--halve",
                      "--key", "H"]):  # fmt: skip
        done = CliRunner().invoke(app, ["mend", str(path), *arguments])
        assert isinstance(done.exception, InputError)
        assert path.read_bytes() == before


def test_notes_are_mended_by_the_library_and_on_disk(path: Path, tmp_path: Path) -> None:
    operations = [
        {"op": "remove", "ids": ["n1"]},
        {"op": "add", "onset_sec": 0.2, "offset_sec": 0.5, "pitch_midi": 72},
    ]
    heard = _blues()
    mended = licklab.mend(heard, {"op": "notes", "operations": operations})
    assert mended.note_ids[:3] == ("e1.1", "n2", "n3")
    assert mended.analysis == heard.analysis
    before = path.read_bytes()
    midi = path.with_suffix(".mid")
    midi.write_bytes(write_midi(heard))
    one = _mend(path, "--notes", json.dumps(operations[:1]))
    assert [each["id"] for each in one["notes"][:2]] == ["n2", "n3"]
    file = tmp_path / "operations.json"
    file.write_text(json.dumps(operations[1:]))
    both = _mend(path, "--notes", str(file), "--double")
    assert [each["id"] for each in both["notes"][:2]] == ["e3.1", "n2"]
    assert both["tempo_bpm"] == pytest.approx(240)
    assert midi.read_bytes() == write_midi(read_transcription(path.read_bytes()))
    _mend(path, "--undo")
    assert _mend(path, "--undo") == one
    assert json.dumps(_mend(path, "--undo")) == json.dumps(json.loads(before))


@pytest.mark.parametrize("text", ["[", "{}", "[1]"])
def test_operations_that_are_none_are_told(path: Path, text: str) -> None:
    done = CliRunner().invoke(app, ["mend", str(path), "--notes", text])
    assert done.exit_code == 2
