"""The whole product as a musician has it: `licklab serve`, and a browser on its page.

Every page of a test fails it when it writes an error to the console or asks another host for
something. Where chromium, or the page's build, is absent, these tests skip and say so.
"""

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import soundfile as sf
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.integration.conftest import free_port, wait_for

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "third-shelf-blues.mp3"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
# Beside other work a page takes its time.
_PATIENCE_MS = 15_000
expect.set_options(timeout=_PATIENCE_MS)
# The first start makes a database, compiles the search and loads the models.
_START_SEC = 90.0
# Two choruses and a half.
_OWN_SEC = 48.0
# Of 87 s of music, heard beside a browser.
_HEARD_SEC = 120.0


@dataclass
class Service:
    """`licklab serve` on a folder of its own."""

    folder: Path
    page_dir: Path | None = None
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ, "DATA_DIR": str(self.folder), "PORT": str(self.port),
            "DATABASE_URL": "", "REDIS_URL": "", "EXAMPLE": "true",
        }  # fmt: skip
        if self.page_dir is not None:
            environment["PAGE_DIR"] = str(self.page_dir)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "licklab.cli.main", "serve"],
            env=environment, cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        wait_for(self._is_ready, _START_SEC, 0.2)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _is_ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "licklab serve ended"
        try:
            return httpx.get(f"{self.url}/ready", timeout=5).is_success
        except httpx.TransportError:
            return False


@pytest.fixture(scope="session")
def page_dir(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Give another build of the page than that of the package, for those who work on it.

    The environment says which sources: `LICKLAB_PAGE_SOURCE=web`.
    """
    source = os.environ.get("LICKLAB_PAGE_SOURCE")
    if not source:
        return None
    target = tmp_path_factory.mktemp("page")
    binaries = Path(sys.executable).parent
    subprocess.run(
        [binaries / "npx", "vite", "build", "--outDir", target, "--emptyOutDir"],
        cwd=source, check=True, env={**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"},
    )  # fmt: skip
    return target


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, page_dir: Path | None) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("e2e"), page_dir)
    try:
        service.start()
        yield service
    finally:
        service.stop()


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, timeout=30.0) as client:
        yield client


@pytest.fixture(scope="session")
def example_id(client: httpx.Client) -> str:
    """Give the job of the example solo that the first start made, when it is READY.

    Tests that change it undo what they did, or take `own_job`.
    """
    return ready(client, lambda: client.get("/jobs", params={"tag": "example"}).json()["items"][0])


@pytest.fixture(scope="module")
def own_job(client: httpx.Client) -> Iterator[str]:
    """Give a job of half the example for the tests of one file, to change as they like."""
    with sf.SoundFile(EXAMPLE) as example:
        music = example.read(round(_OWN_SEC * example.samplerate))
        file = io.BytesIO()
        sf.write(file, music, example.samplerate, format="MP3")
    job = client.post(
        "/jobs",
        files={"audio": ("own solo.mp3", file.getvalue())},
        data={"instrument": "tenor sax"},
    ).json()
    yield ready(client, lambda: client.get(f"/jobs/{job['id']}").json())
    client.delete(f"/jobs/{job['id']}")


def ready(client: httpx.Client, look: Callable[[], dict[str, Any]]) -> str:
    """Wait until a job is READY, and give its id."""

    def done() -> str | None:
        job = look()
        assert job["status"] != "FAILED", job["error"]
        found: str = job["id"]
        return found if job["status"] == "READY" else None

    found: str = wait_for(done, _HEARD_SEC, 0.3)
    # The first look finds the licks; pages should not wait for that.
    client.get(f"/jobs/{found}/licks").raise_for_status()
    return found


def browser_path() -> str | None:
    """Give chromium: without the windows around the page, if there is such a one here.

    They would take about as much of the machine as the page.
    """
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.skip("wants chromium (Debian: scripts/install_browser.sh)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that it should not."""

    url: str
    errors: list[str] = field(default_factory=list)
    # Parts of messages that a test provokes, such as the 404 of an address that is not there.
    expected: list[str] = field(default_factory=list)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location["url"]
            self.errors.append(f"console {message.type}: {message.text} ({where})")

    def on_page_error(self, error: Exception) -> None:
        self.errors.append(f"uncaught: {error}")

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(self.url).netloc:
            self.errors.append(f"off the host: {request.url}")

    def unexpected(self) -> list[str]:
        return [one for one in self.errors if not any(part in one for part in self.expected)]


@pytest.fixture
def watch(service: Service) -> Watch:
    return Watch(service.url)


@pytest.fixture
def afterwards() -> Iterator[ExitStack]:
    """Take what a test tidies up once its pages are gone, which may still ask for it before."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def open_context(
    browser: Browser,
    service: Service,
    watch: Watch,
    afterwards: ExitStack,  # noqa: ARG001 - begun before, so it ends after
) -> Iterator[Callable[..., BrowserContext]]:
    """Give what opens a window of its own (cookies, storage), watched; options as Playwright's."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        options = {
            "viewport": DESKTOP,
            "base_url": service.url,
            "reduced_motion": "reduce",
        } | options
        context = browser.new_context(**options)
        context.set_default_timeout(_PATIENCE_MS)
        context.on("console", watch.on_console)
        context.on("weberror", lambda one: watch.on_page_error(one.error))
        context.on("request", watch.on_request)
        contexts.append(context)
        return context

    yield open_one
    for one in contexts:
        one.close()
    assert watch.unexpected() == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Give a page of 1280 pixels; it fails the test when anything goes wrong in it."""
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """Give a page of 390 pixels with a finger for a mouse."""
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
