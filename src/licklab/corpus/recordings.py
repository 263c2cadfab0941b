"""Solos of transcriptions, and the user's own recordings among them."""

from dataclasses import replace

from licklab.corpus.solo import CorpusSolo, SoloInfo, solo_id
from licklab.corpus.solo_rows import AddReport
from licklab.corpus.store import Corpus
from licklab.domain.transcription import Transcription
from licklab.licks.phrases import find_phrases
from licklab.notation.solo_lines import draw_line

SOURCE = "your recordings"
"""Source of the solos of the user's jobs."""

_LICENCE = "your own"


def draw_solo(transcription: Transcription, info: SoloInfo) -> CorpusSolo:
    """Draw the solo of a transcription.

    Parameters
    ----------
    transcription : Transcription
        As heard, mended or read; with notes.
    info : SoloInfo
        Who plays what; instrument, key and tempo are put in from the transcription.

    Returns
    -------
    CorpusSolo
        With the phrases that are found in it.
    """
    analysis = transcription.analysis
    line = draw_line(transcription)
    key = None if analysis is None else analysis.key
    return CorpusSolo(
        replace(
            info,
            instrument=transcription.instrument,
            key="" if key is None else str(key.key),
            tempo_bpm=None if analysis is None else analysis.grid.tempo_bpm,
        ),
        line,
        find_phrases(line),
    )


def add_transcription(
    corpus: Corpus,
    transcription: Transcription,
    *,
    job_id: str,
    title: str,
    performer: str = "",
    style: str = "",
    year: int | None = None,
) -> AddReport:
    """Add the solo of one of the user's jobs, in place of what the job had there before.

    Parameters
    ----------
    corpus : Corpus
        To add it to.
    transcription : Transcription
        Of the job, mended or not.
    job_id : str
        Of the job.
    title : str
        To show it under.
    performer, style : str
        Empty where unknown.
    year : int, optional
        Of the recording.

    Returns
    -------
    AddReport
        What became of it; nothing is added, and what was there goes, where nothing is played.

    Raises
    ------
    CorpusError
        If it cannot be written.
    """
    if not transcription.notes:
        corpus.remove(job_id=job_id)
        return AddReport()
    info = SoloInfo(
        id=solo_id("job", job_id), performer=performer, title=title, instrument="", style=style,
        year=year, source=SOURCE, licence=_LICENCE, job_id=job_id,
    )  # fmt: skip
    return corpus.add([draw_solo(transcription, info)])
