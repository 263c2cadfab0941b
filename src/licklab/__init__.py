"""Jazz Lick Lab: from a recording to the notes of its soloist.

>>> import licklab
>>> licklab.find_instrument("tenor sax").name
'Tenor saxophone'
"""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from licklab.domain.instrument import INSTRUMENTS, Instrument, Texture, find_instrument
from licklab.domain.mode import Mode, find_mode
from licklab.domain.note import Note
from licklab.domain.progress import Progress, ProgressCallback, Stage
from licklab.domain.quality import Quality, find_quality
from licklab.domain.region import Region
from licklab.domain.transcription import EngineInfo, ModelInfo, Source, Transcription
from licklab.version import __version__

if TYPE_CHECKING:
    from licklab.corpus.match import Match, SearchFilter
    from licklab.corpus.query import Query
    from licklab.corpus.store import Corpus
    from licklab.studying.study import Study

__all__ = [
    "INSTRUMENTS",
    "EngineInfo",
    "Instrument",
    "Mode",
    "ModelInfo",
    "Note",
    "Progress",
    "ProgressCallback",
    "Quality",
    "Region",
    "Source",
    "Stage",
    "Texture",
    "Transcription",
    "__version__",
    "export",
    "find_instrument",
    "mend",
    "open_corpus",
    "read_score",
    "search",
    "study",
    "transcribe",
]


def transcribe(
    path: str | PathLike[str],
    instrument: str | Instrument = "other",
    *,
    mode: str | Mode = Mode.AUTO,
    region: Region | None = None,
    quality: str | Quality = Quality.LIGHT,
    progress: ProgressCallback | None = None,
) -> Transcription:
    """Hear the notes of one instrument in a recording.

    Parameters
    ----------
    path : path-like
        MP3, WAV, FLAC, Ogg/Opus, M4A/AAC or AIFF.
    instrument : str or Instrument, optional
        Which one to follow; any name that `find_instrument` knows.
    mode : str or Mode, optional
        `line`, `polyphonic`, or `auto` for what the instrument usually plays.
    region : Region, optional
        The part to hear; the whole if omitted.
    quality : str or Quality, optional
        `light`, or `best` for solo piano, which needs the package `transkun` (without what it
        depends on) and six times the work.
    progress : callable, optional
        Called after every chunk; it may raise to stop the work.

    Returns
    -------
    Transcription
        With times in seconds of the file.

    Raises
    ------
    InputError
        If the file's content or a name cannot be used, the region is not inside the recording, or
        the instrument cannot be heard in that quality.
    OSError
        If the file cannot be opened.
    ModelError
        If a model is not installed.

    Examples
    --------
    >>> example = "examples/third-shelf-blues.mp3"
    >>> solo = licklab.transcribe(example, instrument="tenor sax")  # doctest: +SKIP
    >>> len(solo.notes)  # doctest: +SKIP
    354
    >>> part = Region(12.5, 40)
    >>> solo = licklab.transcribe(example, "tenor sax", region=part)  # doctest: +SKIP
    >>> len(solo.notes)  # doctest: +SKIP
    120
    """
    # Imported here: it loads the ONNX runtime, which the API process must never do.
    from licklab.engine.pipeline import Listener

    one = instrument if isinstance(instrument, Instrument) else find_instrument(instrument)
    texture = find_mode(mode).texture
    return Listener().transcribe(
        Path(path),
        one,
        texture=texture,
        region=region,
        quality=find_quality(quality),
        progress=progress,
    )


def mend(
    transcription: Transcription,
    *edits: Mapping[str, Any],
    evidence: str | PathLike[str] | None = None,
) -> Transcription:
    """Mend beats, bars, chords, key or notes of a transcription without listening again.

    Parameters
    ----------
    transcription : Transcription
        As it is.
    *edits : mapping
        As the API takes them, such as ``{"op": "double"}``, ``{"op": "downbeat", "time_sec":
        12.3}``, ``{"op": "taps", "taps_sec": [1.0, 1.5]}``, ``{"op": "key", "key": "Bb"}`` or
        ``{"op": "notes", "operations": [{"op": "remove", "ids": ["n7"]}]}``.
    evidence : path-like, optional
        The file of evidence that was written with the transcription. Without it beats are spread
        evenly, chords go to the nearest beats, and no chart can be laid over them.

    Returns
    -------
    Transcription
        As it is wanted; the one that was given is the way back.

    Raises
    ------
    InputError
        If an edit says what cannot be.
    OSError
        If there is no such file of evidence.
    """
    # Imported here: not everybody who lists instruments mends.
    from licklab.domain.mending import SettledEdit
    from licklab.domain.recall import Recall
    from licklab.domain.transcription_mending import mend_transcription, settle_next
    from licklab.formats.edits_json import read_edit
    from licklab.recalling import heard_span, recall_evidence

    asked = [read_edit(dict(one)) for one in edits]
    span = heard_span(transcription)
    recall = Recall(*span)
    if evidence is not None:
        Path(evidence).open("rb").close()
        recall = recall_evidence(Path(evidence), *span, lambda: transcription.notes)
    settled: list[SettledEdit] = []
    for one in asked:
        settled.append(settle_next(one, transcription, settled, recall))
    return mend_transcription(transcription, settled, recall)


