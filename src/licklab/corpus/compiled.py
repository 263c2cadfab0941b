"""Functions that numba compiles, with their types kept and without a cache where none can be."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a function when it is first called.

    Parameters
    ----------
    function : callable
        In the part of Python that numba knows.

    Returns
    -------
    callable
        The same function, fast. Its machine code is kept beside the source or in the user's cache,
        so that the next process need not compile it; where neither folder can be written, every
        process compiles for itself.
    """
    # nogil: segments of an index are searched and built by threads.
    try:
        made: Any = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder for its cache
        made = numba.njit(nogil=True)(function)
    return cast("F", made)
