"""What tests of licks and searches ask for again and again."""

from pathlib import Path
from typing import Any

import httpx

EXAMPLE = Path(__file__).parents[2] / "examples" / "third-shelf-blues.mid"


"""A solo over choruses of a blues, with its band; the solo is part 2."""


def bring(
    api: httpx.Client, content: bytes | None = None, name: str = EXAMPLE.name
) -> dict[str, Any]:
    """Bring the solo of the example, or of a file like it, as a READY job."""
    content = EXAMPLE.read_bytes() if content is None else content
    answer = api.post("/imports", files={"score": (name, content)}, data={"part": "2"})
    assert answer.status_code == 200, answer.text
    job: dict[str, Any] = answer.json()
    return job


def licks_of(api: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    answer = api.get(job["links"]["licks"])
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def choose(api: httpx.Client, job: dict[str, Any], **body: Any) -> dict[str, Any]:
    answer = api.post(job["links"]["licks"], json=body)
    assert answer.status_code == 201, answer.text
    lick: dict[str, Any] = answer.json()
    return lick


def get(api: httpx.Client, path: str, **parameters: Any) -> dict[str, Any]:
    answer = api.get(path, params=parameters or None)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def refused(answer: httpx.Response, status: int, detail: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"]


def ids(document: dict[str, Any]) -> list[str]:
    return [one["id"] for one in document["licks"]]
