import itertools
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.corpus.database import FILE_NAME
from licklab.corpus.solo import SoloFilter
from licklab.corpus.solo_rows import AddReport
from licklab.corpus.store import Corpus
from licklab.errors import CorpusError, UnknownSoloError
from tests.unit.corpus.solos import assert_same, solo_of

_PLAYERS = ("Anna", "Bert", "Carla")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus(tmp_path / "corpus") as opened:
        yield opened


def test_what_is_added_is_loaded_by_id_and_by_number(corpus: Corpus) -> None:
    solo = solo_of([60, 62, 64], year=1955, style="COOL")
    assert corpus.add([solo]) == AddReport(added=1)
    assert_same(corpus.load(solo.info.id), solo)
    (number,) = corpus.numbers()
    assert_same(corpus.load_number(number), solo)
    assert corpus.list_infos() == [solo.info]


def test_the_same_solo_again_changes_nothing(corpus: Corpus) -> None:
    corpus.add([solo_of([60, 62])])
    before = corpus.generation
    assert corpus.add([solo_of([60, 62])]) == AddReport(skipped=1)
    assert corpus.generation == before


def test_a_changed_solo_takes_the_place_of_the_old_one_under_a_new_number(corpus: Corpus) -> None:
    corpus.add([solo_of([60, 62])])
    (old,) = corpus.numbers()
    before = corpus.generation
    assert corpus.add([solo_of([60, 63])]) == AddReport(replaced=1)
    (new,) = corpus.numbers()
    assert new > old
    assert corpus.generation > before
    with pytest.raises(UnknownSoloError):
        corpus.load_number(old)


def test_a_source_that_is_given_is_kept_with_every_solo(corpus: Corpus) -> None:
    corpus.add([solo_of([60])], source="a book")
    assert [one.source for one in corpus.list_infos()] == ["a book"]


def test_the_last_of_two_solos_of_one_id_stays(corpus: Corpus) -> None:
    report = corpus.add([solo_of([60, 61]), solo_of([60, 62])])
    assert report == AddReport(added=1, replaced=1)
    (solo,) = [corpus.load_number(one) for one in corpus.numbers()]
    assert solo.line.pitch_midi.tolist() == [60, 62]


def test_solos_are_filtered_in_any_case(corpus: Corpus) -> None:
    corpus.add([
        solo_of([60], "Ængus Ø", "A", style="BEBOP", year=1948, source="S 1"),
        solo_of([60], "Bert", "B", style="COOL", year=None, source="S 2"),
    ])  # fmt: skip
    first, second = corpus.numbers().tolist()
    for filters, wanted in (
        (SoloFilter(), [first, second]),
        (SoloFilter(performer="ængus  ø"), [first]),
        (SoloFilter(style="Cool"), [second]),
        (SoloFilter(instrument="tp"), [first, second]),
        (SoloFilter(instrument="kazoo"), []),
        (SoloFilter(year_from=1948, year_to=1948), [first]),
        (SoloFilter(year_from=1949), []),
        (SoloFilter(year_from=-(10**30), year_to=10**30), [first]),
        (SoloFilter(source="s 2"), [second]),
        (SoloFilter(performer="Bert", style="BEBOP"), []),
        (SoloFilter(performer="' OR 1 --"), []),
    ):
        assert corpus.numbers(filters).tolist() == wanted
        assert list(corpus.infos_by_number(filters)) == wanted


def test_solos_are_removed_by_what_is_said_of_them(corpus: Corpus) -> None:
    one, two = solo_of([60], "Anna", job_id="j1"), solo_of([60], "Bert", source="book")
    corpus.add([one, two])
    assert corpus.remove() == 0
    assert corpus.remove(job_id="other") == 0
    assert corpus.remove(ids=[one.info.id, two.info.id], performer="bert") == 1
    assert corpus.remove(job_id="j1") == 1
    corpus.add([one, two])
    assert corpus.remove(source="BOOK") == 1
    assert corpus.list_infos() == [one.info]


def test_an_unknown_solo_is_told(corpus: Corpus) -> None:
    with pytest.raises(UnknownSoloError, match="want a solo of the corpus, got id 'x'"):
        corpus.load("x")


