"""Reads a multipart upload as it arrives: the file straight to disk, the fields to memory.

The whole request never lies in memory, and what is too large is refused while it arrives.
"""

import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from licklab.errors import InputError

# Small enough to keep many uploads in little memory, large enough for few writes.
_WRITE_BYTES = 1 << 20
_MAX_FIELD_BYTES = 10_000
_MAX_HEADER_BYTES = 16_000
_MAX_PARTS = 20
_MAX_FILENAME = 200


class UploadError(InputError):
    """The request is not the form that is wanted."""


class UploadTooLargeError(InputError):
    """The file is larger than the service takes."""


@dataclass(frozen=True, slots=True)
class Form:
    """A received form.

    Attributes
    ----------
    fields : dict of str to str
        The text fields.
    filename : str or None
        Name that the file was given; None when there was no file.
    """

    fields: dict[str, str]
    filename: str | None


def clean_filename(name: str) -> str:
    r"""Reduce a client's file name to something that can be shown.

    Parameters
    ----------
    name : str
        Anything at all.

    Returns
    -------
    str
        Without folders and control characters; never used as a path.

    Examples
    --------
    >>> clean_filename("../../etc/passwd")
    'passwd'
    >>> clean_filename("C:\\Music\\Take 5.mp3")
    'Take 5.mp3'
    """
    # Browsers and curl write these three so, as HTML's form encoding wants it.
    for code, letter in (("%22", '"'), ("%0D", ""), ("%0A", "")):
        name = name.replace(code, letter)
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(one for one in base if unicodedata.category(one)[0] != "C").strip()
    return shown[-_MAX_FILENAME:] if shown.strip(".") else "recording"


async def receive_form(
    chunks: AsyncIterator[bytes], content_type: str, file_field: str, target: Path, max_bytes: int
) -> Form:
    """Receive a form with one file.

    Parameters
    ----------
    chunks : async iterator of bytes
        The body.
    content_type : str
        Of the request, with its boundary.
    file_field : str
        Name of the part whose content goes to `target`.
    target : Path
        Where the file goes; the caller removes it, also after an error.
    max_bytes : int
        Largest file.

    Returns
    -------
    Form
        The fields, and the file's name.

    Raises
    ------
    UploadError
        If the body is not a well-formed form.
    UploadTooLargeError
        If the file is larger than `max_bytes`; the rest is not read.
    """
    parts = _Parts(file_field, max_bytes)
    parser = _make_parser(parts, content_type, f"the file `{file_field}`")
    with target.open("wb") as file:
        try:
            async for chunk in chunks:
                parser.write(chunk)
                if len(parts.pending) >= _WRITE_BYTES:
                    await _flush(parts, file)
        except FormParserError as error:
            raise UploadError(f"want a well-formed multipart form, got: {error}") from error
        await _flush(parts, file)
    _require_end(parts)
    return Form(parts.fields, parts.filename)


def read_text_fields(body: bytes, content_type: str) -> dict[str, str]:
    """Read a form that has text fields only.

    Parameters
    ----------
    body : bytes
        The whole of it.
    content_type : str
        Of the request, with its boundary.

    Returns
    -------
    dict of str to str
        The fields.

    Raises
    ------
    UploadError
        If the body is not a well-formed form.
    """
    parts = _Parts(file_field=None, max_bytes=0)
    parser = _make_parser(parts, content_type, "text fields")
    try:
        parser.write(body)
    except FormParserError as error:
        raise UploadError(f"want a well-formed multipart form, got: {error}") from error
    _require_end(parts)
    return parts.fields


def _make_parser(parts: "_Parts", content_type: str, wanted: str) -> MultipartParser:
    media_type, options = parse_options_header(content_type)
    if media_type != b"multipart/form-data" or not options.get(b"boundary"):
        raise UploadError(
            f"want a multipart/form-data request with {wanted}, "
            f"got {content_type[:80] or 'no content type'!r}"
        )
    try:
        return MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": parts.on_part_begin,
                "on_part_data": parts.on_part_data,
                "on_part_end": parts.on_part_end,
                "on_header_field": parts.on_header_field,
                "on_header_value": parts.on_header_value,
                "on_header_end": parts.on_header_end,
                "on_headers_finished": parts.on_headers_finished,
                "on_end": parts.on_end,
            },
        )
    except FormParserError as error:
        raise UploadError(f"want a well-formed multipart form, got: {error}") from error


def _require_end(parts: "_Parts") -> None:
    if not parts.complete:
        raise UploadError("want a whole multipart form, got one that breaks off")


async def _flush(parts: "_Parts", file: BinaryIO) -> None:
    data, parts.pending = parts.pending, bytearray()
    if data:
        await to_thread.run_sync(file.write, data)


@dataclass(slots=True)
class _Parts:
    """Collects what the parser finds."""

    file_field: str | None
    max_bytes: int
    fields: dict[str, str] = field(default_factory=dict)
    filename: str | None = None
    pending: bytearray = field(default_factory=bytearray)
    complete: bool = False
    _received: int = 0
    _count: int = 0
    _header_bytes: int = 0
    _header: tuple[bytes, bytes] = (b"", b"")
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _name: str = ""
    _is_file: bool = False
    _value: bytearray = field(default_factory=bytearray)

    def on_part_begin(self) -> None:
        self._count += 1
        if self._count > _MAX_PARTS:
            raise UploadError(f"want at most {_MAX_PARTS} form parts, got more")
        self._headers, self._value = {}, bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._grow_header(end - start)
        self._header = (self._header[0] + data[start:end], self._header[1])

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._grow_header(end - start)
        self._header = (self._header[0], self._header[1] + data[start:end])

    def on_header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = (b"", b"")

    def on_headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = self._name == self.file_field
        if self._is_file:
            if self.filename is not None:
                raise UploadError(f"want one file `{self.file_field}`, got two")
            self.filename = options.get(b"filename", b"").decode("utf-8", "replace")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._received += end - start
            if self._received > self.max_bytes:
                raise UploadTooLargeError(
                    f"want a file of at most {self.max_bytes / 1e6:.0f} MB, got a larger one"
                )
            self.pending += memoryview(data)[start:end]
            return
        if len(self._value) + end - start > _MAX_FIELD_BYTES:
            raise UploadError(f"want fields of at most {_MAX_FIELD_BYTES} bytes, got a longer one")
        self._value += memoryview(data)[start:end]

    def on_part_end(self) -> None:
        if not self._is_file:
            self.fields[self._name] = self._value.decode("utf-8", "replace")

    def on_end(self) -> None:
        self.complete = True

    def _grow_header(self, n_bytes: int) -> None:
        self._header_bytes += n_bytes
        if self._header_bytes > _MAX_HEADER_BYTES:
            raise UploadError(f"want part headers of at most {_MAX_HEADER_BYTES} bytes, got more")
