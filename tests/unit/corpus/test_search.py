"""What a search finds, and what it refuses."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licklab.corpus.chord_context import read_context
from licklab.corpus.index import SeedIndex, open_index
from licklab.corpus.match import AlignmentKind, Match, SearchFilter
from licklab.corpus.players import count_players, count_players_batch
from licklab.corpus.query import Query
from licklab.corpus.search import search
from licklab.corpus.solo import CorpusSolo, SoloFilter
from licklab.corpus.store import Corpus
from licklab.domain.solo_line import NoteSpan
from licklab.errors import QueryError
from tests.unit.corpus.melodies import fill, melody

SOLOS = [
    melody(
        seed, performer=f"Player {seed % 3}", year=1950 + seed, style=("BEBOP", "COOL")[seed % 2]
    )
    for seed in range(12)
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with fill(tmp_path_factory.mktemp("corpus"), *SOLOS) as made:
        yield made


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> SeedIndex:
    return open_index(corpus)


def query_of(solo: CorpusSolo, start: int, stop: int) -> Query:
    return Query.of_span(solo.line, NoteSpan(start, stop))


def changed(solo: CorpusSolo, start: int, stop: int, at: int, pitch: int) -> Query:
    query = query_of(solo, start, stop)
    assert query.pitch_midi is not None
    pitches = query.pitch_midi.copy()
    pitches[at] = pitch
    return Query(pitches, query.onset_sec, query.offset_sec)


def is_at(match: Match, solo: CorpusSolo, start: int, stop: int) -> bool:
    return match.info.id == solo.info.id and match.span == NoteSpan(start, stop)


@settings(deadline=None)  # the first search compiles
@given(
    number=st.integers(0, 11),
    start=st.integers(0, 90),
    length=st.integers(8, 30),
    move=st.integers(-30, 30),
    tempo=st.floats(0.3, 3),
    begin_sec=st.floats(-100, 1000),
)
def test_a_phrase_finds_itself_at_no_cost_in_any_key_and_tempo(
    corpus: Corpus,
    index: SeedIndex,
    number: int,
    start: int,
    length: int,
    move: int,
    tempo: float,
    begin_sec: float,
) -> None:
    line = SOLOS[number].line
    own = slice(start, start + length)
    pitch = line.pitch_midi[own] + move
    if pitch.min() < 0:
        return
    times = begin_sec + tempo * line.onset_sec[own], begin_sec + tempo * line.offset_sec[own]
    matches = search(corpus, index, Query(pitch, *times), limit=3)
    best = matches[0]
    assert best.cost == 0
    assert is_at(best, SOLOS[number], start, min(start + length, 120))
    assert best.transposition == -move
    assert {one.kind for one in best.alignment} == {AlignmentKind.SAME}
    assert [one.cost for one in matches] == sorted(one.cost for one in matches)


def test_a_pattern_without_rhythm_is_found_by_its_pitches(corpus: Corpus, index: SeedIndex) -> None:
    pitches = SOLOS[5].line.pitch_midi[40:52] - 5
    (match,) = search(corpus, index, Query(pitches), limit=1)
    assert is_at(match, SOLOS[5], 40, 52)
    assert (match.cost, match.transposition) == (0, 5)


def test_another_rhythm_costs_and_is_found(corpus: Corpus, index: SeedIndex) -> None:
    query = query_of(SOLOS[5], 40, 52)
    even = Query(query.pitch_midi, np.linspace(0.0, 3.3, 12))
    (match,) = search(corpus, index, even, limit=1)
    assert is_at(match, SOLOS[5], 40, 52)
    assert 0 < match.cost <= 0.5


def test_a_match_tells_where_it_is(corpus: Corpus, index: SeedIndex) -> None:
    solo = SOLOS[3]
    (match,) = search(corpus, index, query_of(solo, 30, 40), limit=1)
    assert match.info == solo.info
    assert (match.bar, match.beat) == (4, 4)
    assert match.onset_sec == pytest.approx(solo.line.onset_sec[30])
    assert match.offset_sec == pytest.approx(solo.line.offset_sec[39])
    assert match.chords == ("G7", "Cmaj7")


def test_a_wrong_note_costs_one_note_of_the_pattern(corpus: Corpus, index: SeedIndex) -> None:
    line = SOLOS[2].line
    query = changed(SOLOS[2], 50, 62, 5, int(line.pitch_midi[55]) + 3)
    (match,) = search(corpus, index, query, limit=1)
    assert is_at(match, SOLOS[2], 50, 62)
    assert match.cost == pytest.approx(1 / 12)
    assert match.alignment[5].kind is AlignmentKind.SUBSTITUTED


def test_a_wrong_octave_costs_half_a_note(corpus: Corpus, index: SeedIndex) -> None:
    query = changed(SOLOS[2], 50, 62, 5, int(SOLOS[2].line.pitch_midi[55]) + 12)
    (match,) = search(corpus, index, query, limit=1)
    assert match.cost == pytest.approx(0.5 / 12)
    assert match.alignment[5].kind is AlignmentKind.OCTAVE


def test_a_missing_and_a_further_note_are_shown_where_they_are(
    corpus: Corpus, index: SeedIndex
) -> None:
    line = SOLOS[7].line
    pitches = line.pitch_midi[20:34].tolist()
    del pitches[4]
    pitches.insert(9, 20)
    (match,) = search(corpus, index, Query(np.array(pitches)), limit=1)
    assert is_at(match, SOLOS[7], 20, 34)
    assert [(one.query, one.solo) for one in match.alignment if one.solo is None] == [(9, None)]
    assert [(one.query, one.solo) for one in match.alignment if one.query is None] == [(None, 24)]
    assert match.cost == pytest.approx(2 / 14)


def test_matches_of_one_solo_do_not_overlap(corpus: Corpus, index: SeedIndex) -> None:
    matches = search(corpus, index, query_of(SOLOS[0], 10, 16), limit=50)
    spans: dict[str, list[NoteSpan]] = {}
    for match in matches:
        others = spans.setdefault(match.info.id, [])
        assert not any(one.overlap(match.span) for one in others)
        others.append(match.span)
    assert len(matches) > 10


@pytest.mark.parametrize(
    "filters",
    [
        SoloFilter(performer="player 1"),
        SoloFilter(year_from=1955, year_to=1958),
        SoloFilter(style="cool"),
    ],
)
def test_only_solos_that_pass_are_found(
    corpus: Corpus, index: SeedIndex, filters: SoloFilter
) -> None:
    matches = search(
        corpus, index, query_of(SOLOS[0], 10, 16), filters=SearchFilter(solo=filters), limit=20
    )
    wanted = {one.id for one in corpus.list_infos(filters)}
    assert matches
    assert {one.info.id for one in matches} <= wanted


def test_its_own_solo_can_be_left_out_and_others_take_its_place(
    corpus: Corpus, index: SeedIndex
) -> None:
    filters = SearchFilter(exclude_ids=(SOLOS[0].info.id,))
    matches = search(corpus, index, query_of(SOLOS[0], 10, 16), filters=filters, limit=5)
    assert len(matches) == 5
    assert SOLOS[0].info.id not in {one.info.id for one in matches}


def test_a_match_within_a_phrase_crosses_no_end(corpus: Corpus, index: SeedIndex) -> None:
    filters = SearchFilter(within_phrase=True)
    matches = search(corpus, index, query_of(SOLOS[0], 16, 26), filters=filters)
    assert not any(is_at(one, SOLOS[0], 16, 26) for one in matches)
    assert all(one.span.start // 20 == (one.span.stop - 1) // 20 for one in matches)
    (match, *_) = search(corpus, index, query_of(SOLOS[0], 21, 31), filters=filters)
    assert is_at(match, SOLOS[0], 21, 31)


def test_chords_move_with_the_match(corpus: Corpus, index: SeedIndex) -> None:
    query = query_of(SOLOS[0], 10, 22)
    assert query.pitch_midi is not None
    lower = Query(query.pitch_midi - 2, query.onset_sec, query.offset_sec)

    def find(chords: str, query: Query) -> tuple[Match, ...]:
        return search(corpus, index, query, filters=SearchFilter(chords=chords), limit=1)

    assert is_at(find("Dm7 G7", query)[0], SOLOS[0], 10, 22)
    assert is_at(find("Cm7 | F7", lower)[0], SOLOS[0], 10, 22)
    assert not any(is_at(one, SOLOS[0], 10, 22) for one in find("Dm7 G7", lower))


def test_the_chords_of_degrees_are_wanted_unless_others_are_named(
    corpus: Corpus, index: SeedIndex
) -> None:
    query = query_of(SOLOS[0], 10, 22)  # over Dm7 and G7
    pitches = query.pitch_midi
    assert pitches is not None

    def find(text: str, lower: int, **filters: Any) -> tuple[Match, ...]:
        asked = replace(query, pitch_midi=pitches - lower, chords=read_context(text))
        return search(corpus, index, asked, filters=SearchFilter(**filters), limit=1)

    assert is_at(find("Dm7", 0)[0], SOLOS[0], 10, 22)
    assert is_at(find("Bm7 E7", 3)[0], SOLOS[0], 10, 22)
    assert is_at(find("Cm7", 0, chords="Dm7")[0], SOLOS[0], 10, 22)
    for text, lower in (("Cm7", 0), ("Dm7", 3), ("G7 Dm7", 0)):
        assert not any(is_at(one, SOLOS[0], 10, 22) for one in find(text, lower))


def test_chords_around_mere_intervals_may_be_in_any_key(corpus: Corpus, index: SeedIndex) -> None:
    query = Query(SOLOS[0].line.pitch_midi[10:22] - 2, is_relative=True)
    filters = SearchFilter(chords="Ebm7 Ab7")
    assert is_at(search(corpus, index, query, filters=filters, limit=1)[0], SOLOS[0], 10, 22)


@pytest.mark.parametrize("chords", ["H7 Q", "", "N.C.", "|"])
def test_chords_that_are_none_are_refused(corpus: Corpus, index: SeedIndex, chords: str) -> None:
    with pytest.raises(QueryError, match="want chord"):
        search(corpus, index, query_of(SOLOS[0], 0, 9), filters=SearchFilter(chords=chords))


def test_a_rhythm_alone_is_refused(corpus: Corpus, index: SeedIndex) -> None:
    with pytest.raises(QueryError, match="want pitches"):
        search(corpus, index, Query(None, np.arange(8.0)))


def test_a_pattern_longer_than_any_solo_is_refused(corpus: Corpus, index: SeedIndex) -> None:
    with pytest.raises(QueryError, match="longest solo of the corpus has 120"):
        search(corpus, index, Query(np.full(121, 60)))


def test_a_whole_solo_is_found(corpus: Corpus, index: SeedIndex) -> None:
    (match,) = search(corpus, index, query_of(SOLOS[4], 0, 120), limit=1)
    assert is_at(match, SOLOS[4], 0, 120)
    assert match.cost == 0


def test_nothing_is_found_in_an_empty_corpus(tmp_path: Path) -> None:
    with Corpus(tmp_path) as empty:
        index = open_index(empty)
        assert search(empty, index, Query(np.arange(60, 70))) == ()
        assert count_players(index, [60, 62, 64, 65]) == 0


def test_performers_of_exact_intervals_are_counted(index: SeedIndex) -> None:
    patterns = [SOLOS[1].line.pitch_midi[a : a + 5].tolist() for a in range(100)]
    counts = count_players_batch(index, patterns)
    for pattern, count in zip(patterns, counts, strict=True):
        wanted = np.diff(pattern)
        who = set()
        for solo in SOLOS:
            steps = np.diff(solo.line.pitch_midi)
            windows = np.lib.stride_tricks.sliding_window_view(steps, len(wanted))
            if np.any(np.all(windows == wanted, axis=1)):
                who.add(solo.info.performer)
        assert count == len(who)
    assert max(counts) > 1


def test_a_performer_can_be_left_out_of_the_count(index: SeedIndex) -> None:
    pattern = (SOLOS[1].line.pitch_midi[30:42] + 4).tolist()
    assert count_players(index, pattern) == 1
    assert count_players(index, pattern, excluding="PLAYER 1") == 0
    assert count_players(index, pattern, excluding="Player 2") == 1
    with pytest.raises(QueryError, match="4 notes or more"):
        count_players(index, [60, 61, 62])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"pitch_midi": None}, "got none"),
        ({"pitch_midi": np.array([], dtype=int)}, "got none"),
        ({"pitch_midi": np.array([60, 61, 62])}, "got 3"),
        ({"pitch_midi": np.full(201, 60)}, "at most 200"),
        ({"pitch_midi": np.array([60, 61, 62, 128])}, "0 to 127"),
        ({"pitch_midi": np.arange(4), "onset_sec": np.arange(5.0)}, "every note"),
        ({"pitch_midi": np.arange(4), "onset_sec": np.array([0, 1, 3, 2.0])}, "onsets that fall"),
        ({"pitch_midi": np.arange(4), "onset_sec": np.array([0, 1, 3, np.nan])}, "no numbers"),
    ],
)
def test_patterns_that_cannot_be_are_refused(query: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Query(**query)
