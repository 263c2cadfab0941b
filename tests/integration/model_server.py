"""A language model of our own: a real HTTP server that answers as a test wants it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[dict[str, str]], dict[str, Any] | str]


@dataclass
class FakeModel:
    """What the server answers, and what it was asked.

    `say` gets the sentences by their ids, and gives others by their ids, or a whole content.
    """

    say: Say = dict
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    usage: dict[str, Any] | None = None
    wait_sec: float = 0.0
    drips: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""

    def reset(self) -> None:
        """Answer honestly again, and forget what was asked."""
        fresh = FakeModel(url=self.url)
        self.__dict__.update(fresh.__dict__)

    def content(self, body: dict[str, Any]) -> bytes:
        """Write the answer to a question."""
        if self.body is not None:
            return self.body
        sentences = json.loads(body["messages"][-1]["content"])
        said = self.say(sentences)
        text = said if isinstance(said, str) else json.dumps(said)
        document: dict[str, Any] = {"choices": [{"message": {"role": "a", "content": text}}]}
        if self.usage is not None:
            document["usage"] = self.usage
        return json.dumps(document).encode()


@contextmanager
def serve_model() -> Iterator[FakeModel]:
    """Run the server on this machine."""
    model = FakeModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/v1/chat/completions"
            model.asked.append(body)
            model.keys.append(self.headers["Authorization"])
            time.sleep(model.wait_sec)
            content = model.content(body)
            try:
                self.send_response(model.status)
                for name, value in model.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                for start in range(0, len(content), 1 if model.drips else len(content) or 1):
                    self.wfile.write(content[start : start + 1] if model.drips else content)
                    if model.drips:
                        time.sleep(0.05)
            except OSError:
                pass  # the other side has had enough

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
