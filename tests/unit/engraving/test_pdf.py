import io
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from licklab.domain.score import Score
from licklab.engraving.pdf import write_pdf
from licklab.engraving.style import Hand, PageStyle, Paper
from tests.scores import ALL, horn

# What would be markup, code or a file to Typst, XML or SVG.
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/tablex:0.0.8": *',
    "$ x^2 $ *bold* _it_ `raw` // gone /* gone */ \\ @ref <label> #panic()",
    '"); #panic("out',
    "</text><script>alert(1)</script>&lol;<!--",
    "]]> <![CDATA[ %s {0} {{x}}",
    "\x00\x1b[31m\u202eesrever \ufffe \ud800 tail",
    "a" * 2000,
)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def long_score(n_bars: int) -> Score:
    """Give a page's bars over and over, four on a line."""
    score = horn()
    full = [bar for bar in score.bars if not bar.is_pickup]
    bars = [
        replace(full[i % len(full)], number=i + 1, begins_line=i % 4 == 0) for i in range(n_bars)
    ]
    return replace(score, bars=tuple(bars))


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Give the name of each font, and whether its file is inside."""
    found: dict[str, bool] = {}

    def look(resources: Any) -> None:
        resources = resources.get_object()
        for font in (resources.get("/Font") or {}).values():
            base = font.get_object()
            own = [one.get_object() for one in base.get("/DescendantFonts", [base])]
            for one in own:
                descriptor = one.get("/FontDescriptor", {})
                is_inside = any(f"/FontFile{k}" in descriptor.get_object() for k in ("", 2, 3))
                found[str(base["/BaseFont"])] = is_inside
        for form in (resources.get("/XObject") or {}).values():
            if "/Resources" in form.get_object():
                look(form.get_object()["/Resources"])

    for page in reader.pages:
        look(page["/Resources"])
    return found


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("hand", list(Hand))
def test_every_font_of_a_page_is_embedded(name: str, hand: Hand) -> None:
    reader = read(write_pdf(ALL[name](), PageStyle(hand)))
    fonts = fonts_of(reader)
    assert fonts
    assert all(fonts.values())
    wanted = "MuseJazz" if hand is Hand.JAZZ else "Libertinus"
    assert all(wanted in font for font in fonts)


def test_the_head_says_what_it_is() -> None:
    text = read(write_pdf(horn())).pages[0].extract_text()
    for words in ('Blues "A" <&> \\ % Straße', "N. N.", "Tenor saxophone", "Swing", "= 120"):
        assert words in text
    assert "Transcribed with Jazz Lick Lab" in text


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_a_page_has_the_size_of_its_paper(paper: Paper, size: tuple[int, int]) -> None:
    box = read(write_pdf(horn(), PageStyle(paper=paper))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_a_long_solo_has_numbered_pages_and_a_short_one_no_numbers() -> None:
    pages = read(write_pdf(long_score(100))).pages
    assert 3 <= len(pages) <= 5  # seven to ten lines a page
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()
    (only,) = read(write_pdf(horn())).pages
    assert "1 / 1" not in only.extract_text()


def test_equal_scores_give_equal_bytes_without_a_date() -> None:
    first = write_pdf(horn())
    assert write_pdf(horn()) == first
    assert not re.search(rb"CreationDate|ModDate", first)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_strangers_are_printed_and_never_run(words: str) -> None:
    score = replace(horn(), title=words, composer=words)
    text = "".join(page.extract_text() for page in read(write_pdf(score)).pages)
    assert "root:" not in text
    for plain in re.findall(r"[a-z]{4,20}", words)[:3]:
        assert plain in text


def test_warnings_are_printed_under_the_music_whatever_is_in_them() -> None:
    score = replace(horn(), warnings=("No pulse was heard \ud800#panic().",))
    assert "No pulse was heard" in read(write_pdf(score)).pages[0].extract_text()


@pytest.mark.parametrize("title", ["a" * 2000, "word " * 400, "長い題名" * 200])
def test_a_title_without_end_leaves_room_for_the_music(title: str) -> None:
    (page,) = read(write_pdf(replace(horn(), title=title, composer=title))).pages
    assert "Transcribed" in page.extract_text()


def test_no_words_make_no_error() -> None:
    score = replace(horn(), title="", composer=" \u202e ", tempo_bpm=None, swing_ratio=None)
    assert len(read(write_pdf(score)).pages) == 1


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write_pdf(horn())
    assert list(tmp_path.iterdir()) == []
