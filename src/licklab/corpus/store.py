"""The store of the corpus: solos put in, taken out, listed, filtered and loaded.

Every solo has a number that is never given again, and every change raises the generation, so that
an index beside the store knows that there is something which it has not seen yet, and what
(`Corpus.packed_notes`). Importing a solo again changes nothing; a solo that has changed takes the
place of the old one, under a new number.
"""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import numpy as np

from licklab.corpus.corpus_statistics import CorpusStatistics, count_corpus
from licklab.corpus.database import CorpusDatabase
from licklab.corpus.packing import pack_notes, pack_rest, unpack_notes, unpack_solo
from licklab.corpus.solo import CorpusSolo, SoloFilter, SoloInfo
from licklab.corpus.solo_rows import (
    AddReport,
    drop_solos,
    put_solo,
    raise_generation,
    read_generation,
    read_identity,
    select_infos,
    select_numbers,
    select_solo,
)
from licklab.domain.solo_line import Floats, Ints
from licklab.errors import UnknownSoloError

# Solos a transaction: an import of thousands leaves room for others between them, and what is
# broken off goes on where it stopped, because solos that are there are skipped.
_BATCH = 64
_CHUNK = 512  # solos read at once: 4 MB of notes


class Corpus:
    """The solos of a folder; several processes may have it open.

    Parameters
    ----------
    folder : Path
        Where ``corpus.sqlite`` is, or will be.

    Raises
    ------
    CorpusError
        If it cannot be opened, is damaged, of another program or of another version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = CorpusDatabase(folder)

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def snapshot(self) -> AbstractContextManager[sqlite3.Connection]:
        """Read several things as they are at one moment, whatever others write meanwhile.

        Returns
        -------
        context manager
            Within which all reading is of one moment. Nothing may be written in it.
        """
        return self._database.reading()

    @property
    def generation(self) -> int:
        """Raised by every change."""
        with self._database.reading() as connection:
            return read_generation(connection)

    @property
    def identity(self) -> str:
        """Tells it from every other corpus, also from one that was in this folder before."""
        with self._database.reading() as connection:
            return read_identity(connection)

    def add(self, solos: Iterable[CorpusSolo], source: str | None = None) -> AddReport:
        """Add solos.

        Parameters
        ----------
        solos : iterable of CorpusSolo
            Taken a few at a time; those of one id replace one another.
        source : str, optional
            Of all of them; as each says if omitted.

        Returns
        -------
        AddReport
            What became of them.

        Raises
        ------
        CorpusError
            If they cannot be written; of those before some may be there.
        """
        report = AddReport()
        remaining = iter(solos)
        while batch := list(itertools.islice(remaining, _BATCH)):
            if source is not None:
                batch = [replace(one, info=replace(one.info, source=source)) for one in batch]
            packed = [
                (one.info, len(one.line), pack_notes(one.line), pack_rest(one)) for one in batch
            ]
            with self._database.writing() as connection:
                done = sum((put_solo(connection, *one) for one in packed), AddReport())
                if done.added or done.replaced:
                    raise_generation(connection)
            report += done
        return report

    def remove(
        self,
        *,
        ids: Sequence[str] | None = None,
        source: str | None = None,
        performer: str | None = None,
        job_id: str | None = None,
    ) -> int:
        """Remove the solos that meet all that is said.

        Parameters
        ----------
        ids : sequence of str, optional
            Of the solos.
        source, performer : str, optional
            Whole words, in any case.
        job_id : str, optional
            Of the user's job.

        Returns
        -------
        int
            How many there were; none if nothing is said.

        Raises
        ------
        CorpusError
            If it cannot be written.
        """
        if ids is None and source is None and performer is None and job_id is None:
            return 0
        filters = SoloFilter(performer=performer, source=source)
        with self._database.writing() as connection:
            numbers = select_numbers(connection, filters, ids=ids, job_id=job_id, whole_names=True)
            if numbers:
                raise_generation(connection)
                drop_solos(connection, numbers)
        return len(numbers)

    def list_infos(self, filters: SoloFilter | None = None) -> list[SoloInfo]:
        """List solos.

        Parameters
        ----------
        filters : SoloFilter, optional
            Which; all if omitted.

        Returns
        -------
        list of SoloInfo
            By performer, title and id.

        Raises
        ------
        CorpusError
            If it cannot be read.
        """
        infos = self.infos_by_number(filters).values()
        return sorted(infos, key=lambda one: (one.performer.casefold(), one.title, one.id))

    def infos_by_number(self, filters: SoloFilter | None = None) -> dict[int, SoloInfo]:
        """List solos by their numbers.

        Parameters
        ----------
        filters : SoloFilter, optional
            Which; all if omitted.

        Returns
        -------
        dict of int to SoloInfo
            Numbers rising.

        Raises
        ------
        CorpusError
            If it cannot be read.
        """
        with self._database.reading() as connection:
            return select_infos(connection, filters or SoloFilter())

    def numbers(self, filters: SoloFilter | None = None) -> Ints:
        """List the numbers of solos.

        Parameters
        ----------
        filters : SoloFilter, optional
            Which; all if omitted.

        Returns
        -------
        shape=(n_solos,), int
            Rising.

        Raises
        ------
        CorpusError
            If it cannot be read.
        """
        with self._database.reading() as connection:
            return np.array(select_numbers(connection, filters or SoloFilter()), dtype=np.int64)

    def load(self, solo_id: str) -> CorpusSolo:
        """Load a solo.

        Parameters
        ----------
        solo_id : str
            Its id.

        Returns
        -------
        CorpusSolo
            With its notes.

        Raises
        ------
        UnknownSoloError
            If there is none of that id.
        CorpusError
            If it cannot be read.
        """
        return self._load("id", solo_id)

    def load_number(self, number: int) -> CorpusSolo:
        """Load a solo.

        Parameters
        ----------
        number : int
            Its number.

        Returns
        -------
        CorpusSolo
            With its notes.

        Raises
        ------
        UnknownSoloError
            If there is none of that number.
        CorpusError
            If it cannot be read.
        """
        return self._load("number", int(number))

    def statistics(self) -> CorpusStatistics:
        """Count what there is.

        Returns
        -------
        CorpusStatistics
            Of all solos.

        Raises
        ------
        CorpusError
            If it cannot be read.
        """
        with self._database.reading() as connection:
            return count_corpus(connection)

    def packed_notes(self, since_number: int = 0) -> Iterator[tuple[int, Ints, Floats, Floats]]:
        """Read the notes of solos one after another, without all the rest.

        Parameters
        ----------
        since_number : int
            Those with higher numbers.

        Yields
        ------
        number : int
            Of the solo, rising.
        pitch_midi : shape=(n_notes,), int
            Of its notes.
        onset_sec, offset_sec : shape=(n_notes,), seconds
            Of its notes.

        Raises
        ------
        CorpusError
            If they cannot be read.
        """
        last = since_number
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT number, notes FROM lines WHERE number > ? ORDER BY number LIMIT ?",
                    (last, _CHUNK),
                ).fetchall()
            for number, notes in rows:
                yield (number, *unpack_notes(notes))
                last = number
            if len(rows) < _CHUNK:
                return

    def _load(self, column: str, value: str | int) -> CorpusSolo:
        with self._database.reading() as connection:
            found = select_solo(connection, column, value)
        if found is None:
            raise UnknownSoloError(f"want a solo of the corpus, got {column} {value!r}")
        return unpack_solo(*found)
