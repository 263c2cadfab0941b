"""Who else played this: searches of the corpus by text, lick, selection, solo or file."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from licklab.corpus.match import Match, SearchFilter
from licklab.corpus.note_names import name_notes
from licklab.corpus.query import Query
from licklab.corpus.query_text import read_query, read_query_file
from licklab.corpus.search import search
from licklab.domain.solo_line import NoteSpan, SoloLine
from licklab.errors import QueryError
from licklab.service.corpus_access import CorpusAccess, OpenCorpus
from licklab.service.database import Database
from licklab.service.jobs import SCORE_SUFFIX
from licklab.service.licks import Licks
from licklab.service.selections import Selection
from licklab.service.tables import Job

# What is looked up is itself among the results, perhaps with a shorter and a longer reading.
_OWN_PLACES = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """Which results are wanted.

    Attributes
    ----------
    filters : SearchFilter
        Only these.
    limit : int
        At most.
    """

    filters: SearchFilter
    limit: int = 10


@dataclass(frozen=True, slots=True)
class FoundMatch:
    """A place where something like it is played.

    Attributes
    ----------
    match : Match
        Of the corpus.
    note_names : tuple of str
        Of its notes, such as ``Eb5``.
    has_audio : bool
        Whether its recording can be heard.
    """

    match: Match
    note_names: tuple[str, ...]
    has_audio: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a query comes from: it is not to find itself."""

    solo_id: str | None
    job_id: str | None
    from_sec: float
    to_sec: float

    def holds(self, match: Match) -> bool:
        info = match.info
        is_same = info.id == self.solo_id if self.job_id is None else info.job_id == self.job_id
        return is_same and match.onset_sec < self.to_sec and self.from_sec < match.offset_sec


class Searching:
    """The use cases around searches.

    Parameters
    ----------
    database : Database
        The truth about jobs.
    licks : Licks
        Where licks and selections are.
    corpus : CorpusAccess
        The corpus.
    """

    def __init__(self, database: Database, licks: Licks, corpus: CorpusAccess) -> None:
        self._database = database
        self._licks = licks
        self._corpus = corpus

    def by_text(self, text: str, wish: Wish) -> list[FoundMatch]:
        """Search for a pattern that was typed.

        Parameters
        ----------
        text : str
            As `licklab.corpus.query_text.read_query` reads it.
        wish : Wish
            Which results are wanted.

        Returns
        -------
        list of FoundMatch
            The most alike first.

        Raises
        ------
        QueryError
            If it is no pattern.
        CorpusError
            If the corpus cannot be used.
        """
        return self._search(read_query(text), wish)

    def by_file(self, content: bytes, filename: str, wish: Wish) -> list[FoundMatch]:
        """Search for a pattern in a file.

        Parameters
        ----------
        content : bytes
            MIDI, MusicXML, ABC or JAMS.
        filename : str
            Of it.
        wish : Wish
            Which results are wanted.

        Returns
        -------
        list of FoundMatch
            The most alike first.

        Raises
        ------
        InputError
            If it is no file with a pattern.
        CorpusError
            If the corpus cannot be used.
        """
        return self._search(read_query_file(content, filename), wish)

    def by_lick(self, lick_id: uuid.UUID, wish: Wish) -> list[FoundMatch]:
        """Search for a lick elsewhere.

        Parameters
        ----------
        lick_id : UUID
            The lick.
        wish : Wish
            Which results are wanted.

        Returns
        -------
        list of FoundMatch
            The most alike first, without its own place.

        Raises
        ------
        LickError
            If there is none, or its notes are gone.
        CorpusError
            If the corpus cannot be used.
        """
        job_id, study, span = self._licks.locate(lick_id)
        return self._elsewhere(study.line, span, wish, job_id=str(job_id))

    def by_selection(self, job_id: uuid.UUID, selection: Selection, wish: Wish) -> list[FoundMatch]:
        """Search for some notes of a job elsewhere.

        Parameters
        ----------
        job_id : UUID
            The job.
        selection : Stretch or Bars
            Where they are.
        wish : Wish
            Which results are wanted.

        Returns
        -------
        list of FoundMatch
            The most alike first, without their own place.

        Raises
        ------
        JobNotFoundError
            If there is no such job.
        JobStateError
            If it has no result yet.
        LickError
            If there are too few notes.
        CorpusError
            If the corpus cannot be used.
        """
        study, span = self._licks.select(job_id, selection)
        return self._elsewhere(study.line, span, wish, job_id=str(job_id))

    def by_solo(
        self, solo_id: str, first_note: int, last_note: int, wish: Wish
    ) -> list[FoundMatch]:
        """Search for some notes of a solo of the corpus elsewhere.

        Parameters
        ----------
        solo_id : str
            The solo.
        first_note, last_note : int
            From 0, both included.
        wish : Wish
            Which results are wanted.

        Returns
        -------
        list of FoundMatch
            The most alike first, without their own place.

        Raises
        ------
        UnknownSoloError
            If there is no such solo.
        QueryError
            If it does not have these notes.
        CorpusError
            If the corpus cannot be used.
        """
        with self._corpus.reading() as corpus:
            line = corpus.load(solo_id).line
        if not 0 <= first_note <= last_note < len(line):
            raise QueryError(
                f"want notes from 0 to {len(line) - 1} in order, got {first_note} to {last_note}"
            )
        return self._elsewhere(line, NoteSpan(first_note, last_note + 1), wish, solo_id=solo_id)

    def _elsewhere(
        self,
        line: SoloLine,
        span: NoteSpan,
        wish: Wish,
        *,
        solo_id: str | None = None,
        job_id: str | None = None,
    ) -> list[FoundMatch]:
        last_end = float(line.offset_sec[span.start : span.stop].max())
        own = _Place(solo_id, job_id, float(line.onset_sec[span.start]), last_end)
        return self._search(Query.of_span(line, span), wish, own)

    def _search(self, query: Query, wish: Wish, own: _Place | None = None) -> list[FoundMatch]:
        more = 0 if own is None else _OWN_PLACES
        with self._corpus.searching() as opened:
            matches = search(
                opened.corpus, opened.index, query, filters=wish.filters, limit=wish.limit + more
            )
            wanted = [one for one in matches if own is None or not own.holds(one)]
            named = [(one, self._name(opened, one)) for one in wanted]
        return self._with_audio(named)[: wish.limit]

    def _name(self, opened: OpenCorpus, match: Match) -> tuple[str, ...]:
        return name_notes(opened.index.load(opened.corpus, match.number).line, match.span)

    def _with_audio(self, named: Sequence[tuple[Match, tuple[str, ...]]]) -> list[FoundMatch]:
        """Tell which can be heard, and leave out what was deleted and has not yet left."""
        matches = [one for one, _ in named]
        jobs = {one.info.job_id for one in matches if one.info.job_id is not None}
        suffixes: dict[str, str] = {}
        if jobs:
            query = select(Job.id, Job.audio_suffix).where(Job.id.in_(map(uuid.UUID, jobs)))
            with self._database.reading() as session:
                suffixes = {str(job_id): suffix for job_id, suffix in session.execute(query)}
        return [
            FoundMatch(
                one,
                names,
                one.info.job_id is not None and suffixes[one.info.job_id] != SCORE_SUFFIX,
            )
            for one, names in named
            if one.info.job_id is None or one.info.job_id in suffixes
        ]
