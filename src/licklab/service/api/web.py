"""The web page: its built files, as they lie in the package.

Addresses inside the page, such as `/solos/...`, all get the same document, which looks at its own
address. Those of share links are secrets: `policies` keeps them from caches and other sites. The
files that the document asks for have a hash of their content in their names.
"""

import hashlib
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path, PurePath
from types import MappingProxyType

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.routing import Route

from licklab.service.api import policies
from licklab.service.api.problems import problem_response

FOLDER = Path(__file__).parents[2] / "web"
"""Where the build puts the files."""

_ADDRESSES = (
    "/", "/solos/{rest:path}", "/practice", "/teaching", "/teaching/{rest:path}", "/shared/{token}",
)  # fmt: skip
_FILES = ("favicon.svg", "manifest.webmanifest")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
# Said here: what Python knows of them depends on the machine.
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
    }
)
_POLICY = {"Content-Security-Policy": policies.PAGE}
_ALWAYS_ASK = {"Cache-Control": "no-cache"}
_FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}


def install(app: FastAPI, folder: Path = FOLDER) -> None:
    """Serve the page.

    Parameters
    ----------
    app : FastAPI
        The application. Its own routes are asked first.
    folder : Path, optional
        With `index.html` and `assets`.
    """

    def page(request: Request) -> Response:
        return _page(request, folder / "index.html")

    def asset(request: Request) -> Response:
        name = request.path_params["name"]
        # Browsers ask for names that the build made; whatever looks otherwise is not there.
        if not _NAME.fullmatch(name):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return _file(folder / "assets" / name, _FOR_A_YEAR)

    def file(request: Request) -> Response:
        return _file(folder / PurePath(request.url.path).name, _ALWAYS_ASK)

    # Not as operations of the API: they may be asked with any parameter, which the page reads.
    for path in _ADDRESSES:
        app.router.routes.append(Route(path, page))
    for name in _FILES:
        app.router.routes.append(Route(f"/{name}", file))
    app.router.routes.append(Route("/assets/{name}", asset))


def _page(request: Request, index: Path) -> Response:
    try:
        content = index.read_bytes()
    except FileNotFoundError:
        detail = "want the page's files in the package, got none: `make web` builds them"
        return problem_response(request, HTTPStatus.SERVICE_UNAVAILABLE, detail)
    # Weak: the same page may be sent compressed.
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**_POLICY, **_ALWAYS_ASK, "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type="text/html", headers=headers)


def _file(path: Path, caching: Mapping[str, str]) -> Response:
    if not path.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    media_type = _MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return FileResponse(path, media_type=media_type, headers={**_POLICY, **caching})
