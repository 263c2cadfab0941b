"""Sentences with one thing in them changed: lies that look like the truth."""

import re
from collections.abc import Iterator

_FACT = re.compile(r"(?<![\w#])[A-G][b#]?(?![\w#])|(?<![\w#])[A-G][b#]?[\w#()+,]*\d[\w#(),]*|\d+")
_NEXT = dict(zip("ABCDEFG", "BCDEFGA", strict=True))
_WORDS = (
    ("up", "down"), ("half", "whole"), ("above", "below"), ("higher", "lower"),
    ("highest", "lowest"), ("on beat", "after beat"), ("ii-V-I", "ii-V"), ("starts", "ends"),
    ("between", "on"), ("eighth", "quarter"), ("enclose", "approaches"), ("once", "twice"),
    ("is", "is not"), ("tenor", "alto"), ("octave", "5th"), ("exactly", "nearly"),
)  # fmt: skip


def change_facts(text: str) -> Iterator[str]:
    """Move each note and chord up a letter, and each number by one; one change at a time."""
    for fact in _FACT.finditer(text):
        old = fact[0]
        new = str(int(old) + 1) if old.isdigit() else _NEXT[old[0]] + old[1:]
        yield text[: fact.start()] + new + text[fact.end() :]


def change_words(text: str) -> Iterator[str]:
    """Put the opposite in place of a word; one change at a time."""
    for pair in _WORDS:
        for old, new in (pair, pair[::-1]):
            changed, count = re.subn(rf"(?<![\w-]){old}(?![\w-])", new, text, count=1)
            if count:
                yield changed
