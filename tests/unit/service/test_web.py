"""The page's files as they leave the service, and what browsers may do with answers."""

import asyncio
import base64
import gzip
import hashlib
import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from licklab.service.api import policies
from licklab.service.api.app import create_app
from licklab.service.settings import Settings

SCRIPT = "console.log('jazz');\n" * 200
PAGE = '<!doctype html><script type="module" src="/assets/index-1a2b.js"></script>'


def build(root: Path) -> Path:
    """Put a page where a build would."""
    folder = root / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-1a2b.js").write_text(SCRIPT)
    for name in ("a-1.css", "b-1.woff2", "c-1.wasm", "d-1.svg", "e-1.webp", "f-1.sf3"):
        (folder / "assets" / name).write_bytes(b"x" * 2000)
    (folder / "assets" / ".hidden").write_text("hidden")
    (root / "secret").write_text("secret")
    return folder


def serve(folder: Path) -> FastAPI:
    # No server is asked before the application starts, and nothing here starts it.
    return create_app(Settings(_env_file=None, page_dir=folder))  # type: ignore[call-arg] # pydantic's own


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def app(folder: Path) -> FastAPI:
    return serve(folder)


def ask(app: FastAPI, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    url = httpx.URL("http://localhost").copy_with(raw_path=path.encode())

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(
                method, url, headers={one.replace("_", "-"): text for one, text in headers.items()}
            )

    return asyncio.run(send())


@pytest.mark.parametrize(
    "path",
    [
        "/", "/?from=mail", "/solos/3fa8", "/solos/3fa8/licks/5717?bar=3", "/solos/a/b/c",
        "/practice", "/teaching", "/teaching/3fa8?lick=5717",
    ],
)  # fmt: skip
def test_every_address_of_the_page_gets_its_document(app: FastAPI, path: str) -> None:
    answer = ask(app, path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == policies.PAGE
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    # Who plays a lick back is recorded by the page.
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    assert "camera=()" in answer.headers["permissions-policy"]


def test_the_address_of_a_share_link_is_kept_from_others(app: FastAPI) -> None:
    answer = ask(app, "/shared/Qm9w")
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["content-security-policy"] == policies.PAGE
    assert ask(app, "/shared/Qm9w/more").status_code == 404


def test_scripts_of_the_page_are_files_of_the_service() -> None:
    scripts = re.findall("script-src ([^;]*)", policies.PAGE)
    assert scripts == ["'self' 'wasm-unsafe-eval' blob:"]


def test_a_page_that_is_there_already_is_not_sent_again(tmp_path: Path) -> None:
    app = serve(folder := build(tmp_path))
    tag = ask(app, "/").headers["etag"]
    again = ask(app, "/solos/x", if_none_match=f'"other", {tag}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    (folder / "index.html").write_text(PAGE + " ")
    assert ask(app, "/", if_none_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("index-1a2b.js", "text/javascript; charset=utf-8"),
        ("a-1.css", "text/css; charset=utf-8"),
        ("b-1.woff2", "font/woff2"),
        ("c-1.wasm", "application/wasm"),
        ("d-1.svg", "image/svg+xml"),
        ("e-1.webp", "image/webp"),
        ("f-1.sf3", "application/octet-stream"),
    ],
)
def test_assets_have_their_media_type_and_are_kept(
    app: FastAPI, folder: Path, name: str, media_type: str
) -> None:
    answer = ask(app, f"/assets/{name}", accept_encoding="identity")
    assert answer.content == (folder / "assets" / name).read_bytes()
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    # Workers go by the policy of their script.
    assert answer.headers["content-security-policy"] == policies.PAGE
    head = ask(app, f"/assets/{name}", "HEAD", accept_encoding="identity")
    assert head.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("name", ["index-1a2b.js", "a-1.css", "c-1.wasm", "d-1.svg"])
def test_what_can_be_compressed_is_sent_compressed(app: FastAPI, folder: Path, name: str) -> None:
    answer = ask(app, f"/assets/{name}", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == (folder / "assets" / name).read_bytes()
    assert len(gzip.compress(answer.content)) < len(answer.content)


@pytest.mark.parametrize("name", ["b-1.woff2", "e-1.webp", "f-1.sf3"])
def test_what_is_compressed_already_is_sent_as_it_is(app: FastAPI, name: str) -> None:
    assert "content-encoding" not in ask(app, f"/assets/{name}").headers


def test_a_part_of_a_file_is_sent_as_it_is(app: FastAPI) -> None:
    answer = ask(app, "/assets/index-1a2b.js", range="bytes=0-1999", accept_encoding="gzip")
    assert (answer.status_code, answer.text) == (206, SCRIPT[:2000])
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/assets",
        "/assets/none.js",
        "/assets/.hidden",
        "/assets/%2e%2e",
        "/assets/%2e%2e/index.html",
        "/assets/..%2findex.html",
        "/assets/%2e%2e%2f%2e%2e%2fsecret",
        "/assets/..%5c..%5csecret",
        "/assets/%252e%252e%252fsecret",
        "/assets/index-1a2b.js%00.css",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/index.html",
        "/manifest.webmanifest",  # this build has none
        "/nothing/here",
        "/solo",
    ],
)
def test_nothing_else_is_there(app: FastAPI, path: str) -> None:
    answer = ask(app, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"] == policies.BARE
    assert "cache-control" not in answer.headers


def test_files_beside_the_page_are_asked_for_each_time(app: FastAPI) -> None:
    answer = ask(app, "/favicon.svg")
    assert (answer.text, answer.headers["content-type"]) == ("<svg/>", "image/svg+xml")
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    answer = ask(serve(tmp_path), "/solos/3fa8")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "`make web` builds them" in answer.json()["detail"]


def test_the_page_takes_no_uploads(app: FastAPI) -> None:
    answer = ask(app, "/solos/3fa8", "POST")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_answers_that_are_no_pages_may_do_nothing(app: FastAPI) -> None:
    for path in ("/health", "/openapi.json"):
        answer = ask(app, path)
        assert answer.headers["content-security-policy"] == policies.BARE
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(app, "/openapi.json").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in ask(app, "/health").headers


def test_the_page_of_the_api_runs_its_own_script_only(app: FastAPI) -> None:
    answer = ask(app, "/docs")
    (script,) = re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (allowed,) = re.findall("script-src ([^;]*)", answer.headers["content-security-policy"])
    assert allowed == f"'self' 'sha256-{digest}'"
    for asked in re.findall('(?:src|href)="([^"]*)"', answer.text):
        assert ask(app, asked).status_code == 200
