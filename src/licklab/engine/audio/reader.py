"""Samples of a recording, block by block: mono, at the rate that is asked for.

Sample 0 is the first sample of the music: the encoder's padding is dropped here and nowhere else.
Memory does not grow with the length of the recording.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from licklab.engine.audio.aac import read_aac
from licklab.engine.audio.aac_frames import FRAME_SAMPLES
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
# A decoder that goes to a place needs some frames until its sound is right again: MP3 keeps bits in
# the frames before (ten of them at the lowest bit rates).
_SETTLING_SEC = 1.0
# Missing less than this, an encoder has rounded; missing more, the file has been cut.
_TOLERANCE_SEC = 0.1


class AudioReader:
    """Reads a recording, or a part of it, once.

    Parameters
    ----------
    path : Path
        The file.
    info : AudioInfo
        What `probe_audio` found in it.
    start_sample : int, optional
        The first sample that is wanted, at the rate of the file; those before it are not decoded
        where the format lets a reader go there.
    end_sample : int or None, optional
        Behind the last one that is wanted; None reads to the end, also beyond what the header says.
    """

    def __init__(
        self, path: Path, info: AudioInfo, start_sample: int = 0, end_sample: int | None = None
    ) -> None:
        self._path = path
        self._info = info
        self._start_sample = start_sample
        self._end_sample = end_sample
        self.n_samples_read = 0
        self._broke_off = False
        self._has_reached_end_sample = False
        self._n_lost = 0

    @property
    def duration_sec(self) -> float:
        """Length of the recording as far as it could be read.

        Where the reading ended on purpose, what the file says is believed of the rest.
        """
        if self._has_reached_end_sample:
            return max(self._info.duration_sec, self.read_to_sec)
        return self.read_to_sec

    @property
    def read_to_sec(self) -> float:
        """Time in the recording that has been reached."""
        return (self._start_sample + self.n_samples_read) / self._info.sample_rate

    @property
    def read_sec(self) -> float:
        """Length of what has been read so far."""
        return self.n_samples_read / self._info.sample_rate

    @property
    def share_read(self) -> float:
        """Share that has been read of what is wanted, 0 to 1."""
        end = self._info.n_samples if self._end_sample is None else self._end_sample
        return min(1.0, self.n_samples_read / max(1, end - self._start_sample))

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
        elif not self._has_reached_end_sample and (
            info.is_cut_off or (self._broke_off and missing_sec > 0)
        ):
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

    def blocks(self, sample_rate: float) -> Iterator[Samples]:
        """Read what is wanted of the recording.

        Parameters
        ----------
        sample_rate : float, Hz
            Of the samples given.

        Yields
        ------
        array, shape=(n_samples,)
            Consecutive mono samples, the mean of all channels.

        Raises
        ------
        DamagedAudioError
            If nothing of it can be read.
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

    def channel_blocks(self) -> Iterator[Samples]:
        """Read what is wanted of the recording as it is in the file.

        Yields
        ------
        array, shape=(n_samples, n_channels)
            Consecutive samples, at the rate of the file.

        Raises
        ------
        DamagedAudioError
            If nothing of it can be read.
        """
        for samples in self._wanted():
            yield _finite(samples.copy())

    def _wanted(self) -> Iterator[Samples]:
        # Padding at the end, where the header tells of it; what it understates is not cut.
        end = self._info.n_samples if self._info.format is AudioFormat.M4A else None
        if self._end_sample is not None:
            end = self._end_sample if end is None else min(end, self._end_sample)
        n_wanted = None if end is None else max(0, end - self._start_sample)
        with closing(self._source()) as source:
            for samples in source:
                kept = samples if n_wanted is None else samples[: n_wanted - self.n_samples_read]
                if len(kept):
                    self.n_samples_read += len(kept)
                    yield kept
                if self._start_sample + self.n_samples_read == self._end_sample:
                    self._has_reached_end_sample = True
                    break
        if self.n_samples_read == 0:
            raise self._nothing()

    def _mono_blocks(self) -> Iterator[Samples]:
        pending: list[Samples] = []
        n_pending = 0
        for samples in self._wanted():
            pending.append(_finite(samples.mean(axis=1)))
            n_pending += len(samples)
            if n_pending >= _BLOCK_SEC * self._info.sample_rate:
                yield np.concatenate(pending)
                pending, n_pending = [], 0
        if pending:
            yield np.concatenate(pending)

    def _nothing(self) -> DamagedAudioError:
        where = f" from {self.read_to_sec:.2f} s on" if self._start_sample else ""
        return DamagedAudioError(f"want a recording that can be decoded{where}, got a damaged file")

    def _aac_source(self) -> Iterator[Samples]:
        first_frame, to_skip = divmod(
            self._info.priming_samples + self._start_sample, FRAME_SAMPLES
        )
        n_decoded = 0
        for segment in read_aac(self._path, self._info.format, first_frame):
            self._n_lost += segment.n_lost
            n_decoded += len(segment.samples)
            yield segment.samples[to_skip:]
            to_skip = max(0, to_skip - len(segment.samples))
        if n_decoded == self._n_lost:
            raise self._nothing()

    def _source(self) -> Generator[Samples]:
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
            to_skip = stretch.leftover_samples + self._start_sample
            if self._start_sample:
                sound, to_skip = _go_to(sound, to_skip, lambda: stretch.open(file))
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


def _go_to(sound: Sound, to_skip: int, reopen: Callable[[], BinaryIO]) -> tuple[Sound, int]:
    """Go to a little before a sample, or begin again where damage does not let one go there.

    Returns
    -------
    Sound
        To read from.
    int
        Samples that are still to be thrown away.
    """
    place = max(0, to_skip - round(_SETTLING_SEC * sound.samplerate))
    try:
        if sound.seek(place) == place:
            return sound, to_skip - place
    except sf.LibsndfileError:
        pass
    sound.close()
    return Sound(reopen()), to_skip


def _finite(samples: Samples) -> Samples:
    """Replace what is no number, which a lossy decoder may give for damaged frames."""
    return np.nan_to_num(samples, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def narrow(block: Samples) -> Samples:
    """Make one channel of more than two; nobody has ears for the others.

    Parameters
    ----------
    block : array, shape=(n_samples, n_channels)
        As read.

    Returns
    -------
    array, shape=(n_samples, 1 or 2)
        Itself where it has no more.
    """
    return block if block.shape[1] <= 2 else block.mean(axis=1, keepdims=True)
