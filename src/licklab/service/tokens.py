"""Secrets that open something: made once, told once, kept as their digests."""

import hashlib
import secrets
from dataclasses import dataclass

# 192 bits: nobody guesses one of them (RFC 4086 asks for 128 where much can be tried).
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that was just made.

    Attributes
    ----------
    text : str
        Of letters, digits, `-` and `_`; to be told once and kept nowhere.
    digest : bytes
        To be kept.
    """

    text: str
    digest: bytes


def make_token() -> Token:
    """Make a secret.

    Returns
    -------
    Token
        Of the system's random numbers.
    """
    text = secrets.token_urlsafe(_TOKEN_BYTES)
    return Token(text, digest_token(text))


def digest_token(text: str) -> bytes:
    """Digest what may be a secret.

    Parameters
    ----------
    text : str
        Whatever came, of any length and with any signs.

    Returns
    -------
    bytes
        SHA-256: secrets of 192 random bits need no salt. Who looks one up by its digest learns
        nothing from how long it takes.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
