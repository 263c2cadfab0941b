"""A whole recording as every browser can play it, on the clock of the transcription.

Browsers read fewer formats than we do, and some of them keep the padding that an encoder put in
front: their second 0 is not ours. What is written here begins with the sample that our times count
from.
"""

from pathlib import Path

import numpy as np
import soundfile as sf
import soxr

from licklab.engine.audio.probe import AudioInfo
from licklab.engine.audio.reader import AudioReader, narrow
from licklab.engine.audio.sndfile import written_whole

MEDIA_TYPE = "audio/flac"
# What is above half of it nobody hears, and browsers play at 44.1 or 48 kHz.
_HIGHEST_RATE_HZ = 48_000


def write_playback(path: Path, info: AudioInfo, target: Path) -> None:
    """Write a recording as FLAC of 16 bits, with one or two channels, at 48 kHz at most.

    Parameters
    ----------
    path : Path
        The recording; it is never whole in memory.
    info : AudioInfo
        What `probe_audio` found in it.
    target : Path
        Where to; replaced.

    Raises
    ------
    DamagedAudioError
        If nothing of it can be read.
    OSError
        If it cannot be written to its end.
    """
    n_channels = info.channels if info.channels <= 2 else 1
    rate = min(info.sample_rate, _HIGHEST_RATE_HZ)
    resampler = soxr.ResampleStream(info.sample_rate, rate, n_channels, dtype="float32")
    with (
        written_whole(),
        sf.SoundFile(target, "w", rate, n_channels, "PCM_16", format="FLAC") as file,
    ):
        for block in AudioReader(path, info).channel_blocks():
            samples = narrow(block)
            file.write(samples if rate == info.sample_rate else resampler.resample_chunk(samples))
        if rate != info.sample_rate:
            silence = np.zeros((0, n_channels), np.float32)
            file.write(resampler.resample_chunk(silence, last=True))
