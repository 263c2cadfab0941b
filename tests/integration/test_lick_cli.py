"""Licks, analyses, searches and the corpus, as people run the program."""

import gzip
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from licklab.formats.abc_notation import write_abc
from licklab.formats.evidence_npz import read_chord_evidence
from licklab.formats.lick_json import licks_schema
from licklab.formats.line_analysis_json import analysis_schema
from licklab.formats.midi import write_midi
from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.arrange import ScoreOptions, arrange
from tests.integration.in_process import run
from tests.integration.test_cli import run as run_process
from tests.lines import even_grid, line, transcription
from tests.schemas import check

EXAMPLE = Path(__file__).parents[2] / "examples/third-shelf-blues.mid"
SHARED = Path(
    os.environ.get("LICKLAB_SHARED_DATA", Path(__file__).parents[2].parent / "shared/data")
)
WEIMAR = SHARED / "wjazzd/wjazzd_dev.db.gz"
LICK = (62, 65, 69, 72, 71, 67, 65, 64)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blues")
    done = run("import", EXAMPLE, "--part", "2", "--out", folder, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "transcription.json"


def solo(*pitches: int, shift: int = 0) -> Any:
    notes = line(*[(0.25 * k, 0.25 * k + 0.24, p + shift) for k, p in enumerate(pitches)])
    labels = [(0.0, "D:min7"), (1.0, "G:7"), (3.0, "D:min7"), (4.0, "G:7")]
    labels = labels if shift == 0 else []
    return transcription(notes, even_grid(8), labels=labels, key="C")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with a small corpus of three players."""
    folder = tmp_path_factory.mktemp("data")
    scores = folder / "solos"
    for player in ("Anna", "Ben", "Cleo"):
        (scores / player).mkdir(parents=True)
    other = [60, 61, 60, 59, 60, 58, 57, 56, 57, 60, 62, 60]
    first = solo(*other, *LICK, *other[::-1])
    (scores / "Anna/Tune One (1957).mid").write_bytes(write_midi(first))
    score = arrange(solo(*other[::-1], *LICK, 60, 60, shift=5), ScoreOptions(part="concert"))
    (scores / "Ben/Tune Two (1964).musicxml").write_bytes(write_musicxml(score))
    score = arrange(solo(*other, *other[::-1]), ScoreOptions(part="concert"))
    (scores / "Cleo/Tune Three.abc").write_bytes(write_abc(score))
    (scores / "Cleo/broken.mid").write_bytes(b"MThd")
    done = run_process("corpus", "import", scores, cwd=folder, environment=here(folder))
    assert done.returncode == 3  # for the broken one
    assert b"3 solos added" in done.stderr
    assert b"Getting searches ready" in done.stderr
    assert (folder / "corpus/index/manifest.json").exists()
    assert b"broken.mid: want a MIDI file" in done.stderr
    return folder


def here(folder: Path) -> dict[str, str]:
    return {"DATA_DIR": str(folder)}


def search(data: Path, *arguments: str | int | Path) -> list[dict[str, Any]]:
    done = run("search", "--json", *arguments, cwd=data, environment=here(data))
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return results


def test_licks_are_shown_with_reasons_and_notation(heard: Path, tmp_path: Path) -> None:
    done = run("licks", heard, "--limit", 3, cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    rows = text.splitlines()
    assert rows[0].startswith("transcription.json: 296 notes, ")
    assert rows[0].endswith("; concert pitch")
    assert rows[2].split() == ["#", "bars", "time", "notes", "lickness", "played", "players"]
    assert [row.split()[0] for row in rows if row[:3].strip().isdigit()] == ["1", "2", "3"]
    assert text.count("  |") >= 3  # bar lines
    assert max(len(row) for row in rows) <= 80
    assert not (tmp_path / "corpus").exists()


def test_licks_are_written_as_json(heard: Path, tmp_path: Path) -> None:
    done = run("licks", heard, "--json", "--out", "here", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    check(document, licks_schema)
    assert document["licks"]
    assert json.loads((tmp_path / "here/licks.json").read_bytes()) == document
    written = {one.name for one in (tmp_path / "here").iterdir()}
    assert written == {"licks.json", "transcription.json"}


def test_scores_have_licks_too(tmp_path: Path) -> None:
    done = run("licks", EXAMPLE, "--part", "2", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    assert b"third-shelf-blues.mid: 296 notes" in done.stdout
    again = run("licks", EXAMPLE, "--part", "Oboe", cwd=tmp_path, environment=here(tmp_path))
    assert again.returncode == 3
    assert b"want a track" in again.stderr
    (tmp_path / "words.txt").write_text("no music")
    again = run("licks", "words.txt", cwd=tmp_path, environment=here(tmp_path))
    assert again.returncode == 3
    assert b"want a transcription.json, a score (MusicXML, MIDI, ABC, JAMS) or" in again.stderr


def test_a_recording_is_heard_first(short_wav: Path, tmp_path: Path) -> None:
    done = run(
        "licks", short_wav, "-i", "tenor sax", "-o", "heard", cwd=tmp_path,
        environment=here(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"short.wav: " in done.stdout
    # What mending needs is beside it, as after `transcribe`.
    assert {one.name for one in (tmp_path / "heard").iterdir()} == {
        "licks.json", "transcription.json", "transcription.mid", "transcription.evidence.npz",
    }  # fmt: skip
    assert read_chord_evidence(tmp_path / "heard/transcription.evidence.npz") is not None


def test_a_stretch_is_analyzed_in_words_with_its_notes(heard: Path, tmp_path: Path) -> None:
    done = run("analyze", heard, "--bars", "20-21", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "bars 20-21" in text.splitlines()[0]
    assert text.splitlines()[0].endswith("; concert pitch")
    assert "Changes: " in text
    assert "Cm7 (" in text
    assert "\n- " in text
    assert "leads on as" in text
    assert "guide tone" in text
    assert max(len(row) for row in text.splitlines()) <= 90


def test_sentences_that_are_left_out_are_told_of(heard: Path, tmp_path: Path) -> None:
    for chosen, is_cut in ((("--bars", "20-27"), True), (("--bars", "20"), False)):
        done = run("analyze", heard, *chosen, cwd=tmp_path, environment=here(tmp_path))
        assert done.returncode == 0, done.stderr
        assert (b"The 12 most important; all that was found: --json" in done.stdout) == is_cut
        assert (done.stdout.count(b"\n- ") == 12) == is_cut


def test_an_analysis_is_written_as_json(heard: Path, tmp_path: Path) -> None:
    for chosen in (("--lick", 1), ("--from", "0:10", "--to", 20), ()):
        done = run("analyze", heard, "--json", *chosen, cwd=tmp_path, environment=here(tmp_path))
        assert done.returncode == 0, done.stderr
        document = json.loads(done.stdout)
        check(document, analysis_schema)
        assert all(one["note_ids"] for one in document["statements"])


@pytest.mark.parametrize(
    ("arguments", "code", "wanted"),
    [
        (("--lick", 9999), 3, b"want a lick from 1 to"),
        (("--bars", "900"), 3, b"want at least 3 notes"),
        (("--bars", "x"), 2, b"want bars such as"),
        (("--from", "9", "--to", "1"), 2, b"want an end after the start"),
        (("--lick", 1, "--bars", "3"), 2, b"got several"),
    ],
)
def test_a_stretch_that_cannot_be_is_told(
    heard: Path, tmp_path: Path, arguments: tuple[str | int, ...], code: int, wanted: bytes
) -> None:
    done = run("analyze", heard, *arguments, cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == code
    assert wanted in b" ".join(done.stderr.replace("│".encode(), b" ").split())


def test_a_lick_is_found_in_other_keys_however_it_is_written(data: Path) -> None:
    texts = [
        ("62", "65", "69", "72", "71", "67", "65", "64"),
        ("D F A C B G F E",),
        ("abc: DFAc BGFE",),
    ]
    for text in texts:
        found = search(data, *text)
        keys = ("performer", "title", "year", "transposition", "cost")
        assert [tuple(one[key] for key in keys) for one in found[:2]] == [
            ("Anna", "Tune One", 1957, 0, 0), ("Ben", "Tune Two", 1964, 5, 0),
        ]  # fmt: skip
        assert found[0]["bar"] == 2
        assert found[0]["note_names"] == ["D4", "F4", "A4", "C5", "B4", "G4", "F4", "E4"]


def test_degrees_are_found_over_their_chords(data: Path) -> None:
    degrees = "1 b3 5 b7 over Dm7 3 1 b7 13 over G7"
    assert [(one["performer"], one["cost"]) for one in search(data, degrees)] == [("Anna", 0)]
    # Ben plays it without changes; elsewhere nobody plays it over these.
    assert search(data, degrees.replace("Dm7", "Fm7")) == []
    assert search(data, degrees, "--chords", "G7")[0]["cost"] == 0


def test_intervals_may_begin_with_a_minus(data: Path) -> None:
    for text in (("-1 -4 -2 -1",), ("-1", "-4", "-2", "-1")):
        found = search(data, "--limit", "2", *text)
        assert {one["performer"] for one in found[:2]} == {"Anna", "Ben"}
        assert found[0]["cost"] == 0


def test_results_are_shown_with_notation_and_filtered(data: Path) -> None:
    text = "62 65 69 72 71 67 65 64"
    done = run_process("search", text, "--player", "ben", cwd=data, environment=here(data))
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert "concert pitch" in shown.splitlines()[0]
    assert "1  Ben: Tune Two" in shown
    assert "Anna" not in shown
    assert "5 semitones up" in shown
    assert "8 of 8 notes the same" in shown
    assert "|G4" in shown
    assert [one["performer"] for one in search(data, text, "--to-year", "1960")] == ["Anna"]
    assert search(data, text, "--chords", "Cmaj7") == []
    assert len(search(data, text, "--limit", "1")) == 1
    for asked in (["search", text], ["corpus", "list"]):
        done = run(*asked, "--style", "NONE", cwd=data, environment=here(data))
        assert (done.returncode, done.stdout) == (3, b"")
        assert b"want a style of the corpus, got 'NONE'" in done.stderr


def test_files_are_searched_for(data: Path, tmp_path: Path) -> None:
    pattern = tmp_path / "pattern.mid"
    pattern.write_bytes(write_midi(solo(*LICK, shift=-2)))
    found = search(data, pattern)
    assert [(one["performer"], one["transposition"]) for one in found[:2]] == [
        ("Anna", 2), ("Ben", 7),
    ]  # fmt: skip
    own = data / "solos/Anna/Tune One (1957).mid"
    assert search(data, own, "--bars", "2-3", "--limit", "1")[0]["cost"] == 0
    done = run("search", "nowhere.mid", cwd=data, environment=here(data))
    assert done.returncode == 3
    assert b"want a file that can be read, got nothing at nowhere.mid" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "wanted"),
    [
        (("60 62",), 3, b"want a pattern of 4 notes or more"),
        (("",), 3, b"want a pattern of notes"),
        (("x:1 x:2 x:1 x:1",), 3, b"want pitches to search for, got only a rhythm"),
        (("60 62 63 65", "--bars", "2"), 2, b"want a file with --bars"),
        (("60 62 63 65", "--chords", "Xm"), 3, b"want chord symbols"),
        (("60 62 63 65", "--limit", "0"), 2, b"--limit"),
        (("60 62 63 65", "--plaier", "Anna"), 3, b"got '--plaier'"),
        (("60 61 " * 60,), 3, b"that a solo can hold"),
    ],
)
def test_a_pattern_that_cannot_be_is_told(
    data: Path, arguments: tuple[str, ...], code: int, wanted: bytes
) -> None:
    done = run("search", *arguments, cwd=data, environment=here(data))
    assert done.returncode == code, done.stderr
    assert wanted in b" ".join(done.stderr.replace("│".encode(), b" ").split())
    assert b"Traceback" not in done.stderr


def test_the_corpus_is_listed_counted_and_emptied(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "corpus", tmp_path / "corpus")
    listed = run("corpus", "list", "--json", cwd=tmp_path, environment=here(tmp_path))
    infos = json.loads(listed.stdout)
    assert [one["performer"] for one in infos] == ["Anna", "Ben", "Cleo"]
    told = run("corpus", "list", "--player", "anna", cwd=tmp_path, environment=here(tmp_path))
    assert "Anna: Tune One" in told.stdout.decode()
    stats = run("corpus", "stats", "--json", cwd=tmp_path, environment=here(tmp_path))
    assert json.loads(stats.stdout)["n_solos"] == 3
    stats = run("corpus", "stats", cwd=tmp_path, environment=here(tmp_path))
    assert stats.stdout.startswith(b"3 solos, ")
    gone = run("corpus", "remove", infos[0]["id"], cwd=tmp_path, environment=here(tmp_path))
    assert gone.returncode == 0, gone.stderr
    assert b"1 solo removed" in gone.stderr
    gone = run(
        "corpus", "remove", infos[1]["id"], "deadbeef", cwd=tmp_path, environment=here(tmp_path)
    )
    assert gone.returncode == 3
    assert b"got deadbeef; nothing was removed" in gone.stderr
    for filters in (("--player", "Bem"), ("--source", "nowhere")):
        gone = run("corpus", "remove", *filters, cwd=tmp_path, environment=here(tmp_path))
        assert gone.returncode == 3
        assert b"of the corpus, got" in gone.stderr
    gone = run("corpus", "remove", "--player", "ben", cwd=tmp_path, environment=here(tmp_path))
    assert b"1 solo removed" in gone.stderr
    assert search(tmp_path, "62 65 69 72 71 67 65 64") == []
    assert run("corpus", "remove", cwd=tmp_path, environment=here(tmp_path)).returncode == 2


def test_without_a_corpus_nothing_is_found_and_nothing_is_made(tmp_path: Path) -> None:
    done = run("search", "60 62 63 65", "--json", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"results": []}
    assert b"licklab corpus import" in done.stderr
    assert not (tmp_path / "corpus").exists()
    told = run("corpus", "stats", cwd=tmp_path, environment=here(tmp_path))
    assert told.stdout.startswith(b"0 solos, 0 notes")
    gone = run("corpus", "remove", "deadbeef", cwd=tmp_path, environment=here(tmp_path))
    assert gone.returncode == 3
    assert not (tmp_path / "corpus").exists()
    done = run("corpus", "import", "nowhere", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 3
    done = run("corpus", "patterns", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 2


def test_a_corpus_that_is_damaged_is_told_and_licks_are_found_all_the_same(
    heard: Path, tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/corpus.sqlite").write_bytes(b"no database " * 100)
    done = run("search", "60 62 63 65", cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr
    # In a process: it is logged, and pytest keeps logs to itself.
    done = run_process("licks", heard, cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0
    assert b"licks without the players of the corpus" in done.stderr
    assert b"lickness" in done.stdout


@pytest.mark.skipif(not WEIMAR.exists(), reason="wants the Weimar Jazz Database")
def test_the_weimar_database_is_imported_searched_and_told_apart(tmp_path: Path) -> None:
    database = tmp_path / "wjazzd.db"
    database.write_bytes(gzip.decompress(WEIMAR.read_bytes()))
    done = run("corpus", "import", database, cwd=tmp_path, environment=here(tmp_path))
    assert done.returncode == 0, done.stderr
    assert b"370 solos added" in done.stderr
    found = search(tmp_path, "62 65 69 72 71 67 65 64", "--player", "Charlie Parker")
    assert {one["performer"] for one in found} == {"Charlie Parker"}
    assert all(one["source"] == "Weimar Jazz Database 2.2" for one in found)
    done = run(
        "corpus", "patterns", "--player", "miles davis", "--limit", 3, cwd=tmp_path,
        environment=here(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"Miles Davis: 19 solos, ")
