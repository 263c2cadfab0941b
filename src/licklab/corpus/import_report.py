"""What became of an import."""

from collections.abc import Callable
from dataclasses import dataclass

ImportProgress = Callable[[int, int], None]
"""Called with the solos or files that are done and with how many there are in all. It may raise
`licklab.errors.CancelledError` to stop the import; what is in stays in."""


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """A solo or a file that could not be imported.

    Attributes
    ----------
    name : str
        Of the file within its folder, or of the solo.
    reason : str
        What was wanted and what came.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of an import.

    Attributes
    ----------
    added, replaced, skipped : int
        Solos that are new; that have changed since the last time; that are there already.
    failures : tuple of ImportFailure
        What could not be imported, and why.
    """

    added: int = 0
    replaced: int = 0
    skipped: int = 0
    failures: tuple[ImportFailure, ...] = ()
