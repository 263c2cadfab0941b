"""Stock Basic Pitch, in an environment of its own: its dependencies fit no other."""

import subprocess
import venv
from pathlib import Path

PEER = Path(__file__).resolve().parents[1] / "build" / "basic-pitch"
# pkg_resources, which one of its dependencies imports, left setuptools in version 81.
PEER_PACKAGES = ("basic-pitch==0.4.0", "setuptools<81")


def install_peer() -> Path:
    """Install the peer under `build/`, once.

    Returns
    -------
    Path
        Its program.
    """
    program = PEER / "bin" / "basic-pitch"
    if not program.exists():
        print("installing stock Basic Pitch ...", flush=True)
        venv.create(PEER, with_pip=True)
        pip = [str(PEER / "bin" / "pip"), "install", "--quiet", *PEER_PACKAGES]
        subprocess.run(pip, check=True)
    return program
