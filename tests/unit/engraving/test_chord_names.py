from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chord_writing import write_symbol
from licklab.domain.harte import from_harte
from licklab.domain.score import Score, ScoreChord
from licklab.engraving.chord_names import ChordName, push_apart, read_name
from licklab.engraving.line_breaks import fit_lines
from licklab.engraving.style import Hand, PageStyle
from licklab.engraving.systems import draw_lines
from licklab.engraving.text_width import width_of
from tests.scores import waltz

SVG = "{http://www.w3.org/2000/svg}"
WIDE = ("F#:hdim7", "Eb:9(*9,b9,#11)", "C#:dim7/b3")


def crowded() -> Score:
    """Give a page with a wide chord on each beat."""
    score = waltz()
    chords = tuple(
        ScoreChord(Fraction(k), label, write_symbol(from_harte(label)))
        for k, label in enumerate(WIDE)
    )
    return replace(score, bars=tuple(replace(bar, chords=chords) for bar in score.bars * 2))


def names_of(content: bytes, style: PageStyle) -> list[tuple[float, float, str]]:
    """Give where each name begins and ends, and what it says."""
    found = []
    for group in fromstring(content).iter(f"{SVG}g"):
        text = group.find(f"{SVG}text")
        if group.get("class") != "harm" or text is None:
            continue
        size = float((text.get("font-size") or "").removesuffix("px"))
        width = 0.0
        for span in text:
            own = float((span.get("font-size") or f"{size}px").removesuffix("px"))
            width += own * width_of(span.text or "", style.text_font)
        left = float(text.get("x") or "nan")
        found.append((left, left + width, "".join(text.itertext())))
    return sorted(found)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("Bb7", ChordName("B♭", "7")),
        ("F#m7b5", ChordName("F♯", "m7♭5")),
        ("Eb7(b9,#11)", ChordName("E♭", "7(♭9,♯11)")),
        ("Abmaj7/Eb", ChordName("A♭", "maj7", "/E♭")),
        ("C6/9", ChordName("C6/9")),
        ("N.C.", ChordName("N.C.")),
    ],
)
def test_a_symbol_is_written_with_signs(symbol: str, name: ChordName) -> None:
    assert read_name(symbol) == name


@pytest.mark.parametrize("hand", list(Hand))
def test_names_stand_apart_however_dense_they_are(hand: Hand) -> None:
    style = PageStyle(hand)
    lines = [names_of(content, style) for content in draw_lines(crowded(), style)]
    assert sum(map(len, lines)) == 6 * len(WIDE)
    for names in lines:
        for (_, end, _), (after, _, _) in pairwise(names):
            assert end < after


def test_lines_are_divided_where_names_have_no_room_and_else_left_alone() -> None:
    few = waltz()
    starts = [bar.begins_line for bar in few.bars]
    assert [bar.begins_line for bar in fit_lines(few, PageStyle()).bars] == starts
    one_line = replace(
        crowded(),
        bars=tuple(replace(bar, begins_line=i == 0) for i, bar in enumerate(crowded().bars)),
    )
    fitted = fit_lines(one_line, PageStyle())
    assert sum(bar.begins_line for bar in fitted.bars) > 1
    assert [replace(bar, begins_line=False) for bar in fitted.bars] == [
        replace(bar, begins_line=False) for bar in one_line.bars
    ]


@given(st.lists(st.tuples(st.floats(0, 80), st.floats(1, 9)), max_size=8))
def test_what_is_pushed_apart_does_not_overlap(marks: list[tuple[float, float]]) -> None:
    lefts = sorted(left for left, _ in marks)
    widths = [width for _, width in marks]
    moved = push_apart(lefts, widths, 100.0)
    ends = [left + width for left, width in zip(moved, widths, strict=True)]
    for end, after in pairwise([*zip(ends, moved, strict=True), (100.0, 100.0)]):
        assert end[0] <= after[1] + 1e-9


@pytest.mark.parametrize("hand", list(Hand))
def test_letters_are_measured_in_the_font_of_the_page(hand: Hand) -> None:
    font = PageStyle(hand).text_font
    assert width_of("mm", font) == pytest.approx(2 * width_of("m", font))
    assert 0 < width_of("i", font) < width_of("m", font) < 1.2
    assert width_of("♭", font) > 0
    assert width_of("\U0001f3b7", font) == width_of("m", font)  # not foreseen
