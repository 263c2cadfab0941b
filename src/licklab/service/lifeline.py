"""Children that do not outlive the program that started them."""

import os
import signal
import threading
import time


def follow_parent(every_sec: float = 1.0) -> None:
    """Ask this process to stop once its parent has gone, however that came about.

    A supervisor that is killed cannot stop its children; this works on every Unix.

    Parameters
    ----------
    every_sec : float, optional
        How often to look.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every_sec)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(20.0)
        os._exit(1)

    threading.Thread(target=watch, name="follow-parent", daemon=True).start()
