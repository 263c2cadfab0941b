"""Listening leaves no traces; they are looked for in files, connections are not watched."""

import os
import subprocess
import sys
from pathlib import Path


def test_listening_leaves_no_trace_in_the_home_directory(short_wav: Path, tmp_path: Path) -> None:
    # The ONNX runtime's telemetry would keep its queue there, and send it after some seconds.
    home = tmp_path / "home"
    home.mkdir()
    program = (
        "import sys, time, licklab\nlicklab.transcribe(sys.argv[1], 'tenor sax')\ntime.sleep(2)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(short_wav)],
        env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")},
        cwd=tmp_path,
        timeout=60,
        check=True,
    )
    assert list(home.rglob("*")) == []
