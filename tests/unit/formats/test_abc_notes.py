import random
import time
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from licklab.domain.instrument import Texture
from licklab.domain.note import Note
from licklab.errors import InputError, ScoreFileError
from licklab.formats.abc_file import is_abc, split_tunes
from licklab.formats.abc_notation import write_abc
from licklab.formats.abc_notes import read_abc_part, read_tune
from licklab.formats.imports import read_import
from licklab.formats.symbolic import SymbolicPart
from licklab.notation.arrange import ScoreOptions, arrange
from tests import scores
from tests.lines import even_grid, played_chords, played_lines, transcription

EIGHTH = Fraction(1, 2)


def read(music: str, head: str = "M:4/4\nL:1/8\nK:C") -> SymbolicPart:
    return read_abc_part(f"X:1\nT:Tune\n{head}\n{music}\n".encode())


def pitches(part: SymbolicPart) -> list[int]:
    return [note.pitch_midi for note in part.notes]


def places(part: SymbolicPart) -> list[tuple[Fraction, Fraction]]:
    """Give onset and length of each note in eighths."""
    return [
        (note.onset_quarter * 2, (note.end_quarter - note.onset_quarter) * 2) for note in part.notes
    ]


def sounds(part: SymbolicPart) -> list[tuple[Fraction, Fraction, int]]:
    return sorted(
        (note.onset_quarter, note.end_quarter - note.onset_quarter, note.pitch_midi)
        for note in part.notes
    )


@pytest.mark.parametrize("name", scores.ALL)
def test_our_own_abc_comes_back_as_it_sounds(name: str) -> None:
    score = scores.ALL[name]()
    part = read_abc_part(write_abc(score))
    found = sounds(part)
    assert set(scores.sounds(score)) <= set(found)
    n_graces = sum(e.is_grace for bar in score.bars for one in bar.voices for e in one.events)
    assert len(found) == len(scores.sounds(score)) + n_graces


@given(
    played_lines(),
    st.sampled_from(["tenor_sax", "alto_sax", "trumpet", "guitar", "bass", "flute", "concert"]),
    st.sampled_from(["C", "Eb", "F# minor", "Db", "B"]),
)
@settings(max_examples=60, deadline=None)
def test_any_line_that_is_written_comes_back(notes: tuple[Note, ...], part: str, key: str) -> None:
    heard = transcription(notes, even_grid(24), labels=[(0.0, "Eb:min7")], key=key)
    score = arrange(heard, ScoreOptions(part=part))
    found = sounds(read_abc_part(write_abc(score)))
    wanted = scores.sounds(score)
    assert set(wanted) <= set(found)
    n_graces = sum(e.is_grace for bar in score.bars for one in bar.voices for e in one.events)
    assert len(found) == len(wanted) + n_graces


@given(played_chords(), st.sampled_from(["piano", "guitar"]), st.sampled_from(["C", "Ab", "E"]))
@settings(max_examples=30, deadline=None)
def test_any_chords_that_are_written_come_back(
    notes: tuple[Note, ...], instrument: str, key: str
) -> None:
    # A staff has one place for notes of one pitch that sound together.
    ends: dict[float, float] = {}
    apart = []
    for note in notes:
        if note.onset_sec > ends.get(note.pitch_midi, -1.0) + 0.3:
            apart.append(note)
            ends[note.pitch_midi] = note.offset_sec
    heard = transcription(
        apart, even_grid(8), key=key, instrument=instrument, mode=Texture.POLYPHONIC
    )
    score = arrange(heard, ScoreOptions())
    assert set(scores.sounds(score)) <= set(sounds(read_abc_part(write_abc(score))))


def test_what_a_head_says_is_read_with_the_sounding_key_and_chords() -> None:
    read_back = read_import(write_abc(scores.horn("alto_sax")), "x.abc")
    assert read_back.instrument == "alto_sax"
    assert read_back.analysis is not None
    assert [one.symbol for one in read_back.analysis.chords] == [
        "Dm7", "G7b9", "Cmaj7/E", "A7alt", "N.C.", "Bm7b5",
    ]  # fmt: skip
    assert read_back.analysis.key is not None
    assert str(read_back.analysis.key.key) == "C:major"
    assert read_back.analysis.swing is not None
    assert read_back.analysis.swing.ratio == 2.0
    assert read_back.analysis.grid.beats[0].bar == 0  # the pickup


