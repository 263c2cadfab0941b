"""Folders of scores: MusicXML, MIDI, ABC and JAMS files, each one solo, or one a tune of ABC.

Who plays what is read from names: ``Clifford Brown/Joy Spring (1954).mid`` or
``Clifford Brown - Joy Spring.mid``; a title that is in the file goes before that of its name. A
file or a tune that cannot be read is told, and the others go on.
"""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from licklab.corpus.import_report import ImportFailure
from licklab.corpus.names import clean_name
from licklab.corpus.recordings import draw_solo
from licklab.corpus.solo import CorpusSolo, SoloInfo, solo_id
from licklab.errors import CorpusFileError, LickLabError
from licklab.formats.imports import MOST_BYTES, Piece, list_pieces

SUFFIXES = frozenset({".musicxml", ".xml", ".mxl", ".mid", ".midi", ".abc", ".jams"})
"""Of the files that are looked at in a folder."""

_MOST_FILES = 200_000
# A process starts in half a second; so many small files are read meanwhile.
_FEW_FILES = 100
_PER_TURN = 16
_YEAR = re.compile(r"\s*[(\[]((?:19|20)\d\d)[)\]]\s*")
# What a reader may stumble over in one file; it says nothing about the next one.
_DAMAGES = (LickLabError, OSError, ValueError, LookupError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A file with a solo, or with several.

    Attributes
    ----------
    path : Path
        Where it is.
    name : str
        Within the folder that is imported.
    info : SoloInfo
        What its name tells.
    """

    path: Path
    name: str
    info: SoloInfo


def find_scores(
    root: Path, *, performer: str | None, style: str | None, licence: str | None
) -> tuple[list[ScoreFile], list[ImportFailure]]:
    """Find the scores of a folder and of the folders in it.

    Parameters
    ----------
    root : Path
        A folder, or one file.
    performer, style, licence : str or None
        Of all of them; as the names tell if None.

    Returns
    -------
    scores : list of ScoreFile
        By name.
    failures : list of ImportFailure
        What is not looked at: links that lead out of the folder, what is too large or no file.

    Raises
    ------
    CorpusFileError
        If there are absurdly many.
    """
    root = root.resolve()
    if root.is_file():
        paths, failures, base = [root], list[ImportFailure](), root.parent
    else:
        paths, failures = _walk(root)
        base = root
    scores = []
    for path in paths:
        name = clean_name(str(path.relative_to(base)))
        reason = _refusal(path, base)
        if reason:
            failures.append(ImportFailure(name, reason))
            continue
        holder = path.parent.name if path.parent != base or root.is_dir() else ""
        info = replace(
            _info(path, holder), source=clean_name(base.name), style=clean_name(style or ""),
            licence=clean_name(licence or ""),
        )  # fmt: skip
        if performer is not None:
            info = replace(info, performer=clean_name(performer))
        scores.append(ScoreFile(path, name, info))
    return scores, failures


def read_scores(scores: Sequence[ScoreFile]) -> Iterator[CorpusSolo | ImportFailure]:
    """Read scores, in several processes where there are many.

    Parameters
    ----------
    scores : sequence of ScoreFile
        Of `find_scores`.

    Yields
    ------
    CorpusSolo or ImportFailure
        One for each, in order; of a file with several tunes one for each of them.
    """
    n_processes = min(os.cpu_count() or 1, len(scores) // _FEW_FILES)
    if n_processes < 2:
        for one in scores:
            yield from read_score(one)
        return
    # Spawned, not forked: threads of the caller would be forked in the middle of their work.
    with ProcessPoolExecutor(n_processes, mp_context=get_context("spawn")) as pool:
        done = 0
        try:
            for found in pool.map(_read_whole, scores, chunksize=_PER_TURN):
                yield from found
                done += 1
        except BrokenProcessPool:
            for one in scores[done:]:
                yield ImportFailure(one.name, "want a score, got one that the reader died of")


def read_score(score: ScoreFile) -> Iterator[CorpusSolo | ImportFailure]:
    """Read the solos of one file.

    Parameters
    ----------
    score : ScoreFile
        Of `find_scores`.

    Yields
    ------
    CorpusSolo or ImportFailure
        The solos, or why there is none.
    """
    try:
        pieces = list_pieces(score.path.read_bytes(), score.path.name)
    except _DAMAGES as error:
        yield ImportFailure(score.name, str(error) or type(error).__name__)
        return
    for place, piece in enumerate(pieces):
        try:
            transcription = piece.read()
            if not transcription.notes:
                raise CorpusFileError("want a score with notes, got none")
            yield draw_solo(transcription, _info_of_piece(score, piece, is_first=place == 0))
        except _DAMAGES as error:
            name = f"{score.name}, tune {clean_name(piece.number)}" if piece.number else score.name
            yield ImportFailure(name, str(error) or type(error).__name__)


def _read_whole(score: ScoreFile) -> list[CorpusSolo | ImportFailure]:
    return list(read_score(score))


def _walk(root: Path) -> tuple[list[Path], list[ImportFailure]]:
    failures: list[ImportFailure] = []

    def note(error: OSError) -> None:
        failures.append(ImportFailure(clean_name(str(error.filename)), str(error.strerror)))

    found: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=note):  # follows no links
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        found += [
            Path(folder, name)
            for name in sorted(names)
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
        ]
        if len(found) > _MOST_FILES:
            raise CorpusFileError(f"want a folder with at most {_MOST_FILES} scores, got more")
    return found, failures


def _refusal(path: Path, base: Path) -> str:
    """Tell why a file is not read; nothing where it is."""
    try:
        target = path.resolve(strict=True)
        size = target.stat().st_size
    except (OSError, RuntimeError) as error:
        return f"want a file that can be read, got: {error}"
    if not target.is_relative_to(base):
        return "want a file of the folder, got a link that leads out of it"
    if not target.is_file():
        return "want a file, got something else"
    if size > MOST_BYTES:
        return f"want a file of at most {MOST_BYTES} bytes, got {size}"
    return ""


def _info(path: Path, holder: str) -> SoloInfo:
    title, year = _split_year(clean_name(path.stem).replace("_", " "))
    performer, dash, rest = title.partition(" - ")
    if not dash or not rest.strip():
        performer, rest = clean_name(holder).replace("_", " "), title
    return SoloInfo(
        id=solo_id("file", str(path)),
        performer=performer.strip(),
        title=rest.strip(),
        instrument="",
        year=year,
    )


def _info_of_piece(score: ScoreFile, piece: Piece, *, is_first: bool) -> SoloInfo:
    """Add to what the name of a file tells what the file itself says."""
    info = score.info
    if piece.number and not is_first:
        # The first tune goes by the file alone, as it does while it is the only one.
        info = replace(info, id=solo_id("file", f"{score.path}\0{piece.number}"))
    title, year = _split_year(" ".join(clean_name(piece.title).split()))
    if title:
        info = replace(info, title=title, year=info.year if year is None else year)
    return info


def _split_year(title: str) -> tuple[str, int | None]:
    year = _YEAR.search(title)
    return _YEAR.sub(" ", title).strip(), int(year[1]) if year else None
