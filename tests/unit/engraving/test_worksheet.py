import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from licklab.engraving.blank import draw_blank_lines
from licklab.engraving.style import Hand, PageStyle, Paper
from licklab.engraving.systems import draw_lines
from licklab.engraving.worksheet import (
    Worksheet,
    WorksheetLick,
    WorksheetQuestion,
    write_worksheet,
)
from tests.scores import ALL, horn
from tests.unit.engraving.test_pdf import HOSTILE, fonts_of

QUESTION = WorksheetQuestion(
    "Which degree of Cmaj7 is the last note?", ("root", "3rd", "5th"), 1, "E is the 3rd of Cmaj7."
)
LICK = WorksheetLick(1, "Home", ("Tenor saxophone",), horn(), is_blank=False, questions=(QUESTION,))
SHEET = Worksheet("Endings", "Sing it.\n\nThen play it.", (LICK, replace(LICK, number=2)))


def words(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_sheet_has_its_head_its_questions_and_no_answers() -> None:
    text = " ".join(words(write_worksheet(SHEET)))
    for one in ("Endings", "Name", "Date", "Sing it.", "Then play it.", "Home", *QUESTION.choices):
        assert one in text
    assert text.count(QUESTION.text) == 2
    assert QUESTION.key not in text
    assert "Answers" not in text


def test_answers_stand_on_a_page_of_their_own() -> None:
    plain, solved = words(write_worksheet(SHEET)), words(write_worksheet(SHEET, with_answers=True))
    assert len(solved) == len(plain) + 1
    assert QUESTION.key not in " ".join(solved[:-1])
    assert "Answers" in solved[-1]
    assert solved[-1].count(QUESTION.key) == 2
    assert "5th" not in solved[-1]


@pytest.mark.parametrize("name", [one for one in ALL if one != "guitar"])
def test_staves_to_fill_have_everything_but_notes(name: str) -> None:
    score = ALL[name]()
    full = b"".join(draw_lines(score, PageStyle())).decode()
    blank = b"".join(draw_blank_lines(score, PageStyle())).decode()
    assert 'class="note"' in full or 'class="note ' in full
    for kind in ("note", "rest", "beam", "tie", "stem", "accid"):
        assert f'class="{kind}"' not in blank
        assert f'class="{kind} ' not in blank
    for kind in ("clef", "meterSig", "barLine", "harm", "measure"):
        assert blank.count(f'class="{kind}"') == full.count(f'class="{kind}"')


def test_what_is_left_blank_is_drawn_among_the_answers() -> None:
    sizes = []
    for is_blank in (True, False):
        sheet = replace(SHEET, licks=(replace(LICK, is_blank=is_blank),))
        pages = PdfReader(io.BytesIO(write_worksheet(sheet, with_answers=True))).pages
        assert len(pages) == 2
        sizes.append([len(page.get_contents().get_data()) for page in pages])  # type: ignore[union-attr]
    (blank, solved), (drawn, key) = sizes
    # Heads, stems and beams are hundreds of lines in the file of a page.
    assert blank < drawn
    assert solved > 2 * key


@pytest.mark.parametrize("hand", list(Hand))
def test_every_font_of_a_sheet_is_embedded(hand: Hand) -> None:
    style = PageStyle(hand, Paper.LETTER)
    reader = PdfReader(io.BytesIO(write_worksheet(SHEET, style, with_answers=True)))
    fonts = fonts_of(reader)
    assert fonts
    assert all(fonts.values())
    assert round(float(reader.pages[0].mediabox.width)) == 612


@pytest.mark.parametrize("text", HOSTILE)
def test_words_stay_words(text: str) -> None:
    question = WorksheetQuestion(text, (text, "b", "c"), 0, text)
    lick = WorksheetLick(1, text, (text,), horn(), is_blank=False, questions=(question,))
    pdf = write_worksheet(Worksheet(text, text, (lick,)), with_answers=True)
    assert pdf.startswith(b"%PDF-")
    assert "root:" not in " ".join(words(pdf))


def test_equal_sheets_give_equal_bytes() -> None:
    assert write_worksheet(SHEET) == write_worksheet(SHEET)


def test_a_sheet_without_licks_has_its_head() -> None:
    assert "Endings" in words(write_worksheet(Worksheet("Endings", "", ())))[0]