@pytest.mark.parametrize(
    ("music", "wanted"),
    [
        ("C c c' C, B,,", [60, 72, 84, 48, 47]),
        ("^C C c | C", [61, 61, 73, 60]),  # a sign holds to the bar line, in every octave
        ("_B =B __B ^^F", [70, 71, 69, 67]),
        ("[K:Eb] B E A [K:D] F C", [70, 63, 68, 66, 61]),
        ("^F-|F F", [66, 65]),  # a tie brings its sign along, and no further
        ("[I:propagate-accidentals octave] ^C c", [61, 72]),
        ("[I:propagate-accidentals not] ^C C", [61, 60]),
        ("!trill!C .D ~E vF TG (AB) HA", [60, 62, 64, 65, 67, 69, 71, 69]),
        ('"Am7"C "^slow"D "<(" E', [60, 62, 64]),
        ("C y D y2 E $ F * G `A", [60, 62, 64, 65, 67, 69]),
    ],
)
def test_pitches_are_read(music: str, wanted: list[int]) -> None:
    assert pitches(read(music)) == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("Bb", [70, 63, 65]), ("Bbmaj", [70, 63, 65]), ("Gm", [70, 63, 65]),
        ("G minor", [70, 63, 65]),
        ("C dor", [70, 63, 65]), ("Fmix", [70, 63, 65]), ("Dphrygian", [70, 63, 65]),
        ("EbLyd", [70, 63, 65]), ("A Loc", [70, 63, 65]), ("HP", [71, 64, 66]),
        ("none", [71, 64, 65]), ("", [71, 64, 65]), ("C _b ^f", [70, 64, 66]),
        ("D exp _e ^f", [71, 63, 66]), ("G clef=bass", [71, 64, 66]), ("C treble-8", [59, 52, 53]),
        ("C bass octave=-1", [59, 52, 53]), ("C transpose=-2", [69, 62, 63]),
        ("C clef=treble+8 transpose=3", [86, 79, 80]),
    ],
)  # fmt: skip
def test_keys_modes_and_clefs_are_read(key: str, wanted: list[int]) -> None:
    assert pitches(read("BEF", f"L:1/8\nK:{key}")) == wanted


@pytest.mark.parametrize(
    ("music", "wanted"),
    [
        ("C2 D/ E3/2 F//", [(0, 2), (2, ".5"), ("2.5", "1.5"), (4, ".25")]),
        ("C>D E<F", [(0, "1.5"), ("1.5", ".5"), (2, ".5"), ("2.5", "1.5")]),
        ("C>>D", [(0, "1.75"), ("1.75", ".25")]),
        ("(3CDE F", [(0, "2/3"), ("2/3", "2/3"), ("4/3", "2/3"), (2, 1)]),
        ("(3:2:2C2D E", [(0, "4/3"), ("4/3", "2/3"), (2, 1)]),
        ("(5:4CDEFG", [(f"{4 * k}/5", "4/5") for k in range(5)]),
        ("C- C D-|D", [(0, 2), (2, 2)]),
        ("z2 C x D", [(2, 1), (4, 1)]),
        ("Z | C | Z2 | D", [(8, 1), (25, 1)]),
        ("[CE]2 [C2E]F", [(0, 2), (0, 2), (2, 2), (2, 1), (4, 1)]),
        ("[CE-]2 E", [(0, 2), (0, 3)]),
        ("L", []),
        ("[L:1/16]C2 D [L:1/4]E", [(0, 1), (1, ".5"), ("1.5", 2)]),
        ("C2 D2 & E4 | F", [(0, 2), (2, 2), (0, 4), (4, 1)]),
    ],
)
def test_lengths_are_read(music: str, wanted: list[tuple[str, str]]) -> None:
    assert places(read(music)) == [(Fraction(a), Fraction(b)) for a, b in wanted]


def test_a_grace_note_comes_before_its_note() -> None:
    part = read("C2 {/^cd}e2")
    assert pitches(part) == [60, 73, 74, 76]
    assert part.notes[3].onset_quarter == 1
    assert part.notes[1].onset_quarter == Fraction(4, 5)


@pytest.mark.parametrize(
    ("music", "wanted"),
    [
        ("|: C | D :| E", "CDCDE"),
        ("C | D :| E", "CDCDE"),
        ("C |: D :: E :| F", "CDDEEF"),
        ("|: C |1 D :|2 E | F", "CDCEF"),
        ("|: C |[1 D :| [2 E || F", "CDCEF"),
        ("|: C |1,3 D :|2 E :| F", "CDCECDF"),
        ("|: C |1-2 D :|3 E |] F", "CDCDCEF"),
        ("|:: C ::| D", "CCCD"),
        ("C || D |] [| E", "CDE"),
        ("C || D | E :| F", "CDEDEF"),
        ("|: C |1 D :|2 E || D | F :|", "CDCEDFDF"),
        ("|: C || D :| E", "CDCDE"),
        ("[P:A] C | D | [P:B] E", "CDE"),
    ],
)
def test_repeats_and_endings_are_played(music: str, wanted: str) -> None:
    assert [" CDEFGAB"[1 + "CDEFGAB".index(one)] for one in wanted] == [
        {60: "C", 62: "D", 64: "E", 65: "F"}[pitch] for pitch in pitches(read(music))
    ]


