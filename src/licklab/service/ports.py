"""Free TCP ports of this machine."""

import socket


def is_port_free(host: str, port: int) -> bool:
    """Say whether a server could listen on a port.

    Parameters
    ----------
    host : str
        Address to listen on.
    port : int
        To ask about.

    Returns
    -------
    bool
        False when it is taken, or the system does not allow it.
    """
    with _bindable(host) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def find_free_port(host: str) -> int:
    """Let the system choose a free port.

    Parameters
    ----------
    host : str
        Address to listen on.

    Returns
    -------
    int
        Free a moment ago.
    """
    with _bindable(host) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _bindable(host: str) -> socket.socket:
    probe = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    # As the server will: a port that only waits for its last packets counts as free.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return probe
