"""The page of the API, which asks no other host and runs no script but its own."""

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from starlette.routing import Route

from licklab.service.api.policies import policy_of_docs

STATIC = "/static-offline-docs"
"""Where `fastapi_offline` puts the files of the page."""


def install(app: FastAPI) -> None:
    """Serve the page.

    Parameters
    ----------
    app : FastAPI
        The application, with the files of the page.
    """
    assert app.openapi_url is not None
    html = get_swagger_ui_html(
        openapi_url=app.openapi_url,
        title=f"{app.title}: API",
        swagger_js_url=f"{STATIC}/swagger-ui-bundle.js",
        swagger_css_url=f"{STATIC}/swagger-ui.css",
        swagger_favicon_url=f"{STATIC}/favicon.png",
    ).body
    policy = policy_of_docs(bytes(html).decode())

    def page(request: Request) -> Response:  # noqa: ARG001 - Starlette gives it
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    app.router.routes.append(Route("/docs", page))
