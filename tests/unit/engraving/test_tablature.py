import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from licklab.domain.score import Score
from licklab.domain.tab import TUNINGS
from licklab.engraving.style import Hand, PageStyle
from licklab.engraving.systems import draw_lines
from licklab.engraving.tablature import places_of
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, line, transcription
from tests.scores import guitar

SVG = "{http://www.w3.org/2000/svg}"
SPACE = 180.0  # of a drawing


def ornamented() -> Score:
    """Give a guitar line with triplets, a grace note and a tie."""
    third = 0.5 / 3
    notes = line(
        *((k * third, (k + 1) * third, 60 + k) for k in range(6)),
        (1.46, 1.5, 64), (1.5, 1.75, 65), (1.75, 2.5, 67), (2.5, 3.0, 62),
    )  # fmt: skip
    heard = transcription(notes, even_grid(2), key="C", instrument="guitar")
    return arrange(heard, ScoreOptions(tuning=TUNINGS["standard"]))


def frets_of(drawing: Element) -> list[tuple[float, str]]:
    texts = [one for one in drawing.iter(f"{SVG}text") if one.get("class") == "fret"]
    return [(float(one.get("x") or "nan"), one.text or "") for one in texts]


def heads_of(drawing: Element) -> dict[str, float]:
    """Give where heads begin, by id."""
    found = {}
    for note in drawing.iter(f"{SVG}g"):
        head = next((one for one in note if one.get("class") == "notehead"), None)
        if head is not None:
            match = re.search(r"translate\((-?\d+)", (head[0].get("transform") or ""))
            assert match is not None
            found[note.get("id") or ""] = float(match[1])
    return found


@pytest.mark.parametrize("score", [ornamented(), guitar()], ids=["line", "chords"])
@pytest.mark.parametrize("hand", list(Hand))
def test_every_fret_stands_under_its_head_once(score: Score, hand: Hand) -> None:
    places = places_of(score)
    drawn = 0
    for content in draw_lines(score, PageStyle(hand)):
        drawing = fromstring(content)
        heads = heads_of(drawing)
        frets = frets_of(drawing)
        drawn += len(frets)
        for id_ in heads.keys() & places.keys():
            fret = str(places[id_].place.fret)
            # A head is 1.3 spaces wide; a second in a chord stands one head further.
            assert any(
                text == fret and abs(x - heads[id_] - 0.65 * SPACE) < 1.4 * SPACE
                for x, text in frets
            )
    assert drawn == len(places) > 0


def test_frets_of_a_line_stand_in_the_middle_of_their_heads() -> None:
    score = ornamented()
    (content,) = draw_lines(score, PageStyle())
    drawing = fromstring(content)
    heads, places = heads_of(drawing), places_of(score)
    under = sorted((heads[id_], str(one.place.fret)) for id_, one in places.items())
    frets = sorted(frets_of(drawing))
    assert [text for _, text in frets] == [text for _, text in under]
    for (x, _), (left, _) in zip(frets, under, strict=True):
        assert x - left == pytest.approx(0.65 * SPACE, abs=0.25 * SPACE)


def test_a_tied_note_is_struck_once_on_the_strings() -> None:
    score = ornamented()
    heads = [h for b in score.bars for v in b.voices for e in v.events for h in e.heads]
    assert any(head.tie_from for head in heads)
    assert len(places_of(score)) == sum(not head.tie_from for head in heads)


def test_strings_are_open_where_numbers_stand() -> None:
    (content,) = draw_lines(ornamented(), PageStyle())
    drawing = fromstring(content)
    frets = [x for x, _ in frets_of(drawing)]
    strings = [
        path.get("d") or ""
        for staff in drawing.iter(f"{SVG}g")
        if staff.get("class") == "staff" and len(staff.findall(f"{SVG}path")) == 6
        for path in staff.findall(f"{SVG}path")
    ]
    strokes = [
        (float(a), float(b)) for d in strings for a, b in re.findall(r"M(-?\d+) -?\d+ L(-?\d+)", d)
    ]
    assert len(strokes) == len(strings) + len(frets)
