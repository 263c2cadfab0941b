"""Files in ABC notation: the tunes in them, each as its head and its music.

Of Walshaw, "The abc music standard 2.1" (2011), sections 2.2 (tunes in a file) and 3 (fields).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from licklab.errors import ScoreFileError

_MOST_BYTES = 8_000_000  # the largest collections of tunes that are passed around have 5 MB
_MOST_SHARED = 100  # fields before the first tune: every tune has them
_LOOKED_AT = 100_000  # bytes in which the first tune has to begin
_FIELD = re.compile(r"([A-Za-z+]):(.*)")
_COMMENT = re.compile(r"(?<!\\)%.*")
_DIRECTIVE = re.compile(r"%%(propagate-accidentals|MIDI program)\s+(.*)")
# Within music the letters A to G are notes, so that these alone begin a line that is a field; the
# rest of them are words.
_BODY_FIELDS = frozenset("IKLMmNPQRrSsTUVWw+")
_MUSIC_FIELDS = frozenset("IKLMPQV")


@dataclass(frozen=True, slots=True)
class AbcTune:
    """A tune as it is written.

    Attributes
    ----------
    fields : tuple of (str, str)
        Letter and text of the fields at its head, in order.
    music : str
        The rest, without comments and words; fields between its lines stand in brackets.
    """

    fields: tuple[tuple[str, str], ...]
    music: str

    def text_of(self, letter: str) -> str:
        """Give the text of a field.

        Parameters
        ----------
        letter : str
            Of the field.

        Returns
        -------
        str
            Of the first one with that letter; empty where there is none.
        """
        return next((text for one, text in self.fields if one == letter), "")


def is_abc(content: bytes) -> bool:
    """Tell whether a file is in ABC notation.

    Parameters
    ----------
    content : bytes
        Of the file.

    Returns
    -------
    bool
        True if it says so in its first line, or a line of it begins a tune.
    """
    start = content[:_LOOKED_AT]
    return re.search(rb"\A(\xef\xbb\xbf)?\s*%abc|^(\xef\xbb\xbf)?X:\s*\d", start, re.M) is not None


def split_tunes(content: bytes) -> tuple[AbcTune, ...]:
    """Take a file apart.

    Parameters
    ----------
    content : bytes
        In UTF-8, or else Latin 1.

    Returns
    -------
    tuple of AbcTune
        In order, with what the head of the file says about all of them.

    Raises
    ------
    ScoreFileError
        If it has no tunes, or is too large, or says too much about all of them.
    """
    if len(content) > _MOST_BYTES:
        raise ScoreFileError(f"want an ABC file of at most {_MOST_BYTES} bytes, got {len(content)}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    lines = text.splitlines()
    begins = [i for i, line in enumerate(lines) if line.startswith("X:")]
    if not begins:
        raise ScoreFileError("want a tune in ABC notation, which begins with X:, got none")
    head, _ = _split_head(lines[: begins[0]])
    shared = [(letter, text) for letter, text in head if letter in "ILM"]
    if len(shared) > _MOST_SHARED:
        raise ScoreFileError(f"want at most {_MOST_SHARED} fields before the tunes, got more")
    ends = [*begins[1:], len(lines)]
    return tuple(
        _read_tune(lines[begin:end], shared) for begin, end in zip(begins, ends, strict=True)
    )


def _read_tune(lines: Sequence[str], shared: Sequence[tuple[str, str]]) -> AbcTune:
    # An empty line ends a tune; what follows are words for people.
    end = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    head, n_lines = _split_head(lines[:end])
    told = {letter for letter, _ in head}
    fields = [one for one in shared if one[0] not in told] + head
    return AbcTune(tuple(fields), " ".join(_music(lines[n_lines:end])))


def _split_head(lines: Sequence[str]) -> tuple[list[tuple[str, str]], int]:
    """Give the fields of a head, and of how many lines it is."""
    found: list[tuple[str, str]] = []
    for i, line in enumerate(lines):
        directive = _DIRECTIVE.match(line)
        if directive is not None:
            found.append(("I", f"{directive[1]} {directive[2]}"))
            continue
        plain = _COMMENT.sub("", line).strip()
        if not plain:
            continue
        match = _FIELD.fullmatch(plain)
        if match is None:
            return found, i
        found.append((match[1], match[2].strip()))
        if match[1] == "K":
            return found, i + 1
    return found, len(lines)


def _music(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        directive = _DIRECTIVE.match(line)
        if directive is not None:
            yield f"[I:{directive[1]} {directive[2]}]"
            continue
        plain = _COMMENT.sub("", line).strip()
        match = _FIELD.fullmatch(plain)
        if match is None or match[1] not in _BODY_FIELDS:
            yield plain.removesuffix("\\")  # the line goes on, as all music does here
        elif match[1] in _MUSIC_FIELDS:
            yield f"[{match[1]}:{match[2].replace(']', ' ')}]"