def test_statistics_count_what_is_there(corpus: Corpus) -> None:
    assert corpus.statistics().n_solos == 0
    corpus.add([
        solo_of([60, 62], "Anna", "A", style="BEBOP", year=1948, source="S", licence="L"),
        solo_of([60], "Anna", "B", style="BEBOP", year=1950, source="S", licence="L"),
        solo_of([60], "Bert", "C", source="T"),
    ])  # fmt: skip
    found = corpus.statistics()
    assert (found.n_solos, found.n_notes) == (3, 4)
    assert [(one.name, one.n_solos, one.n_notes) for one in found.performers] == [
        ("Anna", 2, 3), ("Bert", 1, 1),
    ]  # fmt: skip
    assert [(one.source, one.licence, one.n_solos) for one in found.sources] == [
        ("S", "L", 2), ("T", "", 1),
    ]  # fmt: skip
    assert (found.first_year, found.last_year) == (1948, 1950)


def test_a_snapshot_does_not_see_what_others_write(corpus: Corpus) -> None:
    corpus.add([solo_of([60], "Anna")])
    with Corpus(corpus.folder) as other, corpus.snapshot():
        before = corpus.generation
        other.add([solo_of([60], "Bert")])
        assert corpus.generation == before
        assert len(list(corpus.packed_notes())) == 1
    assert len(list(corpus.packed_notes())) == 2


def test_an_addition_that_fails_leaves_nothing_of_its_batch(corpus: Corpus) -> None:
    with pytest.raises(UnicodeEncodeError):
        corpus.add([solo_of([60], "Anna"), solo_of([60], "\ud800")])
    assert corpus.list_infos() == []
    assert corpus.generation == 0


# What may happen to a corpus: solos of three players come, with one pitch or another, and go.
_STEPS = st.lists(
    st.tuples(st.sampled_from(_PLAYERS), st.sampled_from([60, 61, None])), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_an_index_that_follows_the_changes_has_what_the_corpus_has(
    steps: list[tuple[str, int | None]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder)) as corpus:
        model: dict[str, int] = {}
        followed: dict[int, int] = {}
        last = 0
        for player, pitch in steps:
            if pitch is None:
                assert corpus.remove(performer=player) == int(model.pop(player, None) is not None)
            else:
                report = corpus.add([solo_of([pitch], player)])
                wanted = AddReport(
                    added=int(player not in model),
                    skipped=int(model.get(player) == pitch),
                    replaced=int(model.get(player, pitch) != pitch),
                )
                assert report == wanted
                model[player] = pitch
            for gone in followed.keys() - set(corpus.numbers().tolist()):
                del followed[gone]
            for number, pitches, _, _ in corpus.packed_notes(last):
                assert number > last
                assert number not in followed
                followed[number] = int(pitches[0])
                last = number
            assert sorted(followed) == corpus.numbers().tolist()
            assert sorted(followed.values()) == sorted(model.values())


def _write_many(folder: Path, player: str) -> None:
    with Corpus(folder) as corpus:
        for i in range(30):
            corpus.add([solo_of([60 + i], player, str(i))])
            corpus.add([solo_of([61 + i], player, str(i))])
        corpus.remove(ids=[solo_of([60], player, "0").info.id])


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = get_context("spawn")
    writers = [context.Process(target=_write_many, args=(tmp_path, one)) for one in _PLAYERS[:2]]
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    assert [one.exitcode for one in writers] == [0, 0]
    with Corpus(tmp_path) as corpus:
        assert len(corpus.list_infos()) == 58
        assert corpus.generation == 2 * 61
        assert max(corpus.numbers()) <= 120


def _write_without_end(folder: Path) -> None:
    with Corpus(folder) as corpus:
        for i in itertools.count():
            corpus.add([solo_of([60, 62, 64], "Anna", f"{i} {k}") for k in range(7)])


def test_a_process_that_dies_while_it_writes_leaves_whole_additions(tmp_path: Path) -> None:
    writer = get_context("spawn").Process(target=_write_without_end, args=(tmp_path,))
    writer.start()
    with Corpus(tmp_path) as corpus:
        deadline = time.monotonic() + 60
        while corpus.generation < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        writer.kill()
        writer.join()
        n_solos = len(corpus.numbers())
        assert n_solos == 7 * corpus.generation >= 35
        assert corpus.add([solo_of([60], "Bert")]) == AddReport(added=1)
    with Corpus(tmp_path) as corpus:
        assert len([corpus.load_number(one) for one in corpus.numbers()]) == n_solos + 1


def test_threads_may_share_a_corpus(corpus: Corpus) -> None:
    def add(player: str) -> AddReport:
        done = [corpus.add([solo_of([60 + i], player, str(i))]) for i in range(10)]
        assert len(corpus.list_infos(SoloFilter(performer=player))) == 10
        return sum(done, AddReport())

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(add, _PLAYERS)) == [AddReport(added=10)] * 3
    assert corpus.generation == 30


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"my precious notes" * 100)
    with pytest.raises(CorpusError, match="move it away"):
        Corpus(tmp_path)
    assert path.read_bytes() == b"my precious notes" * 100


