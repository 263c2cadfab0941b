import io
import json
import random
import time
import tracemalloc
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from licklab.domain.instrument import Texture
from licklab.domain.transcription import Transcription
from licklab.errors import InputError, ScoreFileError
from licklab.formats.imports import read_import
from licklab.formats.jams_annotations import write_jams
from licklab.formats.midi import write_midi
from licklab.formats.score_midi import write_score_midi
from licklab.formats.score_musicxml import write_musicxml, write_mxl
from licklab.notation.arrange import ScoreOptions, arrange
from tests import scores
from tests.lines import even_grid, line, transcription


def sounds(read: Transcription, bpm: int = 120) -> list[tuple[Fraction, Fraction, int]]:
    """Give onset and length in quarters, and pitch."""
    sec = Fraction(60, bpm)
    return sorted(
        (
            (Fraction(one.onset_sec) / sec).limit_denominator(48),
            (Fraction(one.duration_sec) / sec).limit_denominator(48),
            int(one.pitch_midi),
        )
        for one in read.notes
    )


@pytest.mark.parametrize("name", ["waltz", "piano", "six_eight"])
def test_our_own_musicxml_comes_back(name: str) -> None:
    score = scores.ALL[name]()
    bpm = 150 if name == "six_eight" else 120
    for content in (write_musicxml(score), write_mxl(score)):
        assert sounds(read_import(content, "x"), bpm) == scores.sounds(score)


def test_horns_come_back_as_they_sound_with_chords_key_and_swing() -> None:
    score = scores.horn()
    read = read_import(write_musicxml(score), "solo.musicxml")
    assert read.instrument == "tenor_sax"
    analysis = read.analysis
    assert analysis is not None
    assert [one.symbol for one in analysis.chords] == [
        "Dm7", "G7b9", "Cmaj7/E", "A7alt", "N.C.", "Bm7b5",
    ]  # fmt: skip
    assert analysis.key is not None
    assert str(analysis.key.key) == "C:major"
    assert analysis.grid.beats[0].bar == 0  # the pickup
    assert analysis.swing is not None
    assert analysis.swing.ratio == 2.0
    assert set(scores.sounds(score)) <= set(sounds(read))  # grace notes besides


def test_tablature_is_not_read_twice() -> None:
    read = read_import(write_musicxml(scores.guitar()), "x")
    assert len(read.notes) == 12
    assert (read.instrument, read.mode) == ("guitar", Texture.POLYPHONIC)


def test_midi_as_played_comes_back_to_a_millisecond() -> None:
    notes = line((0.013, 0.4, 60), (0.511, 0.9, 62), (1.234, 2.345, 64), (2.5, 2.61, 59))
    heard = transcription(notes, even_grid(3, beat_sec=0.487), labels=[(0.0, "D:min7")], key="C")
    read = read_import(write_midi(heard), "x.mid")
    assert read.instrument == "tenor_sax"
    for one, other in zip(heard.notes, read.notes, strict=True):
        assert abs(one.onset_sec - other.onset_sec) < 1e-3
        assert abs(one.offset_sec - other.offset_sec) < 1e-3
        assert (one.pitch_midi, one.velocity) == (other.pitch_midi, other.velocity)
    assert heard.analysis is not None
    assert read.analysis is not None
    wanted = [one.time_sec for one in heard.analysis.grid.beats]
    found = [one.time_sec for one in read.analysis.grid.beats]
    assert all(min(abs(a - b) for b in wanted) < 2e-3 for a in found[:8])
    assert [one.label for one in read.analysis.chords] == ["D:min7"]


def test_a_score_as_midi_comes_back() -> None:
    score = scores.waltz()
    assert sounds(read_import(write_score_midi(score), "x.mid")) == scores.sounds(score)


def test_jams_comes_back() -> None:
    notes = line((0.1, 0.4, 60), (0.5, 0.9, 62))
    heard = transcription(notes, even_grid(2), labels=[(0.0, "D:min7"), (1.0, "N")], key="F minor")
    read = read_import(write_jams(heard), "x.jams")
    assert [(one.onset_sec, one.offset_sec, one.pitch_midi) for one in read.notes] == [
        (0.1, 0.4, 60), (0.5, 0.9, 62),
    ]  # fmt: skip
    assert heard.analysis is not None
    assert read.analysis is not None
    assert [one.time_sec for one in read.analysis.grid.beats] == [
        one.time_sec for one in heard.analysis.grid.beats
    ]
    assert [one.label for one in read.analysis.chords] == ["D:min7", "N"]
    assert read.analysis.key is not None
    assert str(read.analysis.key.key) == "F:minor"


SEEDS = [
    write_musicxml(scores.horn()), write_mxl(scores.horn()), write_score_midi(scores.horn()),
    write_jams(transcription(line((0.1, 0.4, 60)), even_grid(2), key="C")),
]  # fmt: skip


