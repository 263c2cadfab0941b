"""Machine code that is kept for the next process."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numba
import pytest

_SOURCE = """
from licklab.corpus.compiled import compiled

@compiled
def double(number):
    return 2 * number
"""


def load(path: Path) -> Callable[[int], int]:
    """Load the function as another process would."""
    spec = importlib.util.spec_from_file_location("kept_code", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kept_code"] = module
    spec.loader.exec_module(module)
    double: Callable[[int], int] = module.double
    return double


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "kept_code.py"
    path.write_text(_SOURCE)
    assert load(path)(21) == 42
    return path


def kept(source: Path, kind: str) -> Path:
    (path,) = (source.parent / "cache").rglob(f"*.{kind}")
    return path


@pytest.mark.parametrize("kind", ["nbi", "nbc"])
@pytest.mark.parametrize("n_bytes", [0, 100])
def test_code_that_was_cut_short_is_compiled_once_more_and_kept(
    source: Path, kind: str, n_bytes: int
) -> None:
    content = kept(source, kind).read_bytes()
    kept(source, kind).write_bytes(content[:n_bytes])
    assert load(source)(21) == 42
    assert len(kept(source, kind).read_bytes()) > 100
    again = load(source)
    assert again(21) == 42
    assert sum(again.stats.cache_hits.values()) == 1  # type: ignore[attr-defined] # of numba


def test_code_that_cannot_be_kept_runs_all_the_same(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for path in (source.parent / "cache").rglob("*.nb?"):
        path.unlink()
    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile.save", fill)
    assert load(source)(21) == 42


def test_code_is_compiled_again_when_a_constant_of_another_file_changes(tmp_path: Path) -> None:
    head = "from licklab.corpus.compiled import compiled\n"
    other = tmp_path / "other.py"
    (tmp_path / "first.py").write_text(
        f"{head}from other import add\n@compiled\ndef count(number):\n    return add(number)\n"
    )

    def count(added: int) -> int:
        other.write_text(
            f"{head}COST = {added}\n@compiled\ndef add(number):\n    return number + COST\n"
        )
        program = "import first; print(first.count(1))"
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True,
            check=True,
        )  # fmt: skip
        return int(done.stdout)

    assert count(1) == 2
    assert list((tmp_path / "cache").rglob("*.nbc"))
    assert count(100) == 101
