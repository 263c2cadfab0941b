"""A solo of the corpus: its line, and who played it, when, and under which licence it is kept."""

import hashlib
from dataclasses import dataclass

from licklab.domain.solo_line import NoteSpan, SoloLine

_ID_DIGITS = 16  # 64 bits: of a million solos, two share an id with a chance of one in 10^7


def solo_id(origin: str, key: str) -> str:
    """Make the id of a solo, the same whenever it is imported.

    Parameters
    ----------
    origin : str
        Where it comes from: a database, a folder, the user's jobs.
    key : str
        That tells it there from all others.

    Returns
    -------
    str
        16 hexadecimal digits.
    """
    named = "\0".join((origin, key)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(named).hexdigest()[:_ID_DIGITS]


@dataclass(frozen=True, slots=True)
class SoloInfo:
    """Who plays a solo, and what else is known beside its notes.

    Attributes
    ----------
    id : str
        Of `solo_id`; it stays when the solo is imported again.
    performer, title : str
        As the source writes them; the performer is empty where nobody is named.
    instrument : str
        Id of `licklab.domain.instrument`.
    style : str
        Such as ``BEBOP``; empty where unknown.
    year : int or None
        Of the recording.
    source : str
        Such as ``Weimar Jazz Database 2.2``, to be named wherever the solo is shown.
    licence : str
        Of the source; empty where unknown.
    key : str
        Such as ``Bb:major``; empty where unknown.
    tempo_bpm : float or None
        Mean tempo.
    job_id : str or None
        Of the user's job that it comes from; None for what was imported.
    """

    id: str
    performer: str
    title: str
    instrument: str
    style: str = ""
    year: int | None = None
    source: str = ""
    licence: str = ""
    key: str = ""
    tempo_bpm: float | None = None
    job_id: str | None = None


@dataclass(frozen=True, slots=True)
class CorpusSolo:
    """A solo with its notes.

    Attributes
    ----------
    info : SoloInfo
        Who, what, when.
    line : SoloLine
        Its notes, places and chords.
    phrases : tuple of NoteSpan
        As the source annotates them, in order; empty where it does not.
    """

    info: SoloInfo
    line: SoloLine
    phrases: tuple[NoteSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class SoloFilter:
    """Which solos are wanted; what is left out does not matter.

    Attributes
    ----------
    performer, instrument, style, source : str or None
        In any case. Of a performer a part of the name will do; instruments by any of their names.
    year_from, year_to : int or None
        Years of the recording, both included; solos without a year do not pass them.
    """

    performer: str | None = None
    instrument: str | None = None
    style: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    source: str | None = None
