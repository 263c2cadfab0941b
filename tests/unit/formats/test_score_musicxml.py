import io
import shutil
import subprocess
import warnings
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from lxml import etree

from licklab.domain.harte import to_harte
from licklab.domain.score import Score
from licklab.formats.chart_musicxml import read_chart_musicxml
from licklab.formats.score_musicxml import write_musicxml, write_mxl
from tests import scores
from tests.musicxml_schema import load_schema


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return load_schema()


@pytest.mark.parametrize("name", scores.ALL)
def test_a_score_is_valid(name: str, schema: etree.XMLSchema) -> None:
    document = etree.fromstring(write_musicxml(scores.ALL[name]()))
    assert schema.validate(document), schema.error_log


def test_a_score_that_is_not_valid_is_noticed(schema: etree.XMLSchema) -> None:
    content = write_musicxml(scores.waltz()).replace(b"<step>C</step>", b"<step>H</step>")
    assert not schema.validate(etree.fromstring(content))


def read_back(content: bytes, tmp_path: Path) -> list[tuple[Fraction, Fraction, int]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # partitura's own
        import partitura
        import partitura.score

        path = tmp_path / "score.musicxml"
        path.write_bytes(content)
        part = partitura.load_musicxml(str(path))[0]
        notes = part.notes_tied
        quarter = int(part.quarter_duration_map(0))
        first = part.first_point.t
        found = [
            (
                Fraction(note.start.t - first, quarter),
                Fraction(note.duration_tied, quarter),
                note.midi_pitch,
            )
            for note in notes
            if not isinstance(note, partitura.score.GraceNote) and note.staff != 99
        ]
    return sorted(found)


@pytest.mark.parametrize("name", ["concert", "waltz", "six_eight", "piano"])
def test_partitura_reads_the_same_notes(name: str, tmp_path: Path) -> None:
    score = scores.ALL[name]()
    assert read_back(write_musicxml(score), tmp_path) == scores.sounds(score)


def test_a_transposing_part_is_read_as_written(tmp_path: Path) -> None:
    score = scores.horn()
    written = [(onset, length, pitch + 14) for onset, length, pitch in scores.sounds(score)]
    content = write_musicxml(score)
    assert read_back(content, tmp_path) == written
    root = fromstring(content)
    assert root.findtext(".//transpose/chromatic") == "-2"
    assert root.findtext(".//transpose/octave-change") == "-1"


def chords(score: Score) -> list[str]:
    return [chord.label for bar in score.bars for chord in bar.chords]


def test_chords_come_back_through_our_own_reader() -> None:
    score = scores.horn("concert")
    chart = read_chart_musicxml(write_musicxml(score))
    labels = [to_harte(one.symbol) for bar in chart.bars for one in bar.chords]
    # A chart repeats what is held from the bar before.
    changes = [one for k, one in enumerate(labels) if k == 0 or one != labels[k - 1]]
    assert changes == chords(score)


@pytest.mark.skipif(shutil.which("mscore3") is None, reason="wants MuseScore 3 (musescore3)")
@pytest.mark.parametrize("name", scores.ALL)
def test_musescore_opens_it_without_a_warning_and_gives_the_same_notes(
    name: str, tmp_path: Path
) -> None:
    score = scores.ALL[name]()
    source, back = tmp_path / "in.musicxml", tmp_path / "back.musicxml"
    source.write_bytes(write_musicxml(score))
    done = subprocess.run(
        ["mscore3", "-o", str(back), str(source)],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin",
             "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert "not a valid" not in said
    assert "success" in said
    assert len(pitches(back.read_bytes())) == len(pitches(source.read_bytes()))
    assert pitches(back.read_bytes()) == pitches(source.read_bytes())


def pitches(content: bytes) -> list[tuple[str, str, str]]:
    """List the written heads of the first staff with their types."""
    return [
        (
            note.findtext("pitch/step", "") + note.findtext("pitch/alter", "0"),
            note.findtext("pitch/octave", ""),
            note.findtext("type", ""),
        )
        for note in fromstring(content).iter("note")
        if note.find("pitch") is not None
    ]


def test_heads_carry_the_ids_of_the_heard_notes_once() -> None:
    root = fromstring(write_musicxml(scores.horn()))
    ids = [note.get("id") for note in root.iter("note") if note.find("pitch") is not None]
    assert len(set(ids)) == len(ids)
    assert {str(one).partition("-")[0] for one in ids} == {f"n{k}" for k in range(1, 19)}


def test_what_no_xml_can_hold_is_left_out_of_titles() -> None:
    root = fromstring(write_musicxml(scores.horn()))
    assert root.findtext("work/work-title") == 'Blues "A" <&> \\ % Straße'
    assert root.findtext("identification/creator") == "N. N."


def test_equal_scores_give_equal_bytes() -> None:
    assert write_musicxml(scores.horn()) == write_musicxml(scores.horn())
    assert write_mxl(scores.horn()) == write_mxl(scores.horn())


def test_the_compressed_file_holds_the_score_and_says_where() -> None:
    content = write_mxl(scores.waltz())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        root = fromstring(archive.read("META-INF/container.xml"))
        path = next(root.iter("rootfile")).get("full-path")
        assert path is not None
        assert archive.read(path) == write_musicxml(scores.waltz())


def test_tablature_is_a_staff_of_its_own_with_strings_and_frets() -> None:
    root = fromstring(write_musicxml(scores.guitar()))
    assert root.findtext(".//staves") == "2"
    tuned = [one.findtext("tuning-step") for one in root.iter("staff-tuning")]
    assert tuned == ["E", "A", "D", "G", "B", "E"]
    for note in root.iter("note"):
        if note.find("pitch") is not None:
            assert note.find("notations/technical/fret") is not None
