"""The kinds of file that a transcription can be taken away as, in one table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from licklab.domain.score import Score
from licklab.domain.transcription import Transcription
from licklab.engraving.style import PageStyle
from licklab.errors import ExportKindError
from licklab.exporting.notes_csv import write_csv
from licklab.formats.abc_notation import write_abc
from licklab.formats.alphatex import write_alphatex
from licklab.formats.chordpro import write_chordpro
from licklab.formats.ireal_link import write_ireal_link
from licklab.formats.jams_annotations import write_jams
from licklab.formats.labels import write_audacity, write_sonic_visualiser
from licklab.formats.lilypond import write_lilypond
from licklab.formats.midi import write_midi
from licklab.formats.score_midi import write_score_midi
from licklab.formats.score_musicxml import write_musicxml, write_mxl
from licklab.formats.transcription_json import write_transcription


class ChangesWriter(Protocol):
    """Writes the changes of a transcription."""

    def __call__(self, transcription: Transcription, *, title: str, composer: str) -> bytes:
        """Write them under a title."""


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A kind of file.

    Attributes
    ----------
    name : str
        On the command line.
    suffix : str
        Of the file, without a dot in front; also its name on the API.
    media_type : str
        Of the content.
    about : str
        What it is, for people.
    write_score : callable or None
        Writes it from a score; None for kinds that have what was heard in them.
    write_heard : callable or None
        Writes it from what was heard.
    write_changes : callable or None
        Writes the changes of what was heard; takes title and composer besides.
    """

    name: str
    suffix: str
    media_type: str
    about: str
    write_score: Callable[[Score, PageStyle], bytes] | None = None
    write_heard: Callable[[Transcription], bytes] | None = None
    write_changes: ChangesWriter | None = None


def _write_pdf(score: Score, style: PageStyle) -> bytes:
    # Imported here: who writes JSON waits for no engraver.
    from licklab.engraving.pdf import write_pdf

    return write_pdf(score, style)


def _write_svg(score: Score, style: PageStyle) -> bytes:
    from licklab.engraving.svg import write_svg

    return write_svg(score, style)


_ALL = (
    ExportKind("json", "json", "application/json", "everything that was heard",
               write_heard=write_transcription),
    ExportKind("midi", "mid", "audio/midi", "the notes as played, with the tempo map",
               write_heard=write_midi),
    ExportKind("score-midi", "score.mid", "audio/midi", "the written notes, with swing",
               write_score=lambda score, _: write_score_midi(score)),
    ExportKind("musicxml", "musicxml", "application/vnd.recordare.musicxml+xml",
               "for MuseScore, Sibelius, Dorico, Finale",
               write_score=lambda score, _: write_musicxml(score)),
    ExportKind("mxl", "mxl", "application/vnd.recordare.musicxml", "the same, compressed",
               write_score=lambda score, _: write_mxl(score)),
    ExportKind("pdf", "pdf", "application/pdf", "the page, to print", write_score=_write_pdf),
    ExportKind("svg", "svg", "image/svg+xml", "the page, for a screen", write_score=_write_svg),
    ExportKind("alphatex", "alphatex", "text/plain; charset=utf-8", "for alphaTab",
               write_score=lambda score, _: write_alphatex(score)),
    ExportKind("abc", "abc", "text/vnd.abc; charset=utf-8", "ABC notation",
               write_score=lambda score, _: write_abc(score)),
    ExportKind("lilypond", "ly", "text/x-lilypond; charset=utf-8", "for LilyPond",
               write_score=lambda score, _: write_lilypond(score)),
    ExportKind("csv", "csv", "text/csv; charset=utf-8", "a table of notes with metrical places",
               write_heard=write_csv),
    ExportKind("jams", "jams", "application/json", "annotations for research",
               write_heard=write_jams),
    ExportKind("sonic-visualiser", "svl", "application/xml", "a layer for Sonic Visualiser",
               write_heard=write_sonic_visualiser),
    ExportKind("audacity", "labels.txt", "text/plain; charset=utf-8", "labels for Audacity",
               write_heard=write_audacity),
    ExportKind("ireal", "ireal.html", "text/html; charset=utf-8", "the changes, for iReal Pro",
               write_changes=write_ireal_link),
    ExportKind("chordpro", "cho", "text/plain; charset=utf-8", "the changes, as ChordPro",
               write_changes=write_chordpro),
)  # fmt: skip

EXPORTS: Mapping[str, ExportKind] = MappingProxyType({one.name: one for one in _ALL})
"""Every kind by its name, in the order in which they are shown."""


def find_export(name: str) -> ExportKind:
    """Find a kind of file.

    Parameters
    ----------
    name : str
        Its name or its suffix; case does not matter.

    Returns
    -------
    ExportKind
        Of that name.

    Raises
    ------
    ExportKindError
        If there is none.

    Examples
    --------
    >>> find_export("MIDI").suffix, find_export("xml").name
    ('mid', 'musicxml')
    """
    wanted = name.strip().lower().removeprefix(".")
    wanted = {"xml": "musicxml", "tex": "alphatex"}.get(wanted, wanted)
    for one in _ALL:
        if wanted in {one.name, one.suffix}:
            return one
    raise ExportKindError(f"want a kind of file, one of {', '.join(EXPORTS)}; got {name[:40]!r}")
