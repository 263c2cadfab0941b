import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from licklab.corpus.import_report import ImportReport
from licklab.corpus.importing import import_path
from licklab.corpus.recordings import add_transcription
from licklab.corpus.solo import SoloFilter
from licklab.corpus.solo_rows import AddReport
from licklab.corpus.store import Corpus
from licklab.domain.transcription import Transcription
from licklab.errors import CancelledError, CorpusFileError
from licklab.formats.midi import write_midi
from licklab.formats.score_musicxml import write_musicxml
from licklab.notation.arrange import ScoreOptions, arrange
from tests.lines import even_grid, line, transcription
from tests.unit.corpus.weimar_files import write_weimar


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus(tmp_path / "corpus") as opened:
        yield opened


def _played(first: int = 60) -> Transcription:
    notes = line(*[(k * 0.25, k * 0.25 + 0.2, first + k) for k in range(8)])
    return transcription(notes, even_grid(2), labels=[(0.0, "D:min7")], key="C")


def _write(path: Path, first: int = 60) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_midi(_played(first)))


def test_a_database_is_imported_once(corpus: Corpus, tmp_path: Path) -> None:
    write_weimar(tmp_path / "wjazzd.db")
    assert import_path(corpus, tmp_path / "wjazzd.db") == ImportReport(added=2)
    generation = corpus.generation
    assert import_path(corpus, tmp_path / "wjazzd.db") == ImportReport(skipped=2)
    assert corpus.generation == generation


