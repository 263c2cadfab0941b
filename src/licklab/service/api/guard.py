"""Protection of visitors whose browsers are used against the service.

There is no login, so a page of another site must not be able to upload or delete here through the
browser of somebody who runs the service on the same machine: neither by sending a form across, nor
by making its own name point to this machine.
"""

from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licklab.service.api import policies
from licklab.service.api.problems import problem_response

_HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """Refuses requests that foreign pages make, and sets safe headers.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    hosts : collection of str
        Names under which the service may be called; ``*`` is any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI wants it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(policies.headers_of(scope["path"]))
                headers.setdefault("Content-Security-Policy", policies.BARE)
            await send(message)

        request = Request(scope)
        refusal = self._refuse(request)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refuse(self, request: Request) -> Response | None:
        host = _without_port(request.headers.get("host", ""))
        if "*" not in self._hosts and host not in self._hosts:
            return problem_response(
                request,
                HTTPStatus.MISDIRECTED_REQUEST,
                f"want a request for {', '.join(self._hosts)} (ALLOWED_HOSTS), got one for "
                f"{host[:100]!r}",
            )
        if request.method not in _HARMLESS_METHODS and _is_foreign(request):
            return problem_response(
                request,
                HTTPStatus.FORBIDDEN,
                "want a request from this service's own pages, got one from another site",
            )
        return None


def _is_foreign(request: Request) -> bool:
    """Say whether another site's page sent this; programs such as curl say nothing of the kind."""
    # Browsers send the first only to addresses they trust (HTTPS, this machine), the second always.
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    # The colons inside [::1] are no port's.
    return name.lower() if colon and port.isdigit() else host.lower()
