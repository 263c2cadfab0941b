"""The index follows the corpus, survives damage, and is shared."""

import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from licklab.corpus import index as index_module
from licklab.corpus.index import SeedIndex, open_index
from licklab.corpus.players import count_players_batch
from licklab.corpus.query import Query
from licklab.corpus.search import search
from licklab.corpus.solo import CorpusSolo
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import NoteSpan
from licklab.errors import CorpusError
from tests.unit.corpus.melodies import fill, melody

SOLOS = [melody(seed, performer=f"Player {seed}") for seed in range(14)]


def finds(corpus: Corpus, index: SeedIndex, solo: CorpusSolo) -> bool:
    query = Query.of_span(solo.line, NoteSpan(30, 44))
    matches = search(corpus, index, query, limit=1)
    return bool(matches) and (matches[0].info.id, matches[0].cost) == (solo.info.id, 0)


def everything(corpus: Corpus, index: SeedIndex) -> list[object]:
    """Tell what is found: how many play each stretch, and where stretches with an error are."""
    found: list[object] = []
    for solo in SOLOS:
        pitch = solo.line.pitch_midi
        found.append(
            count_players_batch(index, [pitch[at : at + 5].tolist() for at in range(0, 110, 5)])
        )
        wrong = np.concatenate((pitch[50:56], [20], pitch[57:64]))
        (match,) = search(corpus, index, Query(wrong), limit=1)
        found.append((match.info.id, match.span, match.transposition, match.cost))
    return found


def manifest_of(corpus: Corpus) -> Path:
    return corpus.folder / "index" / "manifest.json"


def segments_of(corpus: Corpus) -> list[Path]:
    return sorted((corpus.folder / "index").glob("*.segment"))


def test_new_solos_are_found_and_old_files_stay(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        assert finds(corpus, open_index(corpus), SOLOS[2])
        before = segments_of(corpus)
        corpus.add(SOLOS[3:4])
        index = open_index(corpus)
        assert finds(corpus, index, SOLOS[3])
        assert finds(corpus, index, SOLOS[2])
        assert set(before) < set(segments_of(corpus))


def test_an_index_made_in_steps_finds_what_one_made_at_once_finds(tmp_path: Path) -> None:
    with fill(tmp_path / "steps") as steps, fill(tmp_path / "once", *SOLOS[1:]) as once:
        for solo in SOLOS:
            steps.add([solo])
            index = open_index(steps)
        steps.remove(ids=[SOLOS[0].info.id])
        index = open_index(steps)
        assert everything(steps, index) == everything(once, open_index(once))
        assert len(index.segments) <= 8  # small ones became one


def test_removed_solos_never_come_back(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:6]) as corpus:
        stale = open_index(corpus)
        corpus.remove(ids=[SOLOS[4].info.id])
        assert not finds(corpus, stale, SOLOS[4])
        assert not finds(corpus, open_index(corpus), SOLOS[4])
        corpus.add(SOLOS[6:8])
        corpus.remove(ids=[one.info.id for one in SOLOS[:4]])
        index = open_index(corpus)
        for gone in SOLOS[:5]:
            assert not finds(corpus, index, gone)
        assert all(finds(corpus, index, one) for one in SOLOS[5:8])
        assert index.n_notes == 3 * 120  # more than half had gone: its file was written anew


