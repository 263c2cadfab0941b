"""Children that do not outlive the program that started them."""

import os
import signal
import threading
import time
from collections.abc import Mapping

_PARENT = "LICKLAB_PARENT"


def lifeline_environment() -> Mapping[str, str]:
    """Tell children whom to follow.

    Returns
    -------
    mapping of str to str
        Environment variables for processes that this one starts.
    """
    return {_PARENT: str(os.getpid())}


def follow_parent(every_sec: float = 1.0) -> None:
    """Ask this process to stop once its parent has gone, however that came about.

    A supervisor that is killed cannot stop its children; this works on every Unix. It says itself
    who it is: when it dies before a child has asked, the child's parent is another by then.

    Parameters
    ----------
    every_sec : float, optional
        How often to look.
    """
    # A process that was started by hand follows whoever started it, and its children nobody.
    parent = int(os.environ.pop(_PARENT, os.getppid()))

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every_sec)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(20.0)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
