"""What messages about practice packs ask of a worker.

What makes packs is loaded when the first of them comes: most workers only ever listen.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from licklab.service.worker.pack_runner import PackRunner

_make_runner: "Callable[[], PackRunner] | None" = None
_runner: "PackRunner | None" = None


def install_pack_runner(make: "Callable[[], PackRunner]") -> None:
    """Tell this process how it comes by the runner that its messages use.

    Parameters
    ----------
    make : callable
        Makes the runner of this worker.
    """
    global _make_runner
    _make_runner = make


def run_pack(pack_id: str) -> None:
    """Make a pack; this is the function that messages name.

    Parameters
    ----------
    pack_id : str
        A UUID.

    Raises
    ------
    RuntimeError
        If the process is not a worker of ours.
    """
    global _runner
    if _make_runner is None:
        raise RuntimeError("want a worker started by `licklab worker`, got another process")
    if _runner is None:
        _runner = _make_runner()
    _runner.run(UUID(pack_id))
