import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.domain.chart import Chart
from licklab.domain.chord_writing import write_symbol
from licklab.domain.key import Key, KeyMode
from licklab.errors import ChordError, InputError
from licklab.formats.chart_ireal import read_first_ireal_chart, read_ireal_charts, unshuffle


def _link(music: str, title: str = "Test", key: str = "C") -> str:
    return "irealb://" + quote(_song(music, title, key))


def _song(music: str, title: str, key: str) -> str:
    short = music.replace("   ", "XyQ").replace(" |", "LZ").replace("| x", "Kcl")
    # Shuffling is its own inverse.
    return f"{title}=Writer A.==Medium Swing={key}==1r34LbKcu7{unshuffle(short)}==0=0"


def _book(n_songs: int) -> str:
    song = _song("[T44C   |G7   |" + "C^7   |D-7   |" * 20 + "C   Z ", "Test", "C")
    return "irealb://" + quote("===".join([song] * n_songs))


def _written(chart: Chart) -> list[str]:
    return [
        " ".join(f"{chord.beat}:{write_symbol(chord.symbol)}" for chord in bar.chords)
        for bar in chart.bars
    ]


def _roots(music: str) -> str:
    bars = read_ireal_charts(_link(music))[0].bars
    return "".join(bar.chords[0].symbol.root for bar in bars)


def test_music_is_put_in_order_by_blocks_of_fifty() -> None:
    block = "".join(chr(0x100 + one) for one in range(50))
    shuffled = unshuffle(block + "ab")
    moved = [place for place in range(50) if shuffled[place] != block[place]]
    assert moved == [*range(5), *range(10, 24), *range(26, 40), *range(45, 50)]
    assert (shuffled[0], shuffled[10], shuffled[50:]) == (block[49], block[39], "ab")
    assert unshuffle(block + "a") == block + "a"


@given(st.text(max_size=300))
def test_shuffling_twice_changes_nothing(text: str) -> None:
    assert unshuffle(unshuffle(text)) == text


def test_a_song_has_its_title_its_key_its_time_and_its_sections() -> None:
    music = "*A{T34D-7   |G7   |C^7   |x   }*B[Eh7   |A7b9   |D-6   |n   Z "
    (chart,) = read_ireal_charts(_link(music, "A Waltz", "D-"))
    assert (chart.title, chart.key) == ("A Waltz", Key("D", KeyMode.MINOR))
    assert str(chart.time_signature) == "3/4"
    assert _written(chart)[4:] == [
        "0:Dm7", "0:G7", "0:Cmaj7", "0:Cmaj7", "0:Em7b5", "0:A7b9", "0:Dm6", "0:N.C.",
    ]  # fmt: skip
    assert [(one.label, one.first_bar) for one in chart.sections] == [("A", 1), ("A", 5), ("B", 9)]


@pytest.mark.parametrize(
    ("bar", "beats"),
    [
        ("C^7   ", "0:Cmaj7"), ("D-7 G7 ", "0:Dm7 2:G7"), ("D-7,G7,", "0:Dm7 2:G7"),
        ("C,sD-7,G7,lC", "0:C 1:Dm7 2:G7 3:C"), ("C  G7", "0:C 3:G7"), ("CppG7", "0:C 3:G7"),
        ("C/E   ", "0:C/E"), ("C W/B ", "0:C 2:C/B"), ("C*sus2*   ", "0:Csus2"),
        ("C(Eb^7)   ", "0:C"), ("C7alt F7#9#5 ", "0:C7alt 2:F7(#5,#9)"), ("fC   ", "0:C"),
        ("<Sax break>C   ", "0:C"), ("Co7 Ch ", "0:Cdim7 2:Cm7b5"),
    ],
)  # fmt: skip
def test_chords_are_on_the_beats_of_their_cells(bar: str, beats: str) -> None:
    assert _written(read_ireal_charts(_link(f"[T44{bar}Z"))[0]) == [beats]


