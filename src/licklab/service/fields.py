"""Reads the few fields of a small request, as JSON or as a form of either kind."""

import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header

from licklab.service.upload import UploadError, UploadTooLargeError, read_text_fields

# Four short fields take a hundred bytes.
_MAX_BYTES = 64_000
_MAX_FIELDS = 20


async def receive_fields(chunks: AsyncIterator[bytes], content_type: str) -> dict[str, object]:
    """Receive a request's fields.

    Parameters
    ----------
    chunks : async iterator of bytes
        The body.
    content_type : str
        Of the request; without a body it does not matter.

    Returns
    -------
    dict of str to object
        Of a form all values are text. Empty without a body.

    Raises
    ------
    UploadError
        If the body is no JSON object and no form.
    UploadTooLargeError
        If it is far larger than the fields can be; the rest is not read.
    """
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > _MAX_BYTES:
            raise UploadTooLargeError(f"want a request of at most {_MAX_BYTES} bytes, got more")
    return _read_fields(bytes(body), content_type) if body.strip() else {}


def _read_fields(body: bytes, content_type: str) -> dict[str, object]:
    media_type, _ = parse_options_header(content_type)
    if media_type == b"multipart/form-data":
        return dict(read_text_fields(body, content_type))
    try:
        if media_type == b"application/x-www-form-urlencoded":
            return dict(
                parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
            )
        if media_type == b"application/json":
            document = json.loads(body)
            if isinstance(document, dict):
                return document
            raise UploadError(f"want a JSON object, got a {type(document).__name__}")
    except (ValueError, RecursionError) as error:
        kind = media_type.decode()
        raise UploadError(f"want a well-formed body of {kind}, got: {error}") from error
    raise UploadError(
        "want application/json, application/x-www-form-urlencoded or multipart/form-data, "
        f"got {content_type[:80] or 'no content type'!r}"
    )
