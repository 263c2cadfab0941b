"""Charts of iReal Pro: links, and pages that hold links.

An ``irealbook://`` link holds its music plainly, after the protocol that iReal Pro publishes. An
``irealb://`` link shuffles it: after a fixed prefix, in every block of 50 characters the first 5
and the characters 11 to 24 have changed places with their mirror images.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import Chart
from licklab.domain.key import Key
from licklab.errors import ChordError, InputError, KeyNameError
from licklab.formats.chart_bars import play_chart
from licklab.formats.chart_ireal_music import IRealMusic

# In a page a link ends with its quotation mark; an apostrophe may be of the title.
_LINK = re.compile(r"(irealb|irealbook)://([^\"<>\n]+)")
_PREFIX = "1r34LbKcu7"
_BLOCK = 50
_LEAST = 52  # characters that must be left for a block to be shuffled
_SHORT = (("XyQ", "   "), ("LZ", " |"), ("Kcl", "| x"))
_MOST_SONGS = 5000
_TITLE_BEFORE, _KEY_BEFORE = 6, 2  # fields before the music of an irealb link
_BOOK_FIELDS = 6  # title, composer, style, key, n, music


def read_ireal_charts(text: str) -> list[Chart]:
    """Read every chart behind the links of a text.

    Parameters
    ----------
    text : str
        A link, or a page with links.

    Returns
    -------
    list of Chart
        One chorus of each song that can be read, in order.

    Raises
    ------
    ChordError
        If there is no link, or no song that can be read.
    """
    return list(_read_songs(text))


def read_first_ireal_chart(text: str) -> Chart:
    """Read the first chart behind the links of a text, and no further.

    Parameters
    ----------
    text : str
        A link, or a page with links.

    Returns
    -------
    Chart
        One chorus of the first song that can be read.

    Raises
    ------
    ChordError
        If there is no link, or no song that can be read.
    """
    return next(_read_songs(text))


def _read_songs(text: str) -> Iterator[Chart]:
    songs = _find_songs(text)
    if not songs:
        raise ChordError("want a link that begins with irealb:// or irealbook://, got none")
    if len(songs) > _MOST_SONGS:
        raise ChordError(f"want at most {_MOST_SONGS} songs, got {len(songs)}")
    first_error, n_read = None, 0
    for fields in songs:
        try:
            chart = _read_song(fields)
        except ChordError as error:
            first_error = first_error or error
            continue
        n_read += 1
        yield chart
    if not n_read:
        assert first_error is not None
        raise first_error


def _find_songs(text: str) -> list[tuple[str, str, str]]:
    whole = text.strip()
    if whole.startswith(("irealb://", "irealbook://")):
        links = [whole.partition("://")[::2]]
    else:
        try:
            links = _LINK.findall(html.unescape(text))
        except ValueError as error:  # a character of thousands of digits
            raise ChordError(f"want a page with links, got one with {error}") from error
    return [song for kind, body in links for song in _split_songs(kind, unquote(body))]


def unshuffle(text: str) -> str:
    """Put the music of an ``irealb`` link into its order; or out of it, the same way.

    Parameters
    ----------
    text : str
        Without its prefix.

    Returns
    -------
    str
        As many characters.
    """
    blocks, place = [], 0
    while len(text) - place >= _LEAST:
        block = list(text[place : place + _BLOCK])
        for one in (*range(5), *range(10, 24)):
            other = _BLOCK - 1 - one
            block[one], block[other] = block[other], block[one]
        blocks.append("".join(block))
        place += _BLOCK
    return "".join(blocks) + text[place:]


def _split_songs(kind: str, body: str) -> list[tuple[str, str, str]]:
    """Take title, key and music out of every song."""
    if kind == "irealb":
        # An empty field looks like the end of a song, so the music is what is looked for.
        fields = body.split("=")
        places = [place for place, one in enumerate(fields) if one.startswith(_PREFIX)]
        return [
            (fields[place - _TITLE_BEFORE], fields[place - _KEY_BEFORE], fields[place])
            for place in places
            if place >= _TITLE_BEFORE
        ]
    fields = [field for song in body.split("===") for field in song.split("=")]
    starts = range(0, len(fields) - _BOOK_FIELDS + 1, _BOOK_FIELDS)
    return [(fields[one], fields[one + 3], fields[one + 5]) for one in starts]


def _plain(music: str) -> str:
    plain = unshuffle(music[len(_PREFIX) :])
    for short, long in _SHORT:
        plain = plain.replace(short, long)
    return plain


def _read_song(fields: tuple[str, str, str]) -> Chart:
    title, key_name, music = fields
    reader = IRealMusic()
    try:
        key = Key.parse(key_name) if key_name else None
    except KeyNameError:
        key = None
    try:
        reader.read(_plain(music) if music.startswith(_PREFIX) else music)
        return play_chart(
            reader.bars, reader.time_signature or TimeSignature(), key, title.strip() or None
        )
    except InputError as error:  # a time signature may be wrong too
        raise ChordError(f"want a song that can be read, got {title[:60]!r}: {error}") from error
