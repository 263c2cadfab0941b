import pytest

from licklab.domain.chord_writing import write_symbol
from licklab.errors import ChordError
from licklab.formats.chart import MOST_BYTES, read_chart


@pytest.mark.parametrize(
    "content",
    [
        "| Dm7 | G7 |",
        b"\xef\xbb\xbf| Dm7 | G7 |",
        "irealbook://Tune=Writer=Swing=F=n=[T44D-7   |G7   Z",
        "irealb://Tune=Writer==Swing=F==1r34LbKcu7[T44D-7XyQ|G7XyQZ==0=0",
    ],
)
def test_a_chart_is_recognised_by_what_is_in_it(content: bytes | str) -> None:
    chart = read_chart(content)
    assert [write_symbol(bar.chords[0].symbol) for bar in chart.bars] == ["Dm7", "G7"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "want bars between strokes"),
        ("|\ud800|", "want a chord symbol such as"),
        (b"\xff\xfe\x00", "want a chart as text"),
        (b"|" * (MOST_BYTES + 1), "want a chart of at most 1000000 bytes"),
    ],
)
def test_what_is_no_chart_is_refused(content: bytes | str, message: str) -> None:
    with pytest.raises(ChordError, match=message):
        read_chart(content)
