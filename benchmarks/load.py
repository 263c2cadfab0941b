"""How the API answers under load: 50 parallel clients on loopback.

    python -m benchmarks.load [--clients 50] [--looks 40] [--workers 1]

Starts `licklab serve` with its embedded servers in a temporary folder. Every client uploads the
example once, then looks at its job again and again without pause. With a worker the listening
competes for the same processor, as it does on a musician's machine. The first error ends the run.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
_READY_SEC = 60.0


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description="Answers under load.")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--looks", type=int, default=40, help="per client")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    example = next((ROOT / "examples").glob("*.mp3"))
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        serving = subprocess.Popen(
            [sys.executable, "-m", "licklab.cli.main", "serve", "--port", str(port),
             "--workers", str(options.workers), "--data-dir", folder],
            env={k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
            | {"LOG_LEVEL": "WARNING"},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, "/ready" if options.workers else "/health")
            uploads, looks, took = asyncio.run(
                _drive(port, example.read_bytes(), options.clients, options.looks)
            )
        finally:
            serving.terminate()
            serving.wait()
    print(
        f"{options.clients} clients at once, {options.workers} worker(s), "
        f"{example.stat().st_size / 1e6:.1f} MB uploads\n"
    )
    print("| request | count | p50, ms | p95, ms |")
    print("|---|---|---|---|")
    for name, seconds in (("POST /jobs", uploads), ("GET /jobs/{id}", looks)):
        p50, p95 = np.percentile(seconds, [50, 95]) * 1000
        print(f"| {name} | {len(seconds)} | {p50:.0f} | {p95:.0f} |")
    print(f"\nno error; {len(looks) / took:.0f} looks a second")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, path: str) -> None:
    deadline = time.monotonic() + _READY_SEC
    while time.monotonic() < deadline:
        try:
            if httpx.get(url + path).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    sys.exit(f"want an answer from {url}{path} within {_READY_SEC:.0f} s, got none")


class Client:
    """A keep-alive connection so cheap that the service is what is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Any:
        """Send a request and give the JSON of a successful answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        if kind:
            head += f"Content-Type: {kind}\r\n"
        self._writer.write(head.encode() + b"\r\n" + body)
        await self._writer.drain()
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = next(
            int(line.split(":")[1])
            for line in answer.splitlines()
            if line.lower().startswith("content-length:")
        )
        content = await self._reader.readexactly(length)
        if not answer.startswith("HTTP/1.1 200"):
            raise RuntimeError(f"{method} {path}: {answer.splitlines()[0]} {content[:200]!r}")
        return json.loads(content)


def _form(recording: bytes) -> bytes:
    part = "--XX\r\nContent-Disposition: form-data; name="
    return (
        f'{part}"audio"; filename="solo.mp3"\r\n\r\n'.encode()
        + recording
        + f'\r\n{part}"instrument"\r\n\r\ntenor sax\r\n--XX--\r\n'.encode()
    )


async def _drive(
    port: int, recording: bytes, clients: int, looks: int
) -> tuple[list[float], list[float], float]:
    uploads: list[float] = []
    seen: list[float] = []
    barrier = asyncio.Barrier(clients)
    form = _form(recording)

    async def one() -> float:
        client = Client(*await asyncio.open_connection("127.0.0.1", port))
        await barrier.wait()
        begun = time.perf_counter()
        job = await client.ask("POST", "/jobs", form, "multipart/form-data; boundary=XX")
        uploads.append(time.perf_counter() - begun)
        await barrier.wait()
        start = time.perf_counter()
        for _ in range(looks):
            begun = time.perf_counter()
            await client.ask("GET", job["links"]["self"])
            seen.append(time.perf_counter() - begun)
        return time.perf_counter() - start

    took = await asyncio.gather(*(one() for _ in range(clients)))
    return uploads, seen, max(took)


if __name__ == "__main__":
    main()
