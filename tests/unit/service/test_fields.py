import asyncio
from collections.abc import AsyncIterator

import pytest

from licklab.errors import InputError
from licklab.service.fields import receive_fields
from licklab.service.upload import UploadError, UploadTooLargeError

_MULTIPART = (
    b'--XX\r\nContent-Disposition: form-data; name="mode"\r\n\r\nline\r\n'
    b'--XX\r\nContent-Disposition: form-data; name="end_sec"\r\n\r\n\r\n--XX--\r\n'
)


def _receive(body: bytes, content_type: str) -> dict[str, object]:
    async def chunks() -> AsyncIterator[bytes]:
        for i in range(0, len(body), 7):
            yield body[i : i + 7]

    return asyncio.run(receive_fields(chunks(), content_type))


@pytest.mark.parametrize(
    ("body", "content_type", "fields"),
    [
        (b"", "", {}),
        (b"", "application/json", {}),
        (b"{}", "application/json", {}),
        (b'{"start_sec": 1.5, "end_sec": null}', "application/json; charset=utf-8",
         {"start_sec": 1.5, "end_sec": None}),
        (b"mode=line&end_sec=", "application/x-www-form-urlencoded",
         {"mode": "line", "end_sec": ""}),
        (_MULTIPART, "multipart/form-data; boundary=XX", {"mode": "line", "end_sec": ""}),
    ],
)  # fmt: skip
def test_fields_come_as_json_or_as_a_form(
    body: bytes, content_type: str, fields: dict[str, object]
) -> None:
    assert _receive(body, content_type) == fields


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (b"{", "application/json", "want a well-formed body of application/json"),
        (b"\xff\xfe", "application/json", "want a well-formed body of application/json"),
        (b"[" * 50_000, "application/json", "want a well-formed body of application/json"),
        (b"[]", "application/json", "want a JSON object, got a list"),
        (b"&".join([b"a=1"] * 50), "application/x-www-form-urlencoded", "want a well-formed body"),
        (_MULTIPART[:-4], "multipart/form-data; boundary=XX", "breaks off"),
        (b"no form", "multipart/form-data; boundary=XX", "want a well-formed multipart form"),
        (_MULTIPART, "multipart/form-data", "want a multipart/form-data request with text fields"),
        (b"mode: line", "application/yaml", "want application/json.*got 'application/yaml'"),
        (b"{}", "", "got 'no content type'"),
    ],
)
def test_another_body_is_refused(body: bytes, content_type: str, message: str) -> None:
    with pytest.raises(UploadError, match=message):
        _receive(body, content_type)


def test_a_large_body_is_not_read_to_its_end() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(10_000)

    with pytest.raises(UploadTooLargeError, match="at most 64000 bytes"):
        asyncio.run(receive_fields(endless(), "application/json"))
    assert issubclass(UploadTooLargeError, InputError)
