"""Reads the members of an object of JSON that anybody may have written."""

import math
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from licklab.domain.key import Key
from licklab.errors import KeyNameError, SchemaError

_Word = TypeVar("_Word", bound=StrEnum)
_Value = TypeVar("_Value")
_SHOWN = 80


class Members:
    """The members of an object.

    Parameters
    ----------
    document : object
        The object; a mapping, or something that should have been one.
    place : str
        Where it is, for messages: ``session 3``.

    Raises
    ------
    SchemaError
        If it is no object.
    """

    def __init__(self, document: object, place: str) -> None:
        self.place = place
        if not isinstance(document, Mapping):
            raise self.wrong("an object", document)
        self._members: Mapping[str, object] = document

    def wrong(self, wanted: str, got: object) -> SchemaError:
        """Make an error of this place.

        Parameters
        ----------
        wanted : str
            What should be there.
        got : object
            What is there.

        Returns
        -------
        SchemaError
            To be raised.
        """
        shown = "nothing" if got is None else repr(got)[:_SHOWN]
        return SchemaError(f"{self.place}: want {wanted}, got {shown}")

    def has(self, name: str) -> bool:
        """Tell whether a member is there and not null.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        bool
            False for null, too.
        """
        return self._members.get(name) is not None

    def optional(self, read: Callable[[str], _Value], name: str) -> _Value | None:
        """Read a member that may be missing.

        Parameters
        ----------
        read : callable
            A method of these members.
        name : str
            Of the member.

        Returns
        -------
        object or None
            None when it is missing or null.
        """
        return read(name) if self.has(name) else None

    def text(self, name: str) -> str:
        """Read a text.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        str
            As it is.
        """
        value = self._members.get(name)
        if isinstance(value, str):
            return value
        raise self.wrong(f"{name} to be a text", value)

    def number(self, name: str) -> float:
        """Read a number.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        float
            Finite.
        """
        value = self._members.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                if math.isfinite(value):
                    return float(value)
            except OverflowError:
                pass
        raise self.wrong(f"{name} to be a number", value)

    def whole(self, name: str) -> int:
        """Read a whole number.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        int
            As it is; 3.0 is one, too.
        """
        value = self.number(name)
        if value != int(value):
            raise self.wrong(f"{name} to be a whole number", value)
        return int(value)

    def flag(self, name: str) -> bool:
        """Read yes or no.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        bool
            As it is.
        """
        value = self._members.get(name)
        if isinstance(value, bool):
            return value
        raise self.wrong(f"{name} to be true or false", value)

    def uuid(self, name: str) -> uuid.UUID:
        """Read an id.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        UUID
            As it is.
        """
        try:
            return uuid.UUID(self.text(name))
        except ValueError:
            raise self.wrong(f"{name} to be an id (a UUID)", self._members.get(name)) from None

    def moment(self, name: str) -> datetime:
        """Read a moment.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        datetime
            In UTC.
        """
        text = self.text(name)
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        wanted = f"{name} to be a time with its offset, such as 2026-11-29T18:30:00Z"
        raise self.wrong(wanted, text)

    def key(self, name: str) -> Key:
        """Read a key.

        Parameters
        ----------
        name : str
            Of the member.

        Returns
        -------
        Key
            As it is spelled there.
        """
        text = self.text(name)
        try:
            return Key.parse(text)
        except KeyNameError:
            raise self.wrong(f"{name} to be a key such as Bb:major", text) from None

    def word(self, name: str, words: type[_Word]) -> _Word:
        """Read one of some words.

        Parameters
        ----------
        name : str
            Of the member.
        words : type of StrEnum
            Those that may be there.

        Returns
        -------
        StrEnum
            One of them.
        """
        text = self.text(name)
        try:
            return words(text)
        except ValueError:
            raise self.wrong(f"{name} to be one of {', '.join(words)}", text) from None

    def items(self, name: str, most: int) -> list[Any]:
        """Read a list.

        Parameters
        ----------
        name : str
            Of the member.
        most : int
            So many it may have.

        Returns
        -------
        list
            Empty when the member is missing.
        """
        value = self._members.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(f"{name} to be a list", value)
        if len(value) > most:
            raise self.wrong(f"at most {most} in {name}", len(value))
        return value
