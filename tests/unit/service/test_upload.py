import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.service.upload import (
    Form,
    UploadError,
    UploadTooLargeError,
    clean_filename,
    receive_form,
)

_TYPE = "multipart/form-data; boundary=XX"


def _part(name: str, content: bytes, filename: str | None = None) -> bytes:
    disposition = f'form-data; name="{name}"'
    if filename is not None:
        disposition += f'; filename="{filename}"'
    return f"--XX\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + content + b"\r\n"


def _receive(
    body: bytes, target: Path, *, step: int = 7, limit: int = 1000, content_type: str = _TYPE
) -> Form:
    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), step):
            yield body[start : start + step]

    return asyncio.run(receive_form(chunks(), content_type, "audio", target, limit))


@pytest.mark.parametrize("step", [1, 2, 7, 10_000])
def test_file_and_fields_arrive_whole_however_they_are_cut(tmp_path: Path, step: int) -> None:
    content = bytes(range(256)) + b"\r\n--X\r\n--XY"
    body = _part("audio", content, "solo.mp3") + _part("instrument", b"guitar") + b"--XX--\r\n"
    form = _receive(body, tmp_path / "file", step=step)
    assert (tmp_path / "file").read_bytes() == content
    assert form == Form({"instrument": "guitar"}, "solo.mp3")


def test_the_order_of_the_fields_does_not_matter(tmp_path: Path) -> None:
    body = _part("instrument", b"ts") + _part("audio", b"abc", "a.wav") + b"--XX--\r\n"
    assert _receive(body, tmp_path / "file") == Form({"instrument": "ts"}, "a.wav")


def test_a_form_without_file_says_so(tmp_path: Path) -> None:
    assert _receive(_part("instrument", b"ts") + b"--XX--\r\n", tmp_path / "f").filename is None


def test_a_file_over_the_limit_is_refused_while_it_arrives(tmp_path: Path) -> None:
    body = _part("audio", b"x" * 1001, "a.wav") + b"--XX--\r\n"
    with pytest.raises(UploadTooLargeError, match="want a file of at most"):
        _receive(body, tmp_path / "file")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{}", "application/json"),
        (b"", ""),
        (b"", "multipart/form-data"),
        (b"", f"multipart/form-data; boundary={'x' * 300}"),
        (b"not a form", _TYPE),
        (_part("audio", b"abc", "a.wav"), _TYPE),
        (b"", _TYPE),
        (_part("audio", b"a", "a") + _part("audio", b"b", "b") + b"--XX--\r\n", _TYPE),
        (_part("instrument", b"x" * 20_000) + b"--XX--\r\n", _TYPE),
        (b"--XX\r\nX: " + b"y" * 20_000 + b"\r\n\r\n\r\n--XX--\r\n", _TYPE),
        (b"".join(_part(f"f{i}", b"") for i in range(30)) + b"--XX--\r\n", _TYPE),
    ],
    ids=["json", "nothing", "no boundary", "long boundary", "text", "breaks off", "empty",
         "two files", "long field", "long header", "many parts"],
)  # fmt: skip
def test_what_is_no_proper_form_is_refused(tmp_path: Path, body: bytes, content_type: str) -> None:
    with pytest.raises(UploadError, match="want"):
        _receive(body, tmp_path / "file", content_type=content_type, step=1000)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("a\x00b\nc.mp3", "abc.mp3"),
        ("", "recording"),
        ("..", "recording"),
        ("say %22hi%22.wav", 'say "hi".wav'),
        ("///", "recording"),
        ("x" * 500 + ".mp3", "x" * 196 + ".mp3"),
    ],
)
def test_file_names_lose_their_folders_and_tricks(name: str, shown: str) -> None:
    assert clean_filename(name) == shown


@given(st.text())
def test_a_cleaned_name_is_never_a_path(name: str) -> None:
    cleaned = clean_filename(name)
    assert cleaned
    assert not set(cleaned) & {"/", "\\", "\0", "\n"}
    assert len(cleaned) <= 200
