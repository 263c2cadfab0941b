"""How the API answers under load: 50 parallel clients on loopback.

    python -m benchmarks.load [--clients 50] [--looks 40] [--workers 1]

Starts `licklab serve` with its embedded servers in a temporary folder. Every client uploads the
example once, then looks at its job again and again without pause. With a worker the listening
competes for the same processor, as it does on a musician's machine.
"""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
            uploads, looks, errors, took = asyncio.run(
                _drive(url, example.read_bytes(), options.clients, options.looks)
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
    print(f"\nerrors: {errors}; {len(looks) / took:.0f} looks a second")
    sys.exit(1 if errors else 0)


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


async def _drive(
    url: str, recording: bytes, clients: int, looks: int
) -> tuple[list[float], list[float], int, float]:
    uploads: list[float] = []
    seen: list[float] = []
    errors = 0
    barrier = asyncio.Barrier(clients)
    looking_sec = 0.0

    async def one(client: httpx.AsyncClient) -> None:
        nonlocal errors, looking_sec
        await barrier.wait()
        begun = time.perf_counter()
        answer = await client.post(
            "/jobs", files={"audio": ("solo.mp3", recording)}, data={"instrument": "tenor sax"}
        )
        uploads.append(time.perf_counter() - begun)
        errors += not answer.is_success
        path = answer.json()["links"]["self"]
        await barrier.wait()
        start = time.perf_counter()
        for _ in range(looks):
            begun = time.perf_counter()
            answer = await client.get(path)
            seen.append(time.perf_counter() - begun)
            errors += not answer.is_success
        looking_sec = max(looking_sec, time.perf_counter() - start)

    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=120.0, limits=limits) as client:
        await asyncio.gather(*(one(client) for _ in range(clients)))
    return uploads, seen, errors, looking_sec


if __name__ == "__main__":
    main()
