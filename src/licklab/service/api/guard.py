"""Protection of visitors whose browsers are used against the service.

There is no login, so a page of another site must not be able to upload or delete here through the
browser of somebody who runs the service on the same machine.
"""

from http import HTTPStatus

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from licklab.service.api.problems import problem_response

_HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Refuses changes that foreign pages ask for, and sets safe headers.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI wants it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        request = Request(scope)
        changes = request.method not in _HARMLESS_METHODS
        # Every browser of today says where a request comes from; programs say nothing.
        if changes and request.headers.get("sec-fetch-site") == "cross-site":
            refusal = problem_response(
                request,
                HTTPStatus.FORBIDDEN,
                "want a request from this service's own pages, got one from another site",
            )
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)
