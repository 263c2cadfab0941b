from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licklab.corpus.query import MAX_NOTES, Query
from licklab.corpus.query_text import read_query, read_query_file
from licklab.domain.chord_writing import write_symbol
from licklab.domain.pitch import pitch_name
from licklab.errors import InputError, QueryError
from licklab.formats.abc_notation import write_abc
from licklab.formats.jams_annotations import write_jams
from licklab.formats.midi import write_midi
from licklab.formats.score_musicxml import write_musicxml
from licklab.formats.transcription_json import write_transcription
from tests import scores
from tests.lines import even_grid, line, transcription

PITCHES = (60, 62, 63, 67, 65, 63, 62, 60)
SOLO = transcription(
    line(*[(0.25 * k, 0.25 * k + 0.2, pitch) for k, pitch in enumerate(PITCHES)]),
    even_grid(2),
    labels=[(0.0, "C:min7")],
)  # fmt: skip


def pitches(query: Query) -> list[int]:
    assert query.pitch_midi is not None
    return [int(one) for one in query.pitch_midi]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("60 62 63 65", [60, 62, 63, 65]),
        ("60,62, 63 | 65", [60, 62, 63, 65]),
        ("C4 D4 Eb4 F4", [60, 62, 63, 65]),
        ("C D E♭ F♯", [60, 62, 63, 66]),
        ("c d eb bb", [60, 62, 63, 58]),
        ("B C F B", [71, 72, 77, 83]),  # a tritone goes up
        ("G3 C B A G", [55, 60, 59, 57, 55]),
        ("C4 ^C vE ^D", [60, 72, 64, 74]),
        ("Cb4 B#3 Fbb4 E##4", [59, 60, 63, 66]),
        ("+2 +1 -3 0", [60, 62, 63, 60, 60]),
        ("\u22122 +2 +2 +1", [60, 58, 60, 62, 63]),
        ("1 2 b3 5 over Cm7", [60, 62, 63, 67]),
        ("1 2 3 5 OVER F7", [65, 67, 69, 72]),
        ("b3 5 b7 9 over Dm7 | 3 1 over G7", [65, 69, 72, 76, 71, 67]),
        ("1 ^1 v5 ↑9 over Bb", [70, 82, 77, 84]),
        ("1 b9 #11 13 over C7alt", [60, 61, 66, 69]),
        ("abc: C D E F", [60, 62, 64, 65]),
        ("ABC: [K:Eb] B,2 (3CDE F | z G- G2", [58, 60, 62, 63, 65, 67]),
        ("X:1\nL:1/4\nK:G\nF G A B", [66, 67, 69, 71]),
    ],
)
def test_patterns_are_read(text: str, wanted: list[int]) -> None:
    assert pitches(read_query(text)) == wanted


@pytest.mark.parametrize(
    ("text", "onsets", "offsets"),
    [
        ("C4:1 D4:1/2 E4 F4:.25", [0, 0.5, 0.75, 1], [0.5, 0.75, 1, 1.125]),
        ("60:2 r:1 62 64 65", [0, 1.5, 2, 2.5], [1, 2, 2.5, 3]),
        ("1 2:.5 3 5 over C7", [0, 0.5, 0.75, 1], [0.5, 0.75, 1, 1.25]),
        ("abc: C2 D E F4", [0, 0.5, 0.75, 1], [0.5, 0.75, 1, 2]),
    ],
)
def test_rhythms_are_read_where_they_are_given(
    text: str, onsets: list[float], offsets: list[float]
) -> None:
    query = read_query(text)
    assert query.onset_sec is not None
    assert query.offset_sec is not None
    assert query.onset_sec.tolist() == onsets
    assert query.offset_sec.tolist() == offsets


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 2 b3 5 over Cm7", ["Cm7"]),
        ("b3 5 over Dm7 b7 9 over Dm7 3 1 over G7", ["Dm7", "G7"]),
        ("1:1 r 3 over C7 1 3:2 over F7 5 over C7", ["C7", "F7", "C7"]),
        ("C D Eb G", []),
        ("+2 +1 +4", []),
    ],
)
def test_degrees_ask_for_their_chords(text: str, wanted: list[str]) -> None:
    assert [write_symbol(one) for one in read_query(text).chords] == wanted