def test_repeats_endings_and_jumps_are_written_out() -> None:
    assert _roots("{C   |D   }|E   Z") == "CDCDE"
    assert _roots("{C   |N1D   }|N2E   |F   Z") == "CDCEF"
    assert _roots("{C   |D   <3x>}Z") == "CDCDCD"
    assert _roots("[C   |D   |r|E   Z") == "CDCDE"
    assert _roots("[C   |D   ]|E   <D.C. al Fine>Z".replace("D   ]", "D   <Fine>]")) == "CDECD"
    assert _roots("[C   |SD   |QE   |F   <D.S. al Coda>]QG   Z") == "CDEFDG"


def test_a_coda_that_no_jump_leads_to_is_of_the_last_chorus_alone() -> None:
    assert _roots("[C   |D   Q|E   ]QG   Z") == "CDE"


def test_all_songs_of_a_page_are_read() -> None:
    songs = "===".join(_song("[C   |D   Z", f"Tune {one}", "Bb") for one in range(3))
    page = f'<p><a href="irealb://{quote(songs)}===My list">songs</a></p>'
    charts = read_ireal_charts(page)
    assert [chart.title for chart in charts] == ["Tune 0", "Tune 1", "Tune 2"]


def test_a_song_that_cannot_be_read_does_not_hide_the_others() -> None:
    songs = [_song("[!   Z", "Bad", "C"), _song("[C   |D   Z", "Don't", "C")]
    body = quote("===".join(songs), safe="'")
    charts = read_ireal_charts(f'<a href="irealb://{body}">')
    assert [chart.title for chart in charts] == ["Don't"]


def test_an_open_link_is_read() -> None:
    link = "irealbook://" + quote("Tune=Writer=Swing=F=n=*A[T44C   |G7   Z")
    (chart,) = read_ireal_charts(link)
    assert (chart.title, chart.key, _written(chart)) == ("Tune", Key("F"), ["0:C", "0:G7"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("irealb://", "want a link that begins with"),
        ("irealb://Tune=Writer=Swing", "want a link that begins with"),
        (_link("[C   |!   Z"), "want a song that can be read, got 'Test': want chords and bars"),
        (_link("[T44C   |T34D   Z"), "want one time signature"),
        (_link("[x   Z"), "want 1 bars before a sign"),
        (_link("[W/C   Z"), "want a chord before the one without a root"),
        (_link(""), "want a chart of 1 to 1000 bars, got 0"),
        (_link("[" + "C   |" * 1001), "want a chart of 1 to 1000 bars, got more"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(ChordError, match=message):
        read_ireal_charts(text)


@given(st.text("CDG7^-/|[]{}ZxrnpWQSN12T34*A<>() ,", max_size=80))
def test_any_music_is_a_chart_or_an_input_error(music: str) -> None:
    try:
        charts = read_ireal_charts(_link(music))
    except InputError:
        return
    assert all(bar.chords[0].beat == 0 for chart in charts for bar in chart.bars)


def test_of_a_book_the_first_song_is_read_and_no_more() -> None:
    book = _book(1300)
    begun = time.process_time()
    first = read_first_ireal_chart(book)
    first_sec = time.process_time() - begun
    begun = time.process_time()
    assert read_ireal_charts(_book(130))[0] == first
    assert first_sec < time.process_time() - begun
    with pytest.raises(ChordError, match="want a song that can be read"):
        read_first_ireal_chart(_link("[T44Q   Z "))
    broken = "irealb://" + quote(
        "===".join([_song("[T44h   Z ", "One", "C"), _song("[C   Z ", "Two", "C")])
    )
    assert read_first_ireal_chart(broken).title == "Two"


def test_a_character_of_thousands_of_digits_is_no_page() -> None:
    with pytest.raises(ChordError, match="want a page with links"):
        read_ireal_charts(f"<a href='irealb://x'>&#{'9' * 5000};</a>")
