"""How the processes of the service log: one line each, to standard error."""

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def configure_logging(level: str) -> None:
    """Set up the root logger.

    Parameters
    ----------
    level : str
        Name of a level, such as `INFO`.
    """
    logging.basicConfig(level=level.upper(), format=_FORMAT)
    # Its lines say nothing that ours do not.
    for name in ("rq.worker", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)
