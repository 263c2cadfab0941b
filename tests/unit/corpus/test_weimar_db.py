import gzip
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.corpus.import_report import ImportFailure
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.weimar_db import count_weimar, read_weimar
from licklab.domain.chord_writing import write_symbol
from licklab.domain.solo_line import NoteSpan
from licklab.errors import CorpusFileError
from tests.unit.corpus.weimar_files import write_weimar

_REPOSITORY = Path(__file__).parents[3]
_SHARED = Path(os.environ.get("LICKLAB_SHARED_DATA", _REPOSITORY.parent / "shared" / "data"))
_SHARED_FILE = _SHARED / "wjazzd" / "wjazzd_dev.db.gz"


def _read(path: Path) -> tuple[list[CorpusSolo], list[ImportFailure]]:
    found = list(read_weimar(path))
    return (
        [one for one in found if isinstance(one, CorpusSolo)],
        [one for one in found if isinstance(one, ImportFailure)],
    )


def test_a_solo_has_its_places_chords_phrases_and_names(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db")
    assert count_weimar(tmp_path / "a.db") == 2
    (solo, _), failures = _read(tmp_path / "a.db")
    assert failures == []
    info, line = solo.info, solo.line
    assert (info.performer, info.title, info.instrument) == ("Anna", "Tune 1", "tenor_sax")
    assert (info.style, info.year, info.key, info.tempo_bpm) == ("COOL", 1957, "C:major", 120.0)
    assert (info.source, info.licence) == ("Weimar Jazz Database 2.1", "ODbL 1.0")
    assert line.pitch_midi.tolist() == [62, 65, 69, 72, 71, 67, 65, 62]
    assert line.bar.tolist() == [1] * 8
    assert line.beat.tolist() == [1, 1, 2, 2, 3, 3, 4, 4]
    assert line.tatum.tolist() == [1, 2] * 4
    assert [write_symbol(one.symbol) for one in line.chords] == ["Dm7", "G7", "Cmaj7"]
    assert [(one.bar, one.beat, one.n_beats) for one in line.chords] == [
        (1, 1, 2), (1, 3, 3), (2, 2, 3),
    ]  # fmt: skip
    assert line.chord.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert solo.phrases == (NoteSpan(0, 4), NoteSpan(4, 8))


def test_ids_stay_when_the_numbers_of_the_solos_change(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db")
    write_weimar(tmp_path / "b.db", (
        "UPDATE solo_info SET melid = melid + 50", "UPDATE melody SET melid = melid + 50",
        "UPDATE beats SET melid = melid + 50", "UPDATE sections SET melid = melid + 50",
        "UPDATE transcription_info SET melid = melid + 50",
    ))  # fmt: skip
    ids = [[one.info.id for one in _read(tmp_path / name)[0]] for name in ("a.db", "b.db")]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


@pytest.mark.parametrize(
    ("date", "year"),
    [("1957", 1957), ("15.11.1957", 1957), ("1957-11-15", 1957), ("", None), ("195", None),
     ("19571115", None), ("11/2001 (live)", 2001)],
)  # fmt: skip
def test_the_year_is_found_in_dates(tmp_path: Path, date: str, year: int | None) -> None:
    write_weimar(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("UPDATE record_info SET releasedate = ?", (date,))
        database.commit()
    assert _read(tmp_path / "a.db")[0][0].info.year == year


def test_the_year_of_the_recording_goes_before_that_of_the_release(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", (
        "CREATE TABLE track_info (trackid, recordingdate)",
        "INSERT INTO track_info VALUES (1, '02.05.1949')",
    ))  # fmt: skip
    assert _read(tmp_path / "a.db")[0][0].info.year == 1949


@pytest.mark.parametrize("table", ["beats", "sections", "record_info", "transcription_info",
                                   "db_info"])  # fmt: skip
def test_tables_that_are_absent_are_done_without(tmp_path: Path, table: str) -> None:
    write_weimar(tmp_path / "a.db", (f"DROP TABLE {table}",))
    solos, failures = _read(tmp_path / "a.db")
    assert len(solos) == 2
    assert failures == []
    assert len({one.info.id for one in solos}) == 2
    assert solos[0].line.has_beats == (table != "beats")


def test_columns_that_are_absent_are_done_without(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", (
        "ALTER TABLE solo_info DROP COLUMN titleaddon", "ALTER TABLE melody DROP COLUMN division",
        "ALTER TABLE beats DROP COLUMN chord",
    ))  # fmt: skip
    (solo, _), failures = _read(tmp_path / "a.db")
    assert failures == []
    assert solo.line.beat.tolist() == [1, 1, 2, 2, 3, 3, 4, 4]  # told from the beats
    assert [one.symbol.is_none for one in solo.line.chords] == [True]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE melody SET onset = 'soon' WHERE melid = 1", "want onset from 0"),
        ("UPDATE melody SET onset = -1 WHERE melid = 1", "want onset from 0"),
        ("UPDATE melody SET pitch = 1e99 WHERE melid = 1", "want pitch from 0 to 127"),
        ("UPDATE melody SET duration = 9e999 WHERE melid = 1", "want duration from 0"),
        ("UPDATE melody SET tatum = 0 WHERE melid = 1", "want tatum from 1"),
        ("UPDATE beats SET bar = x'00' WHERE melid = 1", "want bar from"),
        ("DELETE FROM melody WHERE melid = 1", "want a solo with notes, got none"),
    ],
)
def test_a_solo_that_cannot_be_is_told_and_the_others_come(
    tmp_path: Path, statement: str, reason: str
) -> None:
    write_weimar(tmp_path / "a.db", (statement,))
    (solo,), (failure,) = _read(tmp_path / "a.db")
    assert solo.info.title == "Tune 2"
    assert failure.name == "Anna: Tune 1 (1)"
    assert reason in failure.reason


