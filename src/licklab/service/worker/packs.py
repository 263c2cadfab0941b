"""What messages about practice packs ask of a worker.

What makes packs is loaded when the first of them comes: most workers only ever listen.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from licklab.service.worker.pack_runner import PackRunner

log = logging.getLogger(__name__)

_make_runner: "Callable[[], PackRunner] | None" = None
_give_up: Callable[[UUID], None] | None = None
_runner: "PackRunner | None" = None


def install_pack_runner(make: "Callable[[], PackRunner]", give_up: Callable[[UUID], None]) -> None:
    """Tell this process how it comes by the runner that its messages use.

    Parameters
    ----------
    make : callable
        Makes the runner of this worker.
    give_up : callable
        Says of a pack that it failed, where no runner can be made: else it would be asked for again
        and again.
    """
    global _make_runner, _give_up, _runner
    _make_runner, _give_up, _runner = make, give_up, None


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
    if _make_runner is None or _give_up is None:
        raise RuntimeError("want a worker started by `licklab worker`, got another process")
    if _runner is None:
        try:
            _runner = _make_runner()
        except Exception:
            log.exception("what makes packs cannot be loaded")
            _give_up(UUID(pack_id))
            return
    _runner.run(UUID(pack_id))