def test_without_lengths_there_is_no_rhythm_and_intervals_are_in_no_key() -> None:
    assert read_query("60 62 63 65").onset_sec is None
    assert read_query("+2 +1 +2").is_relative
    assert not read_query("C D Eb F").is_relative
    rhythm = read_query("x:1 x:.5 r:1 x:.5 x:2")
    assert rhythm.pitch_midi is None
    assert len(rhythm) == 4


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "want a pattern of notes, got none"),
        ("  | ", "want a pattern of notes, got none"),
        ("60 62", "want a pattern of 4 notes or more, got 2"),
        ("+2 +1", "want a pattern of 4 notes or more, got 3"),
        ("1 2 b3 5", "want the chord of degrees, such as '1 2 b3 5 over Cm7', got none"),
        ("b3 b5 b7 b9", "want the chord of degrees"),
        ("1 2 3 5", r"degrees with their chord \(1 2 3 5 over Cm7\); got '1 2 3 5'"),
        ("60 62 64 200", "want MIDI numbers from 0 to 127, got 200"),
        ("+2 1 -3 +1", "want every interval with its sign, such as .3 or -2; got '1'"),
        ("60 D4 64 65", "want a pattern in one notation, notes or MIDI numbers, got both"),
        ("60 62 H4 65", "want notes .*got 'H4'"),
        ("do re mi fa", "got 'do'"),
        ("1 2 3 5 over", "got 'over'"),
        ("1 2 3 5 over Xm7", "want a chord symbol"),
        ("1 2 3 5 over N.C.", r"got N\.C\."),
        ("over Cm7", "want degrees before 'over Cm7'"),
        ("1 2 3 5 over C7 1 2", "want the chord of '1 2'"),
        ("1 2 Eb 5 over C7", "want a degree such as 1, b3, #11 or .5, got 'Eb'"),
        ("^C5 D E F", "want a note with an octave or with"),
        ("C4:0 D E F", "want a length in beats"),
        ("C4:x D E F", "want a length in beats"),
        ("C4 r D4 E4 F4", "want lengths"),
        ("x x x x", "want lengths"),
        ("+2:1 +2 +2 +2", "want intervals without lengths"),
        ("C9 ^C ^C ^C", "want pitches from 0 to 127"),
        ("+99 +99 -1", "want intervals within 127"),
        (" ".join(["60 62"] * 101), f"at most {MAX_NOTES} notes, got 202"),
        ("60 " * 4000, "at most 10000 characters"),
        ("abc: C D ü E F", "want music in ABC notation"),
        ("abc:", "want a score with notes"),
        ("abc: C D E", "want a pattern of 4 notes or more, got 3"),
    ],
)
def test_what_is_no_pattern_is_told(text: str, wanted: str) -> None:
    with pytest.raises(QueryError, match=wanted):
        read_query(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for one in (text, f"abc: {text}", f"{text} over C7"):
        told = "it could be read"
        try:
            read_query(one)
        except QueryError as error:
            told = str(error)
        assert len(told) > 10


@given(st.lists(st.integers(21, 108), min_size=4, max_size=30))
def test_numbers_names_and_intervals_say_the_same(notes: list[int]) -> None:
    names = " ".join(pitch_name(one) for one in notes)
    assert pitches(read_query(names)) == notes
    assert pitches(read_query(" ".join(map(str, notes)))) == notes
    steps = " ".join(f"{b - a:+d}" for a, b in pairwise(notes))
    moved = pitches(read_query(steps))
    assert [one - moved[0] for one in moved] == [one - notes[0] for one in notes]


@given(st.lists(st.integers(0, 11), min_size=4, max_size=30))
def test_names_without_octaves_go_the_nearest_way(classes: list[int]) -> None:
    names = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"]
    try:
        found = pitches(read_query(" ".join(names[one] for one in classes)))
    except QueryError as error:
        assert "0 to 127" in str(error)  # noqa: PT017 -- long chains of fourths leave the keyboard
        return
    assert [one % 12 for one in found] == classes
    assert all(-5 <= b - a <= 6 for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("transcription.json", write_transcription(SOLO)),
        ("x.mid", write_midi(SOLO)),
        ("x.jams", write_jams(SOLO)),
    ],
)
def test_files_are_patterns_with_their_rhythm(name: str, content: bytes) -> None:
    query = read_query_file(content, name)
    assert pitches(query) == [60, 62, 63, 67, 65, 63, 62, 60]
    assert query.onset_sec is not None
    assert query.onset_sec[1] == pytest.approx(0.25, abs=1e-3)
    part = read_query_file(content, name, times_sec=(0.2, 1.2))
    assert pitches(part) == [62, 63, 67, 65]


def test_scores_are_patterns() -> None:
    score = scores.waltz()
    for content in (write_musicxml(score), write_abc(score)):
        assert pitches(read_query_file(content, "x")) == list(range(60, 69))
        assert pitches(read_query_file(content, "x", bars=(2, 3))) == list(range(63, 69))


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({"times_sec": (9.0, 10.0)}, "want notes to search for, got none in 9 s to 10 s"),
        ({"bars": (7, 9)}, "want notes to search for, got none in bars 7 to 9"),
        ({"times_sec": (0.0, 0.3)}, "want a pattern of 4 notes or more, got 2"),
    ],
)
def test_a_stretch_without_a_pattern_is_told(
    chosen: dict[str, tuple[int, int]], wanted: str
) -> None:
    with pytest.raises(QueryError, match=wanted):
        read_query_file(write_transcription(SOLO), "x", **chosen)


def test_a_whole_solo_asks_for_a_stretch_and_no_score_is_told() -> None:
    many = transcription(line(*[(0.1 * k, 0.1 * k + 0.1, 60 + k % 5) for k in range(201)]))
    with pytest.raises(QueryError, match="got 201 in the file; say a stretch"):
        read_query_file(write_transcription(many), "x")
    with pytest.raises(InputError, match="want MusicXML"):
        read_query_file(b"RIFF", "x.wav")
    with pytest.raises(QueryError, match="want a solo with beats to choose bars from"):
        read_query_file(write_transcription(many), "x", bars=(1, 2))


def test_thousands_of_notes_are_refused_before_their_bars_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell(_: object) -> None:
        raise AssertionError("this takes minutes")

    monkeypatch.setattr("licklab.corpus.query_text.draw_line", tell)
    many = line(*[(0.01 * k, 0.01 * k + 0.01, 60 + k % 12) for k in range(20 * MAX_NOTES + 1)])
    content = write_transcription(transcription(many, even_grid(2)))
    with pytest.raises(QueryError, match="want a pattern of at most 200 notes, got 4001 in the"):
        read_query_file(content, "transcription.json")
    with pytest.raises(AssertionError):
        read_query_file(content, "transcription.json", times_sec=(1.0, 2.0))


def test_a_file_that_nests_without_end_is_told() -> None:
    content = b'{"licklab.transcription/1":' + b"[" * 200_000
    with pytest.raises(InputError, match="want a document of schema"):
        read_query_file(content, "transcription.json")