def test_a_chord_that_nobody_can_read_is_no_chord(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", ("UPDATE beats SET chord = 'Q9' WHERE chord = 'G7'",))
    (solo, _), _ = _read(tmp_path / "a.db")
    assert [one.symbol.is_none for one in solo.line.chords] == [False, True, False]


def test_notes_that_are_struck_together_leave_phrases_in_their_place(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", (
        "UPDATE melody SET onset = 1.26 WHERE melid = 1 AND eventid = 10",
    ))  # fmt: skip
    (solo, _), _ = _read(tmp_path / "a.db")
    assert solo.line.pitch_midi.tolist() == [62, 69, 72, 71, 67, 65, 62]
    assert solo.phrases == (NoteSpan(0, 3), NoteSpan(3, 7))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DROP TABLE melody", "want a table melody with .*got none with .*tables: .*solo_info"),
        ("DROP TABLE solo_info", "want a table solo_info with melid"),
        ("ALTER TABLE melody DROP COLUMN pitch", "got none with pitch"),
        ("CREATE TABLE x AS SELECT * FROM melody", None),
    ],
)
def test_a_database_of_something_else_is_refused(
    tmp_path: Path, statement: str, reason: str | None
) -> None:
    write_weimar(tmp_path / "a.db", (statement,))
    if reason is None:
        assert len(_read(tmp_path / "a.db")[0]) == 2
        return
    with pytest.raises(CorpusFileError, match=reason):
        _read(tmp_path / "a.db")


def test_a_view_is_not_looked_at(tmp_path: Path) -> None:
    endless = (
        "CREATE VIEW melody AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT 1 AS melid, i AS onset, 60 AS pitch, 1 AS duration FROM n"
    )
    write_weimar(tmp_path / "a.db", ("DROP TABLE melody", endless))
    with pytest.raises(CorpusFileError, match="want a table melody"):
        _read(tmp_path / "a.db")


def test_the_file_of_the_stranger_is_not_written(tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db")
    before = (tmp_path / "a.db").read_bytes()
    _read(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.db"]


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("weimar") / "a.db"
    write_weimar(path, n_solos=20)
    return path.read_bytes()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_raises_nothing_but_file_errors(
    sound_file: bytes, data: st.DataObject
) -> None:
    content = bytearray(sound_file)
    for _ in range(data.draw(st.integers(1, 8))):
        last = data.draw(st.sampled_from([100, 4096, len(content)])) - 1
        content[data.draw(st.integers(0, last))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(1, len(content))) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        path.write_bytes(content)
        try:
            solos, failures = _read(path)
        except CorpusFileError:
            return
        for one in solos:
            assert np.isfinite(one.line.onset_sec).all()
        assert all(one.reason for one in failures)


@pytest.mark.skipif(not _SHARED_FILE.exists(), reason="the Weimar Jazz Database is not here")
def test_the_shared_solos_are_read_as_their_tables_have_them(tmp_path: Path) -> None:
    path = tmp_path / "wjazzd.db"
    with gzip.open(_SHARED_FILE) as packed, path.open("wb") as file:
        shutil.copyfileobj(packed, file)
    with closing(sqlite3.connect(path)) as database:  # a few players do: reading all takes long
        database.execute("DELETE FROM solo_info WHERE performer NOT LIKE 'C%'")
        database.commit()
        (n_phrases,) = database.execute(
            "SELECT count(*) FROM sections JOIN solo_info USING (melid) WHERE type = 'PHRASE'"
        ).fetchone()
        changes = database.execute(
            "SELECT melid, chord FROM beats JOIN solo_info USING (melid) WHERE chord != '' "
            "ORDER BY melid, onset"
        ).fetchall()
    solos, failures = _read(path)
    assert failures == []
    assert len(solos) == count_weimar(path) > 40
    assert sum(len(one.phrases) for one in solos) == n_phrases
    for one in solos:
        assert one.phrases[0].start == 0
        assert one.phrases[-1].stop == len(one.line)
        assert one.line.chord.min() >= 0
        assert np.diff([chord.onset_sec for chord in one.line.chords]).min() > 0
    # The same chord again, spelled otherwise or at a new chorus, is no change.
    n_chords = sum(len(one.line.chords) for one in solos)
    assert 0.9 * len(changes) < n_chords <= len(changes)


def test_names_do_not_move_the_cursor_of_a_terminal(tmp_path: Path) -> None:
    statements = (
        "UPDATE solo_info SET performer = 'An' || char(27) || '[2Jna'",
        "DELETE FROM melody WHERE melid = 2",
    )
    write_weimar(tmp_path / "wjazzd.db", statements)
    (solo,), (failure,) = _read(tmp_path / "wjazzd.db")
    assert solo.info.performer == "An [2Jna"
    assert failure.name == "An [2Jna: Tune 2 (2)"
