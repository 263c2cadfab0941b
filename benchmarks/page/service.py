"""The service that is measured, with music in it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import soundfile as sf

ROOT = Path(__file__).resolve().parents[2]
_START_SEC = 120.0
_HEARD_SEC = 600.0
_SOLO_SEC = 300
_N_BARS = 200


@contextmanager
def running_service(folder: Path, *, with_example: bool = False) -> Iterator[str]:
    """Run `licklab serve` on a folder.

    Parameters
    ----------
    folder : Path
        For its data.
    with_example : bool
        Whether the example solo is in its library.

    Yields
    ------
    str
        Its address.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "licklab.cli.main", "serve", "--port", str(port),
         "--data-dir", str(folder / "data")],
        env={k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
        | {"LOG_LEVEL": "WARNING", "EXAMPLE": str(with_example).lower()},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, "/ready", _START_SEC)
        yield url
    finally:
        serving.terminate()
        serving.wait()


def five_minutes(client: httpx.Client) -> str:
    """Let the service hear five minutes of music.

    Parameters
    ----------
    client : httpx.Client
        Of the service.

    Returns
    -------
    str
        Id of the job, READY.
    """
    samples, rate = sf.read(ROOT / "examples" / "third-shelf-blues.mp3", dtype="float32")
    times = -(-_SOLO_SEC * rate // len(samples))
    long = np.tile(samples, (times, 1))[: _SOLO_SEC * rate]
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        sf.write(file.name, long, rate, format="MP3")
        answer = client.post(
            "/jobs",
            files={"audio": ("five minutes.mp3", Path(file.name).read_bytes())},
            data={"instrument": "tenor sax"},
        )
    job = answer.raise_for_status().json()
    deadline = time.monotonic() + _HEARD_SEC
    while time.monotonic() < deadline:
        job = client.get(f"/jobs/{job['id']}").json()
        if job["status"] in ("READY", "FAILED"):
            break
        time.sleep(1)
    assert job["status"] == "READY", job
    found: str = job["id"]
    return found


def two_hundred_bars(client: httpx.Client) -> tuple[str, int]:
    """Import a score of 200 bars of eighths over changes.

    Parameters
    ----------
    client : httpx.Client
        Of the service.

    Returns
    -------
    str and int
        Id of the job, READY, and its bars.
    """
    root = "CDEFGAB"
    bars = []
    for number in range(1, _N_BARS + 1):
        attributes = (
            "<attributes><divisions>2</divisions><key><fifths>-1</fifths></key><time><beats>4</beats>"
            "<beat-type>4</beat-type></time><clef><sign>G</sign><line>2</line></clef></attributes>"
            if number == 1
            else ""
        )
        harmony = (
            f"<harmony><root><root-step>{root[number % 7]}</root-step></root>"
            "<kind>dominant</kind></harmony>"
        )
        notes = "".join(
            f"<note><pitch><step>{root[(number + k * 2) % 7]}</step>"
            f"<octave>{4 + (k % 3 > 1)}</octave></pitch>"
            "<duration>1</duration><type>eighth</type></note>"
            for k in range(8)
        )
        bars.append(f'<measure number="{number}">{attributes}{harmony}{notes}</measure>')
    document = (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Tenor</part-name>'
        f'</score-part></part-list><part id="P1">{"".join(bars)}</part></score-partwise>'
    )
    answer = client.post(
        "/imports",
        files={"score": ("200 bars.musicxml", document.encode())},
        data={"instrument": "tenor sax"},
    )
    found: str = answer.raise_for_status().json()["id"]
    return found, _N_BARS


def _wait(url: str, path: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url + path, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise TimeoutError(f"{url}{path} did not answer within {seconds:g} s")