def test_parts_are_played_in_the_order_of_the_head() -> None:
    part = read("P:A\nC |\nP:B\n|: D :|\nP:C\nE |", "P:A(BC)2A\nL:1/4\nK:C")
    assert pitches(part) == [60, 62, 62, 64, 62, 62, 64, 60]


@pytest.mark.parametrize(
    ("tempo", "bpm"),
    [
        ("1/4=120", 120), ('"Swing" 1/4=96', 96), ("3/8=60", 90), ("1/2 = 100 \"fast\"", 200),
        ("1/4 3/8=40", 100), ("240", 120), ("C3=40", 60), ("Allegro", None), ("1/0=3", None),
        ("1/4=9999", None),
    ],
)  # fmt: skip
def test_tempos_are_read(tempo: str, bpm: int | None) -> None:
    assert [one for _, one in read("C", f"L:1/8\nQ:{tempo}\nK:C").tempos] == (
        [] if bpm is None else [bpm]
    )


@pytest.mark.parametrize(
    ("meter", "bar"), [("C", 4), ("C|", 4), ("3/4", 3), ("(2+3)/4", 5), ("6/8", 3), ("none", 4)]
)
def test_metres_are_read(meter: str, bar: int) -> None:
    assert read("Z | C", f"M:{meter}\nL:1/8\nK:C").notes[0].onset_quarter == bar


def test_the_metre_gives_the_length_of_notes_where_the_tune_does_not() -> None:
    assert read("C", "M:2/4\nK:C").notes[0].end_quarter == Fraction(1, 4)
    assert read("C", "M:3/4\nK:C").notes[0].end_quarter == Fraction(1, 2)


def test_two_chords_over_a_note_share_it_and_drawn_words_are_none() -> None:
    part = read('"Dm7""G7"C8 | "^N.C."D4 "_A""Cmaj7"E4 | "what"F8')
    assert [(at, one.root) for at, one in part.chords] == [
        (Fraction(0), "D"), (Fraction(2), "G"), (Fraction(4), ""), (Fraction(6), "C"),
    ]  # fmt: skip


def test_voices_of_one_name_are_a_part_and_others_are_asked_for() -> None:
    content = b'X:1\nV:1 name="Flute"\nV:2 name="Bass" transpose=-12\nK:C\nV:1\nC D|\nV:2\nE F|\n'
    assert pitches(read_abc_part(content)) == [60, 62]
    for wanted in ("2", "bass", "Bass"):
        assert pitches(read_abc_part(content, wanted)) == [52, 53]
    with pytest.raises(ScoreFileError, match="one of 1 'Flute', 2 'Bass'; got 'Oboe'"):
        read_abc_part(content, "Oboe")


BOOK = b"""%abc-2.1
L:1/4

X:1
T:First % a remark
K:C
% nothing
C D |\\
E2 |
w: la la la
W: more words: C D E

Words for people: A B C.

X:2
T:Second
L:1/8
K:G
F G|]
"""


def test_a_file_has_several_tunes() -> None:
    tunes = split_tunes(BOOK)
    assert [(one.text_of("X"), one.text_of("T")) for one in tunes] == [
        ("1", "First"),
        ("2", "Second"),
    ]
    assert places(read_tune(tunes[0])) == [
        (Fraction(k), Fraction(n)) for k, n in ((0, 2), (2, 2), (4, 4))
    ]
    assert pitches(read_abc_part(BOOK, "second")) == pitches(read_abc_part(BOOK, "2")) == [66, 67]
    with pytest.raises(ScoreFileError, match="want a tune, one of 1 'First', 2 'Second'; got '3'"):
        read_abc_part(BOOK, "3")


def test_it_is_told_by_what_is_in_it() -> None:
    assert is_abc(b"X:1\nK:C\n")
    assert is_abc(b"\xef\xbb\xbf%abc-2.1\n")
    assert is_abc(b"M:4/4\n\nX: 12\nK:C\n")
    assert not is_abc(b"MThd\x00\x00")
    assert not is_abc(b"| Dm7 | G7 |")
    tune = "X:1\nT:Für Elise\nK:C\nC".encode("latin-1")
    assert read_abc_part(tune).title == "Für Elise"


