"""The running service, as commands ask it over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from licklab.cli.serve import local_url, read_settings
from licklab.errors import InputError, ServiceError

if TYPE_CHECKING:
    import httpx

# A log of 100 000 sessions is read in some seconds.
_TIMEOUT_SEC = 120.0


class ServiceClient:
    """A service that runs.

    Parameters
    ----------
    client : httpx.Client
        With the service's address.
    """

    def __init__(self, client: "httpx.Client") -> None:
        self._client = client

    def ask(self, method: str, path: str, **request: Any) -> "httpx.Response":
        """Send a request.

        Parameters
        ----------
        method : str
            Of HTTP.
        path : str
            Below the service's address.
        **request : object
            As of `httpx.Client.request`.

        Returns
        -------
        httpx.Response
            A successful one.

        Raises
        ------
        InputError
            If the service refuses the request.
        ServiceError
            If no service answers, or it cannot do its work.
        """
        import httpx

        url = str(self._client.base_url).rstrip("/")
        try:
            answer = self._client.request(method, path, **request)
        except httpx.TransportError as error:
            raise ServiceError(
                f"want a service at {url} (`licklab serve` starts it; --url names another), got no "
                f"answer: {error}"
            ) from error
        if answer.is_success:
            return answer
        try:
            detail = str(answer.json()["detail"])
        except (ValueError, KeyError, TypeError):
            raise ServiceError(
                f"want Jazz Lick Lab at {url}, got something else ({answer.status_code})"
            ) from None
        raise (InputError if answer.is_client_error else ServiceError)(detail)

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Look something up.

        Parameters
        ----------
        path : str
            Below the service's address.
        **parameters : object
            Of the address; those that are None are left out.

        Returns
        -------
        dict
            The document.
        """
        given = {name: one for name, one in parameters.items() if one is not None}
        return read_json(self.ask("GET", path, params=given))


@contextmanager
def open_service(url: str | None) -> Iterator[ServiceClient]:
    """Open a connection to the running service.

    Parameters
    ----------
    url : str or None
        Its address; None for that of the settings on this machine.

    Yields
    ------
    ServiceClient
        To be asked.

    Raises
    ------
    InputError
        If the address is none.
    """
    import httpx

    address = url or local_url(read_settings())
    try:
        client = httpx.Client(base_url=address, timeout=_TIMEOUT_SEC, trust_env=False)
    except httpx.InvalidURL as error:
        raise InputError(f"want an address such as http://127.0.0.1:8000, got {url!r}") from error
    if client.base_url.scheme not in ("http", "https"):
        raise InputError(f"want an address such as http://127.0.0.1:8000, got {url!r}")
    with client:
        yield ServiceClient(client)


def read_json(answer: "httpx.Response") -> dict[str, Any]:
    """Read an answer.

    Parameters
    ----------
    answer : httpx.Response
        A successful one.

    Returns
    -------
    dict
        Its document.

    Raises
    ------
    ServiceError
        If it has none: another program listens there.
    """
    try:
        document = answer.json()
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise ServiceError(f"want Jazz Lick Lab at {answer.url}, got something else")
    return document
