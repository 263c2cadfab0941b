"""Charts of iReal Pro: links, and pages that hold links.

An ``irealbook://`` link holds its music plainly, after the protocol that iReal Pro publishes. An
``irealb://`` link shuffles it: after a fixed prefix, in every block of 50 characters the first 5
and the characters 11 to 24 have changed places with their mirror images.
"""

import html
import re
from urllib.parse import unquote

from licklab.domain.beat import TimeSignature
from licklab.domain.chart import Chart
from licklab.domain.key import Key
from licklab.errors import ChordError, KeyNameError
from licklab.formats.chart_bars import play_chart
from licklab.formats.chart_ireal_music import IRealMusic

_LINK = re.compile(r"(irealb|irealbook)://([^\"'<>\s]+)")
_PREFIX = "1r34LbKcu7"
_BLOCK = 50
_LEAST = 52  # characters that must be left for a block to be shuffled
_SHORT = (("XyQ", "   "), ("LZ", " |"), ("Kcl", "| x"))
_MOST_SONGS = 5000
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
        One chorus of each song, in order.

    Raises
    ------
    ChordError
        If there is no link, or a song that cannot be read.
    """
    charts = []
    for kind, body in _LINK.findall(html.unescape(text)):
        for fields in _split_songs(kind, unquote(body)):
            if len(charts) >= _MOST_SONGS:
                raise ChordError(f"want at most {_MOST_SONGS} songs, got more")
            charts.append(_read_song(fields))
    if not charts:
        raise ChordError("want a link that begins with irealb:// or irealbook://, got none")
    return charts


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
        songs = []
        for song in body.split("==="):
            fields = song.split("=")
            music = next((one for one in fields if one.startswith(_PREFIX)), None)
            if music is None:  # the name of a list of songs stands behind the last one
                continue
            key = next((one for one in fields[2:] if re.fullmatch(r"[A-G][b#]?-?", one)), "")
            plain = unshuffle(music[len(_PREFIX) :])
            for short, long in _SHORT:
                plain = plain.replace(short, long)
            songs.append((fields[0], key, plain))
        return songs
    fields = body.split("=")
    n_songs = len(fields) // _BOOK_FIELDS
    starts = range(0, n_songs * _BOOK_FIELDS, _BOOK_FIELDS)
    return [(fields[one], fields[one + 3], fields[one + 5]) for one in starts]


def _read_song(fields: tuple[str, str, str]) -> Chart:
    title, key_name, music = fields
    reader = IRealMusic()
    try:
        key = Key.parse(key_name) if key_name else None
    except KeyNameError:
        key = None
    try:
        reader.read(music)
        return play_chart(
            reader.bars, reader.time_signature or TimeSignature(), key, title.strip() or None
        )
    except ChordError as error:
        raise ChordError(f"want a song that can be read, got {title[:60]!r}: {error}") from error
