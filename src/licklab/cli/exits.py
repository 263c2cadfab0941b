"""Exit codes of `licklab`, the one table."""

from enum import IntEnum

from licklab.errors import (
    CancelledError,
    InputError,
    LickLabError,
    ModelError,
    ServiceError,
)


class Exit(IntEnum):
    """What a shell script can tell apart."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    INPUT = 3
    MODEL = 4
    SERVICE = 5
    INTERRUPTED = 130


_CODES: tuple[tuple[type[LickLabError], Exit], ...] = (
    (InputError, Exit.INPUT),
    (ModelError, Exit.MODEL),
    (ServiceError, Exit.SERVICE),
    (CancelledError, Exit.INTERRUPTED),
)

EXIT_HELP = (
    "Exit codes: 0 all went well; 1 something unexpected; 2 wrong usage; 3 a recording or a name "
    "cannot be used; 4 a model is missing; 5 the service cannot work; 130 stopped by Ctrl-C "
    "(a service that is stopped so ends with 0)."
)


def exit_code(error: LickLabError) -> Exit:
    """Give the exit code of an error.

    Parameters
    ----------
    error : LickLabError
        What went wrong.

    Returns
    -------
    Exit
        From the table.
    """
    return next((code for kind, code in _CODES if isinstance(error, kind)), Exit.UNEXPECTED)
