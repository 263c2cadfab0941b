import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from licklab.domain.score import Score
from licklab.engraving.heads import name_heads
from licklab.engraving.screen import Screen, ScreenLine
from licklab.engraving.style import Hand, PageStyle
from licklab.engraving.systems import Engraving
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, transcription
from tests.lines import line as played
from tests.scores import ALL, guitar, horn

_SVG = "{http://www.w3.org/2000/svg}"
_WIDTHS_MM = (60.0, 190.0, 600.0)


def drawn(score: Score, width_mm: float = 190.0, prefix: str = "") -> tuple[ScreenLine, ...]:
    return Screen(score, PageStyle(screen_mm=width_mm), prefix).draw()


def roots(lines: tuple[ScreenLine, ...]) -> list[Element]:
    return [fromstring(line.svg) for line in lines]


def groups(parent: Element, kind: str) -> list[Element]:
    return [one for one in parent.iter(f"{_SVG}g") if kind in (one.get("class") or "").split()]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width_mm", _WIDTHS_MM)
def test_each_head_is_a_group_of_one_line_that_names_its_note(name: str, width_mm: float) -> None:
    score = ALL[name]()
    wanted = {f"x-{one.id}": one.head.note_id for one in name_heads(score)}
    found = [
        (one.get("id"), one.get("data-note"))
        for root in roots(drawn(score, width_mm, "x-"))
        for one in groups(root, "note")
    ]
    assert len(found) == len(wanted)
    assert dict(found) == wanted


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("width_mm", _WIDTHS_MM)
def test_every_bar_stands_on_one_line_with_its_notes_and_chords(name: str, width_mm: float) -> None:
    score = ALL[name]()
    lines = drawn(score, width_mm)
    assert [bar.number for line in lines for bar in line.bars] == [one.number for one in score.bars]
    for line, root in zip(lines, roots(lines), strict=True):
        measures = groups(root, "measure")
        assert [one.get("data-bar") for one in measures] == [str(one.number) for one in line.bars]
        for bar, measure in zip(line.bars, measures, strict=True):
            heads = [one for one in name_heads(score) if one.bar.number == bar.number]
            assert {one.get("id") for one in groups(measure, "note")} == {one.id for one in heads}
            assert [one.get("data-chord") for one in groups(measure, "harm")] == [
                str(index) for index in range(len(bar.chords))
            ]


def test_names_of_chords_stand_in_their_order() -> None:
    score = horn("concert")
    wanted = [one.symbol.replace("b", "\u266d") for bar in score.bars for one in bar.chords]
    assert [
        "".join(one.itertext()) for root in roots(drawn(score)) for one in groups(root, "harm")
    ] == wanted


def test_ids_have_the_prefix_and_are_told_apart_over_all_lines_of_several_sheets() -> None:
    sheets = [roots(drawn(horn(), 60.0, prefix)) for prefix in ("a-", "b-")]
    for prefix, sheet in zip(("a-", "b-"), sheets, strict=True):
        for root in sheet:
            ids = {one.get("id") for one in root.iter() if one.get("id")}
            assert all((one or "").startswith(prefix) for one in ids)
            references = {one.get("href") for one in root.iter(f"{_SVG}use")}
            assert references
            assert references <= {f"#{one}" for one in ids}  # each line has its own glyphs
    counts = Counter(
        one.get("id") for sheet in sheets for root in sheet for one in root.iter() if one.get("id")
    )
    assert max(counts.values()) == 1


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("hand", list(Hand))
def test_lines_take_the_colour_around_them_and_bring_no_styles_fonts_or_scripts(
    name: str, hand: Hand
) -> None:
    for line in Screen(ALL[name](), PageStyle(hand, screen_mm=190.0)).draw():
        root = fromstring(line.svg)
        assert {one.tag.removeprefix(_SVG) for one in root.iter()} <= {
            "svg", "defs", "g", "path", "use", "text", "tspan", "rect", "polygon", "polyline",
            "ellipse",
        }  # fmt: skip
        colours = {
            one.get(kind) for one in root.iter() for kind in ("fill", "stroke") if one.get(kind)
        }
        assert colours <= {"currentColor", "none", "transparent"}
        assert (root.get("fill"), root.get("stroke")) == ("currentColor", "currentColor")
        for one in root.iter():
            assert not {"color", "style", "width", "height"} & set(one.attrib) or one.tag in {
                f"{_SVG}rect", f"{_SVG}use",
            }  # fmt: skip
        assert root.get("viewBox")


def test_frets_name_their_notes() -> None:
    score = guitar()
    frets = [
        one.get("data-note")
        for root in roots(drawn(score))
        for one in root.iter(f"{_SVG}text")
        if one.get("class") == "fret"
    ]
    played = [one.head.note_id for one in name_heads(score) if not one.head.tie_from]
    assert sorted(map(str, frets)) == sorted(played)


def test_rests_of_a_whole_bar_are_rests() -> None:
    notes = played((0.0, 2.0, 60), (4.0, 6.0, 62))
    score = arrange(transcription(notes, even_grid(3)), ScoreOptions(part="concert"))
    (root,) = roots(drawn(score))
    assert [len(groups(bar, "rest")) for bar in groups(root, "measure")] == [0, 1, 0]


def test_a_wider_screen_has_fewer_lines() -> None:
    numbers = [len(drawn(horn(), width_mm)) for width_mm in _WIDTHS_MM]
    assert numbers[0] > numbers[1] >= numbers[2] == 1


def test_drawings_are_as_wide_as_asked() -> None:
    for width_mm in _WIDTHS_MM:
        for root in roots(drawn(horn(), width_mm)):
            width = float((root.get("viewBox") or "").split()[2])
            assert width <= width_mm * 100 * 7.2 / 6.4 + 10


def test_equal_scores_give_equal_drawings() -> None:
    assert drawn(horn()) == drawn(horn())
    assert not re.search(r'id="(?!n\d+(-\d+)?"|glyph-)', drawn(horn())[0].svg)


def test_what_several_ask_for_at_once_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int | None]] = []
    draw = Engraving.draw

    def counted(self: Engraving, start: int = 0, stop: int | None = None) -> tuple[Element, ...]:
        asked.append((start, stop))
        return draw(self, start, stop)

    monkeypatch.setattr(Engraving, "draw", counted)
    screen = Screen(horn(), PageStyle(screen_mm=60.0))
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(lambda _: screen.draw(), range(4))
    assert others == [first] * 3
    assert asked == [(0, len(screen.bars))]


def test_lines_that_are_asked_for_in_any_order_are_those_of_the_whole() -> None:
    score, style = ALL["horn"](), PageStyle(screen_mm=60.0)
    whole = Screen(score, style).draw()
    assert len(whole) > 3
    some, other = Screen(score, style), Screen(guitar(), style)
    assert some.draw(2, 3) == whole[2:3]
    other.draw()  # the toolkit holds other music now
    assert some.draw(1) == whole[1:]
    assert some.draw(stop=2) == whole[:2]
    assert some.draw(len(whole)) == ()