def test_a_database_of_another_program_is_told_and_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / FILE_NAME)
    database.execute("CREATE TABLE mine (a)")
    database.commit()
    database.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(CorpusError, match="a database of another one"):
        Corpus(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_corpus_of_another_version_is_told(tmp_path: Path) -> None:
    Corpus(tmp_path).close()
    database = sqlite3.connect(tmp_path / FILE_NAME)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(CorpusError, match="want a corpus of layout 1, got layout 99"):
        Corpus(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CorpusError, match="want a folder for the corpus"):
        Corpus(tmp_path / "file")


def test_a_damaged_solo_is_told_and_the_others_can_be_loaded(corpus: Corpus) -> None:
    one, two = solo_of([60], "Anna"), solo_of([62], "Bert")
    corpus.add([one, two])
    database = sqlite3.connect(corpus.folder / FILE_NAME)
    database.execute("UPDATE lines SET rest = x'01' WHERE number = 1")
    database.commit()
    database.close()
    with pytest.raises(CorpusError, match="import it again"):
        corpus.load(one.info.id)
    assert_same(corpus.load(two.info.id), two)
    assert corpus.remove(ids=[one.info.id]) == 1
    corpus.add([one])
    assert_same(corpus.load(one.info.id), one)


def _use(folder: Path) -> None:
    """Do everything that can be done with a corpus, and expect no error but ours."""
    try:
        with Corpus(folder) as corpus:
            corpus.statistics()
            infos = corpus.list_infos(SoloFilter(performer="Anna", year_from=1))
            list(corpus.packed_notes())
            for number in corpus.numbers():
                corpus.load_number(number)
            corpus.add([solo_of([60, 61], "Dora")])
            corpus.remove(ids=[one.id for one in infos])
            assert corpus.generation >= 0
    except (CorpusError, UnknownSoloError):
        pass


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("sound")
    with Corpus(folder) as corpus:
        corpus.add([solo_of([60, 62, 64] * 9, one, year=1950) for one in _PLAYERS])
        corpus.remove(performer="Bert")
    return (folder / FILE_NAME).read_bytes()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_raises_nothing_but_corpus_errors(
    sound_file: bytes, data: st.DataObject
) -> None:
    content = bytearray(sound_file)
    for _ in range(data.draw(st.integers(1, 8))):
        # Headers and schema, where a flip does most, as often as all the rest.
        last = data.draw(st.sampled_from([100, 4096, len(content)])) - 1
        content[data.draw(st.integers(0, last))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(1, len(content))) :]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_bytes(content)
        _use(Path(folder))


def test_numbers_are_integers_also_where_there_are_none(corpus: Corpus) -> None:
    assert corpus.numbers().dtype == np.int64


def test_no_two_corpora_have_one_identity(tmp_path: Path) -> None:
    with Corpus(tmp_path / "one") as one, Corpus(tmp_path / "other") as other:
        identity = one.identity
        assert identity != other.identity
    with Corpus(tmp_path / "one") as again:
        again.add([solo_of([60, 62])])
        assert again.identity == identity
