"""The library of jobs: list, find, name and tag them, and count their tags."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, TableValuedColumn, Text, func, or_, select, true

from licklab.domain.instrument import INSTRUMENTS
from licklab.service.database import Database
from licklab.service.job_pages import Page, Sort, take_page
from licklab.service.jobs import load_job
from licklab.service.naming import read_tags, read_title
from licklab.service.tables import Job, JobStatus


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which jobs somebody wants to see.

    Attributes
    ----------
    status : JobStatus or None
        Only these.
    instrument : str or None
        Only of this instrument's id.
    words : str
        Each of them in the title, the file's name, a tag or the instrument's names.
    tag : str or None
        Only with this tag, in whichever case.
    """

    status: JobStatus | None = None
    instrument: str | None = None
    words: str = ""
    tag: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Say it to the database.

        Returns
        -------
        list of ColumnElement
            All of which hold.
        """
        found = [_says(word) for word in self.words.split()]
        if self.status is not None:
            found.append(Job.status == self.status)
        if self.instrument is not None:
            found.append(Job.instrument == self.instrument)
        if self.tag is not None:
            folded = func.lower(self.tag)
            found.append(_has_tag(lambda tag: func.lower(tag) == folded))
        return found


@dataclass(frozen=True, slots=True)
class Described:
    """What somebody says of a job; None leaves it as it is, an empty title takes it back."""

    title: str | None = None
    tags: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many jobs have it."""

    tag: str
    count: int


class Library:
    """The use cases around many jobs; each call is one transaction.

    Parameters
    ----------
    database : Database
        The truth.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(
        self,
        wanted: Wanted,
        *,
        sort: Sort = Sort.NEWEST,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """List jobs.

        Parameters
        ----------
        wanted : Wanted
            Which.
        sort : Sort, optional
            In which order.
        cursor : str, optional
            `Page.next` of the page before, in the same order.
        limit : int, optional
            Jobs on a page.

        Returns
        -------
        Page
            Of these jobs.

        Raises
        ------
        CursorError
            If the cursor is not one of ours, or of another order.
        """
        with self._database.reading() as session:
            return take_page(session, wanted.conditions(), sort, cursor, limit)

    def describe(self, job_id: uuid.UUID, described: Described) -> Job:
        """Give a job a title and tags.

        Parameters
        ----------
        job_id : UUID
            The job.
        described : Described
            What is said of it.

        Returns
        -------
        Job
            As it is now.

        Raises
        ------
        JobNotFoundError
            If there is none.
        FieldError
            If the title or a tag cannot be one.
        """
        title = None if described.title is None else read_title(described.title)
        tags = None if described.tags is None else read_tags(described.tags)
        with self._database.transaction() as session:
            job = load_job(session, job_id, lock=True)
            if described.title is not None:
                job.title = title
            if tags is not None:
                job.tags = tags
            session.flush()
            session.refresh(job)
        return job

    def tags(self) -> Sequence[TagCount]:
        """Count the tags of all jobs.

        Returns
        -------
        sequence of TagCount
            The most frequent first; what differs in case only is one tag, as most jobs write it.
        """
        tag = _each_tag()
        count, folded = func.count(), func.lower(tag)
        query = (
            select(func.mode().within_group(tag), count)
            .select_from(Job)
            .join(tag.scalar_alias, onclause=true())
            .group_by(folded)
            .order_by(count.desc(), folded)
        )
        with self._database.reading() as session:
            return [TagCount(tag, number) for tag, number in session.execute(query)]


def _each_tag() -> TableValuedColumn[str]:
    """Give the tags of a job, one by one, as a table of one column."""
    return func.jsonb_array_elements_text(Job.tags, type_=Text).column_valued("tag")


def _has_tag(holds: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> ColumnElement[bool]:
    tag = _each_tag()
    return select(1).select_from(tag.scalar_alias).where(holds(tag)).correlate(Job).exists()


def _says(word: str) -> ColumnElement[bool]:
    """Say that a word is in what is shown of a job."""
    folded = word.casefold()
    instruments = [
        one.id
        for one in INSTRUMENTS.values()
        if any(folded in name.casefold() for name in (one.id, one.name, *one.aliases))
    ]
    return or_(
        Job.title.icontains(word, autoescape=True),
        Job.filename.icontains(word, autoescape=True),
        _has_tag(lambda tag: tag.icontains(word, autoescape=True)),
        Job.instrument.in_(instruments),
    )
