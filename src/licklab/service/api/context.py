"""What every request needs, built once when the application starts."""

from dataclasses import dataclass
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from licklab.service.attempts import Attempts
from licklab.service.coaching import Coaching
from licklab.service.corpus_access import CorpusAccess
from licklab.service.database import Database
from licklab.service.example import Example
from licklab.service.exercises import Exercises
from licklab.service.imports import Imports
from licklab.service.jobs import Jobs
from licklab.service.language_model import LanguageModel, read_key
from licklab.service.library import Library
from licklab.service.licks import Licks
from licklab.service.mending import Mending
from licklab.service.pack_licks import PackLicks
from licklab.service.packs import Packs
from licklab.service.practice_desk import PracticeDesk
from licklab.service.queue import JobQueue, connect
from licklab.service.searching import Searching
from licklab.service.settings import Settings
from licklab.service.sheets import Sheets
from licklab.service.sounds import Sounds
from licklab.service.storage import LocalStorage, Storage
from licklab.service.teaching import Teaching, build_teaching

# Requests run in at most 40 threads; half as many connections serve them without a queue.
_POOL_SIZE = 10
# Pictures and clips made at a time; the rest waits without a thread.
_MOST_SOUNDS = 2


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of the service that requests use."""

    settings: Settings
    database: Database
    queue: JobQueue
    storage: Storage
    jobs: Jobs
    library: Library
    example: Example
    mending: Mending
    imports: Imports
    corpus: CorpusAccess
    licks: Licks
    searching: Searching
    coaching: Coaching
    sheets: Sheets
    sounds: Sounds
    sound_limiter: CapacityLimiter
    teaching: Teaching
    practice: PracticeDesk
    attempts: Attempts
    packs: Packs
    exercises: Exercises


def build_context(settings: Settings) -> Context:
    """Connect the parts; nothing is asked of the servers yet.

    Parameters
    ----------
    settings : Settings
        With both URLs.

    Returns
    -------
    Context
        To be closed through its database.
    """
    database = Database(settings.required_database_url, pool_size=_POOL_SIZE)
    queue = JobQueue(connect(settings.required_redis_url), settings.job_timeout_sec)
    storage = LocalStorage(settings.data_dir)
    jobs, mending = Jobs(database, queue, storage), Mending(database, storage)
    imports = Imports(database, storage)
    corpus = CorpusAccess(settings.data_dir)
    licks = Licks(database, storage, corpus)
    searching = Searching(database, licks, corpus)
    return Context(
        settings, database, queue, storage, jobs, Library(database),
        Example(database, storage, jobs), mending, imports, corpus, licks, searching,
        Coaching(database, licks, searching, settings, _model_of(settings)),
        Sheets(mending, licks), Sounds(jobs, storage),
        CapacityLimiter(_MOST_SOUNDS), practice=PracticeDesk.over(database, storage),
        attempts=Attempts(database, storage, jobs, licks),
        teaching=build_teaching(database, licks, mending),
        packs=Packs(database, queue, storage, licks),
        exercises=Exercises(PackLicks(jobs, mending, licks, storage)),
    )  # fmt: skip


def _model_of(settings: Settings) -> LanguageModel | None:
    if settings.language_model_url is None or settings.language_model_name is None:
        return None
    return LanguageModel(settings.language_model_url, settings.language_model_name, read_key())


def _of(request: Request) -> Context:
    context = request.app.state.context
    assert isinstance(context, Context)
    return context


InContext = Annotated[Context, Depends(_of)]
