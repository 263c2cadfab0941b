"""What the manifest of an index may turn into on a broken disk."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from licklab.corpus.manifest import Manifest, read_manifest, write_manifest
from licklab.corpus.segment_file import SegmentRecord

RECORD = SegmentRecord("0123456789abcdef0123456789abcdef.segment", 4096, 0xFFFFFFFF, 120, 1)
MANIFEST = Manifest("c0ffee", 7, 12, (RECORD,))


def rewrite(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 5),
        ("name", "a\0b"),
        ("name", "../corpus.sqlite"),
        ("n_bytes", "4096"),
        ("check", "x"),
        ("check", 1.5),
        ("n_notes", None),
        ("n_solos", -1),
    ],
)
def test_a_segment_that_cannot_be_is_no_manifest(tmp_path: Path, name: str, value: object) -> None:
    write_manifest(tmp_path, MANIFEST)
    rewrite(tmp_path, segments=[{**asdict(RECORD), name: value}])
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": float("inf")},
        {"highest_number": "12"},
        {"segments": None},
        {"segments": ["a"]},
        {"segments": [{}]},
    ],
)
def test_numbers_and_lists_that_cannot_be_are_no_manifest(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    write_manifest(tmp_path, MANIFEST)
    rewrite(tmp_path, **changes)
    assert read_manifest(tmp_path) is None


@pytest.mark.parametrize("content", ["", "[]", "[" * 100_000, "\0"])
def test_another_text_is_no_manifest(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    assert read_manifest(tmp_path) is None