def export(transcription: Transcription, kind: str = "pdf", **wishes: Any) -> bytes:
    """Write a transcription as a page, or as another program's file.

    Parameters
    ----------
    transcription : Transcription
        As heard, mended or read.
    kind : str
        Such as ``pdf``, ``svg``, ``musicxml``, ``midi``, ``alphatex``, ``abc``, ``csv``, ``jams``.
    **wishes : object
        As `licklab.exporting.request.read_request` takes them: `part`, `key`, `octave`,
        `from_bar`, `to_bar`, `title`, `composer`, `tab`, `hand`, `paper`, `doubtful`.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        If there is no such kind, part, key, tuning or bar.

    Examples
    --------
    >>> page = licklab.export(solo, "pdf", part="trumpet", key="F")  # doctest: +SKIP
    """
    # Imported here: not everybody who lists instruments prints.
    from licklab.exporting.kinds import find_export
    from licklab.exporting.request import export as write
    from licklab.exporting.request import read_request

    return write(transcription, find_export(kind), read_request(**wishes))


def read_score(
    path: str | PathLike[str], *, part: str | None = None, instrument: str | None = None
) -> Transcription:
    """Read a score that a person wrote: MusicXML, MIDI, ABC or JAMS.

    Parameters
    ----------
    path : path-like
        ``.musicxml``, ``.mxl``, ``.mid`` or ``.jams``.
    part : str, optional
        Name or number of the part; the first with notes if omitted.
    instrument : str, optional
        Who plays it; as the file says if omitted.

    Returns
    -------
    Transcription
        That takes every way a heard one does.

    Raises
    ------
    InputError
        If it cannot be read.
    OSError
        If it cannot be opened.
    """
    from licklab.formats.imports import read_import

    file = Path(path)
    return read_import(file.read_bytes(), file.name, part=part, instrument=instrument)


def study(transcription: Transcription, *, corpus: "Corpus | None" = None) -> "Study":
    """Find the licks of a solo, and analyse it.

    Parameters
    ----------
    transcription : Transcription
        As heard, mended or read.
    corpus : Corpus, optional
        Of `open_corpus`; licks that many of its players share count for more.

    Returns
    -------
    Study
        Its line, phrases, licks with their reasons, and the analysis of every note; `describe`
        tells in words what happens in a stretch.

    Raises
    ------
    CorpusError
        If the corpus or its index is damaged.

    Examples
    --------
    >>> found = licklab.study(solo)  # doctest: +SKIP
    >>> [reason.text for reason in found.licks[0].reasons]  # doctest: +SKIP
    ['Played 3 times in this solo.', 'Ends on the 3rd of F7 on beat 1.']
    """
    from licklab.studying.study import study as make_study

    if corpus is None:
        return make_study(transcription)
    from licklab.corpus.index import open_index
    from licklab.corpus.players import count_players

    index = open_index(corpus)
    if not index.performers:
        return make_study(transcription)
    return make_study(transcription, count_players=lambda pitches: count_players(index, pitches))


def open_corpus(folder: str | PathLike[str]) -> "Corpus":
    """Open a corpus of solos, or begin one.

    Parameters
    ----------
    folder : path-like
        Such as ``data/corpus``, where `licklab corpus import` puts it.

    Returns
    -------
    Corpus
        To be closed, or used in a ``with``.

    Raises
    ------
    CorpusError
        If what is there is damaged, or of another version.
    """
    from licklab.corpus.store import Corpus

    return Corpus(Path(folder))


def search(
    corpus: "Corpus",
    pattern: "str | Query",
    *,
    filters: "SearchFilter | None" = None,
    limit: int = 10,
) -> "tuple[Match, ...]":
    """Search a corpus for a pattern, in any key and tempo.

    Parameters
    ----------
    corpus : Corpus
        Of `open_corpus`.
    pattern : str or Query
        Pitches (``60 62 63 65``, ``C4 D4 Eb4 F4``), intervals (``+2 +1 +2``), degrees (``1 2 b3 5
        over Cm7``, which are looked for over that chord, moved with them) or ABC; or a query, such
        as `Query.of_span` takes out of a line.
    filters : SearchFilter, optional
        Which places are wanted.
    limit : int
        Matches at most.

    Returns
    -------
    tuple of Match
        The nearest first.

    Raises
    ------
    QueryError
        If it cannot be searched for.
    CorpusError
        If the corpus or its index is damaged.

    Examples
    --------
    >>> with licklab.open_corpus("data/corpus") as corpus:  # doctest: +SKIP
    ...     found = licklab.search(corpus, "D4 F4 A4 C5 B4 G4")
    """
    from licklab.corpus.index import open_index
    from licklab.corpus.query_text import read_query
    from licklab.corpus.search import search as search_in

    query = read_query(pattern) if isinstance(pattern, str) else pattern
    return search_in(corpus, open_index(corpus), query, filters=filters, limit=limit)