def test_only_what_has_changed_in_a_database_is_replaced(corpus: Corpus, tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", n_solos=3)
    import_path(corpus, tmp_path / "a.db")
    write_weimar(tmp_path / "b.db", ("UPDATE melody SET pitch = 50 WHERE melid = 2",), n_solos=3)
    assert import_path(corpus, tmp_path / "b.db") == ImportReport(replaced=1, skipped=2)


def test_names_of_files_and_folders_tell_who_plays_what(corpus: Corpus, tmp_path: Path) -> None:
    root = tmp_path / "My solos"
    _write(root / "Clifford Brown" / "Joy Spring (1954).mid")
    _write(root / "Clifford Brown" / "Chet Baker - Just_Friends.mid")
    _write(root / "Alone Together.mid")
    assert import_path(corpus, root, licence="CC0", style="COOL") == ImportReport(added=3)
    found = [(one.performer, one.title, one.year) for one in corpus.list_infos()]
    assert found == [
        ("Chet Baker", "Just Friends", None), ("Clifford Brown", "Joy Spring", 1954),
        ("My solos", "Alone Together", None),
    ]  # fmt: skip
    assert {(one.source, one.licence, one.style) for one in corpus.list_infos()} == {
        ("My solos", "CC0", "COOL")
    }


def test_a_performer_that_is_given_goes_before_names(corpus: Corpus, tmp_path: Path) -> None:
    _write(tmp_path / "in" / "A - B.mid")
    import_path(corpus, tmp_path / "in", performer="Dora")
    assert [(one.performer, one.title) for one in corpus.list_infos()] == [("Dora", "B")]


def test_a_file_of_a_folder_is_the_same_solo_by_itself(corpus: Corpus, tmp_path: Path) -> None:
    _write(tmp_path / "in" / "A - B.mid")
    import_path(corpus, tmp_path / "in")
    assert import_path(corpus, tmp_path / "in" / "A - B.mid") == ImportReport(skipped=1)
    _write(tmp_path / "in" / "A - B.mid", first=50)
    assert import_path(corpus, tmp_path / "in") == ImportReport(replaced=1)
    (number,) = corpus.numbers()
    solo = corpus.load_number(number)
    assert solo.line.pitch_midi.tolist() == list(range(50, 58))
    assert solo.line.beats_per_bar == 4


def _tunes(*tunes: tuple[str, str, str]) -> str:
    return "\n".join(f"X:{x}\nT:{title}\nL:1/8\nK:C\n{music}\n" for x, title, music in tunes)


def test_every_tune_of_a_file_is_a_solo_with_its_title(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "in" / "Anna" / "book (1950).abc"
    path.parent.mkdir(parents=True)
    path.write_text(_tunes(("4", "First  One", "CDEF GABc"), ("7", "Second (1961)", "cBAG FEDC")))
    assert import_path(corpus, tmp_path / "in") == ImportReport(added=2)
    infos = corpus.list_infos()
    assert [(one.performer, one.title, one.year) for one in infos] == [
        ("Anna", "First One", 1950), ("Anna", "Second", 1961),
    ]  # fmt: skip
    first, second = (corpus.load(one.id).line.pitch_midi.tolist() for one in infos)
    assert first == second[::-1] == [60, 62, 64, 65, 67, 69, 71, 72]
    assert import_path(corpus, tmp_path / "in") == ImportReport(skipped=2)


def test_a_file_that_gets_more_tunes_keeps_those_it_had(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "book.abc"
    tunes = [("1", "One", "CDEF GABc"), ("2", "Two", "cBAG FEDC"), ("3", "Three", "CEGc CEGc")]
    for n_tunes in (1, 2, 3):
        path.write_text(_tunes(*tunes[:n_tunes]))
        assert import_path(corpus, path) == ImportReport(added=1, skipped=n_tunes - 1)
    path.write_text(_tunes(*tunes[:2], ("3", "Three", "cGEC cGEC")))
    assert import_path(corpus, path) == ImportReport(replaced=1, skipped=2)


def test_tunes_of_one_number_are_told_apart(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "book.abc"
    path.write_text(_tunes(("1", "One", "CDEF GABc"), ("1", "Two", "cBAG FEDC")))
    assert import_path(corpus, path) == ImportReport(added=2)


def test_a_bad_tune_is_told_and_the_others_come(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "book.abc"
    path.write_text(_tunes(("1", "One", "CDEF GABc"), ("2", "None", "z8"), ("3", "Three", "CEGc")))
    report = import_path(corpus, path)
    assert report.added == 2
    assert [(one.name, "with notes" in one.reason) for one in report.failures] == [
        ("book.abc, tune 2", True)
    ]


def test_a_title_in_a_score_goes_before_the_name_of_its_file(
    corpus: Corpus, tmp_path: Path
) -> None:
    for title, name in (("Joy\tSpring (1954)", "Ben - a.musicxml"), ("", "Ben - b_c.musicxml")):
        score = arrange(_played(), ScoreOptions(part="concert", title=title))
        (tmp_path / name).write_bytes(write_musicxml(score))
    import_path(corpus, tmp_path)
    assert [(one.performer, one.title, one.year) for one in corpus.list_infos()] == [
        ("Ben", "Joy Spring", 1954), ("Ben", "b c", None),
    ]  # fmt: skip


def test_a_bad_file_is_told_and_the_others_come(corpus: Corpus, tmp_path: Path) -> None:
    root = tmp_path / "in"
    _write(root / "good.mid")
    (root / "bad.mid").write_bytes(b"MThd and then nothing")
    (root / "none.xml").write_bytes(b"")
    (root / "notes.txt").write_text("not looked at")
    (root / ".hidden.mid").write_text("not looked at")
    report = import_path(corpus, root)
    assert report.added == 1
    assert [one.name for one in report.failures] == ["bad.mid", "none.xml"]
    assert all(one.reason.startswith("want") for one in report.failures)


def test_links_that_lead_out_of_the_folder_are_not_followed(corpus: Corpus, tmp_path: Path) -> None:
    root = tmp_path / "in"
    _write(root / "A" / "good.mid")
    _write(tmp_path / "out" / "secret.mid")
    (root / "link.mid").symlink_to(tmp_path / "out" / "secret.mid")
    (root / "gone.mid").symlink_to(tmp_path / "nowhere.mid")
    (root / "folder").symlink_to(tmp_path / "out")
    (root / "again.mid").symlink_to(root / "A" / "good.mid")
    report = import_path(corpus, root)
    assert report.added == 2
    assert [(one.name, "link that leads out" in one.reason) for one in report.failures] == [
        ("gone.mid", False), ("link.mid", True),
    ]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(corpus: Corpus, tmp_path: Path) -> None:
    _write(tmp_path / "in" / "good.mid")
    os.mkfifo(tmp_path / "in" / "pipe.mid")
    report = import_path(corpus, tmp_path / "in")
    assert report.added == 1
    assert report.failures[0].reason == "want a file, got something else"
    with pytest.raises(CorpusFileError, match="got nothing at"):
        import_path(corpus, tmp_path / "in" / "pipe.mid")


def test_a_file_that_is_too_large_is_not_read(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / "in" / "good.mid")
    monkeypatch.setattr("licklab.corpus.folder.MOST_BYTES", 10)
    report = import_path(corpus, tmp_path / "in")
    assert "want a file of at most 10 bytes" in report.failures[0].reason


def test_many_files_are_read_by_several_processes_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(12):
        _write(tmp_path / "in" / f"A - {i:02}.mid", first=40 + i)
    (tmp_path / "in" / "bad.mid").write_bytes(b"MThd")
    with Corpus(tmp_path / "one") as alone:
        report = import_path(alone, tmp_path / "in")
        infos = alone.list_infos()
    monkeypatch.setattr("licklab.corpus.folder._FEW_FILES", 5)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Corpus(tmp_path / "two") as together:
        assert import_path(together, tmp_path / "in") == report
        assert together.list_infos() == infos
    assert report.added == 12


@pytest.mark.parametrize("name", ["nowhere", "empty", "a.txt", "a.db.gz", "bad\0name"])
def test_what_no_solos_can_be_taken_from_is_refused(
    corpus: Corpus, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "a.db.gz").write_bytes(b"\x1f\x8b\x08 and so on")
    with pytest.raises(CorpusFileError, match=r"want .*got"):
        import_path(corpus, tmp_path / name)
    assert corpus.list_infos() == []


def test_progress_is_told_and_may_stop_the_import(corpus: Corpus, tmp_path: Path) -> None:
    write_weimar(tmp_path / "a.db", n_solos=40)
    told: list[tuple[int, int]] = []

    def stop(done: int, n_all: int) -> None:
        told.append((done, n_all))
        if done > 20:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        import_path(corpus, tmp_path / "a.db", progress=stop)
    assert told == [(16, 40), (32, 40)]
    assert len(corpus.numbers()) == 32
    assert import_path(corpus, tmp_path / "a.db") == ImportReport(added=8, skipped=32)


def test_a_job_has_one_solo_in_the_corpus_which_follows_its_changes(corpus: Corpus) -> None:
    for played, wanted in (
        (_played(), AddReport(added=1)),
        (_played(), AddReport(skipped=1)),
        (_played(62), AddReport(replaced=1)),
    ):
        done = add_transcription(corpus, played, job_id="j1", title="Take 1", performer="me")
        assert done == wanted
    (info,) = corpus.list_infos(SoloFilter(source="your recordings"))
    assert (info.job_id, info.title, info.performer, info.key) == ("j1", "Take 1", "me", "C:major")
    assert info.tempo_bpm == pytest.approx(120)
    assert corpus.remove(job_id="j1") == 1


def test_a_job_without_notes_has_no_solo_in_the_corpus(corpus: Corpus) -> None:
    add_transcription(corpus, _played(), job_id="j1", title="Take 1")
    assert add_transcription(corpus, transcription(()), job_id="j1", title="T") == AddReport()
    assert corpus.list_infos() == []


def test_a_solo_that_was_heard_has_its_phrases(corpus: Corpus) -> None:
    notes = line(*[(t + 0.2 * k, t + 0.2 * k + 0.2, 60 + k) for t in (0, 4, 8) for k in range(8)])
    add_transcription(corpus, transcription(notes), job_id="j1", title="Take 1")
    (info,) = corpus.list_infos()
    phrases = corpus.load(info.id).phrases
    assert [(one.start, one.stop) for one in phrases] == [(0, 8), (8, 16), (16, 24)]


def test_names_that_are_no_text_or_move_the_cursor_are_plain(
    corpus: Corpus, tmp_path: Path
) -> None:
    for number, name in enumerate((b"a\xff.mid", b"b\x1b[2J.mid", b"c\n.mid")):
        _write(tmp_path / "scores" / "Anna" / os.fsdecode(name), 60 + number)
    import_path(corpus, tmp_path / "scores", style="\udcff", licence="\x07")
    titles = [(one.performer, one.title, one.style, one.licence) for one in corpus.list_infos()]
    assert titles == [
        ("Anna", "a?", "?", " "),
        ("Anna", "b [2J", "?", " "),
        ("Anna", "c", "?", " "),
    ]
    assert import_path(corpus, tmp_path / "scores", performer="B\udcff").replaced == 3
    assert {one.performer for one in corpus.list_infos()} == {"B?"}
