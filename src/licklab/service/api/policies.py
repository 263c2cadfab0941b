"""What browsers may do with what the service sends: content security policies and their kin.

Titles, tags and file names come from anybody, and uploads may be anything. Should one of them ever
be taken for a page, it runs nothing and fetches nothing.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

BARE = "default-src 'none'; frame-ancestors 'none'"
"""For what is no page: JSON, recordings, files."""

PAGE = "; ".join(
    (
        "default-src 'none'",
        # Blobs: the audio worklets of the time stretcher and of the score come as such.
        "script-src 'self' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""For the web page, and for its scripts: a worker goes by the policy that its script came with."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        # What the page needs, and none of the rest that browsers would grant it on request.
        "Permissions-Policy": ", ".join(
            (
                *(f"{name}=(self)" for name in ("autoplay", "microphone", "screen-wake-lock")),
                *(
                    f"{name}=()"
                    for name in (
                        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
                        "hid", "magnetometer", "midi", "payment", "serial", "usb",
                        "xr-spatial-tracking",
                    )
                ),
            )
        ),
    }
)  # fmt: skip
"""For every answer."""

_SECRETS = re.compile(r"^(/shared(?:-assignments)?/)[^/]+")
_OF_SECRETS: Mapping[str, str] = MappingProxyType(
    {
        # The address is the key: no other site is told it, nothing of it stays in a cache, and no
        # search engine keeps what somebody posts.
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
)

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def headers_of(path: str) -> Mapping[str, str]:
    """Give the headers of an answer.

    Parameters
    ----------
    path : str
        That was asked for.

    Returns
    -------
    mapping of str to str
        They take the place of what an operation says itself.
    """
    return {**HEADERS, **_OF_SECRETS} if _SECRETS.match(path) else HEADERS


def hide_secret(path: str) -> str:
    """Take a secret out of a path, for logs and for what is said of errors.

    Parameters
    ----------
    path : str
        That was asked for.

    Returns
    -------
    str
        The same for all secrets; any other path as it is.

    Examples
    --------
    >>> hide_secret("/shared-assignments/Qm9w/licks/1/sheet"), hide_secret("/jobs/1")
    ('/shared-assignments/{token}/licks/1/sheet', '/jobs/1')
    """
    return _SECRETS.sub(r"\1{token}", path)


def policy_of_docs(html: str) -> str:
    """Write the policy of the page of the API.

    Parameters
    ----------
    html : str
        The page.

    Returns
    -------
    str
        It runs its own files and the scripts that are written in it, and no others.
    """
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(html)
    )
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
