"""Sentences about requests that are not what the API takes.

In go errors as Pydantic lists them, out comes what was wanted and what came, in the words of the
API: members by their names in the request, without the classes behind them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

_LONGEST = 80
Place = tuple[str | int, ...]


def describe_invalid(error: Mapping[str, Any]) -> str:
    """Say what is wrong with a request.

    Parameters
    ----------
    error : mapping
        Of Pydantic; the first part of its `loc` says which part of the request it is.

    Returns
    -------
    str
        What was wanted and what came.
    """
    kind, message, context = error["type"], str(error["msg"]), error.get("ctx", {})
    place: Place = tuple(error["loc"])[1:]
    name, got = _dotted(place), repr(_as_text(error.get("input", "")))
    if kind == "json_invalid":
        return f"want JSON, got {got} ({context.get('error', 'which is none')})"
    if kind == "extra_forbidden":
        return f"want no member {name}, got one"
    if kind == "missing":
        return f"want {place[-1]}{_inside(place[:-1])}, got none"
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        member = f"{str(context['discriminator']).strip(chr(39))}{_inside(place)}"
        if kind == "union_tag_not_found":
            return f"want {member}, got none"
        return f"want {member} to be one of {context['expected_tags']}, got {context['tag']!r}"
    if kind == "value_error":
        wanted = str(context["error"])
        return f"want {name} to be {wanted}, got {got}" if name else f"want {wanted}, got {got}"
    return f"want {name or 'the body'} to {_wish(kind, message, error.get('input'))}, got {got}"


def list_errors(error: ValidationError, content: bytes | None = None) -> list[dict[str, Any]]:
    """List what is wrong with a body, by places in it.

    Parameters
    ----------
    error : ValidationError
        Of its model.
    content : bytes, optional
        The body, as JSON; without it, places are as the model names them.

    Returns
    -------
    list of dict
        As FastAPI lists what is wrong with the rest of a request.
    """
    errors: list[dict[str, Any]] = []
    for one in error.errors():
        place: Place = one["loc"]
        if content is not None and place:
            place = _place_in(from_json(content), place)
        errors.append({**one, "loc": ("body", *place)})
    return errors


def _place_in(document: Any, place: Place) -> Place:
    """Leave out of a place what is no member: models that are told apart by a word put it there."""
    found: list[str | int] = []
    for part in place[:-1]:
        there = document
        if isinstance(there, dict) and part in there:
            document = there[str(part)]
        elif isinstance(there, list) and isinstance(part, int):
            document = there[part]
        else:
            continue
        found.append(part)
    if isinstance(place[-1], str) and not isinstance(document, dict):
        return tuple(found)  # the word was a member's name as well
    return (*found, place[-1])


def _wish(kind: str, message: str, value: Any) -> str:
    """Take what Pydantic wishes for out of its message, without its reasons."""
    wish = message.partition(" should ")[2] or f"be otherwise ({message})"
    if kind.endswith("_parsing"):
        return wish.partition(", ")[0]
    wish = wish.partition(" after validation")[0]
    return wish.replace(" items", " characters") if isinstance(value, str) else wish


def _dotted(place: Sequence[str | int]) -> str:
    return ".".join(map(str, place))


def _inside(place: Sequence[str | int]) -> str:
    return f" in {_dotted(place)}" if place else ""


def _as_text(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text[:_LONGEST]
