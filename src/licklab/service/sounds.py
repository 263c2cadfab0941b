"""A recording to look at and to practise with: its outline, pictures, and clips of it."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO

from licklab.domain.region import Region
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.engine.audio.clip import ClipWishes, cut_clip, write_clip
from licklab.engine.audio.playback import write_playback
from licklab.engine.audio.probe import AudioInfo, probe_audio
from licklab.engine.audio.spectrogram import count_tiles, draw_tile, write_webp
from licklab.engine.audio.waveform import read_peaks
from licklab.service.jobs import SCORE_SUFFIX, JobFileMissingError, Jobs, audio_name
from licklab.service.keeping import Kept
from licklab.service.storage import Storage, needs_room
from licklab.service.tables import Job

# To be counted up when peaks are made in another way.
_PEAKS_NAME = ".peaks-1.bin"
_PLAYBACK_NAME = ".playback-1.flac"
# Around a lick, for fingers and ears: its first attack and the end of its last note.
_BEFORE_SEC, _AFTER_SEC = 0.05, 0.15
# Of some 60 KB and 20 s each: the solos of an evening.
_MOST_TILES = 128


class Sounds:
    """The use cases around the sound of a job; no model is loaded for any of them.

    Parameters
    ----------
    jobs : Jobs
        To look jobs up.
    storage : Storage
        The files.
    """

    def __init__(self, jobs: Jobs, storage: Storage) -> None:
        self._jobs = jobs
        self._storage = storage
        self._tiles: Kept[tuple[uuid.UUID, int], bytes] = Kept(_MOST_TILES)

    def job(self, job_id: uuid.UUID) -> Job:
        """Look a job with a recording up.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Job
            As it is now.

        Raises
        ------
        JobNotFoundError
            If there is none.
        JobFileMissingError
            If it came as a score.
        """
        job = self._jobs.get(job_id)
        if job.audio_suffix == SCORE_SUFFIX:
            raise JobFileMissingError(f"want the recording of the job {job.id}, got a score")
        return job

    @needs_room("the outline of the recording")
    def peaks(self, job_id: uuid.UUID) -> bytes:
        """Give the outline of a recording, made once and kept beside it.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        bytes
            Lowest and highest sample of each hundredth of a second as int8, one after the other.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobFileMissingError
            If it has no recording.
        DamagedAudioError
            If nothing of it can be read.
        StorageError
            If there is no room for it.
        """
        job = self.job(job_id)
        try:
            return self._storage.path(job_id, _PEAKS_NAME).read_bytes()
        except FileNotFoundError:
            pass
        with self._recording(job) as (path, info):
            content = read_peaks(path, info).tobytes()
        self._storage.keep(job_id, _PEAKS_NAME, content)
        return content

    @needs_room("the recording as browsers play it")
    def playback(self, job_id: uuid.UUID) -> Path:
        """Give a recording as every browser plays it, made once and kept beside it.

        Parameters
        ----------
        job_id : UUID
            The job.

        Returns
        -------
        Path
            Of a FLAC file whose time 0 is that of the transcription.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobFileMissingError
            If it has no recording.
        DamagedAudioError
            If nothing of it can be read.
        StorageError
            If there is no room for it.
        """
        job = self.job(job_id)
        kept = self._storage.path(job_id, _PLAYBACK_NAME)
        if kept.exists():
            return kept
        draft = self._storage.new_upload()
        try:
            with self._recording(job) as (path, info):
                write_playback(path, info, draft)
            self._storage.keep_draft(draft, job_id, _PLAYBACK_NAME)
        finally:
            draft.unlink(missing_ok=True)
        return kept

    def tile(self, job_id: uuid.UUID, tile: int) -> bytes:
        """Draw a stretch of a recording: time by pitch.

        Parameters
        ----------
        job_id : UUID
            The job.
        tile : int
            Which, from 0.

        Returns
        -------
        bytes
            WebP.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobFileMissingError
            If it has no recording, or that no such tile.
        """
        job = self.job(job_id)
        n_tiles = count_tiles(job.duration_sec)
        if not 0 <= tile < n_tiles:
            raise JobFileMissingError(f"want a tile from 0 to {n_tiles - 1}, got {tile}")

        def draw() -> bytes:
            with self._recording(job) as (path, info):
                return write_webp(draw_tile(path, info, tile))

        return self._tiles.get((job_id, tile), draw)

    @needs_room("the clip")
    def clip(self, job_id: uuid.UUID, stretch: Region, wishes: ClipWishes, kind: str) -> IO[bytes]:
        """Cut a stretch out of a recording, and make it sound as wished.

        Parameters
        ----------
        job_id : UUID
            The job.
        stretch : Region
            In seconds of the recording.
        wishes : ClipWishes
            Speed, key and repeats.
        kind : str
            One of `licklab.engine.audio.clip.MEDIA_TYPES`.

        Returns
        -------
        binary file
            At its beginning, without a name: it is gone when it is closed.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobFileMissingError
            If it has no recording.
        InputError
            If the stretch is too long or not in the recording, or cannot be read.
        StorageError
            If there is no room for it.
        """
        job = self.job(job_id)
        with self._recording(job) as (path, info):
            clip = cut_clip(path, info, stretch, wishes)
        # Minutes of sound are not for memory: they wait for slow listeners.
        with ExitStack() as exits:
            file = exits.enter_context(tempfile.TemporaryFile(prefix="licklab-"))
            write_clip(clip, file, kind, wishes.n_repeats)
            file.seek(0)
            exits.pop_all()
            return file

    @contextmanager
    def _recording(self, job: Job) -> Iterator[tuple[Path, AudioInfo]]:
        """Give a recording; the job may be deleted at any moment."""
        path = self._storage.path(job.id, audio_name(job))
        try:
            yield path, _probe(path)
        except FileNotFoundError as error:
            raise JobFileMissingError(
                f"want the recording of the job {job.id}, got none: its file is no longer there"
            ) from error


def stretch_around(line: SoloLine, span: NoteSpan, duration_sec: float) -> Region:
    """Give the stretch of a recording in which a lick is heard, with a little air.

    Parameters
    ----------
    line : SoloLine
        The solo.
    span : NoteSpan
        The lick.
    duration_sec : float, seconds
        Of the recording.

    Returns
    -------
    Region
        Inside the recording.
    """
    notes = slice(span.start, span.stop)
    begin, end = float(line.onset_sec[span.start]), float(line.offset_sec[notes].max())
    return Region(max(0.0, begin - _BEFORE_SEC), min(duration_sec, end + _AFTER_SEC))


@lru_cache(maxsize=64)
def _probe(path: Path) -> AudioInfo:
    """Look into a recording once: it never changes, and some formats are read to their end."""
    return probe_audio(path)
