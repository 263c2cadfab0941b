"""What is refused, with which words, and that nothing stays behind."""

import io
import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile as sf

from tests.integration.conftest import Stack, free_port, tone, upload, wait_for


def _wav(samples: np.ndarray, sample_rate: int = 22_050, subtype: str = "PCM_16") -> bytes:
    buffer = io.BytesIO()
    sf.write(buffer, samples, sample_rate, format="WAV", subtype=subtype)
    return buffer.getvalue()


def _not_a_number() -> bytes:
    samples = tone(1.0)
    samples[11_025] = np.nan
    return _wav(samples, subtype="FLOAT")


def _noise() -> bytes:
    return np.random.default_rng(1).bytes(50_000)


def _three_hours() -> bytes:
    # One sample a second would be no audio; 1 kHz, 8 bit, is the smallest honest file.
    return _wav(np.zeros(3 * 3600 * 1000, np.float32), 1000, "PCM_U8")


def _aiff_of_another_kind() -> bytes:
    buffer = io.BytesIO()
    sf.write(buffer, tone(0.2), 22_050, format="CAF")
    return buffer.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"la la la\n" * 100, "want MP3"),
    "random bytes": (_noise, "want MP3"),
    "empty": (lambda: b"", "want"),
    "zero samples": (lambda: _wav(np.zeros(0, np.float32)), "want"),
    "NaN": (_not_a_number, "want"),
    "3 hours": (_three_hours, "want a recording of at most 60 minutes, got one of 180.0 minutes"),
    "another format": (_aiff_of_another_kind, "want MP3"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000), "want MP3"),
    "RIFF without sound": (lambda: b"RIFF" + struct.pack("<I", 4) + b"WAVE", "want"),
    "too large": (lambda: bytes(21_000_000), "want a file of at most 20 MB"),
}


@pytest.fixture
def nothing_stays(api: httpx.Client, stack: Stack) -> Iterator[None]:
    """Check that a refusal leaves no row, no file, no message."""

    def files() -> set[Path]:
        return set(stack.settings.data_dir.rglob("*"))

    before = files()
    yield
    assert api.get("/jobs").json()["items"] == []
    # A dropped connection is noticed a moment later.
    wait_for(lambda: files() == before, 5.0)
    assert api.get("/ready").json()["checks"]["queue"]["detail"] == "answers, 0 waiting"


@pytest.mark.usefixtures("nothing_stays")
@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(api: httpx.Client, kind: str) -> None:
    make, message = REFUSED[kind]
    answer = api.post(
        "/jobs", files={"audio": ("solo.mp3", make())}, data={"instrument": "tenor sax"}
    )
    assert answer.status_code == (413 if kind == "too large" else 422)
    assert answer.headers["content-type"] == "application/problem+json"
    detail = answer.json()["detail"]
    assert message in detail
    assert "got" in detail


@pytest.mark.usefixtures("nothing_stays")
def test_a_missing_file_an_instrument_missing_or_unknown_are_told_apart(
    api: httpx.Client, short_wav: Path
) -> None:
    content = short_wav.read_bytes()
    no_file = api.post("/jobs", files={"instrument": (None, "guitar")})
    no_instrument = api.post("/jobs", files={"audio": ("a.wav", content)})
    unknown = api.post("/jobs", files={"audio": ("a.wav", content)}, data={"instrument": "kazoo"})
    for answer, message in (
        (no_file, "want the file in the field `audio`"),
        (no_instrument, "want the field `instrument`"),
        (unknown, "'kazoo'"),
    ):
        assert answer.status_code == 422
        assert message in answer.json()["detail"]
    assert "bass_clarinet" in unknown.json()["detail"]


@pytest.mark.usefixtures("nothing_stays")
def test_a_chunked_upload_without_length_meets_the_limit_too(api: httpx.Client) -> None:
    def body() -> Iterator[bytes]:
        yield (b'--XX\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n')
        for _ in range(30):
            yield bytes(1_000_000)
        yield b"\r\n--XX--\r\n"

    try:
        answer = api.post(
            "/jobs",
            content=body(),
            headers={"Content-Type": "multipart/form-data; boundary=XX"},
        )
    except (httpx.WriteError, httpx.ReadError):
        return  # the service hung up in the middle, as it may
    assert answer.status_code == 413