@pytest.mark.parametrize(
    ("music", "wanted"),
    [
        ("C ü D", "want music in ABC notation, got"),
        ("C0", "want a length"),
        ("C/0", "want a length"),
        ("(0CDE", "want a tuplet"),
        ("C]", r"want \[ before \]"),
        ("[C z]", "want notes in a chord"),
        ("[M:17/64]C", "want a time signature"),
        ("[M:abc]C", "want a metre"),
        ("[L:2/3]C", "want a length of notes"),
        ("[K:G# lyd]C", "at most 7 signs"),
        ("Z9999 | Z9999", "want at most 10000 bars"),
        ("C999", "want bars of at most 64 quarters"),
        ("C''''''''", "want pitches from 0 to 127"),
    ],
)
def test_what_is_no_music_is_told(music: str, wanted: str) -> None:
    with pytest.raises(ScoreFileError, match=wanted):
        read_import(f"X:1\nL:1/8\nK:C\n{music}\n".encode(), "x.abc")


SEEDS = [write_abc(one()) for one in scores.ALL.values()] + [
    BOOK,
    b"X:1\nP:(AB)3\nQ:1/4=120\nM:6/8\nK:Ddor ^f clef=bass\nP:A\n|:(3CDE>F[1 G2:|[2{/a}[Ac-]3/]\n",
]


@given(st.integers(0, 2**32))
@settings(max_examples=300, deadline=None)
def test_damaged_tunes_are_refused_with_a_sentence_or_read(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    content = bytearray(rng.choice(SEEDS))
    for _ in range(rng.choice([1, 3, 20])):
        place = rng.randrange(len(content)) if content else 0
        what = rng.randrange(4)
        if what == 0 and content:
            content[place] = (
                rng.choice(b'[]{}()|:1234/<>-"!&ZKVMLQ \n') if place % 2 else rng.randrange(256)
            )
        elif what == 1:
            del content[place : place + rng.randrange(1, 20)]
        else:
            content[place:place] = content[place : place + rng.randrange(1, 60)]
    told = "it could be read"
    try:
        read_abc_part(bytes(content))
    except InputError as error:
        told = str(error)
    assert len(told) > 10


@given(st.binary(max_size=200))
@example(b"X:1\n[[[[")
@settings(max_examples=200, deadline=None)
def test_anything_is_refused_with_a_sentence_or_read(noise: bytes) -> None:
    told = "it could be read"
    try:
        read_abc_part(b"X:1\nK:C\n" + noise)
    except InputError as error:
        told = str(error)
    assert len(told) > 10


@pytest.mark.parametrize(
    "music",
    [
        "|:" * 200_000, "C:|" * 9_000, '"Am7"' * 150_000, "[" * 900_000, "{C" * 300_000,
        " ".join(f"C{k}/{k + 1}" for k in range(1, 900)), "|C" * 400_000, "&" * 900_000,
        "(9:99:99C" * 90_000, "[CEG]" * 150_000, "[V:1]C" * 150_000,
        "".join(f"[V:{k}]C" for k in range(10_000)), "[P:A]C" * 150_000,
        "&C-" * 50_000, "[" + "C-" * 40_000 + "]" + "[" + "C-" * 40_000 + "]",
        "[K::" * 200_000, "[P:A]" + "[Q:120]" * 3_000 + "C",
    ],
)  # fmt: skip
def test_hostile_tunes_are_answered_soon(music: str) -> None:
    # Of this process: how busy the machine is with other work is not its fault.
    begun = time.process_time()
    told = "it could be read"
    try:
        read_abc_part(f"X:1\nP:{'A9' * 100}\nK:C\n{music}\n".encode())
    except ScoreFileError as error:
        told = str(error)
    assert len(told) > 10
    assert time.process_time() - begun < 15


def test_a_file_too_large_is_refused() -> None:
    with pytest.raises(ScoreFileError, match="want an ABC file of at most"):
        split_tunes(b"X:1\n" + b" " * 8_000_000)
    with pytest.raises(ScoreFileError, match="want at most 1000000 characters"):
        read_abc_part(b"X:1\nK:C\n" + b"C" * 1_000_001)
    with pytest.raises(ScoreFileError, match="begins with X:"):
        split_tunes(b"K:C\nCDE\n")


def test_what_is_said_about_all_tunes_is_little() -> None:
    assert len(split_tunes(b"L:1/16\n" + b"X:1\nK:C\nC\n" * 2_000)) == 2_000
    with pytest.raises(ScoreFileError, match="want at most 100 fields before the tunes"):
        split_tunes(b"I:a\n" * 2_000 + b"X:1\nK:C\nC\n" * 2_000)


def test_chords_are_not_played_without_end() -> None:
    head = "P:" + "A9" * 100 + "\nM:4/4\nL:1/8\nK:C"
    with pytest.raises(ScoreFileError, match="want at most 100000 notes, or chords"):
        read("[P:A]" + ('"C"' * 16 + "z/999") * 2_000 + "C", head)
