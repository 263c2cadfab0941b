"""What people call their jobs: titles and tags, and the names of the files that come of them.

All of it is shown text, never markup and never a path.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from licklab.service.listening import FieldError
from licklab.service.tables import Job

LONGEST_TITLE = 200
"""As of a file's name."""
LONGEST_TAG = 40
MOST_TAGS = 20

# Controls of the direction of writing: what stands after a name with them may read otherwise.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FOLDERS = re.compile(r"[\\/:]")
# Control characters, halves of surrogates, and ends of lines and paragraphs.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def shown_title(job: Job) -> str:
    """Tell a job's title.

    Parameters
    ----------
    job : Job
        The row.

    Returns
    -------
    str
        As people gave it; without one, the file's name without its suffix.
    """
    return job.title if job.title is not None else PurePath(job.filename).stem


def download_name(job: Job, suffix: str, detail: str = "") -> str:
    """Name a file that somebody takes away.

    Parameters
    ----------
    job : Job
        The row.
    suffix : str
        Of the file, without a dot in front.
    detail : str, optional
        What tells it from other files of the job.

    Returns
    -------
    str
        After the title, without the signs that separate folders.
    """
    title = shown_title(job) if not detail else f"{shown_title(job)}, {detail}"
    return f"{_FOLDERS.sub('-', title)}.{suffix}"


def read_title(text: str | None) -> str | None:
    """Read a title that somebody gives.

    Parameters
    ----------
    text : str or None
        What was given.

    Returns
    -------
    str or None
        None when there is nothing to show: the file's name is the title again.

    Raises
    ------
    FieldError
        If it is too long, or has control characters.
    """
    return _read_text("title", text or "", LONGEST_TITLE) or None


def read_tags(texts: Sequence[str]) -> list[str]:
    """Read the tags that somebody gives.

    Parameters
    ----------
    texts : sequence of str
        What was given.

    Returns
    -------
    list of str
        In this order; of those that differ in nothing but case, the first.

    Raises
    ------
    FieldError
        If there are too many, or one is empty, too long, or has control characters.
    """
    tags: dict[str, str] = {}
    for text in texts:
        tag = _read_text("tag", text, LONGEST_TAG)
        if not tag:
            raise FieldError("want tags with at least one letter, got an empty one")
        tags.setdefault(tag.casefold(), tag)
    if len(tags) > MOST_TAGS:
        raise FieldError(f"want at most {MOST_TAGS} tags, got {len(tags)}")
    return list(tags.values())


def _read_text(what: str, text: str, longest: int) -> str:
    for sign in text:
        if unicodedata.category(sign) in _REFUSED_CATEGORIES or _DIRECTIONS.match(sign):
            raise FieldError(f"want a {what} without control characters, got U+{ord(sign):04X}")
    shown = unicodedata.normalize("NFC", text).strip()
    if len(shown) > longest:
        raise FieldError(f"want a {what} of at most {longest} characters, got {len(shown)}")
    return shown
