"""Samples of a recording, block by block: mono, at the rate that is asked for.

Sample 0 is the first sample of the music: the encoder's padding is dropped here and nowhere else.
Memory does not grow with the length of the recording.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from licklab.engine.audio.aac import read_aac
from licklab.engine.audio.formats import AudioFormat
from licklab.engine.audio.locate import locate_sound
from licklab.engine.audio.probe import AudioInfo
from licklab.engine.audio.sndfile import Sound, read_into
from licklab.errors import DamagedAudioError

Samples = npt.NDArray[np.float32]

# A damaged file is readable up to the read that fails, so the reads are short ...
_READ_FRAMES = 4096
# ... and the blocks that are passed on long enough to be worth it.
_BLOCK_SEC = 2.0
# Missing less than this, an encoder has rounded; missing more, the file has been cut.
_TOLERANCE_SEC = 0.1


class AudioReader:
    """Reads a recording once, from its beginning to its end.

    Parameters
    ----------
    path : Path
        The file.
    info : AudioInfo
        What `probe_audio` found in it.
    """

    def __init__(self, path: Path, info: AudioInfo) -> None:
        self._path = path
        self._info = info
        self.n_samples_read = 0
        self._broke_off = False
        self._n_lost = 0

    @property
    def duration_sec(self) -> float:
        """Length of what has been read so far."""
        return self.n_samples_read / self._info.sample_rate

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know, as sentences; complete when the reading is."""
        info = self._info
        missing_sec = info.duration_sec - self.duration_sec
        sentences = []
        if missing_sec > _TOLERANCE_SEC:
            sentences.append(
                f"The file promises {info.duration_sec:.1f} s of sound and holds "
                f"{self.duration_sec:.1f} s that can be read; these were used."
            )
        elif info.is_cut_off or (self._broke_off and missing_sec > 0):
            sentences.append(
                "The file is cut off or damaged; the "
                f"{self.duration_sec:.1f} s that can be read were used."
            )
        if self._n_lost:
            lost_sec = self._n_lost / info.sample_rate
            sentences.append(f"{lost_sec:.1f} s in the file are damaged and were taken as silence.")
        if info.remark:
            sentences.append(info.remark)
        return tuple(sentences)

    def blocks(self, sample_rate: int) -> Iterator[Samples]:
        """Read the recording.

        Parameters
        ----------
        sample_rate : int, Hz
            Of the samples given.

        Yields
        ------
        array, shape=(n_samples,)
            Consecutive mono samples, the mean of all channels.

        Raises
        ------
        DamagedAudioError
            If nothing can be read.
        """
        if sample_rate == self._info.sample_rate:
            yield from self._mono_blocks()
            return
        stream = soxr.ResampleStream(self._info.sample_rate, sample_rate, 1, dtype="float32")
        for block in self._mono_blocks():
            resampled = stream.resample_chunk(block)
            if resampled.size:
                yield resampled
        rest = stream.resample_chunk(np.zeros(0, np.float32), last=True)
        if rest.size:
            yield rest

    def _mono_blocks(self) -> Iterator[Samples]:
        # Padding at the end, where the header tells of it; what it understates is not cut.
        left = self._info.n_samples if self._info.format is AudioFormat.M4A else None
        pending: list[Samples] = []
        n_pending = 0
        for samples in self._source():
            kept = samples if left is None else samples[: left - self.n_samples_read]
            if not len(kept):
                continue
            self.n_samples_read += len(kept)
            pending.append(_finite(kept.mean(axis=1)))
            n_pending += len(kept)
            if n_pending >= _BLOCK_SEC * self._info.sample_rate:
                yield np.concatenate(pending)
                pending, n_pending = [], 0
        if pending:
            yield np.concatenate(pending)
        if self.n_samples_read == 0:
            raise DamagedAudioError("want a recording that can be decoded, got a damaged file")

    def _aac_source(self) -> Iterator[Samples]:
        to_skip = self._info.priming_samples
        n_decoded = 0
        for segment in read_aac(self._path, self._info.format):
            self._n_lost += segment.n_lost
            n_decoded += len(segment.samples)
            yield segment.samples[to_skip:]
            to_skip = max(0, to_skip - len(segment.samples))
        if n_decoded == self._n_lost:
            raise DamagedAudioError("want a recording that can be decoded, got a damaged file")

    def _source(self) -> Iterator[Samples]:
        """Yield samples as they are in the file, shape=(n_samples, channels)."""
        if self._info.format in (AudioFormat.M4A, AudioFormat.AAC):
            yield from self._aac_source()
            return
        with self._path.open("rb") as file:
            stretch = locate_sound(file)
            try:
                sound = Sound(stretch.open(file))
            except sf.LibsndfileError:
                return  # `_mono_blocks` complains that there was nothing
            to_skip = stretch.leftover_samples
            with sound:
                has_failed = False
                while not has_failed:
                    buffer = np.empty((_READ_FRAMES, sound.channels), np.float32)
                    n_read, has_failed = read_into(sound, buffer)
                    if n_read == 0:
                        break
                    yield buffer[to_skip:n_read]
                    to_skip = max(0, to_skip - n_read)
            self._broke_off = has_failed


def _finite(samples: Samples) -> Samples:
    """Replace what is no number, which a lossy decoder may give for damaged frames."""
    return np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
