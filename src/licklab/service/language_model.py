"""A language model somewhere else, asked over HTTP as most providers are: chat completions.

It gets only what it is given here, answers with text, and is trusted with nothing: redirects are
not followed, a slow or large answer is broken off, and what it says is data for others to judge.
The key comes from the environment of the process alone and is written nowhere.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import anyio
import httpx

from licklab.errors import ServiceError

KEY_NAME = "LANGUAGE_MODEL_KEY"
"""Environment variable with the key; it is no setting, so that it is in no file of settings."""

_LONGEST_SEC = 30.0  # a person waits for it
_MOST_BYTES = 200_000  # of an answer; twenty sentences are a fiftieth of that
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_OK = 200


class LanguageModelError(ServiceError):
    """The language model gave no answer that can be used."""


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model answered.

    Attributes
    ----------
    content : str
        Its text.
    tokens : int or None
        That were used, as its provider counts; None where that is not said.
    """

    content: str
    tokens: int | None


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A model and where it is.

    Attributes
    ----------
    url : str
        Under which `/chat/completions` is, such as ``https://api.example.com/v1``.
    name : str
        As its provider calls it.
    key : str
        To be let in; empty where none is asked for.
    longest_sec : float, seconds
        For a whole answer.

    Raises
    ------
    ServiceError
        If the key has letters that no header can carry, or would be sent in the clear.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)
    longest_sec: float = _LONGEST_SEC

    def __post_init__(self) -> None:
        # Neither message holds the key: messages are logged.
        if not (self.key.isascii() and (self.key.isprintable())) or " " in self.key:
            raise ServiceError(f"want a key of plain characters ({KEY_NAME}), got others")
        target = urlsplit(self.url)
        if self.key and target.scheme != "https" and target.hostname not in _HERE:
            raise ServiceError(
                f"want https:// for a language model that a key is sent to ({KEY_NAME}), "
                f"got {target.scheme}://"
            )

    async def ask(self, messages: Sequence[Mapping[str, str]], most_tokens: int) -> ModelAnswer:
        """Ask, once.

        Parameters
        ----------
        messages : sequence of mapping
            With a role and a content each.
        most_tokens : int
            Of the answer.

        Returns
        -------
        ModelAnswer
            Unread.

        Raises
        ------
        LanguageModelError
            If none comes in time, or it is too large, or no answer of that kind.
        """
        try:
            with anyio.fail_after(self.longest_sec):
                content = await self._post(messages, most_tokens)
        except TimeoutError:
            raise LanguageModelError(
                f"want an answer within {self.longest_sec:g} s, got none"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # What such an error says may hold an address; its kind is enough.
            raise LanguageModelError(
                f"want an answer of the language model, got {type(error).__name__}"
            ) from None
        return _read(content)

    async def _post(self, messages: Sequence[Mapping[str, str]], most_tokens: int) -> bytes:
        # Identity: what is unpacked here could be much larger than what comes.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        body = {
            "model": self.name,
            "messages": list(messages),
            "max_tokens": most_tokens,
            "temperature": 0.3,
            "stream": False,
        }
        # Of the environment nothing is read: no passwords of .netrc, no proxy that would see a key.
        async with (
            httpx.AsyncClient(
                timeout=self.longest_sec, follow_redirects=False, trust_env=False
            ) as client,
            client.stream(
                "POST", f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers
            ) as answer,
        ):
            if answer.status_code != _OK:
                raise LanguageModelError(f"want status {_OK}, got {answer.status_code}")
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise LanguageModelError("want an answer that is not packed, got a packed one")
            content = bytearray()
            async for chunk in answer.aiter_raw():
                content += chunk
                if len(content) > _MOST_BYTES:
                    raise LanguageModelError(f"want at most {_MOST_BYTES} bytes, got more")
            return bytes(content)


def read_key() -> str:
    """Read the key out of the environment.

    Returns
    -------
    str
        Empty where none is set.
    """
    return os.environ.get(KEY_NAME, "").strip()


def _read(content: bytes) -> ModelAnswer:
    try:
        document: Any = json.loads(content)
        text = document["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise LanguageModelError("want choices with a message, got something else") from None
    if not isinstance(text, str):
        raise LanguageModelError("want a message with text, got something else")
    usage = document.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    is_count = isinstance(tokens, int) and not isinstance(tokens, bool) and tokens >= 0
    return ModelAnswer(text, tokens if is_count else None)
