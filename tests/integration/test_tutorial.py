"""The tutorial: every block of it is run, one after another in one shell, on the real service."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.integration.conftest import Stack

_ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_MOST_SEC = 400


@pytest.mark.skipif(
    shutil.which("curl") is None,
    reason="the tutorial uses curl",
)
def test_every_block_of_the_tutorial_works(stack: Stack, api: httpx.Client, tmp_path: Path) -> None:
    text = (_ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    blocks = _BLOCK.findall(text)
    assert len(blocks) >= 8
    here = str(api.base_url).rstrip("/")
    script = "\n".join(
        f"echo '## block {number}'\n{block}" for number, block in enumerate(blocks, 1)
    ).replace("http://127.0.0.1:8000", here)
    (tmp_path / "examples").symlink_to(_ROOT / "examples")
    environment = {
        **os.environ, **stack.settings.environment(),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }  # fmt: skip
    with stack.worker():
        ran = subprocess.run(
            ["sh", "-eu", "-c", script],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=_MOST_SEC,
            check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    outputs = re.split(r"^## block \d+\n", ran.stdout, flags=re.MULTILINE)[1:]
    said = dict(enumerate(outputs, 1))
    assert "licks; concert pitch" in said[2]
    assert "What to practise" in said[3]
    n_scores = re.search(r"^\d+$", said[4], re.MULTILINE)
    assert n_scores is not None
    assert int(n_scores[0]) >= 12
    # The soloist plays like the soloist.
    assert re.search(r"\b(9\d|100) ?%", said[6]), said[6]
    assert "Week one" in said[len(blocks)]
    assert (tmp_path / "pack" / "practice-pack.pdf").read_bytes()[:5] == b"%PDF-"
    assert (tmp_path / "week.json").stat().st_size > 500
