"""What a search needs compiled, before the first one is asked for."""

from dataclasses import fields

import numpy as np

from licklab.corpus.index import SeedIndex
from licklab.corpus.matching import make_match
from licklab.corpus.places import Place, find_in_segment, prepare_pattern
from licklab.corpus.players import count_players
from licklab.corpus.query import Query
from licklab.corpus.segment import LiveSolos, build_segment, open_segment, pack_solo
from licklab.corpus.solo import CorpusSolo, SoloInfo
from licklab.domain.solo_line import SoloLine


def warm_up() -> None:
    """Search a tiny corpus in memory: all is compiled, or taken from the cache of another run."""
    n_notes = 32
    pitch = 60 + np.arange(n_notes, dtype=np.int64) * 7 % 12
    onset = np.arange(n_notes) / 4
    ones, zeros = np.ones(n_notes, dtype=np.int64), np.zeros(n_notes, dtype=np.int64)
    line = SoloLine(
        onset, onset + 0.2, pitch, ones, ones, ones, ones, np.ones(n_notes), zeros - 1,
        np.ones(n_notes), (), tuple(str(one) for one in range(n_notes)),
    )  # fmt: skip
    arrays = build_segment([pack_solo(1, pitch, onset, onset + 0.2)])
    for field in fields(arrays):
        getattr(arrays, field.name).flags.writeable = False  # as those of a file
    live = LiveSolos(np.array([1]), np.array([n_notes]), np.array([0]))
    index = SeedIndex((open_segment(arrays, live),), 0, 0, {"nobody": 0}, {})
    pattern = prepare_pattern(Query(pitch[4:12], onset[4:12]), n_notes)
    find_in_segment(index.segments[0], pattern, None, 1)
    solo = CorpusSolo(SoloInfo("", "", "", ""), line)
    make_match(pattern, solo, Place(0.0, 1, 4, 12, 0))
    count_players(index, pitch[:8].tolist())
