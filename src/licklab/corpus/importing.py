"""Solos of files and folders into the corpus.

An SQLite file in the layout of the Weimar Jazz Database, a score, or a folder of scores. Importing
the same again changes nothing; an import that is broken off keeps what is in, and goes on from
there when it is started again.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from licklab.corpus.folder import SUFFIXES, find_scores, read_scores
from licklab.corpus.import_report import ImportFailure, ImportProgress, ImportReport
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.solo_rows import AddReport
from licklab.corpus.store import Corpus
from licklab.corpus.strange_database import HEAD
from licklab.corpus.weimar_db import count_weimar, read_weimar
from licklab.errors import CorpusFileError

_STEP = 16  # solos between two reports of progress
_GZIP = b"\x1f\x8b"


def import_path(
    corpus: Corpus,
    path: Path,
    *,
    performer: str | None = None,
    style: str | None = None,
    licence: str | None = None,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Import a database, a score, or a folder of scores.

    Parameters
    ----------
    corpus : Corpus
        To add the solos to.
    path : Path
        An SQLite file in the layout of `wjazzd.db`, a MusicXML, MIDI, ABC or JAMS file, or a folder
        of such files.
    performer, style : str, optional
        Of all scores; as the names of files and folders tell if omitted. A database names its own.
    licence : str, optional
        Of all scores; unknown if omitted. A database names its own.
    progress : callable, optional
        Told how far it is.

    Returns
    -------
    ImportReport
        What became of the solos. Scores that cannot be read are in it and do not stop the others.

    Raises
    ------
    CorpusFileError
        If there is nothing at the path that solos can be taken from.
    CorpusError
        If the corpus cannot be written.
    """
    head = _read_head(path)
    if head.startswith(_GZIP):
        raise CorpusFileError(
            f"want a database or a score, got {path.name} packed; unpack it first"
        )
    if head == HEAD:
        return _import_all(corpus, read_weimar(path), count_weimar(path), progress)
    scores, failures = find_scores(path, performer=performer, style=style, licence=licence)
    if not scores and not failures:
        raise CorpusFileError(
            f"want a folder with scores ({', '.join(sorted(SUFFIXES))}), got none in {path}"
        )
    report = _import_all(corpus, read_scores(scores), len(scores), progress)
    has_solos = report.added or report.replaced or report.skipped
    if path.is_file() and report.failures and not has_solos:
        raise CorpusFileError(report.failures[0].reason)
    return ImportReport(
        report.added, report.replaced, report.skipped, (*failures, *report.failures)
    )


def _read_head(path: Path) -> bytes:
    """Read how a file begins; nothing of a folder."""
    try:
        if path.is_dir():
            return b""
        if not path.is_file():
            raise CorpusFileError(f"want a file or a folder with solos, got nothing at {path}")
        with path.open("rb") as file:
            return file.read(len(HEAD))
    except (OSError, ValueError) as error:
        raise CorpusFileError(f"want a file or a folder that can be read, got: {error}") from error


def _import_all(
    corpus: Corpus,
    found: Iterator[CorpusSolo | ImportFailure],
    n_all: int,
    progress: ImportProgress | None,
) -> ImportReport:
    report = AddReport()
    failures: list[ImportFailure] = []
    done = 0
    while batch := list(islice(found, _STEP)):
        report += corpus.add([one for one in batch if isinstance(one, CorpusSolo)])
        failures += [one for one in batch if isinstance(one, ImportFailure)]
        done += len(batch)
        if progress is not None:
            progress(done, max(done, n_all))
    return ImportReport(report.added, report.replaced, report.skipped, tuple(failures))
