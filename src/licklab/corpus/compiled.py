"""Functions that numba compiles, with their types kept and a cache that is never in the way."""

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])
_LOG = logging.getLogger(__name__)


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
        so that the next process need not compile it; where neither folder can be written, or what
        is kept is damaged or of other sources, the process compiles for itself.
    """
    # nogil: segments of an index are searched and built by threads.
    try:
        made: Any = numba.njit(cache=True, nogil=True)(function)
        _forgive(made._cache)
        # numba looks at the file of the function only, but what it calls, and the constants of
        # other files, are compiled into it.
        kept = made._cache._cache_file
        kept._source_stamp = (
            kept._source_stamp,
            _stamp(Path(function.__code__.co_filename).parent),
        )
    except RuntimeError:  # numba found no folder for its cache
        made = numba.njit(nogil=True)(function)
    return cast("F", made)


@lru_cache
def _stamp(folder: Path) -> str:
    """Tell apart the sources of compiled functions that lie side by side."""
    sources = (path.read_bytes() for path in sorted(folder.glob("*.py")))
    together = b"".join(one for one in sources if b"@compiled" in one)
    return hashlib.sha256(together).hexdigest()


def _forgive(cache: Any) -> None:
    """Let a cache that a crash or a full disk has cut short be written anew.

    numba would raise whatever pickle does, at every call and in every process, until somebody takes
    the files away.
    """
    load, save = cache.load_overload, cache.save_overload

    def load_or_compile(*asked: Any) -> Any:
        try:
            return load(*asked)
        except Exception as error:  # noqa: BLE001 -- pickle raises anything
            _LOG.warning("Compiled code that is kept cannot be read, and is made anew: %r.", error)
            with suppress(OSError):
                cache.flush()
            return None

    def save_if_possible(*made: Any) -> None:
        with suppress(OSError):
            save(*made)

    cache.load_overload, cache.save_overload = load_or_compile, save_if_possible
