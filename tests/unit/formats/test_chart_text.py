import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chart import Chart
from licklab.domain.chord_writing import write_symbol
from licklab.domain.form import Section
from licklab.domain.key import Key
from licklab.errors import ChordError, InputError
from licklab.formats.chart_text import read_chart_text


def _written(chart: Chart) -> list[str]:
    return [
        " ".join(f"{chord.beat}:{write_symbol(chord.symbol)}" for chord in bar.chords)
        for bar in chart.bars
    ]


def _roots(text: str) -> str:
    return "".join(bar.chords[0].symbol.root for bar in read_chart_text(text).bars)


def test_chords_share_a_bar_evenly_and_the_longer_ones_come_first() -> None:
    assert _written(read_chart_text("| Dm7 G7 | C | C F G | C D E F |")) == [
        "0:Dm7 2:G7", "0:C", "0:C 2:F 3:G", "0:C 1:D 2:E 3:F",
    ]  # fmt: skip
    assert _written(read_chart_text("3/4 | C F | C F G |")) == ["0:C 2:F", "0:C 1:F 2:G"]
    assert _written(read_chart_text("6/8 | C F |")) == ["0:C 1:F"]


def test_strokes_within_a_bar_are_beats_and_what_comes_first_is_held() -> None:
    assert _written(read_chart_text("| C / / F | / G7 / / | C/E |")) == [
        "0:C 3:F", "0:F 1:G7", "0:C/E",
    ]  # fmt: skip


def test_a_bar_is_repeated_by_its_sign_or_by_nothing() -> None:
    assert _written(read_chart_text("| C F | % | | N.C. |")) == [
        "0:C 2:F", "0:C 2:F", "0:C 2:F", "0:N.C.",
    ]  # fmt: skip


def test_a_bar_ends_with_its_line() -> None:
    assert _roots("| C | D\n| E | F |\n\nG | A") == "CDEFGA"


def test_repeats_and_endings_are_written_out() -> None:
    assert _roots("|: C | D :| E |") == "CDCDE"
    assert _roots("| C | D :| E |") == "CDCDE"
    assert _roots("|: C |1. D :|2. E || F |") == "CDCEF"
    assert _roots("|: C |1.,2. D :|3. E | F |") == "CDCDCEF"
    assert _roots("|: C | 1. D | E :| 2. F | G ||: A :| B |") == "CDECFGAAB"
    assert _roots("|: C :|: D :|") == "CCDD"


def test_sections_headings_and_time_are_kept() -> None:
    chart = read_chart_text(
        "Title: Test Tune\nKey: Bb\nTime: 3/4\n[A] |: Bb | F7 :| [B] | Eb | % |"
    )
    assert (chart.title, chart.key) == ("Test Tune", Key("Bb"))
    assert str(chart.time_signature) == "3/4"
    assert chart.sections == (Section("A", 1, 2), Section("A", 3, 2), Section("B", 5, 2))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "want bars between strokes"),
        ("Dm7 G7", "want bars between strokes"),
        ("| |", "want a bar before the one that repeats it"),
        ("| % |", "want a bar before the one that repeats it"),
        ("|", "want a chart of 1 to 1000 bars, got 0"),
        (":| C |", "want a bar before the first repeat sign"),
        ("| C D E F G |", "want at most 4 chords in a bar, got 5"),
        ("| C / / / / |", "want at most 4 chords and / in a bar, got 5"),
        ("| Cfoo |", "want a chord symbol such as .*, got 'Cfoo'"),
        ("| C | 3/4 D |", "want one time signature in a chart, got 4/4 and 3/4"),
        ("| C |" + " D |" * 1000, "want a chart of 1 to 1000 bars, got more"),
        ("|: C |" + " D |" * 600 + " E :|", "want a chart of 1 to 1000 bars, got more with"),
        ("| [C |", "want chords and strokes, got"),
    ],
)
def test_what_is_no_chart_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ChordError, match=message):
        read_chart_text(text)


@given(st.text("|:%/[]12.CDEm7 \n#b", max_size=60))
def test_any_text_is_a_chart_or_an_input_error(text: str) -> None:
    try:
        chart = read_chart_text(text)
    except InputError:
        return
    assert all(bar.chords[0].beat == 0 for bar in chart.bars)
