"""The changes as a link that iReal Pro opens, in the plain protocol that it publishes."""

import functools
from html import escape
from urllib.parse import quote

from licklab.domain.analysis import Analysis
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol
from licklab.domain.harte import from_harte
from licklab.domain.key import KeyMode
from licklab.domain.transcription import Transcription
from licklab.formats.changes import one_chorus
from licklab.formats.xml_text import clean_text

# Qualities of the protocol, the simplest first: of equally near ones that is taken.
_QUALITIES = (
    "", "-", "7", "^7", "-7", "6", "-6", "h7", "o7", "-^7", "7sus", "+", "o", "5", "2", "sus", "h",
    "9", "^9", "-9", "69", "-69", "7b9", "7#9", "7#11", "7b13", "7alt", "7b5", "7#5", "13", "^13",
    "-11", "9#11", "9b5", "9#5", "9sus", "13sus", "13b9", "13#9", "13#11", "7b9b5", "7b9#5",
    "7b9#9", "7b9#11", "7#9#5", "7#9b5", "7#9#11", "7b9b13", "7b9sus", "^7#11", "^9#11", "^7#5",
    "h9", "-7b5", "11", "add9", "-b6", "-#5", "^", "o^7",
    "-^9", "7susadd3", "7b13sus",
)  # fmt: skip
_NOT_IN_A_FIELD = str.maketrans({"=": "-", "|": "/", "{": "(", "}": ")"})


def write_ireal_link(transcription: Transcription, *, title: str, composer: str) -> bytes:
    """Write the changes of one chorus as a page with an iReal Pro link.

    Parameters
    ----------
    transcription : Transcription
        With beats and chords.
    title, composer : str
        Of the tune; words that say so where nobody knows.

    Returns
    -------
    bytes
        HTML, UTF-8: opened on a phone or a computer with the app, its link hands the tune over. All
        bars of the recording where no form is known; empty of bars where no beats are.
    """
    analysis = transcription.analysis or Analysis()
    shown = clean_text(title) or "Untitled"
    fields = (
        shown.translate(_NOT_IN_A_FIELD),
        (clean_text(composer) or "Composer Unknown").translate(_NOT_IN_A_FIELD),
        "Medium Swing" if analysis.swing is not None and analysis.swing.ratio else "Jazz",
        _key(analysis),
        "n",
        _music(analysis),
    )
    link = "irealbook://" + "=".join(quote(field, safe="") for field in fields)
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(shown)}</title></head>\n'
        f'<body><p><a href="{escape(link)}">{escape(shown)}</a></p></body></html>\n'
    ).encode()


def _key(analysis: Analysis) -> str:
    if analysis.key is None:
        return "C"
    key = analysis.key.key
    return key.tonic + ("-" if key.mode is KeyMode.MINOR else "")


def _music(analysis: Analysis) -> str:
    bars = one_chorus(analysis)
    signature = analysis.grid.time_signature
    digits = "12" if str(signature) == "12/8" else f"{signature.numerator}{signature.denominator}"
    text = ""
    for i, bar in enumerate(bars):
        # Sections stand before the stroke that they begin with.
        text += f"*{bar.section}" if bar.section else ""
        if i == 0:
            text += f"[T{digits}"
        elif bar.section:
            text += "["
        row = [" "] * len(bar.labels)
        for beat, label in bar.changes():
            row[beat] = _chord(label)
        ends = i + 1 < len(bars) and bool(bars[i + 1].section)
        # Commas keep chords apart that stand in cells beside one another.
        text += _join(row) + ("]" if ends else "|" if i + 1 < len(bars) else "Z")
    return text


def _join(row: list[str]) -> str:
    out = ""
    for cell, following in zip(row, [*row[1:], " "], strict=True):
        out += cell
        if cell != " " and following != " ":
            out += ","
    return out


def _chord(label: str) -> str:
    symbol = from_harte(label)
    if symbol.is_none:
        return "n"
    bass = f"/{symbol.bass}" if symbol.bass else ""
    return symbol.root + _quality(symbol.degrees) + bass


@functools.lru_cache(maxsize=512)
def _quality(degrees: tuple[str, ...]) -> str:
    wanted = set(degrees)
    # Third and seventh tell chords apart: they weigh more than tensions.
    heavy = {"b3", "3", "b7", "7", "bb7", "4", "b5", "#5", "6"}

    def away(name: str) -> int:
        return sum(3 if one in heavy else 1 for one in wanted ^ set(_degrees(name)))

    return min(_QUALITIES, key=away)


@functools.cache
def _degrees(quality: str) -> tuple[str, ...]:
    symbol: ChordSymbol = parse_symbol("C" + quality)
    return symbol.degrees
