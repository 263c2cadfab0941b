"""The language model asked over real HTTP: bounds on time and size, and where the key goes."""

import gzip
import json
import time
from collections.abc import Iterator

import anyio
import pytest

from licklab.errors import ServiceError
from licklab.service.language_model import (
    KEY_NAME,
    LanguageModel,
    LanguageModelError,
    ModelAnswer,
    read_key,
)
from tests.integration.conftest import free_port
from tests.integration.model_server import FakeModel, serve_model

_KEY = "sk-very-secret"
_MESSAGES = [{"role": "user", "content": '{"works-1": "F resolves to E."}'}]


@pytest.fixture
def server() -> Iterator[FakeModel]:
    with serve_model() as model:
        yield model


def ask(url: str, *, key: str = "", longest_sec: float = 5.0) -> ModelAnswer:
    model = LanguageModel(url, "tiny", key, longest_sec)
    return anyio.run(model.ask, _MESSAGES, 200)


def test_it_is_asked_as_providers_want_it(server: FakeModel) -> None:
    server.usage = {"total_tokens": 42}
    answer = ask(f"{server.url}/", key=_KEY)
    assert json.loads(answer.content) == {"works-1": "F resolves to E."}
    assert answer.tokens == 42
    [asked] = server.asked
    assert asked["model"] == "tiny"
    assert asked["messages"] == _MESSAGES
    assert asked["max_tokens"] == 200
    assert server.keys == [f"Bearer {_KEY}"]


def test_without_a_key_none_is_sent(server: FakeModel) -> None:
    ask(server.url)
    assert server.keys == [None]


def test_a_redirect_is_not_followed_and_the_key_stays(server: FakeModel) -> None:
    with serve_model() as thief:
        server.status, server.headers = 307, {"Location": f"{thief.url}/chat/completions"}
        with pytest.raises(LanguageModelError, match="want status 200, got 307"):
            ask(server.url, key=_KEY)
        assert thief.asked == []


@pytest.mark.parametrize("drips", [False, True])
def test_a_slow_answer_is_broken_off(server: FakeModel, drips: bool) -> None:  # noqa: FBT001
    server.wait_sec, server.drips = 0.0 if drips else 3.0, drips
    began = time.monotonic()
    with pytest.raises(LanguageModelError, match=r"want an answer within 0\.5 s, got none"):
        ask(server.url, longest_sec=0.5)
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize(
    ("body", "status", "headers", "wanted"),
    [
        (b"x" * 300_000, 200, {}, "want at most 200000 bytes, got more"),
        (gzip.compress(b"x" * 10_000_000), 200, {"Content-Encoding": "gzip"}, "got a packed one"),
        (b"{}", 500, {}, "want status 200, got 500"),
        (b"{}", 200, {}, "want choices with a message"),
        (b"[" * 100_000, 200, {}, "want choices with a message"),
        (b"\xff\xfe", 200, {}, "want choices with a message"),
        (b'{"choices": []}', 200, {}, "want choices with a message"),
        (b'{"choices": [{"message": {"content": 5}}]}', 200, {}, "want a message with text"),
        (b'{"choices": [{"message": {"content": null}}]}', 200, {}, "want a message with text"),
    ],
)
def test_an_answer_that_is_none_is_told(
    server: FakeModel, body: bytes, status: int, headers: dict[str, str], wanted: str
) -> None:
    server.body, server.status, server.headers = body, status, headers
    with pytest.raises(LanguageModelError, match=wanted):
        ask(server.url)


@pytest.mark.parametrize("tokens", [-3, "many", True, 1.5, None])
def test_a_strange_count_of_tokens_is_none(server: FakeModel, tokens: object) -> None:
    server.usage = {"total_tokens": tokens}
    assert ask(server.url).tokens is None


def test_nobody_there_is_told_without_an_address() -> None:
    with pytest.raises(LanguageModelError, match="got ConnectError") as told:
        ask(f"http://127.0.0.1:{free_port()}/v1", key=_KEY)
    assert "127.0.0.1" not in str(told.value)
    assert _KEY not in str(told.value)


@pytest.mark.parametrize("key", ["sk secret", "sk-secret\n", "sk-geh\u00e4im"])
def test_a_key_that_no_header_carries_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ServiceError, match=f"want a key of plain characters .{KEY_NAME}") as told:
        LanguageModel("https://api.example.com/v1", "tiny", key)
    assert "secret" not in str(told.value)
    assert "geh" not in str(told.value)


def test_a_key_is_not_sent_in_the_clear_nor_shown() -> None:
    with pytest.raises(ServiceError, match="want https://"):
        LanguageModel("http://api.example.com/v1", "tiny", _KEY)
    assert _KEY not in repr(LanguageModel("https://api.example.com/v1", "tiny", _KEY))


def test_the_key_comes_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_NAME, raising=False)
    assert read_key() == ""
    monkeypatch.setenv(KEY_NAME, f" {_KEY} ")
    assert read_key() == _KEY
