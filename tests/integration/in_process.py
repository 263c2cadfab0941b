"""The program run within the tests: as a process runs it, without the time that a start takes."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from licklab.cli import main


def run(
    *arguments: str | int | Path, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program; whatever it raises but for its own exit is raised here."""
    words = ["licklab", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        patch.setattr(sys, "argv", words)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        for name, value in (environment or {}).items():
            patch.setenv(name, value)
        try:
            main.run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    told = [one.buffer.getvalue() for one in (out, err)]
    return subprocess.CompletedProcess(words, code, *told)
