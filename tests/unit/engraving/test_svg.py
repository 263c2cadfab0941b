from collections import Counter
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring

from licklab.engraving.style import Hand, PageStyle
from licklab.engraving.svg import write_svg
from licklab.engraving.text_width import width_of
from tests.scores import ALL, horn
from tests.unit.engraving.test_pdf import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("hand", list(Hand))
def test_each_head_is_found_by_the_id_of_its_note(name: str, hand: Hand) -> None:
    score = ALL[name]()
    written = Counter(
        head.note_id
        for bar in score.bars
        for voice in bar.voices
        for event in voice.events
        for head in event.heads
    )
    drawn: Counter[str] = Counter()
    for group in fromstring(write_svg(score, PageStyle(hand))).iter(f"{SVG}g"):
        if (group.get("class") or "").split(" ")[0] == "note":
            drawn[(group.get("id") or "").partition("-")[0]] += 1
    assert drawn == written


def test_ids_are_told_apart() -> None:
    ids = [one.get("id") for one in fromstring(write_svg(horn())).iter() if one.get("id")]
    assert len(ids) == len(set(ids))


def test_equal_scores_give_equal_drawings() -> None:
    first = write_svg(horn())
    for width_mm in (150.0, 160.0, 170.0):  # as many as there are toolkits: it is loaded anew
        write_svg(horn(), PageStyle(screen_mm=width_mm))
    assert write_svg(horn()) == first


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_strangers_stay_text(words: str) -> None:
    drawing = fromstring(write_svg(replace(horn(), title=words, composer=words)))
    kinds = {one.tag.removeprefix(SVG) for one in drawing.iter()}
    assert "script" not in kinds
    assert not [name for one in drawing.iter() for name in one.attrib if name.startswith("on")]


@pytest.mark.parametrize("words", ["Blues", "A title that is much too long for one line " * 2, ""])
def test_a_head_of_any_length_has_room(words: str) -> None:
    drawing = fromstring(write_svg(replace(horn(), title=words, composer=words)))
    width = float((drawing.get("viewBox") or "").split()[2])
    font = PageStyle().text_font
    for text in drawing.iterfind(f"{SVG}g/{SVG}text"):
        need = float(text.get("font-size") or "nan") * width_of(text.text or "", font)
        assert 0 < need <= width + 1


@pytest.mark.parametrize("hand", list(Hand))
def test_nothing_is_fetched(hand: Hand) -> None:
    drawing = fromstring(write_svg(horn(), PageStyle(hand)))
    for one in drawing.iter():
        for name, value in one.attrib.items():
            assert not name.endswith("href") or value.startswith("#")
        if one.tag == f"{SVG}style":
            assert "http" not in (one.text or "")
            assert "@import" not in (one.text or "")