def test_a_solo_that_changed_is_found_as_it_is_now(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        open_index(corpus)
        other = CorpusSolo(SOLOS[1].info, melody(99).line)
        corpus.add([other])
        index = open_index(corpus)
        assert finds(corpus, index, other)
        assert not finds(corpus, index, SOLOS[1])


def test_an_index_that_is_up_to_date_is_not_written(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        open_index(corpus)
        before = manifest_of(corpus).stat().st_mtime_ns
        open_index(corpus)
        assert manifest_of(corpus).stat().st_mtime_ns == before


def break_format(corpus: Corpus) -> None:
    content = json.loads(manifest_of(corpus).read_text())
    manifest_of(corpus).write_text(json.dumps({**content, "format": 99}))


def break_manifest(corpus: Corpus) -> None:
    manifest_of(corpus).write_text("{")


def flip_byte(corpus: Corpus) -> None:
    (path,) = segments_of(corpus)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut_short(corpus: Corpus) -> None:
    (path,) = segments_of(corpus)
    os.truncate(path, path.stat().st_size - 1)


def take_away(corpus: Corpus) -> None:
    segments_of(corpus)[0].unlink()


@pytest.mark.parametrize("damage", [break_format, break_manifest, flip_byte, cut_short, take_away])
@pytest.mark.parametrize("with_news", [False, True])
def test_what_is_damaged_or_of_another_version_is_built_anew(
    tmp_path: Path, damage: Callable[[Corpus], None], *, with_news: bool
) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        open_index(corpus)
        damage(corpus)
        if with_news:
            corpus.add(SOLOS[3:4])
        index = open_index(corpus)
        assert all(finds(corpus, index, one) for one in SOLOS[: 4 if with_news else 3])


def test_an_index_of_a_corpus_that_was_here_before_is_built_anew(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        open_index(corpus)
    for path in tmp_path.glob("corpus.sqlite*"):
        path.unlink()
    # As many solos of as many notes, added in as many steps: only its identity tells it apart.
    others = [melody(50 + k, len(one.line)) for k, one in enumerate(SOLOS[:3])]
    with fill(tmp_path, *others) as corpus:
        index = open_index(corpus)
        assert all(finds(corpus, index, one) for one in others)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:2]) as corpus:
        (tmp_path / "index").write_text("a file in the way")
        with pytest.raises(CorpusError, match="want a folder for the index"):
            open_index(corpus)


def test_those_who_read_keep_what_they_opened(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:3]) as corpus:
        index = open_index(corpus)
        corpus.add(SOLOS[3:])
        corpus.remove(ids=[SOLOS[0].info.id, SOLOS[1].info.id])
        newer = open_index(corpus)
        assert finds(corpus, index, SOLOS[2])
        assert finds(corpus, newer, SOLOS[2])


def test_large_corpora_become_several_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MAX_NOTES", 300)
    with fill(tmp_path, *SOLOS) as corpus:
        index = open_index(corpus)
        assert len(index.segments) == 5
        assert all(finds(corpus, index, one) for one in SOLOS)


def open_many(folder: Path, n_times: int) -> None:
    with Corpus(folder) as corpus:
        for _ in range(n_times):
            assert finds(corpus, open_index(corpus), SOLOS[0])


def test_processes_may_build_and_read_at_once(tmp_path: Path) -> None:
    with fill(tmp_path, SOLOS[0]) as corpus:
        spawn = multiprocessing.get_context("spawn")
        others = [spawn.Process(target=open_many, args=(tmp_path, 10)) for _ in range(2)]
        for one in others:
            one.start()
        for solo in SOLOS[1:]:
            corpus.add([solo])
            open_index(corpus)
        for one in others:
            one.join(120)
            assert one.exitcode == 0
        index = open_index(corpus)
        assert all(finds(corpus, index, one) for one in SOLOS)
        named = {one["name"] for one in json.loads(manifest_of(corpus).read_text())["segments"]}
        assert {one.name for one in segments_of(corpus)} == named


def test_a_seed_over_the_end_of_a_solo_finds_nothing(tmp_path: Path) -> None:
    with fill(tmp_path, *SOLOS[:2]) as corpus:
        index = open_index(corpus)
        across = np.concatenate((SOLOS[0].line.pitch_midi[-6:], SOLOS[1].line.pitch_midi[:6]))
        for match in search(corpus, index, Query(across), limit=5):
            assert match.span.stop <= 120
            assert match.cost > 0