@given(st.integers(0, 2**32))
@example(3550)  # a key signature that MIDI does not have
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_refused_with_a_sentence_or_read(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    content = bytearray(rng.choice(SEEDS))
    for _ in range(rng.choice([1, 3, 20])):
        place = rng.randrange(len(content)) if content else 0
        if not content:
            break
        what = rng.randrange(4)
        if what == 0:
            content[place] = rng.randrange(256)
        elif what == 1:
            del content[place : place + rng.randrange(1, 60)]
        elif what == 2:
            content[place:place] = content[place : place + rng.randrange(1, 60)]
        else:
            content = content[: place + 1]
    told = "it could be read"
    try:
        read_import(bytes(content), "x")
    except InputError as error:
        told = str(error)
    assert len(told) > 10


def bomb(n_bytes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml",
                         '<c><rootfiles><rootfile full-path="s.xml"/></rootfiles></c>')  # fmt: skip
        archive.writestr("s.xml", b" " * n_bytes)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_in_bounded_memory() -> None:
    content = bomb(400_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ScoreFileError, match="want a score of at most"):
            read_import(content, "x.mxl")
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><score-partwise><part>&x;</part></score-partwise>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><score-partwise>&x;</score-partwise>',
        '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><score-partwise>&b;</score-partwise>',
    ],
)
def test_entities_are_refused(text: str) -> None:
    with pytest.raises(ScoreFileError, match="without entities"):
        read_import(text.encode(), "x.xml")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "want MusicXML"),
        (b"<score-timewise/>", "want a score-partwise file"),
        (b"<score-partwise><part id='P1'><measure/></part></score-partwise>", "got one without"),
        (b"{}", "want a JAMS file"),
        (b'{"annotations": [], "file_metadata": {}}', "want a JAMS file with notes"),
        (b"[" * 100_000, "want MusicXML"),
        (b'{"a":' * 100_000, "want a JAMS file"),
        (b"MThd\x00\x00\x00\x06\x00\x01\x00\x00\x00\x60", "want a MIDI file"),
    ],
)
def test_what_is_no_score_is_told(content: bytes, wanted: str) -> None:
    with pytest.raises(ScoreFileError, match=wanted):
        read_import(content, "x")


def _bars_of(measures: str) -> list[tuple[int, int]]:
    """Give bar and position of the first beat of each bar."""
    content = f"<score-partwise><part id='P1'>{measures}</part></score-partwise>"
    analysis = read_import(content.encode(), "x").analysis
    assert analysis is not None
    firsts = {one.bar: one.position_in_bar for one in reversed(analysis.grid.beats)}
    return sorted(firsts.items())


def _measure(number: str, quarters: int = 4, more: str = "") -> str:
    return (
        f'<measure number="{number}"><note><pitch><step>C</step><octave>4</octave></pitch>'
        f"<duration>{quarters}</duration></note>{more}</measure>"
    )


def test_bars_keep_the_numbers_that_are_printed() -> None:
    notes = line(*[(k * 0.5, k * 0.5 + 0.4, 60 + k) for k in range(24)])
    heard = transcription(notes, even_grid(6))
    score = arrange(heard, ScoreOptions(part="concert", first_bar=4, last_bar=6))
    analysis = read_import(write_musicxml(score), "x").analysis
    assert analysis is not None
    assert [one.bar for one in analysis.grid.downbeats] == [4, 5, 6]
    pickup = _measure("32", 1).replace("<measure", '<measure implicit="yes"')
    assert _bars_of(pickup + _measure("33") + _measure("34")) == [(32, 4), (33, 1), (34, 1)]
    assert _bars_of(pickup.replace("32", "0") + _measure("1")) == [(0, 4), (1, 1)]


@pytest.mark.parametrize(
    "numbers", [("7", "9"), ("7", "X1"), ("7", "7"), ("7", "6"), ("", ""), ("-3", "-2"),
                ("07", "8"), ("99999", "100000")],
)  # fmt: skip
def test_bars_without_a_number_each_are_counted_from_one(numbers: tuple[str, str]) -> None:
    assert _bars_of("".join(_measure(one) for one in numbers)) == [(1, 1), (2, 1)]


def test_bars_that_are_played_again_are_counted_on() -> None:
    again = '<barline location="right"><repeat direction="backward"/></barline>'
    bars = _bars_of(_measure("5") + _measure("6", more=again) + _measure("7"))
    assert bars == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]


def test_a_repeat_is_played_and_a_long_one_is_refused() -> None:
    bar = (
        '<measure number="{n}">{start}<note><pitch><step>C</step><octave>4</octave></pitch>'
        "<duration>4</duration></note>{end}</measure>"
    )
    repeat = '<barline location="right"><repeat direction="backward" times="{times}"/></barline>'

    def piece(times: int) -> bytes:
        bars = bar.format(n=1, start="", end="") + bar.format(
            n=2, start="", end=repeat.format(times=times)
        )
        return f"<score-partwise><part id='P1'>{bars}</part></score-partwise>".encode()

    assert len(read_import(piece(2), "x").notes) == 4
    assert len(read_import(piece(999_999_999), "x").notes) == 32  # as often as 16 times


def test_huge_numbers_are_refused_quickly() -> None:
    begun = time.process_time()
    for text in ("9" * 400, "1e308", "-1"):
        content = write_musicxml(scores.waltz()).replace(
            b"<duration>2", f"<duration>{text}".encode()
        )
        with pytest.raises(ScoreFileError):
            read_import(content, "x")
    data = json.loads(write_jams(transcription(line((0.1, 0.4, 60)))))
    data["annotations"][0]["data"][0]["time"] = 1e308
    with pytest.raises(ScoreFileError, match="want times"):
        read_import(json.dumps(data).encode(), "x")
    assert time.process_time() - begun < 5


def test_of_a_band_in_midi_the_soloist_is_read() -> None:
    example = Path(__file__).parents[3] / "examples" / "third-shelf-blues.mid"
    read = read_import(example.read_bytes(), example.name)
    assert (read.instrument, read.mode) == ("tenor_sax", Texture.LINE)
    assert read_import(example.read_bytes(), example.name, part="3").mode is Texture.POLYPHONIC
