"""AAC to samples, a few seconds at a time.

The wheel `sphn` decodes where it exists; elsewhere a program `ffmpeg` on PATH, as a process of its
own. Why not FFmpeg's libraries: docs/adr/0004.
"""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.engine.audio.aac_frames import (
    FRAME_SAMPLES,
    read_adts_frames,
    write_adts_header,
)
from licklab.engine.audio.formats import WANTED, AudioFormat
from licklab.engine.audio.mp3 import skip_id3
from licklab.engine.audio.mp4 import read_frame, read_mp4
from licklab.errors import DamagedAudioError, UnsupportedAudioError

Samples = npt.NDArray[np.float32]

# About six seconds at 44.1 kHz: short enough that a damaged frame costs little.
_SEGMENT_FRAMES = 256
# A frame overlaps its neighbour by half (the transform's window), so one in front is enough.
_OVERLAP_FRAMES = 1
_PIPE_BYTES = 1 << 18
_PATIENCE_SEC = 30


def aac_decoder() -> str | None:
    """Name the AAC decoder of this machine.

    Returns
    -------
    str or None
        None when there is none.
    """
    if importlib.util.find_spec("sphn") is not None:
        return "sphn"
    return "ffmpeg" if shutil.which("ffmpeg") is not None else None


def read_aac(path: Path, audio_format: AudioFormat, channels: int) -> Iterator[Samples]:
    """Decode an AAC recording, encoder padding included.

    Parameters
    ----------
    path : Path
        MP4 or ADTS.
    audio_format : AudioFormat
        Which of the two.
    channels : int
        Of the file.

    Yields
    ------
    array, shape=(n_samples, channels)
        Consecutive samples; where a frame is damaged there is silence of its length.

    Raises
    ------
    UnsupportedAudioError
        If this machine has no decoder.
    """
    decoder = aac_decoder()
    if decoder is None:
        raise UnsupportedAudioError(
            f"{WANTED}, got AAC, for which this machine has no decoder: install ffmpeg, "
            "or convert the recording to FLAC or WAV"
        )
    if decoder == "sphn":
        yield from _read_with_sphn(_frames(path, audio_format))
    else:
        yield from _read_with_ffmpeg(path, audio_format, channels)


def _frames(path: Path, audio_format: AudioFormat) -> Iterator[bytes]:
    """Yield the frames with ADTS headers, up to the first that is not whole."""
    with path.open("rb") as file:
        if audio_format is AudioFormat.AAC:
            file.seek(skip_id3(file))
            yield from read_adts_frames(file)
            return
        audio = read_mp4(file)
        for offset, n_bytes in audio.frames:
            frame = read_frame(file, offset, n_bytes)
            if frame is None:
                return
            yield write_adts_header(audio.config, n_bytes) + frame


def _read_with_sphn(frames: Iterator[bytes]) -> Iterator[Samples]:
    overlap: list[bytes] = []
    channels = 1
    with tempfile.TemporaryDirectory(prefix="licklab-") as folder:
        segment = Path(folder) / "segment.aac"
        while new := list(islice(frames, _SEGMENT_FRAMES)):
            decoded = _decode_segment(segment, overlap + new)
            wanted = len(new) * FRAME_SAMPLES
            if decoded is None:
                decoded = np.zeros((wanted, channels), np.float32)
            channels = decoded.shape[1]
            yield decoded[-wanted:]
            overlap = new[-_OVERLAP_FRAMES:]


def _decode_segment(path: Path, frames: list[bytes]) -> Samples | None:
    import sphn

    path.write_bytes(b"".join(frames))
    # Symphonia estimates a stream's length from two frames at least.
    if len(frames) < 2:
        path.write_bytes(2 * frames[0])
    try:
        decoded = sphn.FileReader(str(path)).decode_all()
    except ValueError:
        return None
    samples: Samples = np.ascontiguousarray(decoded.T[-len(frames) * FRAME_SAMPLES :], np.float32)
    return samples if len(samples) == len(frames) * FRAME_SAMPLES else None


def _read_with_ffmpeg(path: Path, audio_format: AudioFormat, channels: int) -> Iterator[Samples]:
    # The edit list is ours to apply; only local files, whatever the file asks for.
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe",
        *(["-ignore_editlist", "1"] if audio_format is AudioFormat.M4A else []),
        "-f", "mov" if audio_format is AudioFormat.M4A else "aac",
        "-i", f"file:{path.absolute()}",
        "-map", "0:a:0", "-flags2", "+skip_manual", "-f", "f32le", "-ac", str(channels), "pipe:1",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        n_read = 0
        try:
            while data := process.stdout.read(_PIPE_BYTES * channels):
                n_read += len(data)
                whole = len(data) - len(data) % (4 * channels)
                yield np.frombuffer(data[:whole], "<f4").reshape(-1, channels)
        finally:
            process.kill()
            process.wait(_PATIENCE_SEC)
    if n_read == 0:
        raise DamagedAudioError("want AAC that can be decoded, got none that ffmpeg understands")
