"""Licks as packs and exercises are made of them: drawn as passages, with what is said of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from licklab.domain.passage import Passage
from licklab.domain.solo_line import NoteSpan
from licklab.engine.audio.probe import probe_audio
from licklab.errors import AudioError
from licklab.notation.passages import draw_passage
from licklab.packing.lick_files import PackLick
from licklab.packing.sounds import PackRecording
from licklab.packing.wishes import PackWishes
from licklab.packing.words import say_for_part
from licklab.service.jobs import SCORE_SUFFIX, Jobs, audio_name
from licklab.service.licks import Licks
from licklab.service.mending import Mending
from licklab.service.naming import shown_title
from licklab.service.pack_wishes import WrittenWishes
from licklab.service.sounds import stretch_around
from licklab.service.storage import Storage
from licklab.service.tables import Job
from licklab.studying.study import Study


@dataclass(frozen=True, slots=True)
class DrawnLick:
    """A lick of a solo, drawn.

    Attributes
    ----------
    job : Job
        Of the solo.
    version : int
        Of its notes, beats and changes.
    study : Study
        Of the solo.
    span : NoteSpan
        The notes of the lick.
    passage : Passage
        As it is practised.
    title : str
        What the lick is called.
    """

    job: Job
    version: int
    study: Study
    span: NoteSpan
    passage: Passage
    title: str

    @property
    def place(self) -> str:
        """Where it is from, in words."""
        first, last = self.passage.first_bar, self.passage.first_bar + self.passage.n_bars - 1
        bars = f"bar {first}" if first == last else f"bars {first}\u2013{last}"
        return f"{bars} of {shown_title(self.job)}"


@dataclass(frozen=True, slots=True)
class GatheredLicks:
    """All that a pack is made of.

    Attributes
    ----------
    title : str
        Of the solo of the first lick.
    wishes : PackWishes
        What is wanted.
    licks : tuple of PackLick
        In order.
    """

    title: str
    wishes: PackWishes
    licks: tuple[PackLick, ...]


class PackLicks:
    """Gathers licks.

    Parameters
    ----------
    jobs : Jobs
        To look jobs up.
    mending : Mending
        Where results are read.
    licks : Licks
        Where licks are found.
    storage : Storage
        The files.
    soundfont : Path, optional
        That packs are sounded with; the program's own if omitted.
    """

    def __init__(
        self,
        jobs: Jobs,
        mending: Mending,
        licks: Licks,
        storage: Storage,
        soundfont: Path | None = None,
    ) -> None:
        self._jobs, self._mending, self._licks, self._storage = jobs, mending, licks, storage
        self._soundfont = soundfont

    def draw(self, lick_id: uuid.UUID) -> DrawnLick:
        """Draw a lick.

        Parameters
        ----------
        lick_id : UUID
            The lick.

        Returns
        -------
        DrawnLick
            As it is now.

        Raises
        ------
        UnknownLickError
            If there is none, or it is no longer found.
        LickError
            If its notes are no longer there.
        JobFileMissingError
            If the file of the job's result is not there.
        """
        _, record = self._licks.get(lick_id)
        job_id, study, span = self._licks.locate(lick_id)
        mended = self._mending.look_at_notes(job_id)
        passage = draw_passage(mended.transcription, study.line.note_ids[span.start : span.stop])
        title = record.name or f"Lick {self._number(job_id, lick_id)}"
        return DrawnLick(self._jobs.get(job_id), mended.version, study, span, passage, title)

    def _number(self, job_id: uuid.UUID, lick_id: uuid.UUID) -> int:
        """Count the licks of a solo as its list does."""
        ids = [one.id for one in self._licks.list(job_id).licks]
        return ids.index(lick_id) + 1 if lick_id in ids else len(ids) + 1

    def gather(self, lick_ids: Sequence[uuid.UUID], wishes: WrittenWishes) -> GatheredLicks:
        """Gather all that a pack is made of.

        Parameters
        ----------
        lick_ids : sequence of UUID
            In order.
        wishes : WrittenWishes
            What is wanted.

        Returns
        -------
        GatheredLicks
            With recordings where there are any.

        Raises
        ------
        UnknownLickError
            If a lick is no longer there.
        InputError
            If the wishes cannot be met.
        """
        drawn = [self.draw(one) for one in lick_ids]
        read = replace(wishes.read(drawn[0].job.instrument), soundfont=self._soundfont)
        licks = tuple(
            PackLick(
                title=one.title,
                place=one.place,
                passage=one.passage,
                statements=say_for_part(one.study, one.span, read.instrument),
                recording=self._recording(one) if read.has_audio else None,
            )
            for one in drawn
        )
        return GatheredLicks(shown_title(drawn[0].job), read, licks)

    def _recording(self, lick: DrawnLick) -> PackRecording | None:
        if lick.job.audio_suffix == SCORE_SUFFIX:
            return None
        path = self._storage.path(lick.job.id, audio_name(lick.job))
        try:
            info = probe_audio(path)
        except (FileNotFoundError, AudioError):
            return None  # the pack is made without it
        stretch = stretch_around(lick.study.line, lick.span, info.duration_sec)
        return PackRecording(path, info, stretch)
