"""Chord symbols in bulk: what lead sheets, iReal Pro and the Weimar Jazz Database write.

`lead_sheet_chords.csv` lists spellings from the practice of lead sheets and the qualities of iReal
Pro's published protocol, each with the root, degrees and bass that it means.
"""

import csv
import itertools
from pathlib import Path

import pytest

import licklab
from licklab.domain.chord_reading import parse_symbol
from licklab.domain.chord_symbol import ChordSymbol, pitch_classes
from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte, to_harte
from licklab.domain.note_name import degree_semitones, note_pitch_class
from licklab.formats.chart_ireal import read_first_ireal_chart
from licklab.formats.weimar_chords import parse_weimar
from tests.lines import even_grid, line, transcription

with Path(__file__).with_name("lead_sheet_chords.csv").open(encoding="utf-8") as _file:
    _ROWS = list(csv.DictReader(_file))
_IREAL = [row for row in _ROWS if row["habit"] == "iReal"]

_ROOTS = [letter + sign for letter in "ABCDEFG" for sign in ("", "b", "#")]
# What the kinds of the database are made of: everything that its 385 shared spellings have, and so
# every spelling that recombines them.
_TRIADS = ["", "-", "+", "+-", "o", "sus"]
_SEVENTHS = ["", "6", "7", "j7"]
_NINTHS = ["", "9", "9b", "9#"]
_ELEVENTHS = ["", "11", "11#"]
_THIRTEENTHS = ["", "13", "13b"]
_KINDS = [
    "".join(parts)
    for parts in itertools.product(_TRIADS, _SEVENTHS, _NINTHS, _ELEVENTHS, _THIRTEENTHS)
] + ["m7b5", "m7b59", "m7b511", "m7b5911", "7alt"]


def test_there_are_more_than_a_hundred_spellings_of_both_habits() -> None:
    texts = {row["text"] for row in _ROWS}
    assert len(texts) == len(_ROWS) > 200
    assert len(_IREAL) > 40


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["text"])
def test_a_spelling_is_the_chord_that_it_means(row: dict[str, str]) -> None:
    symbol = parse_symbol(row["text"])
    assert symbol == ChordSymbol(row["root"], tuple(row["degrees"].split()), row["bass"] or None)
    # Not by the normal form alone: the tones are those that the list says.
    root = note_pitch_class(row["root"]) if row["root"] else 0
    tones = {(root + degree_semitones(one)) % 12 for one in row["degrees"].split()}
    bass = {note_pitch_class(row["bass"])} if row["bass"] else set()
    assert pitch_classes(symbol) == tones | bass


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row["text"])
def test_a_spelling_comes_back_through_the_house_style_and_through_harte(
    row: dict[str, str],
) -> None:
    symbol = parse_symbol(row["text"])
    assert parse_symbol(write_symbol(symbol)) == symbol
    assert from_harte(to_harte(symbol)) == symbol
    assert write_symbol(from_harte(to_harte(symbol))) == write_symbol(symbol)


@pytest.mark.parametrize("row", _IREAL, ids=lambda row: row["text"])
def test_a_chart_of_ireal_pro_has_the_chord(row: dict[str, str]) -> None:
    link = f"irealbook://Test=Writer=Swing=C=n=[T44{row['text']}   |C^7   Z"
    chart = read_first_ireal_chart(link.replace("#", "%23").replace("^", "%5E"))
    assert chart.bars[0].chords[0].symbol == parse_symbol(row["text"])


def test_chords_come_back_from_a_link_that_ireal_pro_opens() -> None:
    symbols = [parse_symbol(row["text"]) for row in _IREAL]
    heard = transcription(
        line((0.0, 2.0 * len(symbols), 60)),
        even_grid(len(symbols)),
        labels=[(2.0 * bar, to_harte(symbol)) for bar, symbol in enumerate(symbols)],
    )
    page = licklab.export(heard, "ireal").decode()
    chart = read_first_ireal_chart(page)
    assert [bar.chords[0].symbol for bar in chart.bars] == symbols


def test_every_spelling_that_the_database_could_have_is_read_and_comes_back() -> None:
    # One root for each kind, by turns: 21 roots and basses times all kinds would say no more.
    roots = itertools.cycle(_ROOTS)
    for kind in _KINDS:
        symbol = parse_weimar(next(roots) + kind)
        assert parse_symbol(write_symbol(symbol)) == symbol, kind
        assert from_harte(to_harte(symbol)) == symbol, kind


@pytest.mark.parametrize("kind", ["", "-7", "7", "j7", "m7b5", "o7", "79b", "+j7", "7alt"])
def test_every_root_and_bass_of_the_database_comes_back(kind: str) -> None:
    for root, bass in itertools.product(_ROOTS, _ROOTS):
        symbol = parse_weimar(f"{root}{kind}/{bass}")
        assert parse_symbol(write_symbol(symbol)) == symbol
        assert from_harte(to_harte(symbol)) == symbol
