"""The Weimar Jazz Database, as published: `wjazzd.db`.

In goes the SQLite file; out come its solos, one after another, or why one of them cannot be. Tables
and columns are described in Pfleiderer et al., Inside the Jazzomat (2017), chapter 4; what a
version of the file does not have is done without.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from licklab.corpus.import_report import ImportFailure
from licklab.corpus.names import clean_name
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.strange_database import Row, RowGroups, StrangeDatabase, open_strange
from licklab.corpus.weimar_solo import (
    BEAT_COLUMNS,
    NOTE_COLUMNS,
    SOLO_COLUMNS,
    SoloRows,
    make_solo,
)
from licklab.errors import CorpusFileError, LickLabError

NAME = "Weimar Jazz Database"
LICENCE = "ODbL 1.0"
_MOST_SOLOS = 1_000_000
# The longest solo of the database has 4,000 notes.
_MOST_NOTES = 100_000
_DAMAGES = (LickLabError, ValueError, TypeError, OverflowError)


@dataclass(frozen=True, slots=True)
class _Tracks:
    """What is said of recordings, by the numbers that solos refer to."""

    stems: dict[int, str]
    recorded: dict[int, str]
    released: dict[int, str]


def count_weimar(path: Path) -> int:
    """Count the solos of the file.

    Parameters
    ----------
    path : Path
        Of an SQLite file in the layout of `wjazzd.db`.

    Returns
    -------
    int
        How many it lists.

    Raises
    ------
    CorpusFileError
        If it is none.
    """
    with open_strange(path) as database:
        _demand(database)
        return sum(1 for _ in islice(database.rows("solo_info", ["melid"], []), _MOST_SOLOS + 1))


def read_weimar(path: Path) -> Iterator[CorpusSolo | ImportFailure]:
    """Read the solos of the file.

    Parameters
    ----------
    path : Path
        Of an SQLite file in the layout of `wjazzd.db`.

    Yields
    ------
    CorpusSolo or ImportFailure
        In the order of the file.

    Raises
    ------
    CorpusFileError
        If it is none, if it is absurdly large, or if it turns out to be damaged.
    """
    with open_strange(path) as database:
        _demand(database)
        source = f"{NAME} {_version(database)}".strip()
        tracks = _read_tracks(database)
        notes = RowGroups(database.rows("melody", NOTE_COLUMNS, ["melid", "onset", "eventid"]))
        beats = RowGroups(database.rows("beats", BEAT_COLUMNS, ["melid", "onset", "beatid"]))
        phrases = RowGroups(_read_phrases(database))
        seen: set[str] = set()
        for at, row in enumerate(database.rows("solo_info", SOLO_COLUMNS, ["melid"])):
            if at >= _MOST_SOLOS:
                raise CorpusFileError(f"want at most {_MOST_SOLOS} solos in a database, got more")
            info = dict(zip(SOLO_COLUMNS, row, strict=True))
            melid = info["melid"]
            stem = tracks.stems.get(melid, "")
            origin = stem if stem and stem not in seen else f"{stem}#{melid}"
            seen.add(stem)
            own = SoloRows(
                info,
                tuple(islice(notes.take(melid), _MOST_NOTES + 1)),
                tuple(islice(beats.take(melid), _MOST_NOTES + 1)),
                tuple(islice(phrases.take(melid), _MOST_NOTES + 1)),
                (
                    tracks.recorded.get(info["trackid"], ""),
                    tracks.released.get(info["recordid"], ""),
                ),
            )
            yield _make(own, origin, source)


def _make(rows: SoloRows, origin: str, source: str) -> CorpusSolo | ImportFailure:
    who, what = (clean_name(str(rows.info[one])) for one in ("performer", "title"))
    name = f"{who}: {what} ({rows.info['melid']})"
    if len(rows.notes) > _MOST_NOTES:
        return ImportFailure(name, f"want at most {_MOST_NOTES} notes in a solo, got more")
    try:
        return make_solo(rows, NAME, origin, source, LICENCE)
    except _DAMAGES as error:
        return ImportFailure(name, str(error))


def _demand(database: StrangeDatabase) -> None:
    database.demand("solo_info", ["melid"])
    database.demand("melody", ["melid", "onset", "pitch", "duration"])


def _version(database: StrangeDatabase) -> str:
    match = re.search(r"\d+(?:\.\d+)*", database.first_text("db_info", "version"))
    return match[0] if match else ""


def _read_tracks(database: StrangeDatabase) -> _Tracks:
    stems = {}
    for melid, name in database.rows("transcription_info", ["melid", "filename_sv"], []):
        stems[melid] = re.sub(r"(_FINAL)?(\.\w+)?$", "", str(name or ""))
    recorded = database.rows("track_info", ["trackid", "recordingdate"], [])
    released = database.rows("record_info", ["recordid", "releasedate"], [])
    return _Tracks(
        stems,
        {number: str(date or "") for number, date in recorded},
        {number: str(date or "") for number, date in released},
    )


def _read_phrases(database: StrangeDatabase) -> Iterator[Row]:
    columns = ["melid", "start", "end", "type"]
    for melid, start, end, kind in database.rows("sections", columns, ["melid", "start"]):
        if kind == "PHRASE":
            yield melid, start, end
