"""AAC to samples, a few seconds at a time.

The wheel `sphn` decodes where it exists; elsewhere, and for more than two channels, a program
`ffmpeg` on PATH, as a process of its own. Why not FFmpeg's libraries: docs/adr/0004. Both are
given short streams of frames with ADTS headers, never the file.
"""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from licklab.engine.audio.aac_frames import (
    FRAME_SAMPLES,
    AacConfig,
    read_adts_config,
    read_adts_frames,
    write_adts_header,
)
from licklab.engine.audio.formats import WANTED, AudioFormat
from licklab.engine.audio.mp3 import skip_id3
from licklab.engine.audio.mp4 import read_frame, read_mp4
from licklab.errors import UnsupportedAudioError

Samples = npt.NDArray[np.float32]

# Frames decoded at a time: six seconds at 44.1 kHz; longer where each needs a process.
_SEGMENT_FRAMES = {"sphn": 256, "ffmpeg": 1024}
# A frame overlaps its neighbour by half (the transform's window), so one in front is enough.
_OVERLAP_FRAMES = 1
# A segment that fails is halved down to this, so that a damaged frame costs .2 s at 44.1 kHz.
_SMALLEST_FRAMES = 8
_SPHN_CHANNELS = 2  # Symphonia 0.5: "aac too complex" beyond
_PATIENCE_SEC = 60


@dataclass(frozen=True, slots=True)
class AacSegment:
    """A part of a recording.

    Attributes
    ----------
    samples : array, shape=(n_samples, channels)
        Silent where frames could not be decoded.
    n_lost : int
        Samples per channel that could not be decoded.
    """

    samples: Samples
    n_lost: int


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


def choose_aac_decoder(channels: int) -> str:
    """Choose a decoder for a recording.

    Parameters
    ----------
    channels : int
        Of the recording.

    Returns
    -------
    str
        As `aac_decoder` names it.

    Raises
    ------
    UnsupportedAudioError
        If this machine has none.
    """
    decoder = aac_decoder()
    if decoder == "sphn" and channels > _SPHN_CHANNELS:
        decoder = "ffmpeg" if shutil.which("ffmpeg") is not None else None
    if decoder is None:
        raise UnsupportedAudioError(
            f"{WANTED}, got AAC with {channels} channels, for which this machine has no decoder: "
            "install ffmpeg, or convert the recording to FLAC or WAV"
        )
    return decoder


def read_aac(path: Path, audio_format: AudioFormat, first_frame: int = 0) -> Iterator[AacSegment]:
    """Decode an AAC recording, encoder padding included.

    Parameters
    ----------
    path : Path
        MP4 or ADTS.
    audio_format : AudioFormat
        Which of the two.
    first_frame : int, optional
        Where to begin; the frames before it are passed over, not decoded.

    Yields
    ------
    AacSegment
        One after the other; nothing moves in time where frames are damaged.

    Raises
    ------
    UnsupportedAudioError
        If this machine has no decoder.
    """
    n_before = min(first_frame, _OVERLAP_FRAMES)
    frames = _frames(path, audio_format, first_frame - n_before)
    overlap = list(islice(frames, n_before))
    first = next(frames, None)
    if first is None:
        return
    config = read_adts_config(first)
    decoder = choose_aac_decoder(config.channels)
    new = [first, *islice(frames, _SEGMENT_FRAMES[decoder] - 1)]
    while new:
        yield _decode(decoder, config, overlap, new)
        overlap = new[-_OVERLAP_FRAMES:]
        new = list(islice(frames, _SEGMENT_FRAMES[decoder]))


def _frames(path: Path, audio_format: AudioFormat, n_skipped: int) -> Iterator[bytes]:
    """Yield the frames with ADTS headers, up to the first that is not whole."""
    with path.open("rb") as file:
        if audio_format is AudioFormat.AAC:
            file.seek(skip_id3(file))
            yield from islice(read_adts_frames(file), n_skipped, None)
            return
        audio = read_mp4(file)
        for offset, n_bytes in islice(audio.frames, n_skipped, None):
            frame = read_frame(file, offset, n_bytes)
            if frame is None:
                return
            yield write_adts_header(audio.config, n_bytes) + frame


def _decode(
    decoder: str, config: AacConfig, overlap: list[bytes], frames: list[bytes]
) -> AacSegment:
    wanted = len(frames) * FRAME_SAMPLES
    stream = overlap + frames
    # Symphonia estimates a stream's length from two frames at least.
    data = b"".join(stream if len(stream) > 1 else stream * 2)
    run = _decode_with_sphn if decoder == "sphn" else _decode_with_ffmpeg
    decoded = run(data, config)
    if decoded is not None and len(decoded) >= len(stream) * FRAME_SAMPLES:
        start = len(overlap) * FRAME_SAMPLES
        return AacSegment(decoded[start : start + wanted], 0)
    if len(frames) <= _SMALLEST_FRAMES:
        return AacSegment(np.zeros((wanted, config.channels), np.float32), wanted)
    middle = len(frames) // 2
    # A damaged frame would spoil its neighbour's half too: the second starts without an overlap.
    halves = (
        _decode(decoder, config, overlap, frames[:middle]),
        _decode(decoder, config, [], frames[middle:]),
    )
    samples = np.concatenate([one.samples for one in halves])
    return AacSegment(samples, sum(one.n_lost for one in halves))


def _decode_with_sphn(data: bytes, config: AacConfig) -> Samples | None:
    import sphn

    with tempfile.NamedTemporaryFile(prefix="licklab-", suffix=".aac") as file:
        file.write(data)
        file.flush()
        try:
            decoded = sphn.FileReader(file.name).decode_all()
        except ValueError:
            return None
        except BaseException as error:
            # A panic of Rust code, which derives from BaseException, is a damaged frame as well.
            if type(error).__name__ != "PanicException":
                raise
            return None
    samples: Samples = np.ascontiguousarray(decoded.T, np.float32)
    return samples if samples.shape[1] == config.channels else None


def _decode_with_ffmpeg(data: bytes, config: AacConfig) -> Samples | None:
    # The rate is set for streams with spectral bands on top, which ffmpeg decodes at twice it.
    command = [
        "ffmpeg", "-v", "quiet", "-protocol_whitelist", "pipe", "-f", "aac", "-i", "pipe:0",
        "-flags2", "+skip_manual", "-map", "0:a:0", "-f", "f32le",
        "-ac", str(config.channels), "-ar", str(config.sample_rate), "pipe:1",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_PATIENCE_SEC, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    whole = len(done.stdout) - len(done.stdout) % (4 * config.channels)
    return np.frombuffer(done.stdout[:whole], "<f4").reshape(-1, config.channels)
