from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from licklab.corpus.index import open_index
from licklab.corpus.match import SearchFilter
from licklab.corpus.query import Query
from licklab.corpus.search import search
from licklab.corpus.solo import SoloFilter
from licklab.corpus.store import Corpus
from licklab.corpus.wanted_solos import wanted_infos, wanted_numbers
from licklab.errors import QueryError
from tests.unit.corpus.solos import solo_of

_PITCHES = list(range(60, 80))


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus(tmp_path / "corpus") as opened:
        opened.add(
            [
                solo_of(_PITCHES, "Charlie Parker", "One", style="BEBOP", year=1948),
                solo_of(_PITCHES, "Leo Parker", "Two", style="COOL", year=1955),
                solo_of(_PITCHES, "Art Pepper", "Three", style="COOL"),
            ]
        )
        yield opened


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (SoloFilter(), ["Three", "One", "Two"]),
        (SoloFilter(performer="parker"), ["One", "Two"]),
        (SoloFilter(performer="LEO  Park"), ["Two"]),
        (SoloFilter(performer="Parker", style="bebop"), ["One"]),
        (SoloFilter(year_from=1950), ["Two"]),
    ],
)
def test_a_part_of_a_name_means_all_who_have_it(
    corpus: Corpus, filters: SoloFilter, titles: list[str]
) -> None:
    assert [one.title for one in wanted_infos(corpus, filters)] == titles
    assert len(wanted_numbers(corpus, filters)) == len(titles)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (SoloFilter(performer="Nobody"), "want a player of the corpus, got 'Nobody'"),
        (SoloFilter(performer="Charly Parkr"), "the nearest are Charlie Parker"),
        (SoloFilter(performer="arker"), "the nearest are Charlie Parker, Leo Parker"),
        (SoloFilter(style="POLKA"), "want a style .* got 'POLKA'; there are BEBOP, COOL$"),
        (SoloFilter(instrument="kazoo"), "want an instrument .* got 'kazoo'; there are trumpet$"),
        (SoloFilter(instrument="alto"), "got 'alto'; there are trumpet$"),
        (SoloFilter(source="a book"), "got 'a book'; no solo there says its own"),
        (SoloFilter(year_from=1990, year_to=1950), "want years in order, got 1990 to 1950"),
        (SoloFilter(year_from=1960), "got from 1960; there are 1948 to 1955"),
        (SoloFilter(year_from=1900, year_to=1910), "got from 1900 up to 1910"),
        (SoloFilter(performer="Leo", style="BEBOP"), "none passes together"),
        (SoloFilter(performer="Pepper", year_from=1940), "none passes together"),
    ],
)
def test_a_filter_that_no_solo_passes_is_told_with_what_there_is(
    corpus: Corpus, filters: SoloFilter, message: str
) -> None:
    for ask in (wanted_infos, wanted_numbers):
        with pytest.raises(QueryError, match=message):
            ask(corpus, filters)
    with pytest.raises(QueryError, match=message):
        search(
            corpus, open_index(corpus), Query(np.array(_PITCHES[:8])), filters=SearchFilter(filters)
        )


def test_an_empty_corpus_says_so_when_it_is_filtered(tmp_path: Path) -> None:
    with Corpus(tmp_path) as empty:
        assert wanted_infos(empty, SoloFilter()) == []
        with pytest.raises(QueryError, match="want solos in the corpus, got none"):
            wanted_infos(empty, SoloFilter(performer="Anna"))


def test_solos_are_removed_by_whole_names_only(corpus: Corpus) -> None:
    assert corpus.remove(performer="parker") == 0
    assert corpus.remove(performer="leo parker") == 1