@pytest.mark.usefixtures("nothing_stays")
def test_a_client_that_hangs_up_leaves_nothing(stack: Stack) -> None:
    with socket.create_connection(("127.0.0.1", stack.settings.port)) as line:
        line.sendall(
            b"POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
            b"Content-Type: multipart/form-data; boundary=XX\r\n\r\n"
            b'--XX\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\n'
            + bytes(3_000_000)
        )
        uploads = stack.settings.data_dir / ".uploads"
        wait_for(lambda: list(uploads.iterdir()), 5.0)


@pytest.mark.usefixtures("nothing_stays")
def test_curl_hears_why_a_large_file_is_refused(stack: Stack, tmp_path: Path) -> None:
    large = tmp_path / "large.wav"
    large.write_bytes(bytes(45_000_000))
    answer = subprocess.run(
        ["curl", "-sS", "-F", f"audio=@{large}", "-F", "instrument=guitar",
         f"http://127.0.0.1:{stack.settings.port}/jobs"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert "want a file of at most 20 MB" in answer.stdout


def test_a_path_as_file_name_stays_a_name(api: httpx.Client, stack: Stack, short_wav: Path) -> None:
    answer = api.post(
        "/jobs",
        files={"audio": ("../../etc/passwd", short_wav.read_bytes())},
        data={"instrument": "guitar"},
    )
    job = answer.json()
    assert job["filename"] == "passwd"
    assert job["audio_path"] == str(stack.settings.data_dir / job["id"] / "audio.wav")


@pytest.mark.parametrize("format_name", ["WAV", "FLAC", "OGG", "AIFF", "MP3"])
def test_the_suffix_follows_what_is_inside(
    api: httpx.Client, format_name: str, tmp_path: Path
) -> None:
    path = tmp_path / "recording.xyz"
    with path.open("wb") as file:
        sf.write(file, tone(1.0), 22_050, format=format_name)
    job = upload(api, path)
    assert Path(job["audio_path"]).name == f"audio.{format_name.lower()}"


@pytest.mark.parametrize(("channels", "sample_rate"), [(8, 44_100), (1, 192_000), (2, 8_000)])
def test_unusual_recordings_are_taken(
    api: httpx.Client, tmp_path: Path, channels: int, sample_rate: int
) -> None:
    path = tmp_path / "unusual.wav"
    sf.write(path, np.repeat(tone(0.5, sample_rate)[:, None], channels, 1), sample_rate)
    assert upload(api, path)["duration_sec"] == pytest.approx(0.5, abs=0.01)


def test_a_large_upload_hardly_grows_the_api(
    stack: Stack, tmp_path: Path, api_process: subprocess.Popen[bytes]
) -> None:
    del api_process  # this one has its own limit and port
    path = tmp_path / "large.wav"
    with sf.SoundFile(path, "w", 48_000, 2, "PCM_24") as file:
        for _ in range(11):
            file.write(np.zeros((48_000 * 60, 2), np.float32))
    assert 185e6 < path.stat().st_size < 200e6
    port = str(free_port())
    with (
        stack.process("licklab.service.api.server", PORT=port, MAX_UPLOAD_MB="200") as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120.0) as client,
    ):
        wait_for(lambda: _serves(client), 30.0)
        small = tmp_path / "small.wav"
        sf.write(small, tone(1.0), 22_050)
        jobs = [upload(client, small)]
        before = _peak_bytes(process.pid)
        jobs.append(upload(client, path))
        grown = _peak_bytes(process.pid) - before
        for job in jobs:
            client.delete(f"/jobs/{job['id']}")
    assert grown < 50e6


def _peak_bytes(pid: int) -> int:
    """Read the most memory that a process has ever held: what is freed again counts too."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("needs /proc for the peak memory of another process")
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
    return 1024 * int(line.split()[1])


def _serves(client: httpx.Client) -> bool:
    try:
        return client.get("/health").is_success
    except httpx.TransportError:
        return False
